"""Comments are themed, read and quoted many at once, found by words, and who needs a person stands first."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.comments import comment_id
from surveyapp.model.languages import LANGUAGES
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.urgent_words import URGENT, sounds_urgent
from tests.conftest import signed_in
from tests.export.samples import put
from tests.factories import COMMENT_KEY, make_account, make_survey
from tests.results.test_comments import AGREED, ASKED, REFUSED, card, page_of, words_on
from tests.visitor import Page, Visitor

PEOPLE = 200
CRY = "I am not safe at home. He hits me."
CRIES = {
    "en": CRY, "cy": "Rwyf eisiau marw.", "pl": "Mąż bije mnie co tydzień.", "ro": "Nu sunt în siguranță acasă.",
    "es": "Mi marido me pega.", "pt": "Não estou segura em casa.", "so": "Guriga ma nabad qabo.", "ar": "زوجي يضربني",
    "ckb": "دەمەوێت بمرم", "fa": "امنیت ندارم", "ur": "میں گھر میں محفوظ نہیں ہوں", "pa": "ਮੈਂ ਘਰ ਵਿੱਚ ਸੁਰੱਖਿਅਤ ਨਹੀਂ ਹਾਂ",
    "bn": "আমি বাড়িতে নিরাপদ নই", "gu": "હું ઘરે સુરક્ષિત નથી",
}  # fmt: skip


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """Two comments of somebody who agreed, one with a telephone number, and one of somebody who didn't."""
    made = make_survey(session, team, ASKED)
    put(session, made, 1, {"best": "The lunch", "change": "Ring 020 7946 0000", "quote_ok": "yes"})
    put(session, made, 2, {"best": "The tea", "quote_ok": "no"})
    return made


def named(number: int, question: str = "best") -> str:
    """How the comment of a response is named."""
    return comment_id(COMMENT_KEY, f"{number:02x}ababababababab", question)


def keep_many(olu: Visitor, survey: Survey, query: str = "", **what: str | list[str]) -> Page:
    """Tick comments and keep something for all of them: the page afterwards."""
    return olu.follow(olu.submit(olu.get(page_of(survey, query)), what, "/comments"))


def notes(session: Session) -> dict[bytes, CommentNote]:
    """The notes by response and question."""
    session.rollback()
    session.expire_all()
    return {note.response_key[:1] + note.question.encode(): note for note in session.scalars(select(CommentNote))}


def test_ticked_ones_are_themed_read_and_quoted_in_one_go(olu: Visitor, survey: Survey, session: Session) -> None:
    page = keep_many(olu, survey, pick=[AGREED, REFUSED, named(1, "change")], theme="Food", read="y", quote="y")

    assert "3 notes are kept. 2 are no quotes" in page.text
    found = notes(session)
    assert {note.theme for note in found.values()} == {"Food"}
    assert {note.status for note in found.values()} == {"read"}
    assert [name for name, note in found.items() if note.is_quote] == [b"\x01best"]


def test_what_is_left_empty_stays_as_it_is(olu: Visitor, survey: Survey, session: Session) -> None:
    keep_many(olu, survey, pick=[AGREED, REFUSED], theme="Food")

    keep_many(olu, survey, pick=[AGREED], read="y")

    found = notes(session)
    assert {note.theme for note in found.values()} == {"Food"}
    assert sorted(note.status for note in found.values()) == ["new", "read"]


def test_nothing_ticked_keeps_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    assert "Tick comments, and say what to do with them." in keep_many(olu, survey, theme="Food").text
    assert "Tick comments" in keep_many(olu, survey, pick=[AGREED]).text
    assert "too long" in keep_many(olu, survey, pick=[AGREED], theme="x" * 61).text
    assert notes(session) == {}


def test_all_that_are_listed_on_every_page_are_kept_at_once(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ASKED)
    for number in range(1, PEOPLE + 1):
        put(session, survey, number, {"best": "Lunch was cold" if number % 2 else "Parking was far"})
    assert "(200)" in olu.get(page_of(survey)).text

    keep_many(olu, survey, "?find=lunch", every="y", theme="Food", read="y")
    keep_many(olu, survey, "?find=parking", every="y", theme="Parking", read="y")

    themes = [note.theme for note in notes(session).values()]
    assert (themes.count("Food"), themes.count("Parking")) == (100, 100)
    assert "All are read." in olu.get(page_of(survey)).text


@pytest.mark.parametrize(("find", "listed"), [("LUNCH", {"The lunch"}), ("the tea", {"The tea"}), ("soup", set())])
def test_words_are_found(olu: Visitor, survey: Survey, find: str, listed: set[str]) -> None:
    assert words_on(olu.get(page_of(survey, f"?find={find}"))) == listed


def test_the_very_words_that_may_say_who_somebody_is_are_shown(olu: Visitor, survey: Survey) -> None:
    assert "a telephone number: 020 7946 0000." in card(olu.get(page_of(survey)), named(1, "change"))


def test_long_and_right_to_left_comments_are_themed_like_others(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ASKED)
    put(session, survey, 1, {"best": "غداء جيد " * 555 + "Dr Patel 020 7946 0000", "quote_ok": "yes"})

    page = keep_many(olu, survey, pick=[named(1)], theme="Food", quote="y")

    assert "1 is no quote" in page.text
    assert "Dr Patel" in card(page, named(1))


def test_every_language_has_words_for_danger() -> None:
    assert CRIES.keys() == URGENT.keys() == set(LANGUAGES)


@pytest.mark.parametrize("language", URGENT)
def test_a_cry_for_help_is_noticed_in_each_language(language: str) -> None:
    assert sounds_urgent(CRIES[language])
    assert not sounds_urgent("The lunch was good, the room cold, the abattoir far.")


def test_who_needs_a_person_stands_first_until_somebody_has_seen_to_it(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    put(session, survey, 9, {"best": CRY})
    page = olu.get(page_of(survey))
    assert "1 comment may need a person now. It stands first." in page.text
    assert next(page.tree.iter("blockquote")).text == CRY
    assert words_on(olu.get(page_of(survey, "?show=person"))) == {CRY}

    page = olu.follow(olu.submit(page, {}, f"/comments/{named(9)}/person"))

    assert "It is marked as seen to." in page.text
    assert "may need a person" not in page.text


def test_any_reader_flags_a_comment(app: Flask, olu: Visitor, survey: Survey, session: Session, team: Team) -> None:
    make_account(session, team, "ann@example.org", "analyst")
    ann = signed_in(app, "ann@example.org")

    ann.submit(ann.get(page_of(survey)), {}, f"/comments/{REFUSED}/person")

    page = olu.get(page_of(survey))
    assert next(page.tree.iter("blockquote")).text == "The tea"
    assert "A reader said so." in card(page, REFUSED)
