"""People who answer one after the other, so that an attack's guess can be compared with what was true."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.due import run_due
from surveyapp.model.response import Sent, Version
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import Survey

TODAY = date(2026, 10, 7)
NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
CLOSED_AT = datetime(2026, 10, 7, 20, tzinfo=UTC)
TABLES = tuple(f"Table {number}" for number in range(1, 7))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answered: `words` and `secret` (to an equality question) are theirs alone, and so found again."""

    order: int
    id: str
    table: str
    rating: str
    words: str
    secret: str

    @property
    def receipt(self) -> bytes:
        """What the mark of their receipt is."""
        return self.id.encode()[:32]

    @property
    def sent(self) -> Sent:
        """What their phone sends when they press Send."""
        answers = {"overall": self.rating, "best": self.words}
        return Sent(self.id, Version(2, True, answers), 1, "easy", "en", unlinked={"eq_condition": self.secret})

    @property
    def begun(self) -> Sent:
        """What their phone sent before."""
        return Sent(self.id, Version(1, False, {"overall": self.rating}), 1, "easy", "en")


@dataclass
class Crowd:
    """So many people at six tables; the same seed gives the same people."""

    people: int
    seed: int
    everybody: list[Person] = field(init=False)

    def __post_init__(self) -> None:
        draw = Random(self.seed)  # noqa: S311 -- people of a test, the same at each run
        self.everybody = [self._person(order, draw) for order in range(self.people)]

    def _person(self, order: int, draw: Random) -> Person:
        name = f"{draw.getrandbits(64):016x}"
        id_ = str(UUID(int=draw.getrandbits(128), version=4))
        return Person(order, id_, draw.choice(TABLES), str(draw.randint(1, 5)), f"words {name}", f"secret-{name}")


def places_of(survey: Survey) -> Mapping[str, StoredLocation]:
    """Where people answer from, by the label of a card."""
    return {
        card.label: StoredLocation(survey.id, card.code, card.source, openly=survey.shows_openly)
        for card in survey.cards
    }


def answer(engine: Engine, place: StoredLocation, person: Person) -> None:
    """A phone saves what was begun, then sends: each in a transaction of its own."""
    for sent, receipt in ((person.begun, None), (person.sent, person.receipt)):
        with Session(db.writing(engine)) as session:
            record(session, place, sent, TODAY, receipt=receipt)
            session.commit()


def watch(engine: Engine, session: Session, survey: Survey, crowd: Crowd, each_minute: int = 8) -> None:
    """Everybody answers in their order, and what is due is done each minute; nobody else is at work meanwhile."""
    places = places_of(survey)
    session.rollback()
    for person in crowd.everybody:
        answer(engine, places[person.table], person)
        if person.order % each_minute == each_minute - 1:
            run_due(db.writing(engine), NOON, rewrite=False)
