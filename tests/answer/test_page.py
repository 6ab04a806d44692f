"""The survey's page: open to anybody, in three views, and honest when there is nothing to answer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import VIEWS
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

TOMORROW = datetime.now(UTC) + timedelta(days=1)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize("view", VIEWS)
def test_page_of_every_kind_is_sound_in_every_view(ana: Visitor, session: Session, team: Team, view: str) -> None:
    code = card_of(make_survey(session, team, every_kind())).code

    page = ana.get(f"/s/{code}?view={view}")

    assert page.h1 == "Carers' day"
    assert len(page.tree.findall(".//fieldset")) >= 7


def test_code_is_read_whatever_its_case_spaces_and_hyphens(ana: Visitor, session: Session, team: Team) -> None:
    """AD2: a code is read whatever its case, spaces and hyphens."""
    code = card_of(make_survey(session, team)).code

    assert ana.get(f"/s/{code[:3].upper()}-{code[3:].upper()}").h1 == "Carers' day"
    assert ana.get(f"/s/{code[:3]} {code[3:]}").h1 == "Carers' day"


@pytest.mark.parametrize("code", ["k7q4mx", "abc", "aeiou1", "k7q4mxx", "%00", "\u0661\u0662\u0663"])
def test_code_that_nobody_printed_leads_to_a_page_with_a_way_on(ana: Visitor, code: str) -> None:
    """SA7: unknown, not open, closed: a real page with its status."""
    page = ana.get(f"/s/{code}", 404)

    assert "/" in page.links()


def test_survey_that_is_not_open_yet_says_when_it_opens(ana: Visitor, session: Session, team: Team) -> None:
    """SA7: unknown, not open, closed: a real page with its status."""
    survey = make_survey(session, team, opens_at=datetime(2099, 7, 4, 8, 30, tzinfo=UTC))

    page = ana.get(f"/s/{card_of(survey).code}")

    assert "4 July 2099, 9:30 am" in page.text.replace("\u202f", " ")
    assert "Ask a helper." in page.text


def test_draft_asks_nothing_yet(ana: Visitor, session: Session, team: Team) -> None:
    page = ana.get(f"/s/{card_of(make_survey(session, team, state='draft')).code}")

    assert page.tree.find(".//fieldset") is None


def test_closed_survey_is_gone_and_says_since_when(ana: Visitor, session: Session, team: Team) -> None:
    """SA7: unknown, not open, closed: a real page with its status."""
    survey = make_survey(session, team, closes_at=datetime(2026, 1, 10, 21, 0, tzinfo=UTC))

    page = ana.get(f"/s/{card_of(survey).code}", 410)

    assert "10 January 2026, 9:00 pm" in page.text.replace("\u202f", " ")
    assert "Ask a helper." in page.text


def test_each_page_brings_its_own_response_id(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    ids = {_hidden(ana, code, "response") for _ in range(5)}

    assert len(ids) == 5


def test_card_presets_the_view_and_the_address_changes_it(ana: Visitor, session: Session, team: Team) -> None:
    """AD3: view, language, size and colours stand in the address."""
    survey = make_survey(session, team)
    card = card_of(survey)
    card.view = "symbols"
    session.commit()

    assert _hidden(ana, card.code, "view") == "symbols"
    assert _hidden(ana, f"{card.code}?view=easy", "view") == "easy"


@pytest.mark.parametrize("query", ["view=nonsense", "lang=xx", "size=9", "colour=puce", "lang=%ff", "view=easy&view=x"])
def test_look_that_cannot_be_had_is_passed_over(ana: Visitor, session: Session, team: Team, query: str) -> None:
    ana.get(f"/s/{card_of(make_survey(session, team)).code}?{query}")


def test_look_is_kept_in_every_address_of_the_page(ana: Visitor, session: Session, team: Team) -> None:
    """J1: kept in the address, not in a cookie; AD3: view, language, size and colours stand in the address."""
    code = card_of(make_survey(session, team)).code

    page = ana.get(f"/s/{code}?size=3&colour=dark&view=easy")

    action = page.form().get("action", "")
    assert {"size=3", "colour=dark", "view=easy"} <= set(action.partition("?")[2].split("&"))


def test_look_page_leads_back_to_the_same_response(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    response = "0f8fad5b-d9cb-469f-a165-70867728950e"

    page = ana.get(f"/s/{code}/look?response={response}")

    form = next(form for form in page.tree.iter("form") if form.get("method") == "get")
    assert form.get("action") == f"/s/{code}"
    assert {field.get("name") for field in form.iter("input")} >= {"response", "size", "colour", "view"}


def test_title_with_markup_is_only_text(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, title="<script>alert(1)</script> & “friends”")

    assert ana.get(f"/s/{card_of(survey).code}").h1 == "<script>alert(1)</script> & “friends”"


def test_new_edition_is_shown_once_it_is_opened(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    survey.draft = make_questionnaire(make_question("food", label="How was the lunch?")).to_json()
    survey.open(datetime.now(UTC), "unused")
    session.commit()

    assert "How was the lunch?" in ana.get(f"/s/{card_of(survey).code}").text


def _hidden(ana: Visitor, path: str, name: str) -> str:
    form = ana.get(f"/s/{path}").form()
    return next(field.get("value", "") for field in form.iter("input") if field.get("name") == name)


@pytest.mark.parametrize("start", ["/s/", "/S/"])
def test_address_with_a_slash_at_its_end_leads_to_the_one_without(
    ana: Visitor, session: Session, team: Team, start: str
) -> None:
    """AD4: a slash at the end leads to the address without."""
    code = card_of(make_survey(session, team)).code

    assert ana.get(f"{start}{code}/?view=easy", 308).location == f"/s/{code}?view=easy"
    assert ana.get(f"{start}{code}/", 308).location == f"/s/{code}"
