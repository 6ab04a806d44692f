"""What is no part of a survey, and what somebody chose for a line."""

from surveyapp.importing.paste.parser import PasteParser
from surveyapp.importing.paste.phrases import Phrase, phrase_of, starts_signature
from surveyapp.importing.paste.source_lines import NOTHING, SourceLine


def as_chosen(reading: PasteParser, line: SourceLine) -> bool:
    """Take a line for what somebody said that it is."""
    take, _, kind = reading.chosen.get(line.number, "").partition(".")
    if take == "question":
        reading.ask(line, kind=kind)
    elif take == "answer":
        reading.answer(line)
    elif take in ("heading", "title"):
        reading.note(line, is_title=take == "title")
    elif take == "out":
        reading.leave_out(line, "chosen")
    return take in ("question", "answer", "heading", "title", "out")


def nothing(reading: PasteParser, line: SourceLine) -> bool:
    """Leave out lines to write on, and what mail programs put above a signature."""
    is_rule = bool(line.cells) and all(NOTHING.fullmatch(cell.replace(":", "")) for cell in line.cells)
    if starts_signature(line.pasted) and (not reading.asked or line.pasted.strip() == "--"):
        reading.is_signing = True
    elif not line.is_nothing and not is_rule:
        return False
    reading.leave_out(line, "mail" if reading.is_signing else "line")
    return True


def signature(reading: PasteParser, line: SourceLine) -> bool:
    """Leave out what stands below a greeting at the end."""
    if reading.is_signing and not line.asks and not line.mark.kind and not line.text.isupper():
        reading.leave_out(line, "mail")
        return True
    reading.is_signing = False
    return False


def phrase(reading: PasteParser, line: SourceLine) -> bool:
    """Lines that forms, mails and programs add; what they say of answering holds for the question beside them."""
    phrase = phrase_of(line.words, line.mark.kind)
    if phrase is None or (line.mark.kind and reading.asked and phrase.several is None and " " not in line.words):
        return False
    if phrase.what == "thanks" and reading.has_answers():
        return False
    if phrase.several is None and phrase.what != "write" and _is_between_answers(reading, line):
        return False
    _hear(reading, phrase)
    why = {"program": "program", "thanks": "thanks", "one": "instruction", "several": "instruction"}.get(phrase.what)
    why = why or ("instruction" if phrase.what in ("write", "instruction") else "mail")
    reading.leave_out(line, why)  # type: ignore[arg-type]  # one of the reasons, as the mapping has them
    return True


def _is_between_answers(reading: PasteParser, line: SourceLine) -> bool:
    """Whether a short line stands among answers without marks: `Back` where somebody is asked what hurts."""
    last = reading.last
    below = reading.next()
    is_among = bool(last and last.take == "answer" and not last.line.mark.kind and not line.after_blank)
    return is_among and bool(below and not below.after_blank and not below.asks and not below.mark.kind)


def _hear(reading: PasteParser, phrase: Phrase) -> None:
    asked = reading.asked
    if phrase.what == "closing":
        reading.is_signing = True
    elif phrase.what == "write" and asked and asked.is_open:
        asked.ending = "comment"
    elif phrase.several is not None and asked and not asked.answers:
        asked.several = phrase.several
    elif phrase.several is not None:
        reading.several = phrase.several
