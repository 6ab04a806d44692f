"""Whoever holds a receipt takes that response back, at once and for good, in two plain pages."""

from uuid import uuid4

import pytest
from flask import Flask
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.response import StoredResponse
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import AuditEntry, Team
from surveyapp.web.limits import WRONG_RECEIPTS
from tests.factories import card_of, every_kind, make_survey
from tests.stored import stored_responses, unlinked_totals
from tests.visitor import Page, Visitor

UNKNOWN = "We have no answers with this code."
NOBODYS = "BCDF-GHJK-MNPQ"


class BrokenStorage(MemoryStorage):
    """A store of counts that is gone."""

    def acquire_entry(self, *_asked: object, **_more: object) -> bool:
        """Fail as a lost Redis does."""
        raise StorageError(ConnectionError("gone"))

    get_moving_window = acquire_entry  # type: ignore[assignment]  # it only ever fails


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey with one question of each kind."""
    return make_survey(session, team, every_kind())


def finished(ana: Visitor, survey: Survey, **fields: str) -> str:
    """Somebody finishes; their receipt."""
    sent = {"response": str(uuid4()), "revision": "1", "best": "My own words", "finish": "1"} | fields
    return ana.post(f"/s/{card_of(survey).code}", sent).location.partition("receipt=")[2]


def ask(ana: Visitor, receipt: str, status: int = 200) -> Page:
    """Type a receipt and continue."""
    return ana.submit(ana.get("/withdraw"), {"receipt": receipt}, "/withdraw", status)


def take_back(ana: Visitor, receipt: str) -> Page:
    """Type a receipt, and say yes."""
    return ana.follow(ana.submit(ask(ana, receipt), {"sure": "1"}, "/withdraw"))


def rows(session: Session) -> list[StoredResponse]:
    session.rollback()
    return sorted(stored_responses(session), key=lambda row: row.key)


def test_answers_are_deleted_and_only_their_key_stays(ana: Visitor, session: Session, survey: Survey) -> None:
    """AD5: `/withdraw` takes one's own answers back by the receipt."""
    receipt = finished(ana, survey, eq_condition="yes")
    (key,) = [row.key for row in rows(session)]

    page = take_back(ana, receipt)

    assert page.h1 == "Your answers are deleted."
    assert "How many people answered from your card." in page.text
    (row,) = rows(session)
    assert (row.key, row.answers, row.withdrawn, row.finished) == (key, {}, True, True)
    assert (row.receipt, row.day, row.group, row.follows) == (None, None, None, None)
    assert (row.view, row.language, row.source, row.edition, row.late) == ("", "", "", 0, False)


def test_counts_stay_and_the_team_is_told_no_more_than_that_it_happened(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    take_back(ana, finished(ana, survey, eq_condition="yes"))

    session.rollback()
    assert session.scalar(select(Card.finished_count).where(Card.code == card_of(survey).code)) == 1
    assert unlinked_totals(session) == {("eq_condition", "yes"): 1}
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.account_id, entry.survey_id) == ("one response withdrawn", None, survey.id)
    assert (entry.at.hour, entry.at.minute, entry.at.second, entry.at.microsecond) == (0, 0, 0, 0)


def test_nothing_is_deleted_before_a_person_is_sure(ana: Visitor, session: Session, survey: Survey) -> None:
    page = ask(ana, finished(ana, survey))

    assert page.h1 == "Take back your answers?"
    assert "They will be deleted." in page.text
    assert rows(session)[0].answers == {"best": "My own words"}


def test_what_nobody_can_take_back_is_said_before_and_after(ana: Visitor, survey: Survey) -> None:
    """Figures that were given out stay until the next ones (decision 0017); a downloaded file is out of reach."""
    receipt = finished(ana, survey)
    for page in (ask(ana, receipt), take_back(ana, receipt)):
        assert "Your answers may be in them until new counts are made." in page.text
        assert "Copies of the answers that the people who run the event made before." in page.text


