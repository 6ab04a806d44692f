"""Paper that the team keys in: a sitting holds the sheets of one pile until it ends, and only then they are answers.

Until then a sheet can be put right, taken out and keyed a second time, for which it has the number that its keyer wrote
on its corner. At the end the sheets lie in the inbox like anybody's answers, in random order and under random keys, and
nothing of the sitting is left.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from surveyapp.model.answers import Raw, read_answers
from surveyapp.model.base import Base, Instant, Json
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import Sent, Version
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import PAPER, Card, Edition, Survey, today_at
from surveyapp.model.team import Account, AuditEntry

IDLE_FOR = timedelta(minutes=60)  # so long nothing is keyed, and the sitting ends by itself
SAMPLE = 10  # one sheet of so many is keyed a second time ...
FEWEST_CHECKED = 3  # ... and so many at the least
_RANDOM = SystemRandom()

Typed = dict[str, list[str]]


class SheetTakenError(Exception):
    """Another window keyed other answers in under this number meanwhile."""


class PaperSitting(Base):
    """One person keys one pile in: sheets of one edition and one card, in one view and language.

    `pile` is how many sheets lie there, None where nobody counted them. `touched_at` is when something was last keyed.
    """

    __tablename__ = "paper_sitting"
    __table_args__ = (UniqueConstraint("survey_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    edition: Mapped[int]
    view: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(35))
    card: Mapped[str] = mapped_column(String(6))
    pile: Mapped[int | None]
    touched_at: Mapped[datetime] = mapped_column(Instant)


class PaperSheet(Base):
    """One sheet of a sitting: its answers as the fields that a phone would send.

    `is_sample` where it is keyed a second time; `second` holds that until somebody decided which is right, and
    `differed` how many fields were not the same.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey(PaperSitting.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id))
    is_sample: Mapped[bool] = mapped_column(default=False)
    first: Mapped[dict[str, Any]] = mapped_column(Json)
    second: Mapped[dict[str, Any] | None] = mapped_column(Json)
    differed: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class Pile:
    """What a sitting is about, as its keyer says it."""

    edition: int
    view: str
    language: str
    card: str
    sheets: int | None


def begin_sitting(session: Session, survey: Survey, account_id: UUID, pile: Pile, now: datetime) -> PaperSitting:
    """Begin a sitting, or go on with the one that this person has; the caller commits."""
    sitting = sitting_of(session, survey.id, account_id)
    if sitting is None:
        sitting = PaperSitting(survey_id=survey.id, account_id=account_id)
        session.add(sitting)
    sitting.edition, sitting.view, sitting.language = pile.edition, pile.view, pile.language
    sitting.card, sitting.pile, sitting.touched_at = pile.card, pile.sheets, now
    session.flush()
    return sitting


def sitting_of(session: Session, survey_id: UUID, account_id: UUID) -> PaperSitting | None:
    """The sitting that a person has begun and not ended."""
    wanted = select(PaperSitting).where(PaperSitting.survey_id == survey_id, PaperSitting.account_id == account_id)
    return session.scalars(wanted).first()


def sheets_of(session: Session, sitting: PaperSitting) -> list[PaperSheet]:
    """The sheets of a sitting by their numbers."""
    wanted = select(PaperSheet).where(PaperSheet.sitting_id == sitting.id).order_by(PaperSheet.number)
    return [*session.scalars(wanted)]


def keep_sheet(session: Session, sitting: PaperSitting, number: int, typed: Typed, now: datetime) -> None:
    """Keep a new sheet; the same one sent twice is kept once. Raises SheetTakenError."""
    there = session.get(PaperSheet, (sitting.id, number))
    if there is not None and there.first != typed:
        raise SheetTakenError(number)
    if there is None:
        session.add(PaperSheet(sitting_id=sitting.id, number=number, survey_id=sitting.survey_id, first=typed))
    sitting.touched_at = now
    session.flush()


def mend_sheet(sitting: PaperSitting, sheet: PaperSheet, typed: Typed, now: datetime) -> None:
    """Put a sheet right. What was keyed a second time, and isn't decided yet, was compared with what it said before."""
    if sheet.second is not None:
        sheet.second = sheet.differed = None
    sheet.first = typed
    sitting.touched_at = now


def take_out_last(session: Session, sitting: PaperSitting, now: datetime) -> PaperSheet | None:
    """Take the last sheet out of the sitting, and give it back; None where there is none."""
    sheets = sheets_of(session, sitting)
    if not sheets:
        return None
    session.delete(sheets[-1])
    sitting.touched_at = now
    session.flush()
    return sheets[-1]


