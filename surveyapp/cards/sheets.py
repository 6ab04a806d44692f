"""What is printed: cards laid on sheets of A4, and the card of the poster."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from surveyapp.cards.new_cards import TABLE
from surveyapp.cards.qr import QUIET_ZONE, address_of, qr_matrix, qr_path
from surveyapp.domain.codes import read_card_code
from surveyapp.domain.survey import Card

Per = Literal[2, 4]


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card as it is printed; `side` is the QR code's width in modules, `quiet` zones and all."""

    label: str
    code: str
    address: str
    path: str
    side: int
    quiet: int = QUIET_ZONE


def printed_card(card: Card, public_url: str) -> PrintedCard:
    """A card with its own QR code."""
    address = address_of(public_url, card.code)
    matrix = qr_matrix(address)
    return PrintedCard(card.label, card.code, address, qr_path(matrix), len(matrix))


def to_print(cards: Sequence[Card], chosen: Sequence[str] = ()) -> list[Card]:
    """The cards of the chosen codes; without any, all that lie on tables or hang on doors."""
    codes = {read_card_code(code) for code in chosen}
    return [card for card in cards if (card.code in codes if chosen else card.source == "qr")]


def poster_card(cards: Sequence[Card], chosen: Sequence[str] = ()) -> Card | None:
    """The card of the poster: the chosen one, else one that belongs to no table, else any."""
    able = to_print(cards, chosen)
    return next((card for card in able if not TABLE.fullmatch(card.label)), able[0] if able else None)


def on_sheets(cards: Sequence[PrintedCard], per: Per) -> list[Sequence[PrintedCard]]:
    """The cards in order, `per` to a sheet."""
    return [cards[start : start + per] for start in range(0, len(cards), per)]


def typed_parts(public_url: str) -> list[str]:
    """The address that people type, without https://, in parts between which a line may break."""
    parts = urlsplit(public_url)
    return re.findall(r"[^./-]+[./-]*", parts.netloc + parts.path)


def length_of(text: str, short: int, long: int) -> Literal["short", "medium", "long"]:
    """How a text is set, so that any length keeps its place on the card."""
    if len(text) <= short:
        return "short"
    return "medium" if len(text) <= long else "long"


def languages_of(tags: Sequence[str]) -> list[tuple[str, str]]:
    """Each language's tag and its own name for itself; none for a survey in one language."""
    return [(tag, _own_name(tag)) for tag in tags] if len(tags) > 1 else []


def _own_name(tag: str) -> str:
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag
