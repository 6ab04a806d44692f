"""Comments are read one by one, get a theme, and are quoted only where the person agreed; their words never change."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.library import module
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.comments import comment_id
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry, Team
from tests.conftest import signed_in
from tests.export.samples import file_of, put, records_of
from tests.factories import COMMENT_KEY, card_of, make_account, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

ASKED = make_questionnaire(
    make_question("best", "comment", "What was good?"), make_question("change", "comment", "What should change?")
).extended_by(module("quote_permission"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with four comments that say something: two of somebody who agreed, two of somebody who didn't."""
    made = make_survey(session, team, ASKED)
    put(session, made, 1, {"best": "The lunch", "change": "Ring 020 7946 0000", "quote_ok": "yes"})
    put(session, made, 2, {"best": "The tea", "change": "Dr Patel was late", "quote_ok": "no"})
    put(session, made, 3, {"best": "Nothing"})
    return made


AGREED = comment_id(COMMENT_KEY, "01ababababababab", "best")
REFUSED = comment_id(COMMENT_KEY, "02ababababababab", "best")


def page_of(survey: Survey, query: str = "") -> str:
    return f"/surveys/{survey.id}/comments{query}"


def keep(visitor: Visitor, survey: Survey, id_: str, answer: int = 303, **note: str) -> Page:
    """Fill in the note beside a comment and send it."""
    page = visitor.get(page_of(survey))
    return visitor.submit(page, note, f"/comments/{id_}", answer)


def words_on(page: Page) -> set[str]:
    """The comments that a page lists."""
    return {"".join(quote.itertext()) for quote in page.tree.iter("blockquote")}


def card(page: Page, id_: str) -> str:
    """What stands beside one comment."""
    found = page.tree.find(f".//li[@id='c-{id_}']")
    assert found is not None
    return " ".join(" ".join(found.itertext()).split())


def test_every_comment_that_says_something_is_listed(olu: Visitor, survey: Survey) -> None:
    page = olu.get(page_of(survey))

    assert "4 comments. 4 are not read yet." in page.text
    assert words_on(page) == {"The lunch", "The tea", "Ring 020 7946 0000", "Dr Patel was late"}


def test_what_may_say_who_somebody_is_is_pointed_out_and_left_as_it_is(olu: Visitor, survey: Survey) -> None:
    page = olu.get(page_of(survey, "?show=traces"))

    assert words_on(page) == {"Ring 020 7946 0000", "Dr Patel was late"}
    assert "It may hold a telephone number: 020 7946 0000." in page.text
    assert "It may hold a name: Dr Patel." in page.text


