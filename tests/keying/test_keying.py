"""Paper forms are keyed in: marks become answers, mistakes are undone, and only a sitting's end lets them join."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.deletion import delete_answers
from surveyapp.model.due import run_due
from surveyapp.model.paper import PaperSheet, PaperSitting
from surveyapp.model.response import Response, UnlinkedAnswer
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import AuditEntry, Team
from tests.conftest import signed_in
from tests.factories import card_of, every_kind, make_account, make_survey
from tests.keying.piles import begin, eight_questions, end, key_in, page_of, status_of, stored
from tests.visitor import Visitor

MARKS = {
    "overall": "4", "listened": "a", "drink": "C", "role": "ac", "role__other_text": "Driver", "visits": "3",
    "recommend": "10", "best": "The soup, and José’s talk.", "eq_condition": "B", "eq_limits": "",
}  # fmt: skip
ANSWERS = {
    "overall": "4", "listened": "yes", "drink": "water", "role": ["patient", "other"], "role__other_text": "Driver",
    "visits": 3, "recommend": 10, "best": "The soup, and José’s talk.",
}  # fmt: skip


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey with one question of each kind, of the kind together."""
    return make_survey(session, team, every_kind(), sharing=TOGETHER)


def sheets(session: Session) -> int:
    """How many sheets lie in sittings."""
    session.rollback()
    session.expire_all()
    return session.scalars(select(func.count()).select_from(PaperSheet)).one()


