"""Every attendee's page in every language that is whole: nothing is left in English that is not marked as English."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy.orm import Session

from bench.weight import first_load
from surveyapp.editing.library import ready_surveys
from surveyapp.model.action import WHATS
from surveyapp.model.languages import TRANSLATED, offered
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import card_of, make_entry, make_survey
from tests.visitor import Page, Visitor

KB = 1024
CONFERENCE = ready_surveys()["patients_carers_conference"]
WHOLE = CONFERENCE.languages[1:]
SPOKEN = ("aria-label", "title", "alt", "placeholder")
SILENT = frozenset({"script", "style"})
THREE_WORDS = re.compile(r"\w+ \w+ \w+")

each_language = pytest.mark.parametrize("tag", WHOLE)


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page says does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey in all languages."""
    return make_survey(session, team, CONFERENCE)


def pages(session: Session, team: Team, survey: Survey) -> Iterator[tuple[str, int]]:
    """The address and status of every kind of page that an attendee can meet."""
    now = datetime.now(UTC)
    code = card_of(survey).code
    closed = make_survey(session, team, CONFERENCE, title="Closed", state="closed", closed_at=now)
    session.add_all(make_entry(closed, number=number, what=what, people=12) for number, what in enumerate(WHATS))
    session.commit()
    later = make_survey(session, team, CONFERENCE, title="Later", opens_at=now + timedelta(days=1))
    together = make_survey(session, team, CONFERENCE, title="Together", expected=81)
    together.cards[0].group = "The big room"
    session.commit()
    for view in ("standard", "easy", "symbols"):
        yield f"/s/{code}?view={view}", 200
        yield f"/s/{code}/paper?view={view}", 200
    yield f"/s/{code}/look?response=x", 200
    yield f"/s/{code}/thanks?receipt=BCDF-GHJK-MNPQ", 200
    yield f"/s/{card_of(closed).code}?", 410
    yield f"/s/{card_of(closed).code}/news?", 200
    yield f"/s/{code}/news?", 404
    yield f"/s/{card_of(later).code}?", 200
    yield "/s/zzzzzz?", 404
    yield "/?code=nonsense", 200
    for place in ("?", "/paper?", "/thanks?"):
        yield f"/s/{together.cards[0].code}{place}", 200
    for survey_told in (survey, together):
        yield f"/privacy?code={survey_told.cards[0].code}", 200
    yield "/privacy?", 200
    yield "/accessibility?", 200
    yield f"/withdraw?code={code}", 200
    yield "/withdraw?done=1", 200
    yield "/look?to=privacy", 200
    yield "/nowhere?", 404


def said(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Every piece of text in a page with the language that it is marked as."""
    language = element.get("lang", language)
    if element.tag in SILENT:
        return
    spoken = [value for name, value in element.attrib.items() if name in SPOKEN or name.startswith("data-")]
    for text in (element.text, *spoken):
        yield " ".join((text or "").split()), language
    for child in element:
        yield from said(child, language)
        yield " ".join((child.tail or "").split()), language


def left_in_english(page: Page, english: Page, tag: str) -> set[str]:
    """What a page says in the very words of the English one, though it is marked as another language."""
    words = {text for text, language in said(english.tree) if language == "en" and THREE_WORDS.search(text)}
    return {text for text, language in said(page.tree) if language == tag} & words


@each_language
def test_nothing_is_left_in_english(ana: Visitor, session: Session, team: Team, survey: Survey, tag: str) -> None:
    direction = "rtl" if tag in ("ar", "ckb", "fa", "ur") else "ltr"
    for address, status in pages(session, team, survey):
        page = ana.get(f"{address}&lang={tag}", status)

        assert (address, page.tree.get("lang"), page.tree.get("dir")) == (address, tag, direction)
        assert (address, left_in_english(page, ana.get(address, status), tag)) == (address, set())


@each_language
def test_first_load_is_light_in_the_heaviest_view(ana: Visitor, session: Session, team: Team, tag: str) -> None:
    code = card_of(make_survey(session, team, replace(CONFERENCE, questions=CONFERENCE.questions[:8]))).code
    weighs = {view: first_load(ana.client, f"/s/{code}?view={view}&lang={tag}") for view in ("standard", "symbols")}

    assert weighs["standard"]["bytes"] <= 12 * KB
    assert weighs["symbols"]["bytes"] <= 25 * KB


def test_survey_that_was_refused_says_why_in_the_language_of_its_page(ana: Visitor, survey: Survey) -> None:
    fields = {"overall": "99", "lang": "ar"}
    reply = ana.post(f"/s/{card_of(survey).code}", fields, 422, headers={"Accept": "application/json"})

    assert reply.response.json == {
        "error": "بعض الإجابات تحتاج إلى مراجعة.",
        "fields": {"overall": "اختر إحدى الإجابات الموجودة في الصفحة."},
    }


def test_organisers_own_words_are_marked_as_theirs(ana: Visitor, survey: Survey) -> None:
    page = ana.get(f"/s/{card_of(survey).code}?lang=ar")
    marked = {text for text, language in said(page.tree) if language == "en"}

    assert {"Carers' day", "Leeds", "Ask a helper.", "Events team"} <= marked


def test_list_of_languages_says_which_no_person_has_checked(ana: Visitor, survey: Survey) -> None:
    page = ana.get(f"/s/{card_of(survey).code}/look")
    by_language = {language: text for text, language in said(page.tree) if text and language != "en"}
    radios = [radio.get("value") for radio in page.tree.iter("input") if radio.get("name") == "lang"]

    assert radios == ["en", *WHOLE]
    assert "Some translations have not been checked by a person yet." in page.text
    assert by_language["ar"] == "لم يراجع أي شخص هذه الترجمة بعد."


@pytest.mark.parametrize("path", ["/", "/privacy", "/withdraw", "/nowhere", "/s/zzzzzz"])
def test_links_of_pages_without_a_survey_keep_the_language(ana: Visitor, session: Session, path: str) -> None:
    page = ana.get(f"{path}?lang=ar", 404 if path in ("/nowhere", "/s/zzzzzz") else 200)

    ours = [link for link in page.links() if link.startswith("/") and "lang=" not in link]
    assert ours == []


@pytest.mark.parametrize("tag", ["tlh", "xx", "..", "pt-BR", "", "AR"])
def test_language_that_a_survey_does_not_have_is_passed_over(ana: Visitor, survey: Survey, tag: str) -> None:
    assert ana.get(f"/s/{card_of(survey).code}?lang={tag}").tree.get("lang") == "en"
    assert ana.get(f"/privacy?lang={tag}").tree.get("lang") == "en"


def test_home_offers_every_language(ana: Visitor) -> None:
    assert [f"/?lang={tag}" for tag in WHOLE] == [link for link in ana.get("/").links() if link.startswith("/?lang=")][
        1:
    ]


def test_every_ready_survey_is_whole_in_every_language_of_the_product() -> None:
    assert {name: one.languages[1:] for name, one in ready_surveys().items()} == dict.fromkeys(
        ready_surveys(), TRANSLATED
    )
    assert offered(CONFERENCE).languages[1:] == WHOLE == TRANSLATED
