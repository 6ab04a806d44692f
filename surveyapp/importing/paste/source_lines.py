"""Lines without what programs put around them: markup, invisible marks, quotes of emails, bullets, hard wraps."""

import html
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.marks import NO_MARK, ListMarker, list_marker
from surveyapp.importing.paste.phrases import phrase_of
from surveyapp.importing.plain import STRONG, on_one_line, storable_text, without_tags
from surveyapp.model.names import SMALL_WORDS

NOTHING = re.compile(r"[\s_.…=–—−·-]*")
ASKS = ("?", "؟", "？", "፧", ";?")
_LINE_BREAK = re.compile(r"\r\n?|[\f\v\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\x85]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_AT_ITS_ENDS = "\u200e\u200f\u061c\ufe0e\ufe0f\u200d"
_INDENT = re.compile(r"[ \t]*")
_QUOTE = re.compile(r"\A[ \t]*>(?:[ ]?>){0,20}[ ]?")
_ESCAPED = re.compile(r"\\(?=[\[\]_.()*#+!>-])")
_REQUIRED = re.compile(r"(?<!\s)\s*(?:\*|\((?:required|optional)\))$", re.IGNORECASE)
_BOLD = ("**", "__")
_ENDS = (*ASKS, ".", "!", ":", ";", "…", ")", "]")
_TAB = 4
_LONG, _SHORTEST_WRAP = 40, 12


@dataclass(slots=True)
class SourceLine:
    """A line that says something: where it stood and how; `text` is it without markup, `words` without its mark too.

    `cells` are its words where they stand in several columns; `rest` are lines below that go on with its words.
    """

    number: int
    pasted: str
    text: str
    words: str
    mark: ListMarker = NO_MARK
    indent: int = 0
    after_blank: bool = False
    is_bold: bool = False
    cells: tuple[str, ...] = ()
    rest: list["SourceLine"] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return self.words.endswith(ASKS)

    @property
    def is_nothing(self) -> bool:
        """Whether it is only a line to write on or to look at."""
        return not self.cells and bool(NOTHING.fullmatch(self.words))


def source_lines(text: str) -> list[SourceLine]:
    """The lines that say something, in order; those that a program broke are put together again."""
    plain = _LINE_BREAK.sub("\n", text)
    if "<" in plain:
        plain = without_tags(plain)
    plain = html.unescape(plain) if "&" in plain else plain
    plain = _INVISIBLE.sub("", plain.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " "))
    lines: list[SourceLine] = []
    after_blank = False
    for number, pasted in enumerate(_without_quotes(textwrap.dedent(plain).split("\n"))):
        if pasted.strip(f" \t{_AT_ITS_ENDS}"):
            lines.append(_line(number, pasted, after_blank=after_blank))
        after_blank = not pasted.strip()
    return _joined(_without_even_gaps(lines))


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """Lines without the marks with which mail programs quote: where two or more stand together, or all have one."""
    quoted = [bool(_QUOTE.match(line)) for line in lines]
    is_all = any(quoted) and all(has or not line.strip() for has, line in zip(quoted, lines, strict=True))
    kept: list[str] = []
    for place, line in enumerate(lines):
        beside = quoted[max(place - 1, 0) : place] + quoted[place + 1 : place + 2]
        kept.append(_QUOTE.sub("", line, count=1) if quoted[place] and (is_all or any(beside)) else line)
    return kept


def _line(number: int, pasted: str, *, after_blank: bool) -> SourceLine:
    found = _INDENT.match(pasted)
    indent = len(found[0].replace("\t", " " * _TAB)) if found else 0
    text = _ESCAPED.sub("", pasted.strip().strip(_AT_ITS_ENDS).strip())
    bare = STRONG.sub(r"\2", text)
    mark, words = list_marker(bare)
    is_bold = bare != text and (text.startswith(_BOLD) or words.startswith(_BOLD) or text.startswith("*"))
    cells = _cells(pasted.rstrip(" ") if not mark.kind else words)
    words = _REQUIRED.sub("", storable_text(words.replace("\t", "  ")))
    return SourceLine(
        number, on_one_line(pasted), storable_text(bare), words, mark, indent, after_blank, is_bold, cells
    )


def _cells(text: str) -> tuple[str, ...]:
    """What stands in columns, parted by tabs or by upright lines at both ends; nothing for other lines."""
    bare = text.strip(" ")
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2:
        cells = bare[1:-1].split("|")
    elif "\t" in text.strip():
        cells = text.split("\t")
        if not cells[0].strip() and sum(1 for cell in cells if cell.strip()) < 2:
            return ()
    else:
        return ()
    return tuple(on_one_line(storable_text(STRONG.sub(r"\2", cell))) for cell in cells)


def _without_even_gaps(lines: list[SourceLine]) -> list[SourceLine]:
    """Lines of which nearly each stands apart say nothing by that."""
    apart = sum(line.after_blank for line in lines)
    if len(lines) > 3 and apart >= len(lines) * 0.85:
        for line in lines:
            line.after_blank = False
    return lines


def _joined(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Lines that a mail program broke, as one."""
    joined: list[SourceLine] = []
    length = 0
    for line in lines:
        before = joined[-1] if joined else None
        if before and _goes_on(line, before, length):
            before.rest.append(line)
        else:
            joined.append(line)
        length = len(line.pasted)
    for line in joined:
        if line.rest:
            line.words = " ".join([line.words, *(rest.words for rest in line.rest)])
    return joined


def _goes_on(line: SourceLine, before: SourceLine, length: int) -> bool:
    """Whether a line goes on with the words of the one above, which is `length` long."""
    above = before.rest[-1].words if before.rest else before.words
    if line.after_blank or line.mark.kind or line.cells or before.cells or line.is_nothing or line.is_bold:
        return False
    if not above or above.endswith(_ENDS) or is_answer(line.words) or phrase_of(above, before.mark.kind):
        return False
    is_small = line.words[:1].islower()
    if length < _LONG:
        is_asked = bool(before.mark.kind) or before.words[:1].isupper()
        return length >= _SHORTEST_WRAP and is_small and line.asks and is_asked
    last = above.rpartition(" ")[2].lower()
    return is_small or last.endswith(",") or last in SMALL_WORDS or above.rfind("(") > above.rfind(")")
