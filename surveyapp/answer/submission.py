"""From what a phone sent to what can be stored, or the reason why not; nothing here touches the database for long."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from surveyapp.answer.forms import Envelope, read_envelope
from surveyapp.answer.opened_token import Opening, read_opened_token
from surveyapp.answer.queries import edition_questionnaire
from surveyapp.model.answers import Raw, ReadAnswers, read_answers
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.questionnaire import VIEWS, Questionnaire
from surveyapp.model.response import COUNT, Sent, Version
from surveyapp.model.survey import REHEARSAL, Phase, today_at
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.web.errors import wants_json

HANDED_ON = "again"  # nobody is there to mend what can't be read: the rest of it is taken


@dataclass(frozen=True, slots=True)
class Submission:
    """A readable save or finish of an edition that takes it."""

    envelope: Envelope
    questionnaire: Questionnaire
    edition: int
    reading: ReadAnswers
    late: bool
    view: str
    language: str
    today: date
    late_choice: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was stored: `closed`, `not_open`, or `errors`; and everything that was typed."""

    reason: str
    raw: Raw
    questionnaire: Questionnaire | None = None
    envelope: Envelope | None = None
    opened: str = ""
    errors: Mapping[str, Unreadable] = field(default_factory=dict)


def read_incoming(facts: CardFacts, raw: Raw, secret: bytes, now: datetime) -> Submission | Refused:
    """Read by the edition that the page was opened with; without its note, by the newest, while it's open."""
    envelope = read_envelope(raw)
    opening = read_opened_token(secret, facts.survey_id, envelope.opened)
    is_tried = facts.place.source == REHEARSAL
    edition = opening.edition if opening and not is_tried else facts.edition
    questionnaire = edition_questionnaire(facts.survey_id, edition) if edition else None
    reason, late = _taking(facts, opening, now)
    if reason or edition is None or questionnaire is None:
        return Refused(reason or "not_open", raw, questionnaire)
    reading = read_answers(questionnaire, raw)
    errors = {**envelope.errors, **({} if envelope.go_to == HANDED_ON else reading.errors)}
    if envelope.finish and not errors and not reading.answers and not reading.unlinked:
        errors = {"finish": Unreadable("nothing_answered")}
    if errors:
        return Refused("errors", raw, questionnaire, envelope, envelope.opened if opening else "", errors)
    return Submission(
        envelope=envelope,
        questionnaire=questionnaire,
        edition=edition,
        # Equality answers are counted at the release; what comes after it is never shown, so that it is never kept.
        reading=replace(reading, unlinked={}) if is_tried or (late and facts.is_released) else reading,
        late=late,
        late_choice=_choice(facts, envelope, late=late),
        view=envelope.view if envelope.view in VIEWS else facts.card_view or facts.default_view,
        language=envelope.language if envelope.language in questionnaire.languages else questionnaire.language,
        today=today_at(ZoneInfo(facts.time_zone), now),
    )


def to_store(incoming: Submission) -> Sent:
    """What is stored of it: unlinked answers only with the finish, and no answer of whoever is only counted."""
    envelope = incoming.envelope
    is_only_counted = envelope.finish and incoming.late_choice == COUNT
    reading = ReadAnswers({}, {}) if is_only_counted else incoming.reading
    return Sent(
        id=envelope.response,
        version=Version(envelope.revision, envelope.finish, reading.answers),
        edition=incoming.edition,
        view=incoming.view,
        language=incoming.language,
        late=incoming.late,
        late_choice=incoming.late_choice if envelope.finish else None,
        unlinked=reading.unlinked if envelope.finish else {},
    )


def is_shown_apart(facts: CardFacts, *, late: bool) -> bool:
    """Whether an answer comes after all others were shown, so that somebody could guess whose it is."""
    return late and facts.is_released and not facts.place.openly


def asks_first(facts: CardFacts, incoming: Submission) -> bool:
    """Whether somebody has to choose before it is stored; a script, which may send by itself, is never asked."""
    chosen = incoming.late_choice is not None
    return incoming.envelope.finish and is_shown_apart(facts, late=incoming.late) and not chosen and not wants_json()


def _choice(facts: CardFacts, envelope: Envelope, *, late: bool) -> str | None:
    """What somebody chose who was asked; not to be shown also holds where the survey was opened again meanwhile."""
    is_kept = not facts.place.openly and (late or envelope.late_choice == COUNT)
    return envelope.late_choice if is_kept else None


def _taking(facts: CardFacts, opening: Opening | None, now: datetime) -> tuple[str, bool]:
    """Why it can't be taken now ("" = it can), and whether it's late. A page once opened may always finish in time."""
    phase = facts.times.phase(now)
    if phase is Phase.OPEN:
        return "", False
    if phase is Phase.CLOSED:
        late = facts.times.takes_late(opening.at if opening else None, now)
        return ("", True) if late else ("closed", False)
    return ("", False) if opening else ("not_open", False)
