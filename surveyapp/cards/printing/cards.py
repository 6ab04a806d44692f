"""Cards as they are printed: the code's drawing, the words in the card's language, and how long the texts are."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from surveyapp.cards.printing.words import CardWords, card_words
from surveyapp.cards.qr import QUIET_ZONE, qr_address, qr_matrix, qr_path
from surveyapp.model.survey import Card
from surveyapp.model.team_cards import TeamCard
from surveyapp.web.i18n import language_name

BREAKABLE = re.compile(r"[^./-]+[./-]*")
Length = Literal["short", "medium", "long"]


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card as it is printed; `side` is the QR code's width in modules, `quiet` zones and all."""

    label: str
    code: str
    address: str
    path: str
    side: int
    words: CardWords
    quiet: int = QUIET_ZONE

    @property
    def alt(self) -> str:
        """What the code's picture says."""
        return self.words.qr_code % {"address": self.address.lower()}


@dataclass(frozen=True, slots=True)
class Stack:
    """Cards that are printed together: the event's or the team's name, its languages, and the address to type."""

    title: str
    languages: tuple[tuple[str, str], ...]
    typed_parts: tuple[str, ...]
    cards: tuple[PrintedCard, ...]

    @property
    def title_length(self) -> Length:
        """How the name is set, so that any keeps its place."""
        return length_of(self.title, 30, 90)

    @property
    def address_length(self) -> Length:
        """How the address is set."""
        return length_of("".join(self.typed_parts), 22, 44)


def stack_of(cards: Sequence[Card | TeamCard], title: str, languages: Sequence[str], public_url: str) -> Stack:
    """The cards drawn; a card without a language of its own speaks the first of the languages."""
    words = cache(card_words)
    first = languages[0] if languages else "en"
    drawn = tuple(printed_card(card, public_url, words, first) for card in cards)
    return Stack(title, printed_languages(languages), typed_parts(public_url), drawn)


def printed_card(
    card: Card | TeamCard, public_url: str, words: Callable[[str], CardWords] = card_words, first: str = "en"
) -> PrintedCard:
    """A card with its own QR code."""
    address = qr_address(public_url, card.code)
    matrix = qr_matrix(address)
    return PrintedCard(card.label, card.code, address, qr_path(matrix), len(matrix), words(card.language or first))


def typed_parts(public_url: str) -> tuple[str, ...]:
    """The address that people type, without https://, in parts between which a line may break."""
    parts = urlsplit(public_url)
    return tuple(BREAKABLE.findall(parts.netloc + parts.path))


def length_of(text: str, short: int, long: int) -> Length:
    """How a text is set, so that any length keeps its place on the card."""
    if len(text) <= short:
        return "short"
    return "medium" if len(text) <= long else "long"


def printed_languages(tags: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each language's tag and its own name for itself; none for a survey in one language."""
    return tuple((tag, language_name(tag)) for tag in tags) if len(tags) > 1 else ()
