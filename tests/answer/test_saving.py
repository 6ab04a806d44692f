"""Saving and finishing: one row a person, whatever is repeated, and a receipt at the end."""

from datetime import UTC, datetime
from uuid import uuid4
from xml.etree.ElementTree import Element

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.response import StoredResponse, key_of
from surveyapp.model.survey import Card
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.stored import stored_responses, unlinked_totals
from tests.visitor import Page, Visitor

SCRIPT = {"Accept": "application/json"}


def _stored(session: Session) -> list[StoredResponse]:
    session.rollback()
    return stored_responses(session)


def _script(ana: Visitor, code: str, fields: dict[str, str], status: int = 200) -> Page:
    return ana.post(f"/s/{code}", fields, status, headers=SCRIPT)


def test_filled_form_is_stored_whole_and_leads_to_thanks(ana: Visitor, session: Session, team: Team) -> None:
    """SA1: finishing leads to the thanks with a receipt."""
    code = card_of(make_survey(session, team, every_kind())).code
    answers = {
        "overall": "5",
        "listened": "not_sure",
        "drink": "tea",
        "role": ["carer", "other"],
        "role__other_text": "Volunteer",
        "visits": "3",
        "recommend": "10",
        "best": "The tea.\r\nAnd the company ❤️",
        "finish": "1",
    }

    thanks = ana.follow(ana.submit(ana.get(f"/s/{code}?view=easy"), answers))

    (row,) = _stored(session)
    assert row.answers == {
        "overall": "5",
        "listened": "not_sure",
        "drink": "tea",
        "role": ["carer", "other"],
        "role__other_text": "Volunteer",
        "visits": 3,
        "recommend": 10,
        "best": "The tea.\r\nAnd the company ❤️",
    }
    assert (row.finished, row.view, row.language, row.source, row.edition) == (True, "easy", "en", "qr", 1)
    assert "We have your answers." in thanks.text
    assert "We read every answer." in thanks.text


def test_response_keeps_the_hash_of_the_id_and_only_the_day(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())

    ana.post(f"/s/{code}", {"response": response, "overall": "4", "finish": "1"})

    (row,) = _stored(session)
    assert row.key == key_of(response)
    assert row.day == datetime.now(UTC).date() or row.day is not None
    assert not isinstance(row.day, datetime)


def test_finish_counts_the_card_once_however_often_it_is_sent(ana: Visitor, session: Session, team: Team) -> None:
    card = card_of(make_survey(session, team))
    fields = {"response": str(uuid4()), "revision": "3", "overall": "4", "finish": "1"}

    for _ in range(3):
        ana.post(f"/s/{card.code}", fields)

    assert len(_stored(session)) == 1
    assert session.scalar(select(Card.finished_count).where(Card.code == card.code)) == 1


def test_script_is_told_what_is_stored(ana: Visitor, session: Session, team: Team) -> None:
    """SA2: the script is told what is stored, and may delete its copy on `X-Saved` alone."""
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())

    saved = _script(ana, code, {"response": response, "revision": "2", "overall": "4"})
    done = _script(ana, code, {"response": response, "revision": "3", "overall": "4", "finish": "1"})

    assert saved.response.json == {"response": response, "revision": 2, "finished": False}
    assert saved.response.headers["X-Saved"] == f"{response}:2"
    assert done.response.json is not None
    assert done.response.json["finished"] is True
    assert len(done.response.json["receipt"]) == 14
    assert done.response.headers["X-Saved"] == f"{response}:3"


def test_older_revision_is_answered_with_what_is_newer(ana: Visitor, session: Session, team: Team) -> None:
    """SA10: the higher revision wins, a finish seals, what says more follows."""
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())
    _script(ana, code, {"response": response, "revision": "5", "overall": "5"})

    older = _script(ana, code, {"response": response, "revision": "4", "overall": "1"})

    assert older.response.headers["X-Saved"] == f"{response}:5"
    assert _stored(session)[0].answers == {"overall": "5"}


def test_save_after_the_seal_with_other_words_is_not_called_saved(ana: Visitor, session: Session, team: Team) -> None:
    """SA2: the script is told what is stored, and may delete its copy on `X-Saved` alone."""
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())
    _script(ana, code, {"response": response, "revision": "1", "overall": "5", "finish": "1"})

    late = _script(ana, code, {"response": response, "revision": "2", "overall": "5", "best": "More"})

    assert "X-Saved" not in late.response.headers
    assert late.response.json is not None
    assert late.response.json["revision"] == 1
    assert late.response.json["finished"] is True


def test_finish_with_other_answers_after_the_seal_follows_it(ana: Visitor, session: Session, team: Team) -> None:
    """SA10: the higher revision wins, a finish seals, what says more follows."""
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())
    first = {"response": response, "revision": "1", "overall": "5", "finish": "1"}
    second = first | {"revision": "2", "overall": "1"}

    for fields in (first, second, second, first):
        _script(ana, code, fields)

    sealed, following = _stored(session)
    assert (sealed.answers, following.answers) == ({"overall": "5"}, {"overall": "1"})
    assert following.follows == sealed.key
    assert session.scalar(select(Card.finished_count).where(Card.code == code)) == 2


def test_two_tabs_that_finish_with_the_same_revision_lose_neither(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    tab = {"response": str(uuid4()), "revision": "3", "finish": "1"}
    _script(ana, code, tab | {"overall": "5"})

    second = _script(ana, code, tab | {"overall": "1"})
    again = _script(ana, code, tab | {"overall": "1", "revision": "4"})

    assert "X-Saved" not in second.response.headers
    assert again.response.headers["X-Saved"] == f"{tab['response']}:4"
    assert [row.answers for row in _stored(session)] == [{"overall": "5"}, {"overall": "1"}]


def test_receipt_is_the_same_each_time_and_not_in_the_database(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    fields = {"response": str(uuid4()), "revision": "1", "overall": "5", "finish": "1"}

    first, again = (ana.post(f"/s/{code}", fields).location for _ in range(2))

    receipt = first.partition("receipt=")[2]
    assert first == again
    assert receipt.replace("-", "").lower().encode() not in (_stored(session)[0].receipt or b"")
    assert receipt in ana.get(first).text


def test_save_without_script_leads_back_to_the_same_answers(ana: Visitor, session: Session, team: Team) -> None:
    """SA3: saving without script leads back to the same answers."""
    code = card_of(make_survey(session, team)).code
    page = ana.get(f"/s/{code}")

    to_look = ana.submit(page, {"best": "The <b>tea</b>", "overall": "2", "next": "look"})
    back = ana.get(to_look.location.replace("/look", ""))

    assert to_look.location.startswith(f"/s/{code}/look?response=")
    assert back.tree.findtext(".//textarea") == "The <b>tea</b>"
    checked = [field.get("value") for field in back.tree.iter("input") if field.get("checked") is not None]
    assert checked == ["2"]


def test_view_changed_in_the_middle_keeps_every_answer(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    form = ana.get(f"/s/{code}").form()

    moved = ana.post(f"/s/{code}?view=symbols", {"response": _value(form, "response"), "overall": "3", "next": "page"})
    page = ana.follow(moved)

    assert _value(page.form(), "view") == "symbols"
    assert any(field.get("checked") is not None for field in page.tree.iter("input"))


def test_finished_answers_are_never_shown_again(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    response = str(uuid4())
    ana.post(f"/s/{code}", {"response": response, "best": "My own words", "finish": "1"})

    fresh = ana.follow(ana.get(f"/s/{code}?response={response}", 303))

    assert "My own words" not in fresh.text
    assert _value(fresh.form(), "response") != response


def test_unlinked_answers_are_only_counted_and_only_at_the_finish(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    fields = {"response": str(uuid4()), "revision": "1", "overall": "5", "eq_condition": "yes", "eq_limits": "a_lot"}

    _script(ana, code, fields)
    assert unlinked_totals(session) == {}
    session.rollback()
    for revision in ("2", "2", "3"):
        _script(ana, code, fields | {"revision": revision, "finish": "1"})

    counts = unlinked_totals(session)
    assert counts == {("eq_condition", "yes"): 1, ("eq_limits", "a_lot"): 1}
    assert _stored(session)[0].answers == {"overall": "5"}


def test_nothing_but_equality_answers_is_a_response_too(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team, every_kind())).code

    ana.post(f"/s/{code}", {"eq_condition": "no", "finish": "1"})

    assert _stored(session)[0].answers == {}
    assert _stored(session)[0].finished


def test_someone_else_starts_with_nothing(ana: Visitor, session: Session, team: Team) -> None:
    """G2: one link clears the way for the next person."""
    code = card_of(make_survey(session, team)).code
    thanks = ana.follow(ana.post(f"/s/{code}", {"overall": "5", "finish": "1"}))

    (again,) = (link.get("href", "") for link in thanks.tree.iter("a") if link.get("id") == "next")

    assert again == f"/s/{code}"
    assert all(field.get("checked") is None for field in ana.get(again).tree.iter("input"))


def _value(form: Element, name: str) -> str:
    return next(field.get("value", "") for field in form.iter("input") if field.get("name") == name)
