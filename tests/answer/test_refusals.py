"""Bad input: each gets a page that says what to do, the right status, and loses nothing that was typed."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.model.response import Response
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.stored import stored_response
from tests.visitor import Visitor

SCRIPT = {"Accept": "application/json"}
KEPT = "Words that must not be lost & <b>kept</b>"

UNREADABLE: dict[str, dict[str, str | list[str]]] = {
    "code of no choice": {"overall": "6"},
    "code of another question": {"drink": "carer"},
    "text in a number": {"visits": "three"},
    "number with a fraction": {"visits": "2.5"},
    "number that is too great": {"visits": "53"},
    "number with a fraction in other digits": {"visits": "\u0663\u066b\u0665"},
    "score above ten": {"recommend": "11"},
    "two answers to a single choice": {"drink": ["tea", "coffee"]},
    "two ratings": {"overall": ["5", "1"]},
    "answer beside one that excludes it": {"role": ["carer", "prefer_not_to_say"]},
    "malformed id": {"response": "not-a-uuid"},
    "id with a tail": {"response": "0f8fad5b-d9cb-469f-a165-70867728950e\n"},
    "revision that is no number": {"revision": "1e3"},
    "revision below nothing": {"revision": "-1"},
}


UNASKED: dict[str, dict[str, str]] = {
    "field of a browser's helper": {"food": "5"},
    "field with a strange name": {"\u202e<script>": "1"},
    "answer to a note": {"hello": "1"},
    "words for a choice that asks for none": {"drink__other_text": "Juice"},
}


@pytest.mark.parametrize("fields", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_field_brings_the_page_back_with_everything_typed(
    ana: Visitor, session: Session, team: Team, fields: dict[str, str | list[str]]
) -> None:
    """SA4: an unreadable answer brings the page back with everything typed."""
    code = card_of(make_survey(session, team, every_kind())).code

    page = ana.post(f"/s/{code}", {"best": KEPT, "listened": "yes", "finish": "1", **fields}, 422)

    assert page.title.startswith("Error: ")
    assert page.tree.findtext(".//textarea") == KEPT
    assert "There is a problem" in page.text
    assert session.scalar(select(func.count()).select_from(Response)) == 0


@pytest.mark.parametrize(
    "text", ["x" * 5_001, "a\0b", "a\ud800b"], ids=["5,001 characters", "a NUL byte", "a lone surrogate"]
)
def test_comment_that_cannot_be_stored_costs_nothing_else(
    ana: Visitor, session: Session, team: Team, text: str
) -> None:
    code = card_of(make_survey(session, team, every_kind())).code

    page = ana.post(f"/s/{code}", {"best": text, "overall": "4", "finish": "1"}, 422)

    checked = [field.get("id") for field in page.tree.iter("input") if field.get("checked") is not None]
    assert len(checked) == 1
    assert (page.tree.findtext(".//textarea") or "").startswith(text[0])


def test_error_is_linked_to_its_field_and_says_the_same_there(ana: Visitor, session: Session, team: Team) -> None:
    """I1: 422, a link to the field, and the same words at it, which say what to do."""
    code = card_of(make_survey(session, team, every_kind())).code

    page = ana.post(f"/s/{code}", {"visits": "many", "finish": "1"}, 422)

    field = next(field for field in page.tree.iter("input") if field.get("name") == "visits")
    sentence = "Write a whole number in digits, for example 3."
    assert field.get("aria-invalid") == "true"
    assert f"#{field.get('id')}" in page.links()
    described = " ".join(
        "".join(element.itertext())
        for element in page.tree.iter()
        if element.get("id") in (field.get("aria-describedby") or "").split()
    )
    assert sentence in described
    assert page.text.count(sentence) == 2
    assert field.get("value") == "many"


@pytest.mark.parametrize("seen_by_nobody", ["", "   ", "\r\n\r\n", "\xa0", "\u200b\u2060", "\u3164"])
def test_nothing_answered_is_met_with_a_kind_sentence(
    ana: Visitor, session: Session, team: Team, seen_by_nobody: str
) -> None:
    """SA6: nothing answered is met with a kind sentence."""
    code = card_of(make_survey(session, team)).code

    page = ana.submit(ana.get(f"/s/{code}"), {"best": seen_by_nobody, "finish": "1"}, status=422)

    assert "Answer at least one question" in page.text


def test_bytes_that_are_no_utf8_are_refused_and_not_changed(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    form = {"content_type": "application/x-www-form-urlencoded"}

    for body in (b"best=%ED%A0%80&finish=1", b"best=caf%E9&finish=1", b"best=caf\xe9&finish=1", b"best%ff=1&finish=1"):
        response = ana.client.post(f"/s/{code}", data=body, **form)
        assert response.status_code == 422
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_multipart_is_read_as_well_and_held_to_the_same(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    start, end = b'--x\r\nContent-Disposition: form-data; name="best"\r\n\r\n', b"\r\n--x--\r\n"
    form = {"content_type": "multipart/form-data; boundary=x"}
    finish = b'\r\n--x\r\nContent-Disposition: form-data; name="finish"\r\n\r\n1'

    refused = ana.client.post(f"/s/{code}", data=start + b"caf\xe9" + finish + end, **form)
    taken = ana.client.post(f"/s/{code}", data=start + "Ça va 👍".encode() + finish + end, **form)

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert stored_response(session).answers == {"best": "Ça va 👍"}


def test_file_is_no_answer(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    body = b'--x\r\nContent-Disposition: form-data; name="best"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'

    assert ana.client.post(f"/s/{code}", data=body, content_type="multipart/form-data; boundary=x").status_code == 422


def test_body_of_two_megabytes_is_refused(ana: Visitor, session: Session, team: Team) -> None:
    """SA8: cross-site is refused, and so is what is too large."""
    code = card_of(make_survey(session, team)).code

    page = ana.post(f"/s/{code}?view=easy", {"best": "x" * 2_000_000, "finish": "1"}, 413)

    assert page.h1
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_longest_comment_in_bengali_is_taken(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    text = "\u0995" * 5_000

    ana.post(f"/s/{code}", {"best": text, "finish": "1"})

    assert stored_response(session).answers == {"best": text}


def test_thousands_of_fields_are_too_much(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    ana.post(f"/s/{code}", {f"f{number}": "1" for number in range(6_000)}, 413)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://sibling.localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8080"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "anything-new", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://[half"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_other_sites_cannot_send_for_a_visitor(
    ana: Visitor, session: Session, team: Team, headers: dict[str, str], status: int
) -> None:
    """SA8: cross-site is refused, and so is what is too large."""
    code = card_of(make_survey(session, team)).code

    ana.post(f"/s/{code}", {"overall": "5", "finish": "1"}, status, headers=headers)


def test_unknown_card_takes_nothing(ana: Visitor) -> None:
    ana.post("/s/k7q4mx", {"overall": "5", "finish": "1"}, 404)


@pytest.mark.parametrize("fields", UNASKED.values(), ids=UNASKED)
def test_field_that_nobody_asked_for_is_passed_over(
    ana: Visitor, session: Session, team: Team, fields: dict[str, str]
) -> None:
    """SA5: a field that the edition doesn't know is ignored."""
    code = card_of(make_survey(session, team, every_kind())).code

    ana.post(f"/s/{code}", {"overall": "5", "finish": "1", **fields}, 303)

    assert session.scalars(select(Response)).one().answers == {"overall": "5"}


