"""More cards: tables by number, each new card with a code that no other card has."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from surveyapp.cards.queries import taken_codes
from surveyapp.model.codes import new_card_code
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team_cards import TeamCard

TABLE = re.compile(r"Table ([0-9]{1,6})")


def next_table(labels: Iterable[str]) -> int:
    """The number after the highest “Table 7” there is."""
    numbers = [int(match.group(1)) for match in map(TABLE.fullmatch, labels) if match]
    return max(numbers, default=0) + 1


def add_tables(survey: Survey, count: int) -> list[Card]:
    """Add cards “Table 1” and on, after those there are."""
    first = next_table(card.label for card in survey.cards)
    return [survey.add_card(f"Table {number}") for number in range(first, first + count)]


def give_free_codes(session: Session, cards: Sequence[Card | TeamCard]) -> None:
    """Draw again for each new card whose code another card has already."""
    with session.no_autoflush:
        while clashing := _clashing(session, cards):
            for card in clashing:
                card.code = new_card_code()


def _clashing(session: Session, cards: Sequence[Card | TeamCard]) -> list[Card | TeamCard]:
    codes = [card.code for card in cards]
    taken = taken_codes(session, codes)
    return [card for place, card in enumerate(cards) if card.code in taken or card.code in codes[:place]]
