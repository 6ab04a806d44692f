"""The report as a PDF: tagged for screen readers, with the numbers of its page, in every language that it speaks."""

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, Membership, Team
from tests.cards.test_pdf import elements
from tests.conftest import signed_in
from tests.factories import CHEAP_HASH, make_survey
from tests.visitor import Visitor


@pytest.fixture
def demo(app: Flask, session: Session) -> tuple[Visitor, Survey]:
    """The demonstration's last event, and its organiser."""
    survey = load_demo(session).last_time
    account = Account(email="dan@example.org", password_hash=CHEAP_HASH)
    session.add(Membership(team_id=survey.team_id, account=account, role="owner"))
    session.commit()
    return signed_in(app, "dan@example.org"), survey


def fetched(visitor: Visitor, survey: Survey, query: str) -> pypdfium2.PdfDocument:
    """A part as a PDF."""
    answer = visitor.get(f"/surveys/{survey.id}/report.pdf?{query}").response
    assert answer.mimetype == "application/pdf", answer.location
    return pypdfium2.PdfDocument(answer.data)


def text_of(document: pypdfium2.PdfDocument) -> str:
    """Everything in it, spaces folded."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_boards_part_is_two_tagged_pages(demo: tuple[Visitor, Survey]) -> None:
    document = fetched(*demo, "part=board")

    assert len(document) == 2
    text = text_of(document)
    assert "37 of 81 people answered (46%)." in text
    assert "4.24 out of 5 (37 answers)" in text
    kinds = [kind for page in document for kind, _text in elements(page)]
    assert {"H1", "H2", "P", "Table", "TH", "TD"} <= set(kinds)


def test_everything_has_every_rating(demo: tuple[Visitor, Survey]) -> None:
    text = text_of(fetched(*demo, "part=all"))
    for mean in ("4.24", "4.61", "4.71", "3.94", "4.09", "4.27", "4.25", "4.03"):
        assert f"{mean} out of 5" in text


@pytest.mark.parametrize("language", ["en", "cy", "ur", "gu", "pa", "bn", "ckb"])
def test_easy_read_is_one_page_in_each_script(demo: tuple[Visitor, Survey], language: str) -> None:
    assert len(fetched(*demo, f"part=easy&lang={language}")) == 1


def test_before_the_answers_are_shown_there_is_none(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    olu.get(f"/surveys/{survey.id}/report.pdf", 404)
