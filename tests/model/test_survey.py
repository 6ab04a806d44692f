"""A survey's way from draft to open to closed and open again, minute by minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from surveyapp.model.codes import read_card_code
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import LATE_FOR, CannotOpenError, Phase, Survey, Times, event_key_of, today_at
from tests.factories import make_question, make_questionnaire

OPENS = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 10, 7, 17, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
DAY = Times("open", OPENS, CLOSES)


def draft(questionnaire: Questionnaire | None = None, **fields: Any) -> Survey:
    """A draft with all that it needs to open."""
    usual: dict[str, Any] = {
        "title": "Carers' day", "what_happens_next": "We read every answer.", "state": "draft", "event_key": None,
        "draft": (questionnaire or make_questionnaire()).to_json(), "created_on": date(2026, 10, 1),
    }  # fmt: skip
    return Survey(**(usual | fields))


@pytest.mark.parametrize(
    ("times", "now", "phase"),
    [
        (Times("draft"), OPENS, Phase.DRAFT),
        (Times("draft", OPENS, CLOSES), CLOSES + MOMENT, Phase.DRAFT),
        (DAY, OPENS - MOMENT, Phase.SCHEDULED),
        (DAY, OPENS, Phase.OPEN),
        (DAY, CLOSES - MOMENT, Phase.OPEN),
        (DAY, CLOSES, Phase.CLOSED),
        (Times("open"), OPENS, Phase.OPEN),
        (Times("closed", OPENS, CLOSES, OPENS + MOMENT), OPENS + 2 * MOMENT, Phase.CLOSED),
        (Times("closed", closed_at=CLOSES), OPENS, Phase.CLOSED),
        (Times("open", CLOSES, OPENS), OPENS, Phase.CLOSED),
    ],
)
def test_what_a_survey_is_at_one_moment(times: Times, now: datetime, phase: Phase) -> None:
    assert times.phase(now) is phase


@pytest.mark.parametrize(
    ("opened", "now", "takes"),
    [
        (CLOSES - MOMENT, CLOSES, True),
        (CLOSES - MOMENT, CLOSES + LATE_FOR - MOMENT, True),
        (CLOSES - MOMENT, CLOSES + LATE_FOR, False),
        (CLOSES, CLOSES + MOMENT, False),
        (CLOSES + MOMENT, CLOSES + MOMENT, False),
        (None, CLOSES + MOMENT, False),
    ],
)
def test_a_closed_survey_takes_answers_of_pages_opened_in_time(
    opened: datetime | None, now: datetime, takes: bool
) -> None:
    assert DAY.takes_late(opened, now) is takes


def test_a_survey_closed_by_hand_before_its_time_closed_then() -> None:
    early = replace(DAY, state="closed", closed_at=OPENS + timedelta(hours=1))

    assert early.close == OPENS + timedelta(hours=1)
    assert not early.takes_late(OPENS + timedelta(hours=2), CLOSES)
    assert Times("open").close is None
    assert not Times("open").takes_late(OPENS, CLOSES)


def test_opening_publishes_the_draft_as_the_first_edition() -> None:
    survey = draft()

    edition = survey.open(OPENS, "carers-day-2026-10-07")

    assert edition is not None
    assert (edition.number, edition.questionnaire) == (1, survey.questionnaire)
    assert (survey.state, survey.event_key) == ("open", "carers-day-2026-10-07")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"title": "  "}, ["title"]),
        ({"what_happens_next": ""}, ["what_happens_next"]),
        ({"draft": Questionnaire(title={}).to_json()}, ["questions"]),
        ({"draft": make_questionnaire(make_question("hello", "note")).to_json()}, ["questions"]),
        ({"opens_at": OPENS, "closes_at": OPENS}, ["closes_at"]),
        ({"title": "", "what_happens_next": "\n"}, ["title", "what_happens_next"]),
    ],
)
def test_a_survey_without_what_it_needs_does_not_open(fields: dict[str, Any], missing: list[str]) -> None:
    survey = draft(**fields)

    with pytest.raises(CannotOpenError) as refused:
        survey.open(OPENS, "key")

    assert refused.value.missing == missing
    assert (survey.state, survey.event_key, survey.editions) == ("draft", None, [])


def test_opening_again_with_the_same_questions_makes_no_edition() -> None:
    survey = draft()
    survey.open(OPENS, "key")
    survey.close(CLOSES)

    assert survey.open(CLOSES, "another-key") is None
    assert [edition.number for edition in survey.editions] == [1]
    assert survey.event_key == "key"


def test_a_draft_that_changed_becomes_the_next_edition() -> None:
    survey = draft()
    survey.open(OPENS, "key")
    survey.draft = make_questionnaire(make_question("food")).to_json()

    edition = survey.open(OPENS, "key")

    assert edition is not None
    assert edition.number == 2
    assert survey.editions[0].questionnaire == make_questionnaire()


def test_a_draft_that_went_back_to_an_older_edition_is_a_new_one() -> None:
    survey = draft()
    survey.open(OPENS, "key")
    survey.draft = make_questionnaire(make_question("food")).to_json()
    survey.open(OPENS, "key")
    survey.draft = make_questionnaire().to_json()
    survey.open(OPENS, "key")

    assert [edition.number for edition in survey.editions] == [1, 2, 3]


def test_closing_by_hand_closes_at_once_and_opening_again_opens() -> None:
    survey = draft(opens_at=OPENS, closes_at=CLOSES)
    survey.open(OPENS, "key")

    survey.close(OPENS + MOMENT)
    assert survey.times.phase(OPENS + MOMENT) is Phase.CLOSED

    survey.open(OPENS + 2 * MOMENT, "key")
    assert survey.times.phase(OPENS + 2 * MOMENT) is Phase.OPEN
    assert survey.closes_at == CLOSES


def test_opening_again_after_the_set_close_takes_it_away() -> None:
    survey = draft(opens_at=OPENS, closes_at=CLOSES)
    survey.open(OPENS, "key")

    survey.open(CLOSES, "key")

    assert survey.closes_at is None
    assert survey.times.phase(CLOSES + timedelta(days=400)) is Phase.OPEN


def test_a_later_closing_time_opens_a_closed_survey_as_a_round_of_its_own() -> None:
    survey = draft(opens_at=OPENS, closes_at=CLOSES)
    survey.open(OPENS, "key")
    survey.is_released, survey.release_at = True, CLOSES + timedelta(days=3)

    survey.set_times(OPENS, CLOSES + timedelta(hours=2), CLOSES + MOMENT)

    assert survey.times.phase(CLOSES + MOMENT) is Phase.OPEN
    assert not any((survey.is_released, survey.release_at))


def test_other_times_of_a_survey_that_stays_closed_leave_its_release() -> None:
    survey = draft(opens_at=OPENS, closes_at=CLOSES)
    survey.open(OPENS, "key")
    survey.close(CLOSES)
    survey.is_released = True

    survey.set_times(OPENS, CLOSES + timedelta(hours=2), CLOSES + MOMENT)

    assert survey.times.phase(CLOSES + MOMENT) is Phase.CLOSED
    assert survey.is_released


def test_cards_get_codes_of_their_own_and_stand_in_order() -> None:
    survey = draft(id=uuid4())

    cards = [survey.add_card("Link", source="link"), survey.add_card("Table 1"), survey.add_card("Table 2", group="am")]

    assert [card.position for card in cards] == [1, 2, 3]
    assert len({card.code for card in cards}) == 3
    assert all(read_card_code(card.code) == card.code for card in cards)
    assert (cards[0].source, cards[2].group) == ("link", "am")


@pytest.mark.parametrize(
    ("title", "day", "taken", "key"),
    [
        ("Carers' Day: Leeds!", date(2026, 10, 7), set(), "carers-day-leeds-2026-10-07"),
        ("Carers day", date(2026, 10, 7), {"carers-day-2026-10-07"}, "carers-day-2026-10-07-2"),
        ("Carers day", None, {"carers-day", "carers-day-2"}, "carers-day-3"),
        ("مقدمو الرعاية", date(2026, 10, 7), set(), "event-2026-10-07"),
        ("", None, set(), "event"),
        ("../../etc/passwd", None, set(), "etc-passwd"),
        ("x" * 200, date(2026, 10, 7), set(), "x" * 50 + "-2026-10-07"),
    ],
)
def test_an_event_key_is_a_slug_of_title_and_date(title: str, day: date | None, taken: set[str], key: str) -> None:
    assert event_key_of(title, day, taken) == key


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Europe/London", datetime(2026, 1, 7, 23, 59, 59, tzinfo=UTC), date(2026, 1, 7)),
        ("Europe/London", datetime(2026, 7, 7, 22, 59, 59, tzinfo=UTC), date(2026, 7, 7)),
        ("Europe/London", datetime(2026, 7, 7, 23, 0, tzinfo=UTC), date(2026, 7, 8)),
        ("Europe/London", datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/London", datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        ("Pacific/Auckland", datetime(2026, 10, 7, 11, 0, tzinfo=UTC), date(2026, 10, 8)),
        ("America/Los_Angeles", datetime(2026, 10, 7, 6, 0, tzinfo=UTC), date(2026, 10, 6)),
    ],
)
def test_today_is_the_day_at_the_event(zone: str, now: datetime, today: date) -> None:
    assert today_at(ZoneInfo(zone), now) == today
