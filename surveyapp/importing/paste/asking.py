"""Asking a line: as a question, or as words above “rate the following”, where each line below is one."""

import re

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.inline_answers import Points
from surveyapp.importing.paste.parsed_question import RATING, ParsedQuestion, parsed_question
from surveyapp.importing.paste.parser import PasteParser, Scale, line_of_answers
from surveyapp.importing.paste.source_lines import SourceLine

AGREEING = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
STEM = re.compile(
    r"\b(?:rate|score|rank|agree|disagree|how (?:satisfied|happy|good|useful|easy|important|helpful|well|confident"
    r"|likely)|how would you (?:rate|describe)|opinion|extent)\b",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:following|each|below|these|statements?|aspects?|areas?|items?)\b", re.IGNORECASE)
_AGREES = re.compile(r"\b(?:agree|disagree|statements?)\b", re.IGNORECASE)
NOUNS = re.compile(
    r"(?:(?:any|other|further|additional|general|your|final|please|more)\s+){0,3}"
    r"(?:comments?|suggestions?|feedback|remarks?|thoughts|ideas|improvements|sylwadau)\b",
    re.IGNORECASE,
)
ASKING_ENDS = (":", "?", ")", "؟", "]")
LONG = 160


def ask(reading: PasteParser, line: SourceLine) -> None:
    """A question; or, where it says “rate the following”, words above a question for each line below."""
    asked = parsed_question(line.words)
    if not _is_stem(reading, line):
        reading.ask(line, asked)
        return
    below = reading.next()
    scale_below = line_of_answers(below) if below else None
    scale: Scale = asked.points or asked.answers or (AGREEING if _AGREES.search(line.words) else RATING)
    items = reading.next(1) if scale_below else below
    reading.note(line, asked.words)
    reading.scale, reading.items, reading.is_table = scale, items.mark.kind if items else "", False


def _is_stem(reading: PasteParser, line: SourceLine) -> bool:
    if not (STEM.search(line.words) and (EACH.search(line.words) or line.words.endswith(":"))):
        return False
    below = reading.next()
    if below and line_of_answers(below):
        below = reading.next(1)
    if below is None or (below.after_blank and not below.mark.kind):
        return False
    is_item = below.mark.kind in ("bullet", "letter") or (
        below.mark.kind == "number" and not below.asks and line.mark.kind != "number"
    )
    is_item = is_item or (not below.mark.kind and not below.asks and not below.cells) or len(below.mark.count) > 1
    return is_item and not is_answer(below.words)


def ask_each(reading: PasteParser, line: SourceLine, words: str) -> bool:
    """Ask a line with the scale that holds for each."""
    asked = parsed_question(words)
    if not (asked.answers or asked.points):
        scale = reading.scale or RATING
        is_points = isinstance(scale, Points)
        asked = ParsedQuestion(asked.words, () if is_points else tuple(scale), points=scale if is_points else None)  # type: ignore[arg-type]  # told apart just before
    reading.ask(line, asked)
    reading.asked = None
    return True


def end_scale(reading: PasteParser) -> None:
    """Lines below have no scale in common any more."""
    reading.scale, reading.items, reading.is_table = None, "", False
