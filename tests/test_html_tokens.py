"""The shorter way through tags leads to the same trees and the same errors as html5lib's own."""

from xml.etree.ElementTree import tostring

import html5lib
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.html_tokens import QuickParser
from tests.visitor import Visitor

PIECES = (
    "<p>", "</p>", "<P class='a'>", '<a href="/x?a=1&amp;b=2" title="a b=">', "</a >", "<b", ">", "<br/>", "<input/ >",
    '<svg viewBox="0 0 1 1"><use href="#a"/></svg>', '<i id="1" id="2">', '<i a="\0">', "<td>", "<table>", "&amp", "&",
    "text", " \n", "<!-- c -->", "<script>if (a < b) {}</script>", "<textarea><p>", "</textarea>", '<i x="1"y="2">',
    "<select>", "<option selected>", '<q cite="<p>">', "\r\n", "é\ud800", "</p id='x'>", "<!doctype html>", "<x-y>",
)  # fmt: skip


def read_by(parser: html5lib.HTMLParser, text: str) -> tuple[str, list[object]]:
    """The tree as text, and the errors without their places: html5lib counts those to the end of its own step."""
    tree = tostring(parser.parse(text), "unicode")
    return tree, [(kind, details) for _place, kind, details in parser.errors]


@given(some.lists(some.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read_as_html5lib_reads_it(text: str) -> None:
    assert read_by(QuickParser(namespaceHTMLElements=False), text) == read_by(
        html5lib.HTMLParser(namespaceHTMLElements=False), text
    )


def test_our_pages_are_read_as_html5lib_reads_them(app: Flask, session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, every_kind())
    for address in (f"/s/{card_of(survey).code}", f"/surveys/{survey.id}/results", "/sign-in", "/surveys"):
        page = app.test_client().get(address) if address.startswith("/s/") else olu.client.get(address)
        text = page.get_data(as_text=True)
        assert read_by(QuickParser(namespaceHTMLElements=False), text) == read_by(
            html5lib.HTMLParser(namespaceHTMLElements=False), text
        )
