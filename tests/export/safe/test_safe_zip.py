"""`safe.zip`: what may be passed on holds figures and chosen quotes, and nothing that leads to a person."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.demo import load_demo
from surveyapp.editing.library import module
from surveyapp.export.rows import snapshot
from surveyapp.export.safe.last_published import figures_to_share
from surveyapp.figures.safe_figures import SafeFigures
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.due import run_due
from surveyapp.model.response import Response, UnlinkedCount
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Account, Membership, Team
from tests.conftest import signed_in
from tests.export.packages import unzipped
from tests.export.samples import engine_of, file_of, put, records_of
from tests.factories import CHEAP_HASH, EVENT_DAY, make_question, make_questionnaire, make_survey
from tests.figures.samples import choosing
from tests.visitor import Visitor

NOTED = (
    ("yes", "read", True), ("no", "read", True), ("yes", "new", True), ("yes", "read", False), ("yes", "noted", True),
)  # fmt: skip
ASKED = make_questionnaire(
    make_question("overall"),
    make_question("best", "comment"),
    choosing("eq", "single", "yes", "no", "maybe", linked=False),
).extended_by(module("quote_permission"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey whose answers were released: a rating, a comment, permission, and something that is counted apart."""
    return make_survey(session, team, ASKED, released_on=EVENT_DAY)


def answer(session: Session, survey: Survey, start: int, count: int, group: str | None = None, **answers: Any) -> None:
    """So many people who gave the same answers, with keys that begin with `start` and further."""
    for number in range(start, start + count):
        put(session, survey, number, answers, group=group)


def shared(visitor: Visitor, survey: Survey, name: str = "figures.csv") -> list[dict[str, str]]:
    """The lines of a file in a `safe.zip` that is taken now."""
    return records_of(unzipped(file_of(visitor, survey, "safe.zip"))[name])


def figure(lines: list[dict[str, str]], measure: str, key: str = "", value: str = "", group: str = "") -> str:
    """One figure: empty where it is withheld."""
    at = {"measure": measure, "question_key": key, "value": value, "group": group}
    (found,) = [line for line in lines if at.items() <= line.items()]
    assert (found["figure"] == "") is (found["withheld"] == "1")
    return found["figure"]


def test_demonstrations_figures_are_those_of_its_page(app: Flask, session: Session) -> None:
    survey = load_demo(session).last_time
    account = Account(email="dan@example.org", password_hash=CHEAP_HASH)
    session.add(Membership(team_id=survey.team_id, account=account, role="viewer"))
    session.commit()
    dan = signed_in(app, "dan@example.org")

    package = unzipped(file_of(dan, survey, "safe.zip"))

    assert list(package) == ["README.txt", "figures.csv", "quotes.csv"]
    lines = records_of(package["figures.csv"])
    assert [figure(lines, measure) for measure in ("responses", "attendance", "response_rate")] == ["37", "81", "46"]
    assert [figure(lines, "mean", key) for key in ("overall", "guidance", "access")] == ["4.24", "4.61", "4.71"]
    assert figure(lines, "count", "overall", "5") == "17"
    assert records_of(package["quotes.csv"]) == []
    words = [text for text in session.scalars(select(Response.answers)) for text in text.values() if " " in str(text)]
    assert words
    assert not [text for text in words if str(text).encode() in b"".join(package.values())]


