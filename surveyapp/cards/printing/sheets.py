"""The sheets: what each holds, and which cards are laid on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from surveyapp.cards.printing.cards import PrintedCard
from surveyapp.model.codes import read_card_code
from surveyapp.model.survey import Card
from surveyapp.model.team_cards import TeamCard
from surveyapp.web.forms import later

POSTER = "poster"
SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """A way to print: its name in addresses, what it is called, how it is cut or folded, how many cards it holds."""

    name: str
    called: str
    how: str
    per: int

    @property
    def is_single(self) -> bool:
        """Whether it shows one card alone, which no table needs."""
        return self.name in (POSTER, SLIDE)


SHEETS = {
    sheet.name: sheet
    for sheet in (
        PrintSheet("a6", later("Cards, four to a sheet"), later("A6. Cut along the dashed lines."), 4),
        PrintSheet("a5", later("Cards, two to a sheet"), later("A5. Cut along the dashed line."), 2),
        PrintSheet(
            "tent",
            later("Table tents"),
            later("A5 when folded, to be read from both sides. Fold each sheet along the dotted line."),
            1,
        ),
        PrintSheet(
            "stickers",
            later("Stickers"),
            later("For label sheets of 24, 63.5 × 33.9 mm each (such as Avery L7159)."),
            24,
        ),
        PrintSheet(POSTER, later("Poster"), later("A4, for a door or a wall."), 1),
    )
}


def sheet_of(name: str | None) -> PrintSheet:
    """The sheet of a name; four cards to a sheet where it has no such name."""
    return SHEETS.get(name or "", SHEETS["a6"])


def to_print(
    cards: Sequence[Card], sheet: str, chosen: Sequence[str] = (), elsewhere: Collection[str] = ()
) -> list[Card]:
    """The cards of the chosen codes; without any, those that belong on the sheet.

    A poster has a card of its own. Tables and doors are on all others; what a team's card stands for (`elsewhere`) is
    printed already.
    """
    if chosen:
        codes = {read_card_code(code) for code in chosen}
        return [card for card in cards if card.code in codes]
    if sheet in (POSTER, SLIDE):
        return [card for card in cards if card.sheet == sheet][:1]
    return [card for card in cards if card.source == "qr" and not card.sheet and card.code not in elsewhere]


def chosen_team_cards(cards: Sequence[TeamCard], chosen: Sequence[str]) -> list[TeamCard]:
    """The team's cards of the chosen codes; without any, all."""
    codes = {read_card_code(code) for code in chosen}
    return [card for card in cards if card.code in codes or not chosen]


def filling(cards: Sequence[PrintedCard], sheet: PrintSheet) -> Sequence[PrintedCard]:
    """The cards in order; one card alone fills a sheet of stickers."""
    return [*cards] * sheet.per if sheet.name == "stickers" and len(cards) == 1 else cards


def on_sheets(cards: Sequence[PrintedCard], sheet: PrintSheet) -> list[tuple[PrintedCard, ...]]:
    """The cards in order, as many to a sheet as it holds."""
    rest = iter(filling(cards, sheet))
    return list(iter(lambda: tuple(islice(rest, sheet.per)), ()))