def test_marks_of_every_kind_become_the_answers_when_the_sitting_ends(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = begin(olu, survey)
    assert (page.h1, "Code" in page.text) == ("Sheet 1", True)

    page = key_in(olu, page, MARKS)

    assert (page.h1, status_of(page)) == ("Sheet 2", "Sheet 1 is in.")
    assert "1 of 20" in page.text
    assert (sheets(session), stored(session)) == (1, [])
    assert "1 sheet is among the answers now. It is shown when all answers are" in end(olu, survey).text
    (kept,) = stored(session)
    assert (kept.answers, kept.source, kept.finished, kept.late) == (ANSWERS, "paper", True, False)
    assert (kept.view, kept.language, kept.group, kept.receipt) == ("standard", "en", None, None)
    assert session.scalars(select(UnlinkedAnswer.value)).all() == ["no"]
    assert card_of(survey).finished_count == 1
    assert (sheets(session), session.scalars(select(PaperSitting)).all()) == (0, [])
    assert session.scalars(select(AuditEntry.what)).all()[-1] == "keyed in 1 paper form"


def test_first_field_has_the_keyboard_and_enter_sends(olu: Visitor, survey: Survey) -> None:
    page = begin(olu, survey)

    form = page.form("/paper")
    fields = [one for one in form.iter("input") if one.get("type") != "hidden"]
    assert [one.get("name") for one in fields if one.get("autofocus") is not None] == ["q-overall"]
    assert len(list(form.iter("button"))) == 1
    assert not list(form.iter("textarea"))  # in which Enter would be a new line


@pytest.mark.parametrize(
    "refused",
    [
        ("overall", "7", "Question 1: type one of 5, 4, 3, 2, 1, F."),
        ("overall", "45", "Question 1 takes one answer."),
        ("listened", "yes", "Question 2: type one of A, B, C."),
        ("role", "AX", "Question 4: type one of A, B, C, D."),
        ("role", "AD", "One of your answers does not go with the others."),
        ("visits", "many", "Write a whole number in digits"),
        ("visits", "400", "Write a number from 0 to 52."),
        ("recommend", "11", "Question 6 takes one answer."),
        ("best", "x" * 5001, "at most 5000 letters. It is 1 over."),
    ],
)
def test_what_is_no_mark_is_told_beside_its_field_and_everything_stays_typed(
    olu: Visitor, survey: Survey, session: Session, refused: tuple[str, str, str]
) -> None:
    name, typed, told = refused
    page = key_in(olu, begin(olu, survey), {**MARKS, name: typed}, 422)

    assert told in page.text
    fields = {one.get("name"): one for one in page.tree.iter("input")}
    assert fields[f"q-{name}"].get("aria-invalid") == "true"
    assert fields[f"q-{name}"].get("autofocus") is not None
    assert fields["q-best"].get("value") == (typed if name == "best" else MARKS["best"])
    assert sheets(session) == 0


def test_an_empty_sheet_is_put_aside(olu: Visitor, survey: Survey, session: Session) -> None:
    assert "Nothing is keyed in. Put an empty sheet aside" in key_in(olu, begin(olu, survey), {}, 422).text
    assert sheets(session) == 0


def test_the_last_sheet_is_undone_with_what_was_typed(olu: Visitor, survey: Survey, session: Session) -> None:
    page = key_in(olu, begin(olu, survey), MARKS)

    undone = olu.submit(page, {}, "/paper/undo", 200)

    assert undone.h1 == "Sheet 1"
    assert sheets(session) == 0
    fields = {one.get("name"): one.get("value") for one in undone.form("/paper").iter("input")}
    assert (fields["q-role"], fields["q-role__other_text"], fields["q-recommend"]) == ("A C", "Driver", "10")
    assert olu.follow(olu.submit(key_in(olu, undone, {}), {}, "/paper/end")).h1 == "Key in paper forms"
    assert [one.answers for one in stored(session)] == [ANSWERS]


def test_any_sheet_of_the_sitting_can_be_put_right(olu: Visitor, survey: Survey, session: Session) -> None:
    page = key_in(olu, begin(olu, survey), MARKS)
    key_in(olu, page, {"overall": "1"})

    page = key_in(olu, olu.get(f"{page_of(survey)}?sheet=1"), {"overall": "2"})

    assert page.h1 == "Sheet 3"
    assert {str(one.first["overall"]) for one in session.scalars(select(PaperSheet))} == {"['2']", "['1']"}


def test_a_form_that_is_sent_twice_is_kept_once(olu: Visitor, survey: Survey, session: Session) -> None:
    page = begin(olu, survey)
    key_in(olu, page, MARKS)

    key_in(olu, page, MARKS)

    assert sheets(session) == 1


def test_two_windows_lose_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    page = begin(olu, survey)
    key_in(olu, page, MARKS)

    other = key_in(olu, page, {"overall": "1"}, 409)

    assert (other.h1, "in another window" in other.text) == ("Sheet 2", True)
    key_in(olu, other, {})
    assert sheets(session) == 2


def test_the_same_sheet_keyed_in_twice_is_noticed(olu: Visitor, survey: Survey) -> None:
    page = key_in(olu, begin(olu, survey), MARKS)
    page = key_in(olu, page, {"overall": "1"})

    assert "It says the same as sheet 1. If it is the same sheet, press “Undo the last”." in status_of(
        key_in(olu, page, MARKS)
    )


def test_more_sheets_than_the_pile_has_are_noticed(olu: Visitor, survey: Survey) -> None:
    page = key_in(olu, begin(olu, survey, "1"), MARKS)
    assert "All are in. Now check a sample, then end the sitting." in page.text

    assert "more than are in the pile" in key_in(olu, page, {"overall": "1"}).text


def test_a_sitting_ends_by_itself_after_an_idle_hour_and_not_before(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    key_in(olu, begin(olu, survey), MARKS)
    engine, now = db.writing(app.extensions["engine"]), datetime.now(UTC)

    assert run_due(engine, now + timedelta(minutes=59), rewrite=True).keyed == 0
    assert run_due(engine, now + timedelta(minutes=61), rewrite=True).keyed == 1

    assert [one.answers for one in stored(session)] == [ANSWERS]
    page = olu.get(page_of(survey))
    assert page.h1 == "Key in paper forms"
    assert "1 sheet is keyed in and waits to be shown." in page.text


def test_what_is_typed_after_the_sitting_ended_is_refused_with_a_sentence(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    page = begin(olu, survey)
    run_due(db.writing(app.extensions["engine"]), datetime.now(UTC) + timedelta(hours=2), rewrite=True)

    assert "Your sitting has ended" in key_in(olu, page, MARKS).text
    assert stored(session) == []


def test_sheets_of_a_card_with_a_group_are_in_that_group(olu: Visitor, survey: Survey, session: Session) -> None:
    card_of(survey).group = "Room A"
    session.commit()

    key_in(olu, begin(olu, survey), MARKS)
    end(olu, survey)

    assert [one.group for one in stored(session)] == ["Room A"]


def test_sheets_are_read_by_the_edition_that_they_say(olu: Visitor, survey: Survey, session: Session) -> None:
    changed = every_kind()
    survey.draft = {**changed.to_json(), "questions": changed.to_json()["questions"][:1]}
    survey.publish()
    session.commit()

    page = olu.submit(olu.get(page_of(survey)), {"pile": "", "edition": "1"}, "/paper/pile")
    key_in(olu, olu.follow(page), MARKS)
    end(olu, survey)

    assert [(one.edition, one.answers) for one in stored(session)] == [(1, ANSWERS)]


def test_paper_is_keyed_in_after_closing_too_and_not_before_opening(
    olu: Visitor, survey: Survey, session: Session, team: Team
) -> None:
    survey.close(datetime.now(UTC))
    draft = make_survey(session, team, every_kind(), "draft")
    session.commit()

    key_in(olu, begin(olu, survey), MARKS)
    end(olu, survey)

    assert len(stored(session)) == 1
    assert "once people can answer the survey" in olu.get(page_of(draft)).text


def test_nothing_is_keyed_in_once_the_answers_were_deleted(olu: Visitor, survey: Survey, session: Session) -> None:
    page = begin(olu, survey)
    survey.close(datetime.now(UTC))
    delete_answers(session, survey, datetime.now(UTC))
    session.commit()

    olu.submit(page, {"overall": "4"}, "/paper")
    said = olu.get(page_of(survey)).text

    assert "No more forms can be keyed in." in said
    assert "How many sheets" not in said
    assert (sheets(session), stored(session)) == (0, [])


def test_paper_where_answers_are_shown_openly_is_shown_at_once(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)

    key_in(olu, begin(olu, survey), MARKS)
    end(olu, survey)

    assert olu.get(f"/surveys/{survey.id}/results.json").response.get_json()["responses"] == 1


def test_sheets_after_the_release_are_shown_when_five_wait(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    engine, closed = db.writing(app.extensions["engine"]), datetime.now(UTC) - timedelta(days=2)
    survey.close(closed)
    survey.is_released, survey.released_on = True, date(2026, 10, 8)
    session.commit()
    page = begin(olu, survey)
    for mark in "5431":
        page = key_in(olu, page, {"overall": mark})
    assert "are shown when five of them wait" in end(olu, survey).text
    assert run_due(engine, datetime.now(UTC), rewrite=True).joined == 0

    key_in(olu, begin(olu, survey), {"overall": "2"})
    assert "is shown within a minute" in end(olu, survey).text

    assert run_due(engine, datetime.now(UTC), rewrite=True).joined == 5
    assert len(stored(session)) == len(session.scalars(select(Response).where(Response.released)).all()) == 5


def test_a_person_who_leaves_takes_no_sheet_along(app: Flask, olu: Visitor, survey: Survey, session: Session) -> None:
    key_in(olu, begin(olu, survey), MARKS)
    session.execute(update(PaperSitting).values(account_id=None))
    session.commit()

    run_due(db.writing(app.extensions["engine"]), datetime.now(UTC) + timedelta(hours=2), rewrite=True)

    assert len(stored(session)) == 1


def test_an_analyst_keys_nothing_in(app: Flask, survey: Survey, session: Session, team: Team) -> None:
    make_account(session, team, "ann@example.org", "analyst")
    ann = signed_in(app, "ann@example.org")

    ann.get(page_of(survey), 403)
    assert page_of(survey) not in ann.get(f"/surveys/{survey.id}").links()


def test_a_form_of_eight_questions_takes_few_keys(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, eight_questions(), sharing=TOGETHER)
    page = begin(olu, survey)

    fields = [one for one in page.form("/paper").iter("input") if one.get("type") != "hidden"]

    assert [one.get("data-marks") for one in fields] == ["5 4 3 2 1 F"] * 8