def draw_sample(sheets: Sequence[PaperSheet]) -> None:
    """Choose at random which sheets are keyed a second time: one of ten and three at least, each time it is asked for.

    Nothing while some that were chosen are still to do.
    """
    if to_check(sheets):
        return
    others = [sheet for sheet in sheets if not sheet.is_sample]
    wanted = max(FEWEST_CHECKED, -(-len(sheets) // SAMPLE))
    for sheet in _RANDOM.sample(others, min(len(others), wanted)):
        sheet.is_sample = True


def to_check(sheets: Sequence[PaperSheet]) -> list[PaperSheet]:
    """The sheets of the sample that are still to be keyed a second time."""
    return [sheet for sheet in sheets if sheet.is_sample and sheet.differed is None]


def to_decide(sheets: Sequence[PaperSheet]) -> list[PaperSheet]:
    """The sheets whose two keyings differ."""
    return [sheet for sheet in sheets if sheet.second is not None]


def check_sheet(sitting: PaperSitting, sheet: PaperSheet, typed: Typed, now: datetime) -> None:
    """Compare a sheet with its second keying, which stays where the two differ."""
    sheet.second = typed
    sheet.differed = len(differing(sheet))
    if not sheet.differed:
        sheet.second = None
    sitting.touched_at = now


def decide(sitting: PaperSitting, sheet: PaperSheet, second_is_right: Collection[str], now: datetime) -> None:
    """Take the fields of the second keying that are right, and let go of the others."""
    typed, second = dict(sheet.first), sheet.second or {}
    for name in second_is_right:
        typed.pop(name, None)
        if name in second:
            typed[name] = second[name]
    sheet.first, sheet.second = typed, None
    sitting.touched_at = now


def same_as(sheets: Sequence[PaperSheet], sheet: PaperSheet) -> int | None:
    """The number of an earlier sheet with the same answers: perhaps the same sheet, keyed twice."""
    return next((one.number for one in sheets if one.number < sheet.number and one.first == sheet.first), None)


def differing(sheet: PaperSheet) -> list[str]:
    """The fields that were keyed in differently the second time, sorted."""
    first, second = sheet.first, sheet.second or {}
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def end_sitting(session: Session, sitting: PaperSitting, now: datetime) -> int:
    """Let the sheets of a sitting be answers, and forget the sitting; the caller commits. Returns how many they were.

    They join what is released by the rules of `surveyapp.model.release`. Nothing tells afterwards which sheet lay where
    in the pile, or who keyed it in.
    """
    survey = session.get_one(Survey, sitting.survey_id)
    edition = session.get_one(Edition, (survey.id, sitting.edition)).questionnaire
    sheets = sheets_of(session, sitting)
    _RANDOM.shuffle(sheets)
    group = session.scalar(select(Card.group).where(Card.code == sitting.card))
    place = StoredLocation(survey.id, sitting.card, PAPER, group, survey.shows_openly)
    for sheet in sheets:
        record(session, place, _sent(edition, sitting, sheet), today_at(survey.zone, now))
    session.execute(delete(PaperSheet).where(PaperSheet.sitting_id == sitting.id))
    session.execute(delete(PaperSitting).where(PaperSitting.id == sitting.id))
    session.expunge(sitting)
    if sheets:
        what = f"keyed in {len(sheets)} paper form{'' if len(sheets) == 1 else 's'}"
        who = {"team_id": survey.team_id, "account_id": sitting.account_id, "survey_id": survey.id}
        session.add(AuditEntry(**who, at=now, what=what))
    return len(sheets)


def end_idle_sittings(session: Session, survey_id: UUID, now: datetime) -> int:
    """End the sittings of a survey in which nothing was keyed for an hour. Returns how many sheets they had."""
    idle = select(PaperSitting).where(PaperSitting.survey_id == survey_id, PaperSitting.touched_at <= now - IDLE_FOR)
    return sum(end_sitting(session, sitting, now) for sitting in [*session.scalars(idle.with_for_update())])


def keyed(session: Session, survey_id: UUID) -> int:
    """How many sheets lie in sittings that go on."""
    counted = select(func.count()).select_from(PaperSheet)
    return session.scalars(counted.where(PaperSheet.survey_id == survey_id)).one()


def has_answers(questionnaire: Questionnaire, typed: Raw) -> bool:
    """Whether a sheet answers anything."""
    reading = read_answers(questionnaire, typed)
    return bool(reading.answers or reading.unlinked)


def _sent(edition: Questionnaire, sitting: PaperSitting, sheet: PaperSheet) -> Sent:
    reading = read_answers(edition, sheet.first)
    return Sent(
        id=secrets.token_hex(16),
        version=Version(1, finished=True, answers=reading.answers),
        edition=sitting.edition,
        view=sitting.view,
        language=sitting.language,
        unlinked=reading.unlinked,
    )
