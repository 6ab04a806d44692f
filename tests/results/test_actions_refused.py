"""An entry that can't be kept as it is, and two organisers at once: nothing that was typed is lost."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.results.entries import WRITTEN, add, did, field, make_themed, only, page_of, press, publish, written
from tests.visitor import Visitor


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page refuses does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with ten comments of a theme."""
    return make_themed(session, team)


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ({}, "theme", "Choose a theme, or write what people said."),
        ({"theme": "Food", "you_said": "Soup"}, "theme", "“Food” has an entry already."),
        ({"you_said": "x" * 1001}, "you_said", "Use 1000 characters or fewer. It is 1 too long."),
    ],
)
def test_refused_entry_is_told_and_kept_as_it_was_typed(
    olu: Visitor, survey: Survey, typed: dict[str, str], name: str, said: str
) -> None:
    add(olu, survey, theme="Food")

    page = add(olu, survey, 422, **typed)

    assert page.title.startswith("Error: ")
    assert said in page.text
    assert field(page, name).get("aria-invalid") == "true"
    assert "".join(field(page, "you_said").itertext()).strip() == typed.get("you_said", "")
    assert len(olu.get(page_of(survey)).tree.findall(".//ol[@id='entries']/li")) == 1


def test_where_no_comment_has_a_theme_words_are_asked_for(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    page = add(olu, survey, 422)

    assert "Write what people said." in page.text
    assert field(page, "you_said").get("aria-invalid") == "true"
    address = add(olu, survey, you_said="More chairs.").location
    olu.submit(olu.get(address), {"we_did": "We bought some."}, address)
    assert (only(session).you_said, only(session).we_did, only(session).theme) == (
        "More chairs.",
        "We bought some.",
        None,
    )


def test_what_is_public_is_never_left_empty(olu: Visitor, survey: Survey, session: Session) -> None:
    address = written(olu, survey)
    publish(olu, survey)

    page = olu.submit(olu.get(address), {"you_said": " ", "we_did": "", "owner": "Bo", "due": "soon"}, address, 422)

    assert "Write what people said, or take it down." in page.text
    assert "Write what you did, or take it down." in page.text
    assert (field(page, "owner").get("value"), field(page, "due").get("value")) == ("Bo", "soon")
    assert only(session).you_said == WRITTEN["you_said"]


def test_two_people_at_once_lose_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    address = written(olu, survey)
    first, second = olu.get(address), olu.get(address)
    olu.submit(first, {"you_said": "Words of the first"}, address)

    told = olu.submit(second, {"you_said": "Words of the second"}, address, 409)

    assert "Somebody else changed this entry" in told.text
    assert "Saved now: Words of the first" in told.text
    assert only(session).you_said == "Words of the first"
    olu.submit(told, {}, address)
    assert only(session).you_said == "Words of the second"


def test_words_of_an_entry_that_somebody_removed_are_kept_by_saving_twice(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    address = written(olu, survey)
    opened = olu.get(address)
    press(olu, survey, "remove", only(session))

    told = olu.submit(opened, {"you_said": "Still mine"}, address, 409)

    assert "Somebody else removed this entry" in told.text
    olu.submit(told, {}, address)
    assert (only(session).you_said, only(session).theme) == ("Still mine", "Food")
    assert len(session.scalars(select(CommentNote).where(CommentNote.action_id.is_not(None))).all()) == 10


def test_only_what_was_shown_to_be_ready_is_published(olu: Visitor, survey: Survey, session: Session) -> None:
    address = written(olu, survey)
    shown = olu.get(page_of(survey))
    olu.submit(olu.get(address), {"we_did": "Other words"}, address)

    page = olu.follow(olu.submit(shown, {}, "/publish"))

    assert "1 entry was changed meanwhile. Look at it first, then publish it." in page.text
    again = olu.get(page_of(survey))
    assert "1 entry is published." in olu.follow(olu.submit(again, {}, "/publish")).text
    assert "There is nothing more to publish." in olu.follow(olu.submit(again, {}, "/publish")).text
    assert len([one for one in did(session) if one.startswith("published")]) == 1
