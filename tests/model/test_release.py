"""Answers wait in the inbox, are moved in random order, and are shown once, after the survey is over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.release import (
    NotClosedError,
    TooFewToReleaseError,
    join_late,
    may_show_unfinished,
    move_waiting,
    put_off,
    release,
    release_time,
    waiting,
    write_anew,
)
from surveyapp.model.response import InboxResponse, Response, Sent, UnlinkedAnswer, UnlinkedCount, Version, key_of
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.model.withdrawal import withdraw
from surveyapp.results.queries import facts
from tests.factories import card_of, every_kind, make_survey

TODAY = date(2026, 10, 7)
CLOSED_AT = datetime(2026, 10, 7, 20, tzinfo=UTC)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together."""
    return make_survey(session, team, every_kind(), sharing=TOGETHER)


def finish(session: Session, survey: Survey, people: int, *, source: str = "qr", **when: Any) -> list[str]:
    """So many people answer; their receipts' marks are their ids."""
    ids = [str(uuid4()) for _ in range(people)]
    place = StoredLocation(survey.id, card_of(survey).code, source, openly=survey.shows_openly)
    for number, id_ in enumerate(ids):
        answers = {"overall": str(1 + number % 5), "best": f"Words of {id_}"}
        sent = Sent(id_, Version(1, True, answers), 1, "easy", "en", unlinked={"eq_condition": "yes"}, **when)
        record(session, place, sent, TODAY, receipt=id_.encode()[:32])
    session.commit()
    return ids


def close(session: Session, survey: Survey) -> None:
    """The organiser closes it."""
    survey.close(CLOSED_AT)
    session.commit()


def counts(session: Session) -> tuple[int, int, int]:
    """Rows that wait, that were moved, and that were released."""
    session.expire_all()
    released = select(func.count()).select_from(Response).where(Response.released)
    return (
        session.scalars(select(func.count()).select_from(InboxResponse)).one(),
        session.scalars(select(func.count()).select_from(Response)).one(),
        session.scalars(released).one(),
    )


def test_nothing_is_moved_before_ten_wait(session: Session, survey: Survey) -> None:
    finish(session, survey, 9)

    assert move_waiting(session, survey) == 0
    assert counts(session) == (9, 0, 0)


def test_all_but_five_are_moved_once_ten_wait_and_none_is_shown(session: Session, survey: Survey) -> None:
    finish(session, survey, 12)

    assert move_waiting(session, survey) == 7
    session.commit()
    assert counts(session) == (5, 7, 0)


def test_a_replay_of_a_moved_response_makes_no_second_row(session: Session, survey: Survey) -> None:
    ids = finish(session, survey, 10)
    move_waiting(session, survey)
    session.commit()
    place = StoredLocation(survey.id, card_of(survey).code, "qr")
    first = {row.key: row.answers for row in session.scalars(select(Response))}

    for id_ in ids:
        answers = {"overall": "1"}
        recorded = record(session, place, Sent(id_, Version(1, False, answers), 1, "easy", "en"), TODAY)
        assert recorded.finished
    session.commit()

    assert counts(session)[0] + counts(session)[1] == 10
    assert {row.key: row.answers for row in session.scalars(select(Response))} == first


def test_an_open_survey_is_never_released(session: Session, survey: Survey) -> None:
    finish(session, survey, 20)

    with pytest.raises(NotClosedError):
        release(session, survey, CLOSED_AT)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_fewer_than_five_are_never_released(session: Session, survey: Survey, people: int) -> None:
    finish(session, survey, people)
    close(session, survey)

    with pytest.raises(TooFewToReleaseError) as refused:
        release(session, survey, CLOSED_AT)

    assert refused.value.answered == people
    assert counts(session) == (people, 0, 0)