def test_field_that_nobody_asked_for_is_no_answer(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    ana.post(f"/s/{code}", {"food": "5", "finish": "1"}, 422)


def test_question_of_another_survey_is_not_taken(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code
    make_survey(session, team, every_kind(), title="Another")

    ana.post(f"/s/{code}", {"listened": "yes", "overall": "5", "finish": "1"}, 303)

    assert session.scalars(select(Response)).one().answers == {"overall": "5"}


def test_script_is_told_which_field_and_what_to_do(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    fields = {"response": str(uuid4()), "revision": "1", "visits": "many"}

    refused = ana.post(f"/s/{code}", fields, 422, headers=SCRIPT)

    assert refused.response.json == {
        "error": "Some answers need another look.",
        "fields": {"visits": "Write a whole number in digits, for example 3."},
    }
    assert "X-Saved" not in refused.response.headers


@pytest.mark.parametrize(("path", "status"), [("/s/k7q4mx", 404), ("/nowhere", 404)])
def test_script_is_refused_in_json_everywhere(ana: Visitor, path: str, status: int) -> None:
    """SA9: every refusal is told to the script in JSON."""
    refused = ana.post(path, {"overall": "5"}, status, headers=SCRIPT)

    assert set(refused.response.json or {}) == {"error", "fields"}


def test_method_that_nobody_needs_is_refused_with_a_page(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    assert ana.client.put(f"/s/{code}").status_code == 405
    assert ana.client.delete(f"/s/{code}").status_code == 405
