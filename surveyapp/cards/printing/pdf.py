"""The sheets as a PDF that a printer takes: fonts embedded, tagged for screen readers (PDF/UA-1), by Typst.

What organisers typed reaches Typst as data, never as markup.
"""

from pathlib import Path
from typing import Any

from surveyapp.cards.printing.cards import PrintedCard, Stack
from surveyapp.cards.printing.sheets import PrintSheet, filling
from surveyapp.model.codes import shown_card_code
from surveyapp.model.symbols import FOLDER as SYMBOL_FILES
from surveyapp.model.symbols import SYMBOLS
from surveyapp.rendering.typesetting.fonts import FAMILIES
from surveyapp.rendering.typesetting.pdf import typeset
from surveyapp.web.i18n import direction

TEMPLATE = Path(__file__).with_name("sheets.typ")


def pdf_of(stack: Stack, sheet: PrintSheet, name: str) -> bytes:
    """The PDF of a stack of cards on a sheet; `name` is the document's title. Raises NoFontError."""
    return typeset(TEMPLATE, _data(stack, sheet, name), _said(stack))


def _data(stack: Stack, sheet: PrintSheet, name: str) -> dict[str, Any]:
    symbols = {symbol for card in stack.cards for symbol, _words in card.words.faces}
    return {
        "name": name,
        "sheet": sheet.name,
        "lang": stack.cards[0].words.language,
        "fonts": FAMILIES,
        "title": stack.title,
        "languages": [(tag, name, direction(tag)) for tag, name in stack.languages],
        "parts": stack.typed_parts,
        "faces": {symbol: (SYMBOL_FILES / SYMBOLS[symbol].file).read_text(encoding="utf-8") for symbol in symbols},
        "cards": [_card(card) for card in filling(stack.cards, sheet)],
    }


def _card(card: PrintedCard) -> dict[str, Any]:
    words = card.words
    texts = {name: getattr(words, name) for name in words.__slots__}
    return {
        "label": card.label,
        "shown": shown_card_code(card.code),
        "alt": card.alt,
        "side": card.side,
        "quiet": card.quiet,
        "drawing": drawing_of(card),
        "words": texts,
    }


def drawing_of(card: PrintedCard) -> str:
    """The QR code as SVG, quiet zone and all."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {card.side} {card.side}">'
        f'<rect width="{card.side}" height="{card.side}" fill="#fff"/><path d="{card.path}"/></svg>'
    )


def _said(stack: Stack) -> str:
    """Everything on the sheets that somebody typed, and every language's words."""
    names = (name for _tag, name in stack.languages)
    said = (text for card in stack.cards for text in (card.label, *_texts(card)))
    return "".join((stack.title, *stack.typed_parts, *names, *said))


def _texts(card: PrintedCard) -> tuple[str, ...]:
    words = card.words
    faces = (face for _symbol, face in words.faces)
    return (words.question, words.scan, words.or_type, words.your_code, words.help, *faces)
