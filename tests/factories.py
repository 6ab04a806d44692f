"""Plain functions that make what a test needs, every default in sight."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from argon2 import PasswordHasher, profiles
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.action import Action
from surveyapp.model.questionnaire import Choice, KindName, Question, Questionnaire, Wording
from surveyapp.model.survey import Card, Survey, event_key_of
from surveyapp.model.team import Account, Membership, Team

PASSWORD = "a long enough password"
CHEAP_HASH = PasswordHasher.from_parameters(profiles.CHEAPEST).hash(PASSWORD)
COMMENT_KEY = b"the key of tests, not a secret.."
EVENT_DAY = date(2026, 10, 7)


def words(standard: str, easy: str = "", short: str = "") -> dict[str, Wording]:
    """English wording."""
    return {"en": Wording(standard, easy or standard, short or standard)}


def make_choice(code: str, label: str = "", **flags: Any) -> Choice:
    """A choice whose label is its code unless told."""
    return Choice(code=code, words=words(label or code.replace("_", " ").capitalize()), **flags)


RATING = tuple(
    Choice(code=code, words=words(label), symbol=symbol)
    for code, label, symbol in (
        ("5", "Very good", "very_good"),
        ("4", "Good", "good"),
        ("3", "OK", "okay"),
        ("2", "Bad", "bad"),
        ("1", "Very bad", "very_bad"),
    )
)
NOT_APPLICABLE = make_choice("not_applicable", "I did not do this", missing=True, symbol="no")
YES_NO = (make_choice("yes", symbol="yes"), make_choice("no", symbol="no"), make_choice("not_sure", symbol="not_sure"))


def make_question(key: str = "overall", kind: KindName = "rating5", label: str = "", **more: Any) -> Question:
    """A question with the usual choices of its kind."""
    if kind == "rating5":
        more.setdefault("choices", (*RATING, NOT_APPLICABLE))
    if kind == "yes_no":
        more.setdefault("choices", YES_NO)
    if kind in ("single", "multiple"):
        more.setdefault("choices", (make_choice("tea"), make_choice("coffee"), make_choice("water")))
    return Question(key=key, kind=kind, words=words(label or f"How was {key}?", short=key), symbol="event", **more)


def make_questionnaire(*questions: Question) -> Questionnaire:
    """A questionnaire of the given questions, or of one rating and one comment."""
    usual = (make_question(), make_question("best", "comment", "What was good?"))
    return Questionnaire(title=words("Feedback"), questions=questions or usual)


def every_kind() -> Questionnaire:
    """One question of each kind, with show-if, other words, an exclusive choice and an unlinked question."""
    role = (
        make_choice("patient"),
        make_choice("carer"),
        make_choice("other", "Someone else", other_text=True),
        make_choice("prefer_not_to_say", "I do not want to say", missing=True, exclusive=True),
    )
    limits = (make_choice("a_lot"), make_choice("a_little"))
    return make_questionnaire(
        make_question("overall", "rating5"),
        make_question("hello", "note", "Now some more."),
        make_question("listened", "yes_no", "Did people listen?"),
        make_question("drink", "single", "What did you drink?"),
        make_question("role", "multiple", "Who are you?", choices=role),
        make_question("visits", "number", "How many times did you come?", minimum=0, maximum=52),
        make_question("recommend", "nps", "Would you tell a friend?"),
        make_question("best", "comment", "What was good?"),
        make_question("eq_condition", "single", "Do you have a health problem?", choices=YES_NO[:2], linked=False),
        make_question("eq_limits", "single", "Does it make things hard?", choices=limits, linked=False),
    )


def make_team(session: Session, name: str = "Events team") -> Team:
    """A team."""
    team = Team(name=name)
    session.add(team)
    session.commit()
    return team


def make_account(session: Session, team: Team, email: str = "olu@example.org", role: str = "owner") -> Account:
    """A member of a team, with the usual password."""
    account = Account(email=email, name=email.partition("@")[0].capitalize(), password_hash=CHEAP_HASH)
    session.add_all([account, Membership(team=team, account=account, role=role)])
    session.commit()
    return account


def make_survey(
    session: Session, team: Team, questionnaire: Questionnaire | None = None, state: str = "open", **fields: Any
) -> Survey:
    """A survey in a state, with the cards “Link” and “Table 1”."""
    labels: Sequence[str] = fields.pop("labels", ("Link", "Table 1"))
    usual = {
        "title": "Carers' day",
        "event_date": EVENT_DAY,
        "place": "Leeds",
        "attendance": 81,
        "what_happens_next": "We read every answer.",
        "help": "Ask a helper.",
        "created_on": EVENT_DAY,
    }
    draft = (questionnaire or make_questionnaire()).to_json()
    survey = Survey(team_id=team.id, draft=draft, state="draft", **(usual | fields))
    session.add(survey)
    session.flush()
    for label in labels:
        survey.add_card(label, source="link" if label == "Link" else "qr")
    if state != "draft":
        _open(session, survey)
    survey.state = state
    session.commit()
    return survey


def make_entry(survey: Survey, **fields: Any) -> Action:
    """An entry of “You said, we did”, published unless `published_on` says otherwise; the caller adds it."""
    usual = {
        "number": 1,
        "you_said": "Parking was hard to find.",
        "you_said_easy": "It was hard to park.",
        "we_did": "We have booked the car park opposite for next time.",
        "we_did_easy": "Next time you can park across the road.",
        "published_on": EVENT_DAY,
    }
    return Action(survey_id=survey.id, **(usual | fields))


def card_of(survey: Survey, label: str = "Table 1") -> Card:
    """A survey's card of a label."""
    return next(card for card in survey.cards if card.label == label)


def _open(session: Session, survey: Survey) -> None:
    keys = select(Survey.event_key).where(Survey.team_id == survey.team_id, Survey.event_key.is_not(None))
    survey.event_key = event_key_of(survey.title, survey.event_date, {str(key) for key in session.scalars(keys)})
    survey.state = "open"
    survey.publish()
