"""The first page takes the code from the card; privacy and accessibility keep the way back and the look."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Visitor


@pytest.mark.parametrize("typed", ["K7Q-4MX", "k7q4mx", " k7q 4mx ", "K7Q–4MX"])
def test_code_leads_to_its_survey_however_it_is_typed(ana: Visitor, typed: str) -> None:
    """AD1: a code typed on the first page leads to its survey."""
    assert ana.get("/", 303, query_string={"code": typed}).location == "/s/k7q4mx"


@pytest.mark.parametrize("typed", ["hello", "k7q4m", "0il1oa", "<script>", "\0", "x" * 5_000])
def test_code_that_cannot_be_one_is_told_so_and_kept(ana: Visitor, typed: str) -> None:
    page = ana.get("/", query_string={"code": typed})

    assert page.title.startswith("Error: ")
    field = next(field for field in page.tree.iter("input") if field.get("name") == "code")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby")


def test_first_page_asks_for_nothing_but_the_code(ana: Visitor) -> None:
    page = ana.get("/")

    assert [field.get("name") for field in page.tree.iter("input")] == ["code"]


@pytest.mark.parametrize("place", ["/privacy", "/accessibility"])
def test_other_pages_keep_the_look_and_the_way_back(ana: Visitor, session: Session, team: Team, place: str) -> None:
    code = card_of(make_survey(session, team)).code

    page = ana.get(f"{place}?code={code}&size=3&colour=dark")

    back = [link for link in page.links() if link.startswith(f"/s/{code}")]
    assert back
    assert all("size=3" in link and "colour=dark" in link for link in back)
