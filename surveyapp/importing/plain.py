"""Words as they are kept: without control characters, markup or the layout of another program."""

import html
import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|hr|li|ol|td|tr|ul|h[1-6]|big|div|img|sub|sup|bold|font|mark|span|small|table|center|strong|tbody)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^()\s]{1,500})\)")
STRONG = re.compile(r"(?<![\w*])(\*\*|__|\*)(?=[^\s*_])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])")
_EMPTY_LINES = re.compile(r"\n{3,}")
_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")  # no letter has so great a number
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)


def storable_text(text: str) -> str:
    """Text that can be stored and shown: line breaks alike, no control characters, no space at its ends."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(map(_printable, line)).strip() for line in lines).strip()


def without_markup(text: str) -> str:
    """Text without the HTML and Markdown that XLSForm allows in it; a link keeps its address."""
    if "<" in text:
        bare = without_tags(text)
        text = html.unescape(bare) if bare != text else text
    if "*" in text or "_" in text or "#" in text or "](" in text:
        text = _HEADING.sub("", STRONG.sub(r"\2", _LINK.sub(r"\1 (\2)", text)))
    return _EMPTY_LINES.sub("\n\n", storable_text(text))


def without_tags(text: str) -> str:
    """Text without HTML, its paragraphs a line each; its entities stay, but for those of no letter."""
    bare = _TAG.sub("", _BREAK.sub("\n", text))
    return _CHARACTER.sub("\N{REPLACEMENT CHARACTER}", bare) if bare != text else text


def on_one_line(text: str) -> str:
    """Text on one line."""
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


def quoted(text: str, limit: int = 70) -> str:
    """Words in quotation marks, short enough to stand in a sentence."""
    line = on_one_line(text)
    return f"“{line}”" if len(line) <= limit else f"“{line[: limit - 1].rstrip()}…”"


def _printable(character: str) -> str:
    if character in "\t\N{NO-BREAK SPACE}":
        return " "
    kind = unicodedata.category(character)
    return "" if kind in ("Cc", "Cs") or character in "\ufeff\ufffe\uffff" else character