@pytest.mark.parametrize("people", [5, 9, 10, 23])
def test_the_final_release_shows_everything_at_once(session: Session, survey: Survey, people: int) -> None:
    finish(session, survey, people)
    move_waiting(session, survey)
    close(session, survey)

    assert release(session, survey, CLOSED_AT) == people
    session.commit()

    assert counts(session) == (0, people, people)
    assert survey.released_on is not None


def test_show_now_twice_releases_nothing_more(session: Session, survey: Survey) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    session.commit()

    assert release(session, survey, CLOSED_AT) == 0


def test_show_now_again_shows_no_late_ones_however_many(session: Session, survey: Survey) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, 10, late=True)

    assert release(session, survey, CLOSED_AT + timedelta(hours=1)) == 0
    session.commit()
    assert counts(session) == (10, 8, 8)


def test_what_is_opened_again_is_a_round_of_its_own_and_needs_ten(session: Session, survey: Survey) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    survey.open(CLOSED_AT, "a-key")
    finish(session, survey, 9)
    close(session, survey)

    with pytest.raises(TooFewToReleaseError):
        release(session, survey, CLOSED_AT)
    finish(session, survey, 1, late=True)
    assert release(session, survey, CLOSED_AT) == 10
    assert counts(session) == (0, 18, 18)


def test_paper_alone_is_released_from_five_sheets_on_and_phones_stay(session: Session, survey: Survey) -> None:
    finish(session, survey, 3)
    finish(session, survey, 5, source="paper")
    close(session, survey)

    assert release(session, survey, CLOSED_AT) == 5
    session.commit()
    assert {row.source for row in session.scalars(select(Response))} == {"paper"}
    assert waiting(session, survey).phones == 3


def test_equality_answers_are_counted_from_ten_people_on_and_else_deleted(session: Session, team: Team) -> None:
    few = make_survey(session, team, every_kind(), sharing=TOGETHER, title="Few")
    many = make_survey(session, team, every_kind(), sharing=TOGETHER, title="Many")
    for survey, people in ((few, 9), (many, 10)):
        finish(session, survey, people)
        close(session, survey)
        release(session, survey, CLOSED_AT)
    session.commit()

    totals = [(row.survey_id, row.question, row.n) for row in session.scalars(select(UnlinkedCount))]
    assert totals == [(many.id, "eq_condition", 10)]
    assert session.scalars(select(UnlinkedAnswer)).all() == []


def test_openly_a_finished_response_is_shown_at_once_and_equality_answers_wait(session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)

    finish(session, survey, 2)

    assert counts(session) == (0, 2, 2)
    assert session.scalars(select(UnlinkedCount)).all() == []


def test_the_release_comes_at_four_in_the_morning_of_the_events_own_clock(session: Session, survey: Survey) -> None:
    close(session, survey)

    at = release_time(survey)

    assert at is not None
    assert at.astimezone(UTC) == datetime(2026, 10, 8, 3, tzinfo=UTC)  # British Summer Time


def test_opening_again_cancels_the_release(session: Session, survey: Survey) -> None:
    close(session, survey)

    survey.open(CLOSED_AT, "a-key")

    assert release_time(survey) is None


def test_a_release_is_put_off_by_thirty_days_at_most(session: Session, survey: Survey) -> None:
    close(session, survey)

    put_off(survey, date(2026, 10, 20), CLOSED_AT)
    assert release_time(survey) == datetime(2026, 10, 20, 4, tzinfo=survey.zone)
    with pytest.raises(ValueError, match="30 days"):
        put_off(survey, date(2026, 12, 20), CLOSED_AT)


def test_taking_back_empties_it_wherever_it_lies_and_hides_the_headline(session: Session, survey: Survey) -> None:
    ids = finish(session, survey, 12)
    move_waiting(session, survey)
    session.commit()

    for id_ in ids:
        assert withdraw(session, id_.encode()[:32], CLOSED_AT)
    session.commit()

    session.refresh(survey)
    rows = [*session.scalars(select(InboxResponse)), *session.scalars(select(Response))]
    assert [row.answers for row in rows] == [{}] * 12
    assert survey.headline_hidden
    close(session, survey)
    with pytest.raises(TooFewToReleaseError):
        release(session, survey, CLOSED_AT)