def test_small_groups_and_totals_are_withheld_by_the_operators_limit(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(session, survey, 0, 12, "Morning", overall="5")
    answer(session, survey, 12, 11, "Noon", overall="4")
    answer(session, survey, 23, 9, "Night", overall="3")
    session.add_all(
        UnlinkedCount(survey_id=survey.id, question="eq", value=code, n=n) for code, n in [("yes", 20), ("no", 12)]
    )
    session.commit()

    lines = shared(olu, survey)

    assert figure(lines, "count", "overall", "3") == "9"  # of the whole event, by rule
    assert [figure(lines, "responses", group=name) for name in ("Morning", "Noon", "Night")] == ["12", "", ""]
    assert figure(lines, "count", "overall", "4", "Noon") == figure(lines, "n", "overall", "", "Night") == ""
    assert figure(lines, "count", "eq", "yes") == "20"
    assert "comments" not in {line["measure"] for line in lines}


def test_question_that_few_answered_is_withheld(olu: Visitor, session: Session, survey: Survey) -> None:
    answer(session, survey, 0, 4, overall="5")
    answer(session, survey, 10, 8, best="Tea")

    lines = shared(olu, survey)

    assert figure(lines, "responses") == "12"
    assert figure(lines, "n", "overall") == figure(lines, "count", "overall", "5") == ""
    assert figure(lines, "n", "best") == "8"


def test_quotes_need_that_they_agreed_and_that_somebody_read_them(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    for number, (ok, status, is_quote) in enumerate(
        [
            ("yes", "read", True),
            ("no", "read", True),
            ("yes", "new", True),
            ("yes", "read", False),
            ("yes", "noted", True),
        ]
    ):
        put(session, survey, number, {"best": f"=Words {number}", "quote_ok": ok})
        key = bytes([number]) + b"\xab" * 31
        note = {"survey_id": survey.id, "response_key": key, "question": "best", "theme": "Food"}
        session.add(CommentNote(status=status, is_quote=is_quote, **note))
    session.commit()

    quotes = shared(olu, survey, "quotes.csv")

    assert {line["quote"] for line in quotes} == {"'=Words 0", "'=Words 4"}
    assert quotes[0] | {"quote": ""} == {
        "question_key": "best", "question": "How was best?", "theme": "Food", "quote": "",
    }  # fmt: skip


def test_figures_stay_as_they_were_given_out_until_enough_have_answered(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(session, survey, 0, 12, overall="5")
    first = shared(olu, survey)
    answer(session, survey, 20, 9, overall="1")
    page = olu.get(f"/surveys/{survey.id}/export")
    second = shared(olu, survey)
    answer(session, survey, 40, 1, overall="1")
    third = shared(olu, survey)

    assert second == first
    assert "9 more have answered since, or taken answers back." in page.text
    assert [figure(third, "responses"), figure(third, "count", "overall", "1")] == ["22", "10"]


def test_taking_answers_back_does_not_show_what_they_were(olu: Visitor, session: Session, survey: Survey) -> None:
    answer(session, survey, 0, 12, overall="5")
    first = shared(olu, survey)
    gone = session.scalars(select(Response)).first()
    assert gone is not None
    gone.withdrawn, gone.answers = True, {}
    session.commit()

    assert shared(olu, survey) == first
    answer(session, survey, 20, 9, overall="5")
    assert figure(shared(olu, survey), "responses") == "20"


def test_nobody_can_have_newer_figures_made_before_enough_have_answered(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(session, survey, 0, 12, overall="5")
    first = shared(olu, survey)
    answer(session, survey, 20, 2, overall="1")
    page = olu.get(f"/surveys/{survey.id}/export")

    assert "new-figures" not in page.text
    assert olu.client.post(f"/surveys/{survey.id}/export/new-figures").status_code in (400, 404, 405)
    assert shared(olu, survey) == first


def test_survey_that_shows_answers_openly_has_figures_to_pass_on_from_its_release_on(
    olu: Visitor, session: Session, team: Team
) -> None:
    """Rule 9: made once. A file of the days before would tell, beside this one, what the last few said."""
    survey = make_survey(session, team, ASKED, sharing=OPENLY)
    answer(session, survey, 0, 12, overall="5", group="Hall")
    page = olu.get(f"/surveys/{survey.id}/export")
    assert shared(olu, survey) == []
    assert session.scalars(select(SafeFigures)).all() == []
    assert "Its figures are made once" in page.text
    assert "Make the figures now" not in page.text

    answer(session, survey, 40, 3, overall="1", group="Hall")
    survey.close(datetime.now(UTC))
    session.commit()
    made = olu.follow(olu.submit(olu.get(f"/surveys/{survey.id}/export"), {}, f"/surveys/{survey.id}/release"))

    assert "What may be passed on is made now." in made.text
    lines = shared(olu, survey)
    assert [figure(lines, "responses"), figure(lines, "count", "overall", "1")] == ["15", "3"]
    (kept,) = session.scalars(select(SafeFigures))
    session.refresh(survey)
    assert kept.made_on == survey.released_on
    assert f"as they were on {kept.made_on:%-d %B %Y}" in olu.get(f"/surveys/{survey.id}/export").text
    assert olu.get(f"/surveys/{survey.id}/report").response.status_code == 200


def test_groups_are_never_made_again_and_a_question_only_once_it_gained_ten(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    """Rule 9: whoever lays two files side by side learns of no group, and of no question, what a few answered."""
    survey.sharing = TOGETHER
    session.commit()
    answer(session, survey, 0, 12, overall="5", best="Tea", group="Hall")
    answer(session, survey, 20, 12, overall="5", group="Room")
    first = shared(olu, survey)
    answer(session, survey, 40, 10, overall="1", group="Hall")
    answer(session, survey, 60, 1, best="Coffee", group="Hall")
    second = shared(olu, survey)

    assert [figure(lines, "count", "overall", "1") for lines in (first, second)] == ["0", "10"]
    assert [figure(lines, "n", "best") for lines in (first, second)] == ["12", "12"]
    of_groups = [[line for line in lines if line["group"]] for lines in (first, second)]
    assert of_groups[0] == of_groups[1] != []


def test_first_figures_that_show_nothing_bind_nobody(olu: Visitor, session: Session, survey: Survey) -> None:
    answer(session, survey, 0, 4, overall="5")
    assert figure(shared(olu, survey), "n", "overall") == ""
    answer(session, survey, 10, 2, overall="5")

    assert figure(shared(olu, survey), "n", "overall") == "6"
    assert session.scalars(select(SafeFigures.responses)).one() == 6


def test_it_is_made_one_event_at_a_time(olu: Visitor, session: Session, team: Team, survey: Survey) -> None:
    for one in (survey, make_survey(session, team, ASKED)):
        one.series = "Carers"
    session.commit()

    page = olu.get(f"/surveys/{survey.id}/export/safe.zip?series=1", 409)

    assert "made one event at a time" in page.text


def test_two_requests_at_once_get_the_same_figures(app: Flask, session: Session, survey: Survey) -> None:
    answer(session, survey, 0, 12, overall="5")
    with snapshot(engine_of(app), survey.id) as earlier:
        answer(session, survey, 20, 1, overall="1")
        with snapshot(engine_of(app), survey.id) as later:
            first = figures_to_share(later)
        second = figures_to_share(earlier)

    assert second == first
    assert figure(records_of(first), "responses") == "13"


def test_figures_that_were_passed_on_stay_when_the_answers_are_deleted(
    app: Flask, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(session, survey, 0, 12, best="Tea", quote_ok="yes")
    shared(olu, survey)
    session.add(CommentNote(survey_id=survey.id, response_key=bytes([3]) + b"\xab" * 31, question="best"))
    survey.keep_until = EVENT_DAY
    session.commit()

    run_due(db.writing(engine_of(app)), datetime(2027, 1, 1, tzinfo=UTC), rewrite=False)

    for table in (Response, CommentNote):
        assert session.scalars(select(table)).all() == []
    assert figure(shared(olu, survey), "responses") == "12"
