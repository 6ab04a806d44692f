"""You said, we did: who carries a theme, which notes an entry holds, and in which order entries stand."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.action import (
    Action,
    actions_of,
    link_notes,
    people_by_theme,
    public_people_count,
    with_action_moved,
)
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.response import Response
from surveyapp.model.survey import REHEARSAL, Survey
from surveyapp.model.team import Team
from tests.export.samples import put
from tests.factories import make_question, make_questionnaire, make_survey

ASKED = make_questionnaire(make_question("best", "comment"), make_question("change", "comment"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of five people who wrote two comments each."""
    made = make_survey(session, team, ASKED)
    for number in range(1, 6):
        put(session, made, number, {"best": "The lunch", "change": "The lunch"})
    return made


def give_theme(session: Session, survey: Survey, theme: str, *comments: tuple[int, str]) -> None:
    """Give a theme to the comments of these people to these questions."""
    keys = session.scalars(select(Response.key).where(Response.survey_id == survey.id).order_by(Response.key)).all()
    for person, question in comments:
        note = CommentNote(survey_id=survey.id, response_key=keys[person - 1], question=question, theme=theme)
        session.add(note)
    session.commit()


def add(session: Session, survey: Survey, number: int = 1, **words: str) -> Action:
    """An entry."""
    action = Action(survey_id=survey.id, number=number, **words)
    session.add(action)
    session.commit()
    return action


def pointed(session: Session) -> dict[str, set[UUID | None]]:
    """The entries that the notes of each theme point at."""
    found: dict[str, set[UUID | None]] = {}
    for theme, action_id in session.execute(select(CommentNote.theme, CommentNote.action_id)):
        found.setdefault(theme, set()).add(action_id)
    return found


def test_each_person_is_counted_once_a_theme_and_only_who_counts(session: Session, survey: Survey) -> None:
    give_theme(session, survey, "Food", (1, "best"), (1, "change"), (2, "best"), (3, "best"), (4, "best"), (5, "best"))
    rows = session.scalars(select(Response).where(Response.survey_id == survey.id).order_by(Response.key)).all()
    rows[2].withdrawn, rows[3].source, rows[4].finished = True, REHEARSAL, False
    give_theme(session, survey, "Sound", (2, "change"))
    give_theme(session, survey, "", (3, "change"))

    assert people_by_theme(session, survey.id) == {"Food": 2, "Sound": 1}


def test_an_entry_holds_the_notes_of_its_theme_and_lets_go_of_the_others(session: Session, survey: Survey) -> None:
    give_theme(session, survey, "Food", (1, "best"), (2, "best"))
    give_theme(session, survey, "Sound", (3, "best"))
    action = add(session, survey, theme="Food")

    link_notes(session, action, "Food")
    assert pointed(session) == {"Food": {action.id}, "Sound": {None}}
    link_notes(session, action, "Sound")
    assert pointed(session) == {"Food": {None}, "Sound": {action.id}}
    link_notes(session, action, None)
    assert pointed(session) == {"Food": {None}, "Sound": {None}}


def test_entries_change_places_and_stop_at_the_ends(session: Session, survey: Survey) -> None:
    first, second = add(session, survey, 1, you_said="One"), add(session, survey, 2, you_said="Two")

    assert not with_action_moved(actions_of(session, survey.id), first, -1)
    assert with_action_moved(actions_of(session, survey.id), first, 1)
    session.commit()

    assert actions_of(session, survey.id) == [second, first]
    assert not with_action_moved(actions_of(session, survey.id), first, 1)


@pytest.mark.parametrize(("people", "told"), [(None, None), (0, None), (9, None), (10, 10), (11, 11)])
def test_fewer_than_a_group_needs_is_no_number_at_all(people: int | None, told: int | None) -> None:
    assert public_people_count(people, 10) == told