@pytest.mark.parametrize(("late", "joined"), [(9, 0), (10, 10)])
def test_late_ones_join_after_thirty_days_if_ten_wait(session: Session, survey: Survey, late: int, joined: int) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, late, late=True)

    assert join_late(session, survey, CLOSED_AT + timedelta(days=29)) == 0
    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == joined
    session.commit()
    assert counts(session)[2] == 8 + joined


def test_late_ones_that_were_moved_meanwhile_join_with_the_others(session: Session, survey: Survey) -> None:
    """Ten that wait in the inbox are moved, so that no thief can put them in order; they are still late ones."""
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, 12, late=True)
    assert move_waiting(session, survey) == 7

    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == 12
    session.commit()
    assert counts(session)[2] == 20


@pytest.mark.parametrize(("choice", "joined"), [("show", 3), ("count", 0), (None, 12)])
def test_few_late_ones_join_where_their_people_chose_it(
    session: Session, survey: Survey, choice: str | None, joined: int
) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, 3, late=True, late_choice=choice)
    finish(session, survey, 9, late=True)

    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == joined


def test_who_is_only_counted_is_shown_in_no_later_round(session: Session, survey: Survey) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, 10, late=True, late_choice="count")
    survey.is_released = False  # it was opened and closed again

    with pytest.raises(TooFewToReleaseError):
        release(session, survey, CLOSED_AT)
    assert move_waiting(session, survey) == 0


def test_sheets_of_paper_make_no_ten_of_late_ones_and_join_alone_from_five_on(session: Session, survey: Survey) -> None:
    finish(session, survey, 8)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    finish(session, survey, 9, late=True)
    finish(session, survey, 5, source="paper")

    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == 5
    session.commit()
    assert waiting(session, survey).phones == 9


def test_a_release_that_is_put_off_to_the_last_day_still_counts_equality_answers(
    session: Session, survey: Survey
) -> None:
    finish(session, survey, 12)
    close(session, survey)
    put_off(survey, date(2026, 11, 7), CLOSED_AT)

    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == 0
    release(session, survey, CLOSED_AT + timedelta(days=31))
    session.commit()

    assert sum(row.n for row in session.scalars(select(UnlinkedCount))) == 12


def test_a_move_refuses_nobody_whose_form_is_open(session: Session, survey: Survey) -> None:
    finish(session, survey, 12)
    version = survey.version

    move_waiting(session, survey)
    session.commit()

    session.refresh(survey)
    assert survey.version == version


def test_late_ones_alone_after_a_release_wait_for_thirty_days(session: Session, survey: Survey) -> None:
    finish(session, survey, 20, late=True)
    close(session, survey)

    assert release(session, survey, CLOSED_AT) == 20, "before the release they join it"
    finish(session, survey, 3, late=True)
    assert release(session, survey, CLOSED_AT) == 0


def test_a_clock_that_was_set_back_to_before_the_closing_time_releases_nothing(
    session: Session, survey: Survey
) -> None:
    finish(session, survey, 12)
    survey.closes_at = CLOSED_AT
    session.commit()

    with pytest.raises(NotClosedError):
        release(session, survey, CLOSED_AT - timedelta(hours=1))


def test_who_takes_back_after_the_release_is_gone_at_once(session: Session, survey: Survey) -> None:
    ids = finish(session, survey, 6)
    close(session, survey)
    release(session, survey, CLOSED_AT)

    for id_ in ids:
        withdraw(session, id_.encode()[:32], CLOSED_AT)
    session.commit()

    session.expire_all()
    assert [row.answers for row in session.scalars(select(Response))] == [{}] * 6
    assert counts(session)[2] == 6, "empty tombstones keep a replay out"


