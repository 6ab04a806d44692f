"""What a team said it will do: its day is told, then whether it was kept, and the next event begins with it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp.model.action import Action
from surveyapp.model.survey import Survey, today_at
from surveyapp.model.team import Team
from tests.factories import card_of, make_entry, make_survey
from tests.results.entries import did, page_of, press
from tests.visitor import Visitor

SERIES = "Carers' days"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """Last year's closed survey, which promised lunch for a day to come."""
    made = make_survey(session, team, state="closed", title="Last year", series=SERIES)
    due = today_at(made.zone) + timedelta(days=30)
    words = {"you_said": "The food ran out.", "we_did": "We will order more lunch.", "we_did_easy": ""}
    session.add(make_entry(made, id=made.id, what="will_do", owner="Ana", due=due, **words))
    session.commit()
    return made


@pytest.fixture
def promised(app: Flask, session: Session, survey: Survey) -> "Promised":
    """The promise, which time and its team change."""
    return Promised(app, session, survey)


@pytest.fixture
def this_year(session: Session, team: Team) -> str:
    """The code of this year's open survey, of the same series."""
    return card_of(make_survey(session, team, title="This year", series=SERIES)).code


class Promised:
    """A promise and its day."""

    def __init__(self, app: Flask, session: Session, survey: Survey) -> None:
        self._app, self._session, self._survey = app, session, survey

    @property
    def entry(self) -> Action:
        """The entry as it is stored."""
        self._session.rollback()
        self._session.expire_all()
        return self._session.get_one(Action, self._survey.id)

    def due_in(self, days: int) -> date:
        """Let its day be so many days from now, and be known."""
        entry = self.entry
        due = today_at(self._survey.zone) + timedelta(days=days)
        entry.due = due
        entry.version += 1
        self._session.commit()
        self.seconds_later()
        return due

    def seconds_later(self) -> None:
        """Let the time pass for which a card is remembered."""
        self._app.extensions["answer_news"]._kept.clear()
        self._app.extensions["answer_caches"].cards._kept.clear()


def spoken(day: date) -> str:
    """A day as English pages say it."""
    return f"{day.day} {day:%B %Y}"


def test_the_old_code_tells_the_day_then_not_yet_then_kept(
    olu: Visitor, ana: Visitor, survey: Survey, promised: Promised
) -> None:
    news = f"/s/{card_of(survey).code}/news"
    due = promised.due_in(30)
    assert f"We will do this We will order more lunch. By {spoken(due)}." in ana.get(news).text
    assert "Ana" not in ana.get(news).text
    due = promised.due_in(0)
    assert f"Not done yet. We said: by {spoken(due)}." in ana.get(news).text

    told = press(olu, survey, "kept", promised.entry).text

    assert "is kept. People who open the news read that it is done." in told
    promised.seconds_later()
    assert f"Done on {spoken(today_at(survey.zone))}." in ana.get(news).text
    assert "Not done yet" not in ana.get(news).text


def test_a_promise_that_is_not_kept_after_all_is_told_so(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session, promised: Promised
) -> None:
    promised.due_in(-3)
    press(olu, survey, "kept", promised.entry)

    press(olu, survey, "not_kept", promised.entry)

    promised.seconds_later()
    assert "Not done yet." in ana.get(f"/s/{card_of(survey).code}/news").text
    assert did(session)[-1] == "told that a promise of “You said, we did” is not kept after all"


def test_the_team_is_told_whose_day_has_come(olu: Visitor, survey: Survey, promised: Promised) -> None:
    promised.due_in(1)
    assert "come to its day" not in olu.get(page_of(survey)).text
    promised.due_in(0)

    page = olu.get(page_of(survey))

    assert "1 promise has come to its day" in page.text
    assert ": Ana," in page.text


def test_the_next_event_of_the_series_begins_with_it(ana: Visitor, this_year: str, promised: Promised) -> None:
    promised.due_in(-1)

    page = ana.get(f"/s/{this_year}")

    assert "What we did after Last year" in page.text
    assert page.text.index("Not done yet.") < page.text.index("How do you want to answer?")
    for view in ("easy", "symbols"):
        assert "It was hard to park." in ana.get(f"/s/{this_year}?view={view}").text


def test_what_changes_is_on_the_start_page_within_seconds(
    olu: Visitor, ana: Visitor, survey: Survey, this_year: str, promised: Promised
) -> None:
    assert "We will order more lunch." in ana.get(f"/s/{this_year}").text

    press(olu, survey, "take_down", promised.entry)
    promised.seconds_later()

    assert "lunch" not in ana.get(f"/s/{this_year}").text


def test_an_event_of_no_series_begins_as_before(ana: Visitor, survey: Survey, session: Session, team: Team) -> None:
    alone = card_of(make_survey(session, team, title="This year")).code
    other = card_of(make_survey(session, team, title="This year", series="Another")).code

    assert survey.series == SERIES
    assert "lunch" not in ana.get(f"/s/{alone}").text
    assert "lunch" not in ana.get(f"/s/{other}").text


def test_the_kept_start_page_costs_no_statement_more(
    app: Flask, ana: Visitor, this_year: str, promised: Promised
) -> None:
    ana.get(f"/s/{this_year}")
    statements: list[str] = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))
    promised.seconds_later()

    ana.get(f"/s/{this_year}")

    assert len([one for one in statements if one.startswith("SELECT")]) == 1
