"""Answers are deleted when an organiser says so or their day is over; figures stay, and a certificate tells."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model import due
from surveyapp.model.action import Action
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.deletion import Deletion
from surveyapp.model.due import run_due
from surveyapp.model.paper import PaperSheet
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import OPENLY, TOGETHER, Survey, today_at
from surveyapp.model.team import AuditEntry, Team
from tests.conftest import signed_in
from tests.factories import card_of, every_kind, make_account, make_entry, make_survey
from tests.keying.piles import begin, key_in, status_of
from tests.model.test_release import finish
from tests.visitor import Page, Visitor

SURE = {"sure": "y"}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A closed survey whose twelve answers are shown, one of them noted, with an entry of “You said, we did”."""
    made = make_survey(session, team, every_kind(), sharing=OPENLY)
    finish(session, made, 12)
    made.close(datetime.now(UTC) - timedelta(hours=1))
    session.add(make_entry(made))
    key = session.scalars(select(Response.key)).first()
    session.add(CommentNote(survey_id=made.id, response_key=key, question="best", status="read", theme="Food"))
    session.commit()
    return made


def delete_page(survey: Survey) -> str:
    """Where the answers are deleted."""
    return f"/surveys/{survey.id}/delete"


def deleted(olu: Visitor, survey: Survey) -> Page:
    """Delete the answers: the certificate."""
    return olu.follow(olu.submit(olu.get(delete_page(survey)), SURE, "/delete"))


def rows(session: Session, *tables: Any) -> list[int]:
    """How many rows tables have."""
    session.rollback()
    return [session.scalars(select(func.count()).select_from(table)).one() for table in tables]


def run_at(app: Flask, moment: datetime) -> due.DueReport:
    """The routine that does what is due."""
    return run_due(db.writing(app.extensions["engine"]), moment, rewrite=True)


