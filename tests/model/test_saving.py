"""Saves and finishes on a real database of each kind: same rows, same counts, few statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from surveyapp.model.response import InboxResponse, Response, UnlinkedAnswer, Version, follow_key_of, key_of
from surveyapp.model.saving import SaveResult, StoredLocation, record, stored_version
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.model.random_saves import History, histories, histories_with_a_second_finish, new_id, sent_of

TODAY = date(2026, 10, 7)
TEA: dict[str, Any] = {"best": "Tea"}
CAKE: dict[str, Any] = {"best": "Cake"}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey."""
    return make_survey(session, team, every_kind())


def place_of(survey: Survey, group: str | None = None) -> StoredLocation:
    """The place of the card “Table 1”."""
    return StoredLocation(survey.id, card_of(survey).code, "qr", group)


def save(session: Session, survey: Survey, response_id: str, *versions: Version) -> SaveResult:
    """Record versions one after the other; the last one's outcome."""
    for version in versions:
        recorded = record(session, place_of(survey), sent_of(response_id, version), TODAY)
        session.commit()
    return recorded


def rows_of(session: Session, survey: Survey) -> dict[bytes, dict[str, Any]]:
    """Every column of every response of a survey, by key."""
    both = (InboxResponse.__table__, Response.__table__)
    found = [session.execute(select(table).where(table.c.survey_id == survey.id)).mappings() for table in both]
    return {row["key"]: dict(row) for rows in found for row in rows}


def counts_of(session: Session, survey: Survey) -> tuple[int, dict[tuple[str, str], int]]:
    """The card's count and the equality totals."""
    apart = select(UnlinkedAnswer).where(UnlinkedAnswer.survey_id == survey.id)
    session.expire_all()
    totals = dict(Counter((row.question, row.value) for row in session.scalars(apart)))
    return session.scalars(select(Card.finished_count).where(Card.code == card_of(survey).code)).one(), totals


ONCE = {("eq_condition", "yes"): 1, ("eq_limits", "a_little"): 1, ("eq_limits", "a_lot"): 1}
ON_A_DATABASE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def same_end(session: Session, team: Team, arrivals: Sequence[Sequence[Version]]) -> tuple[Any, Any]:
    """The rows and counts that each way of arriving ends in, which must be the same; one of them."""
    ends = []
    response_id = new_id()
    for arrived in arrivals:
        survey = make_survey(session, team, every_kind(), labels=("Table 1",))
        if arrived:
            save(session, survey, response_id, *arrived)
        rows = [{**row, "survey_id": None} for _, row in sorted(rows_of(session, survey).items())]
        ends.append((rows, counts_of(session, survey)))
    assert ends[0] == ends[1]
    return ends[0]


@given(history=histories())
@ON_A_DATABASE
def test_any_order_and_repetition_ends_in_the_same_row_and_counts(
    session: Session, team: Team, history: History
) -> None:
    rows, counts = same_end(session, team, [history.one_way, history.other_way])

    is_finished = any(version.finished for version in history.sent)
    assert len(rows) == min(len(history.sent), 1)
    assert counts == ((1, ONCE) if is_finished else (0, {}))


@given(history=histories_with_a_second_finish())
@ON_A_DATABASE
def test_a_second_finish_ends_in_the_same_two_rows_and_a_replay_makes_no_third(
    session: Session, team: Team, history: History
) -> None:
    rows, counts = same_end(session, team, [history.one_way, history.other_way])

    assert len(rows) == 2
    assert counts == (2, dict.fromkeys(ONCE, 2))


def test_a_finished_response_holds_what_it_must_and_no_more(session: Session, survey: Survey) -> None:
    sent = replace(sent_of("an id", Version(3, finished=True, answers=TEA)), late=True)

    record(session, place_of(survey, group="Morning"), sent, TODAY, receipt=b"r" * 32)

    (row,) = rows_of(session, survey).values()
    assert row == {
        "survey_id": survey.id,
        "key": key_of("an id"),
        "edition": 1,
        "group": "Morning",
        "view": "easy",
        "language": "en",
        "source": "qr",
        "revision": 3,
        "finished": True,
        "late": True,
        "late_choice": None,
        "withdrawn": False,
        "follows": None,
        "day": TODAY,
        "receipt": b"r" * 32,
        "answers": TEA,
    }


def test_an_unfinished_response_has_no_day_no_receipt_and_counts_nothing(session: Session, survey: Survey) -> None:
    recorded = record(session, place_of(survey), sent_of("an id", Version(None, False, TEA)), TODAY, receipt=b"r" * 32)

    (row,) = rows_of(session, survey).values()
    assert recorded == SaveResult(revision=1, finished=False, is_safe=True)
    assert (row["day"], row["receipt"], row["finished"]) == (None, None, False)
    assert counts_of(session, survey) == (0, {})


def test_a_second_finish_names_the_one_it_follows_and_leaves_it_as_it_was(session: Session, survey: Survey) -> None:
    first, second = Version(1, True, TEA), Version(None, True, CAKE)

    recorded = save(session, survey, "an id", first, second, second)

    rows = rows_of(session, survey)
    followed = rows[follow_key_of("an id", second)]
    assert recorded == SaveResult(revision=2, finished=True, is_safe=True)
    assert (followed["follows"], followed["answers"]) == (key_of("an id"), CAKE)
    assert (rows[key_of("an id")]["answers"], rows[key_of("an id")]["follows"]) == (TEA, None)


def test_a_save_after_the_seal_is_answered_with_what_is_stored(session: Session, survey: Survey) -> None:
    recorded = save(session, survey, "an id", Version(2, True, TEA), Version(3, False, CAKE))

    assert recorded == SaveResult(revision=2, finished=True, is_safe=False)
    assert stored_version(session, survey.id, "an id") == Version(2, True, TEA)


def test_one_id_in_two_surveys_is_two_responses(session: Session, team: Team, survey: Survey) -> None:
    other = make_survey(session, team, every_kind(), title="Another day")

    save(session, survey, "an id", Version(1, True, TEA))
    save(session, other, "an id", Version(1, False, CAKE))

    assert stored_version(session, survey.id, "an id") == Version(1, True, TEA)
    assert stored_version(session, other.id, "an id") == Version(1, False, CAKE)


def test_an_unknown_id_has_no_version(session: Session, survey: Survey) -> None:
    assert stored_version(session, survey.id, "nobody") is None


def test_a_rolled_back_finish_leaves_no_row_and_no_count(session: Session, survey: Survey) -> None:
    record(session, place_of(survey), sent_of("an id", Version(1, True, TEA)), TODAY)
    session.rollback()

    assert rows_of(session, survey) == {}
    assert counts_of(session, survey) == (0, {})


@pytest.mark.parametrize(
    ("before", "sent", "statements"),
    [
        ([], Version(1, False, TEA), 2),
        ([Version(1, False, TEA)], Version(2, False, CAKE), 2),
        ([Version(2, False, TEA)], Version(1, False, CAKE), 1),
        ([Version(1, False, TEA)], Version(2, True, CAKE), 4),
        ([Version(1, True, TEA)], Version(2, True, CAKE), 4),
        ([Version(1, True, TEA)], Version(1, True, TEA), 1),
    ],
)
def test_a_save_is_two_statements_a_finish_four_and_a_replay_one(
    session: Session, survey: Survey, before: list[Version], sent: Version, statements: int
) -> None:
    if before:
        save(session, survey, "an id", *before)
    place, made = place_of(survey), []
    session.rollback()
    session.connection()
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: made.append(call[2]))

    record(session, place, sent_of("an id", sent), TODAY)

    assert len(made) == statements, made
