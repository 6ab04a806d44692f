"""Lines without a mark: answers by their words, their indent or their company."""

from surveyapp.importing.paste.answers_known import is_answer, is_first_answer
from surveyapp.importing.paste.asking import ASKING_ENDS, ask
from surveyapp.importing.paste.parser import Draft, PasteParser, line_of_answers
from surveyapp.importing.paste.phrases import phrase_of
from surveyapp.importing.paste.source_lines import SourceLine

_LONGEST_ANSWER, _LONGEST_RUN = 60, 8


def unmarked_answer(reading: PasteParser, line: SourceLine) -> bool:
    """An answer without a mark: by its words, its indent, or its company."""
    asked = reading.asked
    if (
        asked is None
        or line.asks
        or line.cells
        or line.mark.kind
        or line.is_bold
        or asked.points
        or asked.ending == "comment"
    ):
        return False
    is_deeper = line.indent >= asked.indent + 2 and line.indent > 1 and not line.words.endswith(ASKING_ENDS[:1])
    if is_answer(line.words) and not _starts_anew(reading, line, asked):
        is_one = True
    else:
        is_one = is_deeper or _goes_on(reading, line, asked) or _starts_a_run(reading, line, asked)
    if not is_one:
        return False
    asked.is_plain = True
    reading.answer(line)
    return True


def question(reading: PasteParser, line: SourceLine) -> bool:
    """Whatever no other rule takes is a question."""
    ask(reading, line)
    return True


def _starts_anew(reading: PasteParser, line: SourceLine, asked: Draft) -> bool:
    """Whether words that could be an answer are a question of their own, with answers below."""
    below = reading.next()
    return (
        bool(asked.answers)
        and line.after_blank
        and bool(below and not below.after_blank and is_first_answer(below.words))
    )


def _goes_on(reading: PasteParser, line: SourceLine, asked: Draft) -> bool:
    """Whether a line goes on with answers that have no marks."""
    last = reading.last
    is_below = bool(asked.answers) and asked.is_plain and not line.after_blank and bool(last and last.take == "answer")
    if not is_below or not is_short(line):
        return False
    return not _is_followed_by_answers(reading.next(), line)


def _is_followed_by_answers(below: SourceLine | None, line: SourceLine) -> bool:
    if below is None or line.words.endswith(":"):
        return below is not None
    return (
        below.mark.kind in ("box", "bullet", "letter") or bool(line_of_answers(below)) or is_first_answer(below.words)
    )


def _starts_a_run(reading: PasteParser, line: SourceLine, asked: Draft) -> bool:
    """Whether two or more short lines follow a question: its answers, without marks."""
    last = reading.last
    is_below = bool(last and last.take in ("question", "out") and asked.is_open)
    is_asked = (
        asked.words.endswith(ASKING_ENDS) or asked.mark.kind == "number" or reading.is_bold or asked.several is not None
    )
    if not is_below or not is_asked or not is_short(line):
        return False
    size = _run(reading)
    least = 2 if not line.after_blank else 2 if reading.is_numbered and asked.mark.kind == "number" else 3
    return size >= least or (asked.several is not None and size > 0)


def _run(reading: PasteParser) -> int:
    """How many short lines without marks stand together from here; one with answers below belongs to these."""
    size = 0
    for place in range(min(_LONGEST_RUN, len(reading.lines) - reading.place)):
        line = reading.lines[reading.place + place]
        is_one = (is_short(line) and not line.asks and not line.mark.kind) or line.mark.kind == "alone"
        if not is_one or line.is_bold or line.cells or (place and line.after_blank) or phrase_of(line.words):
            is_theirs = (
                bool(place)
                and not line.after_blank
                and (line.mark.kind in ("box", "bullet", "letter") or line_of_answers(line))
            )
            return size - 1 if is_theirs else size
        size += 1
    return size


def is_short(line: SourceLine) -> bool:
    is_sentence = line.words.endswith((".", "!")) and len(line.words.split()) > 6
    return (
        len(line.words) <= _LONGEST_ANSWER and not line.words.endswith(":") and not is_sentence and not line.is_nothing
    )
