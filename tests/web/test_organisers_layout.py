"""Organisers' pages come whole, or as the part that htmx swaps."""

from flask import Flask

from tests.visitor import Visitor

HTMX = {"HX-Request": "true"}


def test_htmx_gets_the_main_part_alone(olu: Visitor) -> None:
    part = olu.client.get("/surveys", headers=HTMX).get_data(as_text=True)
    assert "<main" in part
    assert "<title>Surveys · Event Answers</title>" in part
    assert "<html" not in part


def test_a_boosted_link_gets_the_whole_page(olu: Visitor) -> None:
    olu.get("/surveys", headers={**HTMX, "HX-Boosted": "true"})


def test_a_page_from_history_is_whole(olu: Visitor) -> None:
    olu.get("/surveys", headers={**HTMX, "HX-History-Restore-Request": "true"})


def test_a_cache_keeps_parts_and_pages_apart(olu: Visitor) -> None:
    assert "HX-Request" in olu.get("/surveys").response.headers["Vary"]


def test_organisers_pages_are_never_stored(olu: Visitor) -> None:
    headers = olu.get("/surveys").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_htmx_is_sent_to_sign_in_as_a_whole_page(app: Flask) -> None:
    answer = app.test_client().get("/surveys", headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in")
    assert not answer.data


def test_form_sent_after_the_sign_in_ran_out_leads_back_to_its_page(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    came_from = {"Referer": "http://localhost/surveys/new?ready=quick_card"}
    page = Visitor(app.test_client()).post("/surveys/new", headers=came_from)
    assert page.location == "/sign-in?next=/surveys/new?ready%3Dquick_card"


def test_referrer_that_cannot_be_read_is_passed_over(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    page = Visitor(app.test_client()).post("/surveys/new", headers={"Referer": "http://["})
    assert page.location == "/sign-in"