def test_page_says_what_goes_and_what_stays_and_a_slip_deletes_nothing(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = olu.get(delete_page(survey))

    assert "12 people's answers, with their comments" in page.text
    assert "1 note beside a comment" in page.text
    assert "backups that were made before" in page.text
    assert "Nothing is deleted yet." in olu.submit(page, {}, "/delete", 422).text
    assert rows(session, Response, Deletion) == [12, 0]


def test_answers_go_and_figures_entries_and_a_certificate_stay(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    before = olu.get(f"/surveys/{survey.id}/results.json").response.get_json()

    page = deleted(olu, survey)

    assert page.h1 == "Certificate of deletion"
    assert "12 people's answers, with their comments" in page.text
    assert "By Olu, who was asked whether they are sure." in page.text
    assert str(survey.id) in page.text
    assert rows(session, InboxResponse, Response, CommentNote, Action) == [0, 0, 0, 1]
    after = olu.get(f"/surveys/{survey.id}/results.json").response.get_json()
    assert {**after["questions"], "best": None} == {**before["questions"], "best": None}
    assert (after["responses"], after["answered"]) == (12, 12)
    assert "Words of" not in olu.get(f"/surveys/{survey.id}/results").text
    assert "Nobody has written anything yet." in olu.get(f"/surveys/{survey.id}/comments").text
    assert "Parking was hard to find." in ana.get(f"/s/{card_of(survey).code}/news").text
    assert session.scalars(select(AuditEntry.what)).all()[-1] == "deleted the answers"


def test_every_page_of_the_survey_says_that_they_are_gone(olu: Visitor, survey: Survey) -> None:
    deleted(olu, survey)

    for place in ("", "/results", "/comments", "/export", "/actions", "/cards"):
        assert "The answers were deleted on" in olu.get(f"/surveys/{survey.id}{place}").text
    assert "Open again" not in olu.get(f"/surveys/{survey.id}").text
    assert "They are deleted already." in olu.get(delete_page(survey)).text


def test_files_of_rows_are_refused_and_what_may_be_passed_on_stays(olu: Visitor, survey: Survey) -> None:
    before = olu.get(f"/surveys/{survey.id}/export/safe.zip")
    deleted(olu, survey)

    assert "were deleted" in olu.get(f"/surveys/{survey.id}/export/responses.csv", 409).text
    olu.get(f"/surveys/{survey.id}/export/everything.zip", 409)
    assert before.response.data
    assert olu.get(f"/surveys/{survey.id}/export/safe.zip").response.data


def test_counters_are_not_mended_to_nothing_the_day_after(app: Flask, olu: Visitor, survey: Survey) -> None:
    deleted(olu, survey)

    for days in range(3):
        run_at(app, datetime.now(UTC) + timedelta(days=days))

    assert olu.get(f"/surveys/{survey.id}/results.json").response.get_json()["responses"] == 12


def test_an_open_survey_is_closed_first(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER)
    finish(session, survey, 3)
    page = olu.get(delete_page(survey))
    assert "People can still answer. Close the survey first." in page.text
    token = olu.get(f"/surveys/{survey.id}").form("/close")

    olu.post(delete_page(survey), {"csrf_token": token.find("input").get("value", ""), **SURE})  # type: ignore[union-attr]  # the form has its token

    assert rows(session, InboxResponse) == [3]


def test_nobody_answers_or_opens_a_survey_whose_answers_were_deleted(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    code = card_of(survey).code
    overview = olu.get(f"/surveys/{survey.id}")
    deleted(olu, survey)

    assert "so it can't open again" in olu.submit(overview, {}, "/open", 422).text
    ana.get(f"/s/{code}", 410)
    ana.post(f"/s/{code}", {"overall": "5", "finish": "1"}, 410)
    assert rows(session, InboxResponse, Response) == [0, 0]


def test_what_slipped_in_meanwhile_goes_within_a_minute(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    deleted(olu, survey)
    run_at(app, datetime.now(UTC))
    session.rollback()
    finish(session, session.get_one(Survey, survey.id), 1)
    session.add(InboxResponse(**waiting_row(survey)))
    session.commit()

    run_at(app, datetime.now(UTC))

    assert rows(session, InboxResponse, Response) == [0, 0]


def waiting_row(survey: Survey) -> dict[str, Any]:
    """A response that a phone sent while the answers were being deleted."""
    return {
        "survey_id": survey.id, "key": b"k" * 32, "edition": 1, "group": None, "view": "easy", "language": "en",
        "source": "qr", "revision": 1, "finished": True, "late": False, "withdrawn": False, "follows": None,
        "day": None, "receipt": None, "answers": {"overall": "5"},
    }  # fmt: skip


def test_paper_that_is_being_keyed_in_goes_too(olu: Visitor, survey: Survey, session: Session) -> None:
    page = key_in(olu, begin(olu, survey), {"overall": "5"})
    assert "13 people's answers" in olu.get(delete_page(survey)).text

    deleted(olu, survey)

    assert rows(session, PaperSheet, InboxResponse) == [0, 0]
    assert "Your sitting has ended" in key_in(olu, page, {"overall": "4"}).text


@pytest.fixture(params=["viewer", "analyst", "editor"])
def other(request: pytest.FixtureRequest, app: Flask, session: Session, team: Team) -> Visitor:
    """Somebody of Olu's team who doesn't own it."""
    make_account(session, team, "other@example.org", request.param)
    return signed_in(app, "other@example.org")


def test_only_an_owner_deletes_and_everybody_sees_the_certificate(olu: Visitor, other: Visitor, survey: Survey) -> None:
    other.get(delete_page(survey), 403)
    assert delete_page(survey) not in other.get(f"/surveys/{survey.id}").links()

    deleted(olu, survey)

    assert "By Olu" in other.get(f"/surveys/{survey.id}/deleted").text


def test_the_day_is_shown_warned_of_and_acted_on(app: Flask, olu: Visitor, survey: Survey, session: Session) -> None:
    today = today_at(survey.zone)
    told = {
        30: "Answers are kept until",
        7: "In 8 days, on",
        1: "In 2 days, on",
        0: "Today is the last day: at midnight all answers are deleted for good.",
    }
    for days, words in told.items():
        survey.keep_until = today + timedelta(days=days)
        session.commit()
        for place in ("", "/results", "/comments", "/export"):
            assert words in olu.get(f"/surveys/{survey.id}{place}").text
    assert run_at(app, datetime.now(UTC)).deleted == 0

    assert run_at(app, datetime.now(UTC) + timedelta(days=1)).deleted == 1

    assert rows(session, Response, CommentNote, Action) == [0, 0, 1]
    assert "By themselves: they were to be kept until" in olu.get(f"/surveys/{survey.id}/deleted").text


def test_a_day_that_is_over_is_not_taken_by_a_slip(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.get(f"/surveys/{survey.id}/details")
    yesterday = today_at(survey.zone) - timedelta(days=1)
    day_before = {"event_date": "2020-01-01", "keep_until": yesterday.isoformat()}

    assert "the answers would be deleted at once" in olu.submit(page, day_before, "/details", 422).text
    assert rows(session, Response) == [12]


def test_an_open_survey_whose_day_is_over_is_closed_and_emptied(app: Flask, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER, keep_until=today_at(make_zone()))
    finish(session, survey, 3)

    assert run_at(app, datetime.now(UTC) + timedelta(days=1)).deleted == 1

    session.refresh(survey)
    assert (survey.state, rows(session, InboxResponse)) == ("closed", [0])


def make_zone() -> Any:
    """The time zone of surveys that say no other."""
    return Survey(time_zone="Europe/London").zone


def test_a_deletion_that_is_cut_off_is_done_whole_the_next_time(
    app: Flask, survey: Survey, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey.keep_until = today_at(survey.zone) - timedelta(days=1)
    session.commit()
    with monkeypatch.context() as broken:
        broken.setattr("surveyapp.model.deletion.Deletion", lambda **_how: (_ for _ in ()).throw(OSError("power")))
        with pytest.raises(OSError, match="power"):
            run_at(app, datetime.now(UTC))
    assert rows(session, Response, CommentNote, Deletion) == [12, 1, 0]

    assert run_at(app, datetime.now(UTC)).deleted == 1

    assert rows(session, Response, CommentNote, Deletion) == [0, 0, 1]


def test_traces_are_removed_by_the_next_round_where_the_process_ended_before(
    app: Flask, survey: Survey, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey.keep_until = today_at(survey.zone) - timedelta(days=1)
    session.commit()
    called: list[int] = []
    with monkeypatch.context() as broken:
        broken.setattr(due, "remove_traces", lambda _engine: (_ for _ in ()).throw(OSError("power")))
        with pytest.raises(OSError, match="power"):
            run_at(app, datetime.now(UTC))
    monkeypatch.setattr(due, "remove_traces", lambda _engine: called.append(1))

    run_at(app, datetime.now(UTC))

    assert called == [1]


def test_a_draft_is_a_week_in_the_bin_and_comes_back(app: Flask, olu: Visitor, session: Session, team: Team) -> None:
    draft = make_survey(session, team, every_kind(), "draft", title="A try")

    page = olu.follow(olu.submit(olu.get(f"/surveys/{draft.id}"), {}, "/bin"))

    assert "“A try” is in the bin" in status_of(page)
    assert "In the bin. It goes for good on" in olu.get("/surveys?away=1").text
    assert run_at(app, datetime.now(UTC) + timedelta(days=6)).removed == 0
    olu.submit(olu.get(f"/surveys/{draft.id}"), {}, "/archive")
    assert run_at(app, datetime.now(UTC) + timedelta(days=9)).removed == 0
    assert "A try" in olu.get("/surveys").text


def test_a_draft_goes_for_good_after_a_week_with_all_that_hangs_on_it(
    app: Flask, olu: Visitor, session: Session, team: Team
) -> None:
    draft = make_survey(session, team, every_kind(), "draft")
    olu.submit(olu.get(f"/surveys/{draft.id}/edit"), {"minutes": "3"}, "/how-long")
    olu.submit(olu.get(f"/surveys/{draft.id}/preview"), {}, "/rehearsal")
    olu.submit(olu.get(f"/surveys/{draft.id}"), {}, "/bin")

    assert run_at(app, datetime.now(UTC) + timedelta(days=8)).removed == 1

    assert rows(session, Survey) == [0]
    olu.get(f"/surveys/{draft.id}", 404)


def test_a_survey_that_was_opened_does_not_go_into_the_bin(olu: Visitor, session: Session, team: Team) -> None:
    draft = make_survey(session, team, every_kind(), "draft")
    page = olu.get(f"/surveys/{draft.id}")
    olu.submit(page, {}, "/open")

    assert "People may have answered this survey." in olu.follow(olu.submit(page, {}, "/bin")).text

    session.refresh(draft)
    assert draft.remove_on is None


def test_people_read_until_when_their_answers_are_kept(ana: Visitor, session: Session, team: Team) -> None:
    kept = make_survey(session, team, every_kind(), keep_until=date(2027, 10, 7))
    open_ended = make_survey(session, team, every_kind())

    page = ana.get(f"/privacy?code={card_of(kept).code}")

    assert "We keep the answers until 7 October 2027. Then we delete them." in page.text
    assert "We keep the answers until" not in ana.get(f"/privacy?code={card_of(open_ended).code}").text