def begin(session: Session, survey: Survey, people: int) -> list[str]:
    """So many people begin and don't send; their ids."""
    ids = [str(uuid4()) for _ in range(people)]
    place = StoredLocation(survey.id, card_of(survey).code, "qr")
    for id_ in ids:
        record(session, place, Sent(id_, Version(1, False, {"overall": "2"}), 1, "easy", "en"), TODAY)
    session.commit()
    return ids


def unfinished_copies(session: Session) -> set[bytes]:
    """The keys of the unfinished responses that may be shown."""
    session.expire_all()
    return {*session.scalars(select(Response.key).where(Response.finished.is_(False)))}


@pytest.mark.parametrize(("people", "shown"), [(4, 0), (5, 5)])
def test_unfinished_ones_are_copied_at_the_release_if_five_began(
    session: Session, survey: Survey, people: int, shown: int
) -> None:
    finish(session, survey, 6)
    ids = begin(session, survey, people)
    close(session, survey)

    assert release(session, survey, CLOSED_AT) == 6
    session.commit()

    copies = unfinished_copies(session)
    assert len(copies) == shown
    assert not copies & {key_of(id_) for id_ in ids}
    assert may_show_unfinished(session, survey) is (shown > 0)


def test_a_second_round_changes_nothing_that_was_shown_of_the_unfinished(session: Session, survey: Survey) -> None:
    finish(session, survey, 6)
    ids = begin(session, survey, 5)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    before = unfinished_copies(session)
    survey.open(CLOSED_AT + timedelta(hours=1), "a-key")
    finish(session, survey, 10)
    place = StoredLocation(survey.id, card_of(survey).code, "qr")
    record(session, place, Sent(ids[0], Version(2, True, {"overall": "1"}), 1, "easy", "en"), TODAY)
    begin(session, survey, 6)
    survey.close(CLOSED_AT + timedelta(hours=2))
    session.commit()

    assert release(session, survey, CLOSED_AT + timedelta(hours=2)) == 11
    session.commit()

    assert unfinished_copies(session) == before
    assert facts(session.connection(), survey.id).unfinished == 5


def test_unfinished_ones_of_a_reopened_survey_are_counted_as_they_were_shown(session: Session, survey: Survey) -> None:
    finish(session, survey, 6)
    begin(session, survey, 7)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    survey.open(CLOSED_AT + timedelta(hours=1), "a-key")
    begin(session, survey, 1)

    assert facts(session.connection(), survey.id).unfinished == 7


def test_who_sends_late_after_all_changes_nothing_that_was_shown_of_the_unfinished(
    session: Session, survey: Survey
) -> None:
    finish(session, survey, 6)
    ids = begin(session, survey, 5)
    close(session, survey)
    release(session, survey, CLOSED_AT)
    session.commit()
    before = unfinished_copies(session)

    place = StoredLocation(survey.id, card_of(survey).code, "qr")
    record(session, place, Sent(ids[0], Version(2, True, {"overall": "1"}), 1, "easy", "en", late=True), TODAY)
    session.commit()

    assert unfinished_copies(session) == before
    assert join_late(session, survey, CLOSED_AT + timedelta(days=30)) == 0
    session.commit()
    assert unfinished_copies(session) == set()


def test_rows_with_notes_beside_them_are_written_anew_and_keep_their_notes(session: Session, survey: Survey) -> None:
    survey.sharing = OPENLY
    finish(session, survey, 6)
    for key in session.scalars(select(Response.key).limit(3)):
        session.add(CommentNote(survey_id=survey.id, response_key=key, question="best", theme="Food"))
    session.commit()

    write_anew(session, survey)
    session.commit()

    assert counts(session) == (0, 6, 6)
    beside = select(CommentNote.theme).join(Response, Response.key == CommentNote.response_key)
    assert session.scalars(beside).all() == ["Food"] * 3
