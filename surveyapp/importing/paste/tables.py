"""Tables of statements and a scale, and answers beside each other."""

from surveyapp.importing.paste.asking import EACH, NOUNS, STEM, ask_each
from surveyapp.importing.paste.inline_answers import LEAST_POINTS, Points, points_of, short_parts
from surveyapp.importing.paste.marks import BOX
from surveyapp.importing.paste.parsed_question import ParsedQuestion
from surveyapp.importing.paste.parser import PasteParser, Scale, line_of_answers, looks_like_answer
from surveyapp.importing.paste.source_lines import NOTHING, SourceLine

_FIRST_CELLS = frozenset({"", "question", "questions", "statement", "statements", "item", "items", "aspect", "area"})


def above_table(reading: PasteParser, line: SourceLine) -> bool:
    """What stands right above a table of statements is words to read."""
    below = reading.next()
    is_above = bool(below and _is_head(below, reading.next(1)) and not below.cells[0] and not line.cells)
    is_own = line.asks and not (STEM.search(line.words) or EACH.search(line.words))
    if not is_above or is_own or line.mark.kind in ("box", "code", "alone"):
        return False
    reading.note(line)
    return True


def table_head(reading: PasteParser, line: SourceLine) -> bool:
    """The head of a table: its answers are offered for each row."""
    columns = [cell for cell in line.cells[1:] if cell]
    below = reading.next()
    if len(columns) < 2 or any(BOX.fullmatch(cell) for cell in columns) or line.mark.kind == "box":
        return False
    if not _is_head(line, below) or (reading.is_table and _is_row(line)):
        return False
    first = line.cells[0]
    if first.strip(":").lower() not in _FIRST_CELLS:
        reading.note(line, first)
        reading.taken.pop()
    reading.scale = points_of(columns) or tuple(columns)
    reading.items, reading.is_table, reading.asked = "", True, None
    reading.answers(line, reading.scale)
    return True


def table_row(reading: PasteParser, line: SourceLine) -> bool:
    """A row in which somebody ticks: a question."""
    if not reading.is_table or reading.scale is None:
        return False
    is_row = _is_row(line) or (not line.cells and not line.after_blank and not line.asks and not line.mark.kind)
    if not is_row or not (line.cells[0] if line.cells else line.words):
        reading.is_table, reading.scale = False, None
        return False
    words = line.cells[0] if line.cells else line.words
    if NOUNS.match(words) and not any(line.cells[1:]):
        reading.ask(line, ParsedQuestion(words, ending="comment"))
        return True
    return ask_each(reading, line, words)


def answers_in_columns(reading: PasteParser, line: SourceLine) -> bool:
    """A question and its answers in columns."""
    first, answers = (line.cells[0], [cell for cell in line.cells[1:] if cell]) if line.cells else ("", [])
    if len(answers) < 2 or not first or any(BOX.search(cell) for cell in answers) or line_of_answers(line):
        return False
    points = points_of(answers)
    reading.ask(line, ParsedQuestion(first, () if points else tuple(answers), points=points))
    return True


def answers_on_a_line(reading: PasteParser, line: SourceLine) -> bool:
    """A line of nothing but answers: to the question above, or else to each line below."""
    found = line_of_answers(line) if not line.asks else None
    asked = reading.asked
    if _ends(reading, line):
        return True
    if found is None:
        return _short_answers(reading, line)
    scale: Scale = found.points or found.answers
    said_before = bool(asked and asked.points and found.points)
    if asked and (said_before or asked.is_open or (BOX.search(line.text) and not asked.points)):
        reading.answers(line, scale)
        return True
    below = reading.next()
    if below is None or looks_like_answer(below):
        return False
    reading.asked, reading.scale, reading.items, reading.is_table = None, scale, below.mark.kind, False
    reading.answers(line, scale)
    return True


def _is_head(line: SourceLine, below: SourceLine | None) -> bool:
    """Whether a line is the head of a table: answers in columns, above rows in which somebody ticks."""
    if len([cell for cell in line.cells[1:] if cell and not BOX.fullmatch(cell)]) < 2 or below is None:
        return False
    return _is_row(below) or (not line.cells[0] and not below.cells and not below.mark.kind)


def _is_row(line: SourceLine) -> bool:
    """Whether a line is a row of a table in which somebody ticks."""
    cells = line.cells[1:]
    return len(cells) > 1 and all(
        not cell or BOX.fullmatch(cell) or NOTHING.fullmatch(cell) or cell.isdecimal() for cell in cells
    )


def _ends(reading: PasteParser, line: SourceLine) -> bool:
    """What the ends of a scale are called, on the line below its numbers or above them."""
    parts = tuple(cell for cell in line.cells if cell) or short_parts(line.text)
    asked = reading.asked
    if len(parts) != 2 or asked is None or line.asks or line.mark.kind:
        return False
    below = reading.next()
    numbers = line_of_answers(below) if below else None
    points = asked.points or (points_of(asked.answers) if len(asked.answers) >= LEAST_POINTS else None)
    if points and not points.first_words:
        asked.points, asked.answers = Points(points.first, points.last, *parts), []
    elif asked.is_open and numbers and numbers.points and not numbers.points.first_words:
        asked.ends = parts
    else:
        return False
    reading.answers(line, ())
    return True


def _short_answers(reading: PasteParser, line: SourceLine) -> bool:
    """Words beside each other right below a question: `Bus / Car / On foot`."""
    parts = short_parts(line.text)
    asked, last = reading.asked, reading.last
    is_below = bool(asked and asked.is_open and last and last.take in ("question", "out"))
    if not is_below or len(parts) < 2 or line.asks or line.mark.kind or line.text.endswith(":"):
        return False
    reading.answers(line, parts)
    return True
