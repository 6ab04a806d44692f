"""The header of every attendee's page: in the same place, leading to another look and language and back again."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.web.return_links import PLACES, way_back
from tests.factories import card_of, make_entry, make_survey
from tests.visitor import Page, Visitor, filled_in

RECEIPT = "BCDF-GHJK-MNPQ"
WORDS = ["Listen", "Look", "Language"]
CHANGED = {"size": "3", "colour": "dark", "lang": "pl"}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a header says does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def places(session: Session, team: Team) -> dict[str, tuple[str, int]]:
    """Every page of attendees but the survey's own, with its status."""
    made = ready_surveys()["quick_card"]
    code, closed, draft = (
        card_of(make_survey(session, team, made, title=state, state=state)).code
        for state in ("open", "closed", "draft")
    )
    told = make_survey(session, team, made, title="told")
    session.add(make_entry(told, people=12))
    session.commit()
    return {
        "thanks": (f"/s/{code}/thanks?receipt={RECEIPT}&late=1", 200),
        "on paper": (f"/s/{code}/paper", 200),
        "news": (f"/s/{card_of(told).code}/news", 200),
        "no news": (f"/s/{code}/news", 404),
        "closed": (f"/s/{closed}", 410),
        "not open": (f"/s/{draft}", 200),
        "unknown": ("/s/zzzzzz", 404),
        "first page": ("/", 200),
        "a code that is none": ("/?code=hello", 200),
        "withdraw": (f"/withdraw?receipt={RECEIPT}&code={code}", 200),
        "withdrawn": (f"/withdraw?done=1&code={code}", 200),
        "privacy": (f"/privacy?code={code}", 200),
        "accessibility": (f"/accessibility?code={code}", 200),
    }


def header_of(page: Page) -> tuple[list[str], list[str]]:
    """The words of a page's header, in order, and where its links lead."""
    header = page.tree.find(".//header")
    assert header is not None
    parts = [part for part in header.iter() if part.tag in ("a", "button")]
    assert all(part[0].tag.endswith("svg") for part in parts)
    return ["".join(part.itertext()).strip() for part in parts], [part.get("href", "") for part in parts][1:]


def looked_at(ana: Visitor, address: str, changed: dict[str, str]) -> str:
    """The address that a page's own form leads back to, after other choices."""
    page = ana.get(address)
    form = next(one for one in page.tree.iter("form") if one.get("method") == "get")
    assert header_of(page)[1] == ["#main", "#language"]
    return f"{form.get('action')}?{urlencode(filled_in(form) | changed, doseq=True)}"


def test_every_page_has_the_header_and_comes_back_changed(ana: Visitor, places: dict[str, tuple[str, int]]) -> None:
    """A5: Listen, how this looks, the language, each with a symbol and a word; J1: back to the very same page."""
    for name, (address, status) in places.items():
        page = ana.get(address, status)
        words, (look, language) = header_of(page)
        assert (name, words, language) == (name, WORDS, f"{look}#language")

        changed = ana.get(looked_at(ana, look, CHANGED), status)

        assert (name, changed.tree.get("lang"), changed.tree.get("class")) == (name, "pl", "standard dark size-3")
        again = ana.get(looked_at(ana, header_of(changed)[1][0], {"size": "1", "colour": "auto", "lang": "en"}), status)
        assert (name, again.text) == (name, page.text)


def test_whoever_changes_nothing_comes_back_to_the_same_address(
    ana: Visitor, places: dict[str, tuple[str, int]]
) -> None:
    for name, (address, status) in places.items():
        asked = f"{address}{'&' if '?' in address else '?'}size=2"
        page = ana.get(header_of(ana.get(asked, status))[1][0])
        (back,) = (
            link.get("href", "")
            for link in page.tree.iter("a")
            if "".join(link.itertext()).strip() == "Back, change nothing"
        )
        assert (name, sorted(back.split("?")[1].split("&"))) == (name, sorted(asked.split("?")[1].split("&")))
        assert back.partition("?")[0] == asked.partition("?")[0]


def test_view_and_the_cards_language_come_along_through_pages_of_no_survey(
    ana: Visitor, session: Session, team: Team
) -> None:
    """J1: the look is kept in the address, also where a page knows neither the survey nor its card."""
    survey: Survey = make_survey(session, team, ready_surveys()["quick_card"])
    card = card_of(survey)
    card.language = "pl"
    session.commit()

    page = ana.get(f"/s/{card.code}?view=symbols")
    (privacy,) = (link for link in page.links() if link.startswith("/privacy"))
    back = [link for link in ana.get(privacy).links() if link.startswith(f"/s/{card.code}")]

    assert ana.get(privacy).tree.get("lang") == "pl"
    assert back
    assert all("view=symbols" in link and "lang=pl" in link for link in back)


def test_answers_that_were_not_taken_stay_on_their_page(ana: Visitor, session: Session, team: Team) -> None:
    """A5: where leaving would lose what was typed, nothing leads away."""
    closed = card_of(make_survey(session, team, state="closed")).code

    page = ana.post(f"/s/{closed}", {"best": "The soup", "finish": "1"}, 410)

    assert "The soup" in page.text
    assert header_of(page) == (["Listen"], [])


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/sign-in", "..", "", "look", "thanks"])
def test_no_address_leads_back_to_elsewhere(ana: Visitor, to: str) -> None:
    page = ana.get(f"/look?{urlencode({'to': to, 'next': 'https://evil.example', 'code': 'https://evil.example'})}")
    (form,) = (one for one in page.tree.iter("form"))

    assert form.get("action") == "/"
    assert "evil" not in form.get("action", "") + " ".join(page.links())


def test_a_way_back_takes_along_only_what_its_page_knows() -> None:
    asked = {"to": "withdraw", "receipt": RECEIPT, "next": "x", "code": "k" * 200, "done": "\0"}

    assert way_back(asked, "k7q4mx").unchanged({"size": "2"}) == f"/withdraw?receipt={RECEIPT}&size=2"
    assert way_back({}, "k7q4mx").unchanged({}) == "/s/k7q4mx"
    assert way_back({"to": "paper"}, "").address == "/"
    assert all(address.startswith("/") and not address.startswith("//") for address, _names in PLACES.values())
