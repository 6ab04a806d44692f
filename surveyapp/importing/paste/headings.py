"""Headings, what a survey is called, and words to read."""

import re

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.asking import ASKING_ENDS, LONG, NOUNS, STEM, end_scale
from surveyapp.importing.paste.marks import list_marker
from surveyapp.importing.paste.parsed_question import parsed_question
from surveyapp.importing.paste.parser import PasteParser
from surveyapp.importing.paste.source_lines import SourceLine

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_SAYS = re.compile(r"(note|text|information|info|title)\s*:\s*(\S.*)", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:section|part|adran|rhan|abschnitt|theme|topic)\s+(?:[0-9]{1,2}|[a-z]|one|two|three|four|five)\b", re.I
)
_ABOUT = re.compile(
    r"(?:about (?:the|you|your|us|our|this)|your (?:details|views|experience|background)|equality|demographic|"
    r"background|general|overall|monitoring|details|feedback on"
    r"|the (?:venue|food|day|event|speakers|sessions|content|room)$)",
    re.IGNORECASE,
)
_FORM = re.compile(r"\b(?:form|survey|questionnaire|feedback|evaluation|holiadur|adborth|questions)\b", re.IGNORECASE)
_PROMPT = re.compile(
    r"(?:please\s+)?(?:tell|describe|explain|list|share|give|write|add|say|name|suggest|comment|rate|score|state|"
    r"specify|what|how|which|where|when|who|why|did|do|does|was|were|is|are|have|has|would|could|can|will|any"
    r"|if (?:yes|no|so|not))\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90


def heading(reading: PasteParser, line: SourceLine) -> bool:
    """A heading by its marks, its capitals, or what it says of itself."""
    marked, says = _HEADING.fullmatch(line.text), _SAYS.fullmatch(line.text)
    is_first = not reading.drafts
    if marked:
        asks = marked[2].endswith(ASKING_ENDS[1:2]) or reading.has_answers()
        words = marked[2].strip("# ")
        if asks and not (is_first and len(marked[1]) == 1):
            line.words, line.is_bold = list_marker(words)[1], True
            return False
        end_scale(reading)
        reading.note(line, words, is_title=is_first and not line.asks)
    elif says:
        reading.note(line, says[2], is_title=says[1].lower() == "title")
    elif _is_loud(line) or _SECTION.match(line.words) or _is_lettered_section(reading, line):
        end_scale(reading)
        reading.note(line, is_title=is_first and bool(_FORM.search(line.words)))
    else:
        return False
    return True


def title(reading: PasteParser, line: SourceLine) -> bool:
    """What stands above everything and asks nothing is what the survey is called."""
    if reading.drafts or line.mark.kind or line.cells or line.asks or len(line.words) > _LONGEST_HEADING:
        return False
    below = reading.next()
    if below is None or reading.has_answers() or line.words.endswith((".", ":", "!", ",")) or _has_inline(line):
        return False
    is_called = bool(_FORM.search(line.words)) and not _PROMPT.match(line.words)
    is_styled = (reading.is_numbered or reading.is_bold) and (below.after_blank or below.mark.kind == "number")
    is_apart = below.after_blank and not _PROMPT.match(line.words) and not NOUNS.match(line.words)
    if not (is_called or is_styled or is_apart):
        return False
    reading.note(line, is_title=True)
    return True


def words_to_read(reading: PasteParser, line: SourceLine) -> bool:
    """Sentences that ask nothing, and short words above the questions of a part."""
    if line.mark.kind or line.asks or line.cells or _has_inline(line) or line.words.endswith(("_", "…")):
        return False
    if reading.has_answers() and not _is_above_questions(reading, line):
        return False
    is_styled = (reading.is_numbered or reading.is_bold) and not line.is_bold
    is_prompt = bool(_PROMPT.match(line.words) or NOUNS.match(line.words)) and not (
        is_styled and line.words.endswith(".")
    )
    if is_prompt and not (is_styled and not reading.drafts):
        return False
    if _is_sentence(line) or _is_above_questions(reading, line) or _is_part_heading(reading, line, is_styled=is_styled):
        end_scale(reading)
        reading.note(line)
        return True
    return False


def _is_loud(line: SourceLine) -> bool:
    """Whether it is all in capital letters, and no answer."""
    is_loud = line.words.isupper() and sum(letter.isalpha() for letter in line.words) > 2
    bare = line.mark.kind in ("", "number", "letter") and not line.cells
    return is_loud and bare and not line.asks and len(line.words) <= _LONGEST_HEADING and not is_answer(line.words)


def _is_lettered_section(reading: PasteParser, line: SourceLine) -> bool:
    below = reading.next()
    is_lettered = line.mark.kind == "letter" and line.text[:1].isupper() and not line.asks
    return is_lettered and bool(below and below.mark.kind == "number" and len(below.mark.count) < 2)


def _has_inline(line: SourceLine) -> bool:
    asked = parsed_question(line.words)
    return bool(asked.answers or asked.points or asked.ending)


def _is_sentence(line: SourceLine) -> bool:
    return line.words.endswith((".", "!", "…")) or (len(line.words) > LONG and not line.words.endswith(":"))


def _is_above_questions(reading: PasteParser, line: SourceLine) -> bool:
    """`Please could you ask:` and questions below."""
    below = reading.next()
    return line.words.endswith((":", ",")) and bool(below and below.asks) and not STEM.search(line.words)


def _is_part_heading(reading: PasteParser, line: SourceLine, *, is_styled: bool) -> bool:
    below = reading.next()
    if below is None or (line.words.endswith(":") and not is_styled) or len(line.words) > _LONGEST_HEADING:
        return False
    is_about = bool(_ABOUT.match(line.words)) and (below.asks or below.mark.kind == "number" or below.is_bold)
    is_apart = line.after_blank and below.asks and not NOUNS.match(line.words)
    is_above_style = is_styled and (below.mark.kind == "number" or below.is_bold)
    return is_about or is_apart or is_above_style
