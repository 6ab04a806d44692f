"""Lines with a mark: bullets, boxes, letters and numbers."""

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.asking import ASKING_ENDS, LONG, ask, ask_each, end_scale
from surveyapp.importing.paste.parsed_question import parsed_question
from surveyapp.importing.paste.parser import Draft, PasteParser
from surveyapp.importing.paste.source_lines import SourceLine


def number_alone(reading: PasteParser, line: SourceLine) -> bool:
    """A number on a line of its own: a point of a scale, or the number of the question below."""
    if line.mark.kind != "alone":
        return False
    asked, below = reading.asked, reading.next()
    number = line.mark.count[0]
    is_below = bool(below and below.mark.kind == "alone" and abs(below.mark.count[0] - number) == 1)
    is_after = bool(asked and asked.answers and asked.answers[-1] in (str(number - 1), str(number + 1)))
    if asked and not asked.points and (is_below or is_after):
        reading.answer(line)
    else:
        reading.leave_out(line, "number")
        reading.asked = None
    return True


def item(reading: PasteParser, line: SourceLine) -> bool:
    """One of the things below “rate the following”, or a statement below a scale."""
    if reading.scale is None or reading.is_table:
        return False
    is_one = line.mark.kind == reading.items if reading.items else not line.mark.kind or line.mark.kind == "bullet"
    fits = is_one and not line.cells and len(line.words) <= LONG and not is_answer(line.words)
    ended = (
        line.after_blank
        and (line.asks or not line.mark.kind)
        and bool(reading.last and reading.last.take == "question")
    )
    if not fits or ended or (not line.mark.kind and reading.has_answers()) or (line.asks and reading.items):
        end_scale(reading)
        return False
    return ask_each(reading, line, line.words)


def marked_line(reading: PasteParser, line: SourceLine) -> bool:
    """A line with a bullet, a box, a letter or a code: an answer, or a question among others."""
    if line.mark.kind not in ("bullet", "box", "letter", "code"):
        return False
    asked = reading.asked
    if asked is None:
        ask(reading, line)
    elif line.mark.kind in ("box", "code") or (is_answer(line.words) and not line.asks):
        _answer_or_ask(reading, line, asked)
    elif _is_part(reading, line, asked):
        _becomes_heading(reading, asked)
        ask(reading, line)
    elif _is_sibling(line, asked) or (line.asks and not asked.answers and line.indent <= asked.indent):
        ask(reading, line)
    else:
        _answer_or_ask(reading, line, asked)
    return True


def numbered(reading: PasteParser, line: SourceLine) -> bool:
    """A line with a number: a question, or a numbered answer to the one above."""
    if line.mark.kind != "number":
        return False
    asked = reading.asked
    if asked and _is_numbered_answer(reading, line, asked):
        reading.answer(line)
        return True
    is_nested = bool(
        asked and asked.mark.kind == "number" and line.mark.count[:-1] and line.mark.count[:-1] == asked.mark.count
    )
    if asked and is_nested and asked.is_open and not asked.words.endswith(("?", "؟")):
        _becomes_heading(reading, asked)
    ask(reading, line)
    return True


def _answer_or_ask(reading: PasteParser, line: SourceLine, asked: Draft) -> None:
    """An answer; a question only where it asks, has no indent, and stands right below another."""
    is_first = not asked.answers and not line.indent and line.mark.kind != "box"
    has_answers = bool(asked.answers) and line.mark.kind == "bullet" and reading.has_answers()
    if line.asks and (is_first or has_answers):
        ask(reading, line)
    else:
        reading.answer(line)


def _is_sibling(line: SourceLine, asked: Draft) -> bool:
    """Whether a line has the mark of the question above, which then is no mark of an answer."""
    return line.mark.kind == asked.mark.kind and line.indent <= asked.indent


def _is_part(reading: PasteParser, line: SourceLine, asked: Draft) -> bool:
    """Whether a line is a question below what only looked like one: `2. The room`, `a) Was it light?`."""
    is_head = (
        not asked.words.endswith(ASKING_ENDS[1:])
        and asked.is_open
        and bool(asked.mark.kind or asked.words.endswith(":"))
    )
    return is_head and line.asks and asked.mark.kind != line.mark.kind


def _becomes_heading(reading: PasteParser, asked: Draft) -> None:
    asked.says = "note"
    own = next(taken for taken in reversed(reading.taken) if taken.line.number == asked.number)
    own.take = "heading"
    reading.asked = None


def _is_numbered_answer(reading: PasteParser, line: SourceLine, asked: Draft) -> bool:
    if line.asks or asked.points or asked.ending:
        return False
    if is_answer(line.words) and not parsed_question(line.words).answers:
        return asked.mark.kind != "number" or line.mark.count != (asked.mark.count[-1] + 1 if asked.mark.count else 0,)
    restarts = line.mark.count == (1,) and line.indent > asked.indent
    goes_on = bool(asked.answers) and line.indent > asked.indent
    if asked.mark.kind == "number":
        return restarts or goes_on
    return (
        asked.words.endswith(ASKING_ENDS) and not (asked.answers and asked.is_plain) and not _has_own_answers(reading)
    )


def _has_own_answers(reading: PasteParser) -> bool:
    below = reading.next()
    return bool(below and below.mark.kind in ("box", "bullet", "letter"))
