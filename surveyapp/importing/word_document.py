"""A Word document (.docx) as the text that its clipboard would have: lists with their marks, tables with tabs.

Only words are read: no pictures, fields, comments, or what was deleted while changes were tracked.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from surveyapp.importing.imported import NotReadError

MAIN, NUMBERING = "word/document.xml", "word/numbering.xml"
DAMAGED = (
    "The document is damaged. Open it in Word, save it again as .docx and send that. Or copy and paste the questions."
)
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "checkBox": "☐"}
_PASSED_OVER = frozenset(
    {"Fallback", "delText", "instrText", "del", "moveFrom", "footnoteReference", "pPr", "txbxContent"}
)
_LEVELS = 9


@dataclass(slots=True)
class _Lists:
    """How each list is marked, by its number and level, and how far it has counted."""

    formats: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def mark(self, number: str, level: str) -> str:
        """The mark of a list's next item, with a tab behind it."""
        kind = self.formats.get((number, level), "bullet")
        if kind in ("bullet", "none"):
            return "•\t"
        self.counts[number, level] += 1
        for deeper in range(int(level) + 1, _LEVELS):
            self.counts.pop((number, str(deeper)), None)
        count = self.counts[number, level]
        return f"{chr(96 + count)})\t" if "etter" in kind and count <= 26 else f"{count}.\t"


def text_of_document(content: bytes) -> str:
    """The words of a Word document, a paragraph or a table's row on a line. Raises NotReadError for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = fromstring(archive.read(MAIN)).find("{*}body")
            lists = _lists(fromstring(archive.read(NUMBERING))) if NUMBERING in archive.namelist() else _Lists()
            return "\n".join(_lines(body, lists)) if body is not None else ""
    except Exception as error:  # the parser raises its own kinds for a damaged or forged document
        raise NotReadError(DAMAGED) from error


def _lines(parent: Element, lists: _Lists) -> Iterator[str]:
    for child in parent:
        name = _name(child)
        if name == "p":
            yield _paragraph(child, lists)
        elif name == "tbl":
            yield from _table(child, lists)
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _lines(child, lists)


def _table(table: Element, lists: _Lists) -> Iterator[str]:
    """Rows with a tab between cells; what stands in a single column are lines like any."""
    for row in table.findall("{*}tr"):
        cells = [cell for cell in row.iter() if _name(cell) == "tc"]
        if len(cells) == 1:
            yield from _lines(cells[0], lists)
        else:
            yield "\t".join("\t".join(_cell(cell)) for cell in cells)


def _cell(cell: Element) -> list[str]:
    """A cell's paragraphs, each a column: answers below each other in a cell are several."""
    said = [" ".join(_words(one).split()) for one in cell.findall("{*}p") + cell.findall("{*}sdt")]
    return [words for words in said if words] or [""]


def _paragraph(paragraph: Element, lists: _Lists) -> str:
    words = _words(paragraph)
    style, listed = _property(paragraph, "pStyle"), paragraph.find("{*}pPr/{*}numPr")
    if style.lower().startswith(("heading", "title")) and words.strip():
        return f"{'#' if style.lower() == 'title' else '##'} {words.strip()}"
    if listed is None or not words.strip():
        return f"**{words.strip()}**" if words.strip() and _is_bold(paragraph) and "*" not in words else words
    number, level = (_value(listed.find(f"{{*}}{name}")) for name in ("numId", "ilvl"))
    level = level if level.isdecimal() and int(level) < _LEVELS else "0"
    return f"{'  ' * int(level)}{lists.mark(number, level)}{words.strip()}"


def _words(parent: Element) -> str:
    """The words below an element in their order."""
    name = _name(parent)
    if name in _PASSED_OVER:
        return ""
    if name == "t":
        return parent.text or ""
    if name == "sym":
        code = _value(parent, "char")
        return chr(int(code, 16)) if len(code) == 4 else ""
    return _BREAKS.get(name, "") + "".join(_words(child) for child in parent)


def _is_bold(paragraph: Element) -> bool:
    """Whether all words of a paragraph are bold."""
    runs = [run for run in paragraph.findall("{*}r") if _words(run).strip()]
    marks = [run.find("{*}rPr/{*}b") for run in runs]
    return bool(marks) and all(mark is not None and _value(mark) not in ("0", "false") for mark in marks)


def _lists(numbering: Element) -> _Lists:
    by_abstract = {
        _value(abstract, "abstractNumId"): {
            _value(level, "ilvl"): _value(level.find("{*}numFmt")) for level in abstract.findall("{*}lvl")
        }
        for abstract in numbering.findall("{*}abstractNum")
    }
    formats = {
        (_value(number, "numId"), level): kind
        for number in numbering.findall("{*}num")
        for level, kind in by_abstract.get(_value(number.find("{*}abstractNumId")), {}).items()
    }
    return _Lists(formats)


def _property(paragraph: Element, name: str) -> str:
    return _value(paragraph.find(f"{{*}}pPr/{{*}}{name}"))


def _value(element: Element | None, name: str = "val") -> str:
    """An attribute, in whichever namespace the document has it."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
