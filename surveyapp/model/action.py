"""You said, we did: what people said as the team puts it, what was done about it, and whether everybody is told.

An entry holds organisers' words alone, so that nothing of a response that is taken back stays in it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, ScalarSelect, String, Text, UniqueConstraint, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from surveyapp.model.base import Base
from surveyapp.model.comment_note import THEME_LENGTH, CommentNote
from surveyapp.model.response import Response, that_counts
from surveyapp.model.survey import REHEARSAL, Card, Survey

DID, WILL_DO, CANNOT = "did", "will_do", "cannot"
WHATS = (DID, WILL_DO, CANNOT)
TEXT_LENGTH = 1000
OWNER_LENGTH = 100


class Action(Base):
    """One entry: everybody is told its words while `published_on` is set, `owner` is the team's alone.

    What the team will do is a promise: everybody reads its day, `due`, and then whether it was kept (`kept_on`).
    `people` is how many said it, fixed when it was published, None where that isn't told. `version` grows with each
    change of the words and of who sees them.
    """

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("survey_id", "theme"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id))
    number: Mapped[int]
    you_said: Mapped[str] = mapped_column(Text, default="")
    you_said_easy: Mapped[str] = mapped_column(Text, default="")
    what: Mapped[str] = mapped_column(String(10), default=DID)
    we_did: Mapped[str] = mapped_column(Text, default="")
    we_did_easy: Mapped[str] = mapped_column(Text, default="")
    theme: Mapped[str | None] = mapped_column(String(THEME_LENGTH))
    owner: Mapped[str] = mapped_column(String(OWNER_LENGTH), default="")
    due: Mapped[date | None]
    kept_on: Mapped[date | None]
    published_on: Mapped[date | None]
    people: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_published(self) -> bool:
        """Whether everybody can read it."""
        return self.published_on is not None

    @property
    def is_ready(self) -> bool:
        """Whether it says both what people said and what came of it; easy words may lack."""
        return bool(self.you_said and self.we_did)

    @property
    def lacks_easy_words(self) -> bool:
        """Whether those who read easy words would be shown the plain ones."""
        return not (self.you_said_easy and self.we_did_easy)

    @property
    def is_promise(self) -> bool:
        """Whether it says what the team will do."""
        return self.what == WILL_DO

    def is_overdue(self, today: date) -> bool:
        """Whether its day has come, and nobody has said that it was kept."""
        return self.is_promise and self.kept_on is None and self.due is not None and self.due <= today

    def keep_promise(self, today: date) -> None:
        """Tell that what was promised is done."""
        self.kept_on = today
        self.version += 1

    def promise_again(self) -> None:
        """Tell that it isn't done after all."""
        self.kept_on = None
        self.version += 1

    def publish(self, today: date, said_by: int | None) -> None:
        """Tell everybody, and how many people said it where `said_by` is a number."""
        self.published_on, self.people = today, said_by
        self.version += 1

    def take_down(self) -> None:
        """Tell it nobody any more."""
        self.published_on = self.people = None
        self.version += 1


def actions_of(session: Session, survey_id: UUID) -> list[Action]:
    """A survey's entries in their order."""
    return list(session.scalars(select(Action).where(Action.survey_id == survey_id).order_by(Action.number)))


def next_number(actions: Iterable[Action]) -> int:
    """The number of an entry that is put at the end."""
    return max((action.number for action in actions), default=0) + 1


def with_action_moved(actions: list[Action], action: Action, by: int) -> bool:
    """Let an entry and the one above (`by` -1) or below it (1) change places; False at the end of the list."""
    place = actions.index(action) + by
    if not 0 <= place < len(actions):
        return False
    other = actions[place]
    action.number, other.number = other.number, action.number
    return True


def action_of_theme(session: Session, survey_id: UUID, theme: str) -> UUID | None:
    """The entry that answers a theme, if there is one."""
    named = (Action.survey_id == survey_id, Action.theme == theme)
    return session.scalar(select(Action.id).where(*named)) if theme else None


def link_notes(session: Session, action: Action, theme: str | None) -> None:
    """Point the notes with an entry's theme at it, and let go of those that it pointed at before.

    None lets go of all: before an entry is removed.
    """
    here = update(CommentNote).where(CommentNote.survey_id == action.survey_id)
    session.execute(here.where(CommentNote.action_id == action.id).values(action_id=None))
    if theme:
        session.execute(here.where(CommentNote.theme == theme).values(action_id=action.id))


def people_by_theme(session: Session, survey_id: UUID) -> Mapping[str, int]:
    """How many people's comments carry each theme: finished responses that count, each once a theme."""
    its_note = (CommentNote.survey_id == Response.survey_id) & (CommentNote.response_key == Response.key)
    counted = (
        select(CommentNote.theme, func.count(CommentNote.response_key.distinct()))
        .join(Response, its_note)
        .where(*that_counts(survey_id), Response.finished, CommentNote.theme != "")
        .group_by(CommentNote.theme)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def way_in(survey_id: UUID | InstrumentedAttribute[UUID] | ColumnElement[UUID]) -> ScalarSelect[str]:
    """The code of the card by which people come to what is told of a survey; null where it has no card."""
    cards = select(Card.code).where(Card.survey_id == survey_id, Card.source != REHEARSAL)
    return cards.order_by(Card.position).limit(1).scalar_subquery()


def public_people_count(people: int | None, small_group: int) -> int | None:
    """How many said it as everybody may be told: nothing where they are fewer than a group needs."""
    return people if people is not None and people >= small_group else None