@pytest.mark.parametrize("typed", ["{}", " {} ", "as small letters", "without hyphens"])
def test_receipt_is_read_however_it_is_typed(ana: Visitor, survey: Survey, typed: str) -> None:
    """AD5: `/withdraw` takes one's own answers back by the receipt."""
    receipt = finished(ana, survey)
    ways = {"as small letters": receipt.lower(), "without hyphens": receipt.replace("-", " ")}

    assert take_back(ana, ways.get(typed, typed.format(receipt))).h1 == "Your answers are deleted."


def test_what_followed_goes_too_and_nobody_elses_answers(ana: Visitor, session: Session, survey: Survey) -> None:
    mine = str(uuid4())
    receipt = finished(ana, survey, response=mine)
    finished(ana, survey, response=mine, revision="2", best="And more words")
    finished(ana, survey, best="Another person")

    take_back(ana, receipt)

    assert sorted((row.withdrawn, row.answers.get("best")) for row in rows(session) if not row.withdrawn) == [
        (False, "Another person")
    ]
    assert [row.answers for row in rows(session) if row.withdrawn] == [{}, {}]


@pytest.mark.parametrize("typed", [NOBODYS, "", "short", "0l1i-0l1i-0l1i", "\0", "x" * 9_000])
def test_wrong_code_is_told_kindly(ana: Visitor, survey: Survey, typed: str) -> None:
    page = ask(ana, typed, 422)

    assert page.title.startswith("Error: ")
    assert UNKNOWN in page.text


def test_receipt_that_was_used_is_answered_as_one_that_never_was(ana: Visitor, survey: Survey) -> None:
    receipt = finished(ana, survey)
    take_back(ana, receipt)

    used, never = (ask(ana, code, 422).text for code in (receipt, NOBODYS))

    assert used == never
    assert UNKNOWN in ana.post("/withdraw", {"receipt": receipt, "sure": "1"}, 422).text


def test_another_site_can_delete_nothing(ana: Visitor, session: Session, survey: Survey) -> None:
    sent = {"receipt": finished(ana, survey), "sure": "1"}

    ana.post("/withdraw", sent, 403, headers={"Sec-Fetch-Site": "cross-site"})
    ana.post("/withdraw", sent, 403, headers={"Origin": "https://elsewhere.example"})

    assert not rows(session)[0].withdrawn


def test_address_that_tries_many_codes_must_wait_and_stops_nobody(app: Flask, ana: Visitor, survey: Survey) -> None:
    receipt = finished(ana, survey)
    for _ in range(WRONG_RECEIPTS.amount):
        ana.post("/withdraw", {"receipt": NOBODYS}, 422)

    page = ask(ana, NOBODYS, 429)

    assert 0 < int(page.response.headers["Retry-After"]) <= 15 * 60
    assert "Wait 15 minutes." in page.text
    kept = vars(app.extensions["sign_in_limiter"].storage)["events"]
    assert kept
    assert not any("127.0.0.1" in key for key in kept)
    assert take_back(ana, receipt).h1 == "Your answers are deleted."


def test_answers_can_be_taken_back_while_nothing_can_be_counted(app: Flask, ana: Visitor, survey: Survey) -> None:
    app.extensions["sign_in_limiter"] = MovingWindowRateLimiter(BrokenStorage())

    ask(ana, NOBODYS, 422)
    assert take_back(ana, finished(ana, survey)).h1 == "Your answers are deleted."


def test_thanks_and_privacy_lead_to_it_with_the_code_filled_in(ana: Visitor, survey: Survey) -> None:
    code = card_of(survey).code
    thanks = ana.get(f"/s/{code}/thanks?receipt={finished(ana, survey)}&size=3")
    (link,) = (link for link in thanks.links() if link.startswith("/withdraw"))

    sure = ana.submit(ana.get(link), {}, "/withdraw", 200)

    assert "localhost/withdraw" in thanks.text
    assert f"/s/{code}?size=3" in sure.links()
    assert ana.submit(sure, {"sure": "1"}).location == f"/withdraw?done=1&size=3&code={code}"
    assert f"/withdraw?code={code}" in ana.get(f"/privacy?code={code}").links()