def test_note_is_kept_and_stands_in_the_file(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.follow(keep(olu, survey, AGREED, status="read", theme="  Food and  drink ", is_quote="y"))

    assert "The note is kept." in page.text
    assert "4 comments. 3 are not read yet." in page.text
    note = session.scalars(select(CommentNote)).one()
    assert (note.status, note.theme, note.is_quote) == ("read", "Food and drink", True)
    rows = {row["comment_id"]: row for row in records_of(file_of(olu, survey, "comments.csv"))}
    assert (rows[AGREED]["theme"], rows[AGREED]["status"], rows[AGREED]["text"]) == (
        "Food and drink", "read", "The lunch",
    )  # fmt: skip
    assert (rows[REFUSED]["theme"], rows[REFUSED]["status"]) == ("", "new")
    session.rollback()  # the download was written down by another connection
    done = session.scalars(select(AuditEntry.what)).all()
    assert sorted(done) == ["chose a comment as a quote", "downloaded comments.csv"]


def test_quote_can_be_taken_back(olu: Visitor, survey: Survey, session: Session) -> None:
    keep(olu, survey, AGREED, status="read", is_quote="y")
    page = olu.get(page_of(survey, "?show=quotes"))
    assert words_on(page) == {"The lunch"}
    form = page.form(f"/comments/{AGREED}")
    for box in form.findall(".//input[@type='checkbox']"):
        box.attrib.pop("checked")

    back = olu.submit(page, {}, f"/comments/{AGREED}")

    assert session.scalars(select(CommentNote.is_quote)).one() is False
    assert words_on(olu.follow(back)) == {"The lunch"}  # it stays in sight right after it was kept
    assert "took a quote back" in session.scalars(select(AuditEntry.what)).all()


@pytest.mark.parametrize(
    ("id_", "note", "said"),
    [
        (REFUSED, {"status": "read", "is_quote": "y"}, "This person did not agree that their words are used."),
        (AGREED, {"status": "new", "is_quote": "y"}, "Read it first, and say so: then it can be a quote."),
        (AGREED, {"status": "read", "theme": "x" * 61}, "Use 60 characters or fewer. It is 1 too long."),
    ],
)
def test_refused_note_changes_nothing_and_keeps_what_was_typed(
    olu: Visitor, survey: Survey, id_: str, note: dict[str, Any], said: str
) -> None:
    page = keep(olu, survey, id_, 422, **note)

    assert page.title.startswith("Error: ")
    assert said in card(page, id_)
    assert page.text.count(said) == 1
    field = page.tree.find(f".//input[@id='theme-{id_}']")
    assert field is not None
    assert field.get("value") == note.get("theme", "")
    assert "4 are not read yet." in olu.get(page_of(survey)).text


def test_comments_are_found_by_question_state_and_theme(olu: Visitor, survey: Survey) -> None:
    keep(olu, survey, AGREED, status="noted", theme="Food")

    listed = {
        query: words_on(olu.get(page_of(survey, query)))
        for query in ("?question=best", "?show=new&question=best", "?show=read", "?theme=Food", "?show=agreed")
    }

    assert listed == {
        "?question=best": {"The lunch", "The tea"},
        "?show=new&question=best": {"The tea"},
        "?show=read": {"The lunch"},
        "?theme=Food": {"The lunch"},
        "?show=agreed": {"The lunch", "Ring 020 7946 0000"},
    }
    assert "None of these." in olu.get(page_of(survey, "?theme=Nowhere&page=99999999")).text


def test_many_comments_come_a_page_at_a_time(olu: Visitor, survey: Survey, session: Session) -> None:
    for number in range(10, 60):
        put(session, survey, number, {"best": f"Comment {number}"})

    first, second = olu.get(page_of(survey)), olu.get(page_of(survey, "?page=2"))

    assert (len(words_on(first)), len(words_on(second))) == (50, 4)
    assert len(words_on(first) | words_on(second)) == 54
    assert any("page=2" in link for link in first.links())


def test_analyst_reads_comments_and_changes_nothing(app: Flask, survey: Survey, session: Session, team: Team) -> None:
    make_account(session, team, "ada@example.org", "analyst")
    page = signed_in(app, "ada@example.org").get(page_of(survey))

    assert "The lunch" in page.text
    assert "Not read yet" in card(page, AGREED)
    sent_to = [form.get("action", "").split("?")[0] for form in page.tree.iter("form")]
    assert not [one for one in sent_to if "/comments/" in one and not one.endswith("/person")]
    assert page.tree.find(".//form[@id='many']") is None


def test_unknown_comments_and_other_teams_are_not_found(
    olu: Visitor, petra: Visitor, survey: Survey, session: Session
) -> None:
    petra.get(page_of(survey), 404)
    token = olu.get(page_of(survey)).form(f"/comments/{AGREED}").find("./input[@name='csrf_token']")
    assert token is not None
    olu.post(f"/surveys/{survey.id}/comments/0123456789abcdef", {"csrf_token": token.get("value", "")}, 404)
    assert session.scalars(select(CommentNote)).all() == []


def test_note_goes_with_answers_that_are_taken_back(
    app: Flask, ana: Visitor, olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, ASKED)
    sent = ana.submit(ana.get(f"/s/{card_of(survey).code}"), {"best": "The lunch", "quote_ok": "yes", "finish": "1"})
    receipt = sent.location.partition("receipt=")[2].partition("&")[0]
    listed = olu.get(page_of(survey))
    (id_,) = [one.get("id", "")[2:] for one in listed.tree.iter("li") if one.get("id", "").startswith("c-")]
    keep(olu, survey, id_, status="read", is_quote="y")
    assert len(session.scalars(select(CommentNote)).all()) == 1
    session.rollback()

    asked = ana.submit(ana.get("/withdraw"), {"receipt": receipt}, "/withdraw", 200)
    ana.submit(asked, {"sure": "1"}, "/withdraw")

    assert session.scalars(select(CommentNote)).all() == []
    assert "Nobody has written anything yet." in olu.get(page_of(survey)).text
