"""What stands before a line's words: a bullet or a box of any program, a letter, a number."""

import re
from dataclasses import dataclass
from typing import Literal

BOXES = "□☐☑☒▢❏❑❒◻◽⬜○◯⚪◎❍⬚🔲🔘\uf0a8\uf06f\uf071\uf072\uf0a1"
_LONGEST_ANSWER = 70
ROUND = "○◯⚪◎❍🔘(\uf0a1"
BOX = re.compile(rf"[{BOXES}]\ufe0f?|\[[ xX_\u2003]{{0,3}}\]|\([ _\u2003]{{0,3}}\)")
DOTS = "•●◦▪■·∙‣⁃◆◇➢➤►▶→⇒✓✔✗✘✅👉🔹🔸❖★☆"
_BULLET = re.compile(rf"(?:[-–—−{DOTS}>+*›»§¨¤Ø\ue000-\uf8ff]\ufe0f?|o(?=\s)|[OqnvüØ](?=\t| {{2,}}))\s*+(?=\S)")
_BOX_FIRST = re.compile(rf"(?:[-–*•o]\s+)?(?:{BOX.pattern})\s*+(?=\S)")
_BOX_LAST = re.compile(rf"(?:{BOX.pattern})$")
_LETTER = re.compile(r"\(?([a-zA-Z])[.)]\s+(?=\S)|\(?([ivx]{1,4})\)\s+(?=\S)")
_DO_ASK = r"(?:(?:question|cwestiwn|frage|pregunta|سؤال|q|no\.|\#)\s*)"
_NUMBER = re.compile(
    rf"(?:\*\s*)?(?:{_DO_ASK}?\(?(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}})([a-h]?)\s*[.):]\s*(?=[^\d\s])"
    rf"|{_DO_ASK}(\d{{1,3}})([a-h]?)\s*[-–—]?\s*(?=[^\d\s])"
    r"|(\d{1,3}(?:\.\d{1,2}){1,2})()\s+(?=[^\d\s])"
    r"|(\d{1,3})()\t\s*(?=[^\d\s]))",
    re.IGNORECASE,
)
_CODE = re.compile(r"\(?(\d{1,2})\)?\s*[-–—=]\s*(?=[^\d\s])")
_ALONE = re.compile(rf"{_DO_ASK}?(\d{{1,3}})\s*[.):]?", re.IGNORECASE)

MarkerType = Literal["", "bullet", "box", "letter", "number", "code", "alone"]


@dataclass(frozen=True, slots=True)
class ListMarker:
    """The kind of a mark, and what it counts: 1.2 is (1, 2), b is (2,), a round box (1,)."""

    kind: MarkerType = ""
    count: tuple[int, ...] = ()


NO_MARK = ListMarker()


def list_marker(text: str) -> tuple[ListMarker, str]:
    """A line's mark and its words after it."""
    return _alone(text) or _numbered(text) or _boxed(text) or _lettered(text) or _bulleted(text) or (NO_MARK, text)


def _alone(text: str) -> tuple[ListMarker, str] | None:
    found = _ALONE.fullmatch(text)
    return (ListMarker("alone", (int(found[1]),)), text) if found else None


def _numbered(text: str) -> tuple[ListMarker, str] | None:
    found = _NUMBER.match(text)
    if found:
        number, letter = next((found[at], found[at + 1]) for at in (1, 3, 5, 7) if found[at])
        count = tuple(int(part) for part in number.split("."))
        return ListMarker("number", (*count, ord(letter.lower()) - 96) if letter else count), text[found.end() :]
    code = _CODE.match(text)
    if not code:
        return None
    kind: MarkerType = "number" if "?" in text or "؟" in text else "code"
    return ListMarker(kind, (int(code[1]),)), text[code.end() :]


def _boxed(text: str) -> tuple[ListMarker, str] | None:
    """A box before the words or after them, and no other in between."""
    first = _BOX_FIRST.match(text)
    if first:
        return _box(first[0]), text[first.end() :]
    last = _BOX_LAST.search(text)
    alone = last and len(BOX.findall(text)) == 1 and text[: last.start()].strip()
    if not last or not alone or "?" in text or ":" in text or len(text) > _LONGEST_ANSWER:
        return None
    words = text[: last.start()].rstrip(" \t.…")
    marked = _bulleted(words) or _lettered(words)
    return _box(last[0]), marked[1] if marked else words


def _box(text: str) -> ListMarker:
    return ListMarker("box", (1,) if any(sign in ROUND for sign in text) else ())


def _lettered(text: str) -> tuple[ListMarker, str] | None:
    found = _LETTER.match(text)
    return (
        (ListMarker("letter", (ord(found[1].lower()) - 96 if found[1] else 0,)), text[found.end() :]) if found else None
    )


def _bulleted(text: str) -> tuple[ListMarker, str] | None:
    found = _BULLET.match(text)
    if not found:
        return None
    inner = _NUMBER.match(text, found.end()) if text.startswith("*") else None
    return (ListMarker("number", ()), text[inner.end() :]) if inner else (ListMarker("bullet"), text[found.end() :])
