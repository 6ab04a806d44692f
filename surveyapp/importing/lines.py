"""Lines as people paste them: which ask, which answer, which are only to be read."""

import re
import textwrap
from dataclasses import dataclass, field
from typing import Literal

from surveyapp.importing.plain import stored_text
from surveyapp.importing.scales import is_known_answer

_BULLET = re.compile(
    r"(?:[-–—−•●○◦▪■□☐☑·‣>+*]|\[[ xX]?\]|\([ xX]?\)|o(?=\s))\s*+(?:(?:\[[ xX]?\]|\([ xX]?\)|[☐□○])\s*+)?(?=\S)"
)
_LETTER = re.compile(r"\(?[a-z][.)]\s+(?=\S)|\(?[ivx]{1,4}\)\s+(?=\S)")
_NUMBER = re.compile(r"(?:(?:question|q)\s*)?\(?[0-9]{1,3}\s*[.):]\s*(?=\D)|q[0-9]{1,3}\s+(?=\S)", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_SAYS = re.compile(r"(note|text|information|info|title)\s*:\s*(\S.*)", re.IGNORECASE)
_NOTHING = re.compile(r"[\s_.…=–—−-]*")
_LINE_BREAK = re.compile(r"\r\n?|[\f\v\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_INDENT = re.compile(r"[ \t]*")

Says = Literal["title", "note", "question"]


@dataclass(slots=True)
class Draft:
    """A question, a note or the title, as it stands in the text, and the answers below it."""

    says: Says
    words: str
    numbered: bool = False
    answers: list[str] = field(default_factory=list)


def drafts_of(text: str) -> list[Draft]:
    """What stands in a text, in order."""
    drafts: list[Draft] = []
    for line in _lines(text):
        asked = drafts[-1] if drafts and drafts[-1].says == "question" else None
        words = line.strip()
        if _NOTHING.fullmatch(words):
            continue
        read = _answer(line, asked)
        if asked and read:
            asked.answers.append(read)
        else:
            drafts.append(_draft(words, is_first=not drafts))
    return drafts


def _lines(text: str) -> list[str]:
    """The lines without control characters; their indents and tabs stay."""
    plain = _LINE_BREAK.sub("\n", text)
    plain = plain.replace("\ufeff", "").replace("\N{NO-BREAK SPACE}", " ")
    cells = (line.split("\t") for line in textwrap.dedent(plain).split("\n"))
    return ["\t".join(_indent(cell) + stored_text(cell) for cell in line).rstrip() for line in cells]


def _indent(text: str) -> str:
    found = _INDENT.match(text)
    return found[0] if found else ""


def _answer(line: str, asked: Draft | None) -> str:
    """The words of a line that answers the question above; none for a line that asks."""
    words = line.strip()
    if asked is None or "\t" in words:
        return ""
    bullet = _BULLET.match(words) or _LETTER.match(words)
    if bullet:
        rest = words[bullet.end() :]
        return rest if not rest.endswith("?") or line[:1].isspace() or asked.answers else ""
    if _HEADING.fullmatch(words) or _SAYS.fullmatch(words):
        return ""
    number = _NUMBER.match(words)
    if number:
        is_answer = not asked.numbered and asked.words.endswith((":", "?", ")")) and not words.endswith("?")
        return words[number.end() :] if is_answer else ""
    is_below = line.startswith(("  ", "\t")) and not words.endswith("?")
    return words if is_below or is_known_answer(words) else ""


def _draft(words: str, *, is_first: bool) -> Draft:
    heading, says = _HEADING.fullmatch(words), _SAYS.fullmatch(words)
    if heading:
        return Draft("title" if is_first else "note", heading[2])
    if says:
        return Draft("title" if says[1].lower() == "title" else "note", says[2])
    first, *cells = [cell.strip() for cell in words.split("\t")]
    number, bullet = _NUMBER.match(first), _BULLET.match(first)
    start = number or bullet
    answers = [cell for cell in cells if cell]
    return Draft("question", first[start.end() :] if start else first, numbered=bool(number), answers=answers)
