"""Stay in touch, prize, expenses: a form of its own after thanks, which joins no answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.editing.library import ready_surveys
from surveyapp.model.contact import SPARE, Contact
from surveyapp.model.deletion import Deletion
from surveyapp.model.due import run_due
from surveyapp.model.languages import TRANSLATED
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import AuditEntry, Team
from tests.conftest import signed_in
from tests.export.samples import records_of
from tests.factories import card_of, make_account, make_survey
from tests.visitor import Page, Visitor

ASKS: dict[str, Any] = {"contact_purposes": "news prize", "contact_fields": "name email telephone"}
ROSE = {"purposes": "prize", "name": "Rose", "email": "rose@example.org"}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together that asks who wants to hear of the news, or to win a prize."""
    return make_survey(session, team, sharing=TOGETHER, **ASKS)


def form_of(survey: Survey) -> str:
    """The address of the form."""
    return f"/c/{card_of(survey).code}"


def answer(visitor: Visitor, survey: Survey, people: int = 1) -> Page:
    """So many people answer; the last one's page of thanks."""
    page = f"/s/{card_of(survey).code}"
    for _ in range(people):
        sent = visitor.submit(visitor.get(page), {"overall": "5", "finish": "1"})
    return visitor.follow(sent)


def write(visitor: Visitor, survey: Survey, fields: dict[str, Any], status: int = 303) -> Page:
    """Fill the form in and send it."""
    return visitor.submit(visitor.get(form_of(survey)), fields, status=status)


def contacts(session: Session) -> list[Contact]:
    """What is stored."""
    session.rollback()  # what was read before is a snapshot of then
    return [*session.scalars(select(Contact))]


def close_and_show(olu: Visitor, session: Session, survey: Survey) -> None:
    """The organiser closes the survey and presses Show now."""
    session.refresh(survey)
    survey.close(datetime.now(UTC))
    session.commit()
    olu.submit(olu.get(f"/surveys/{survey.id}/results"), {}, f"/surveys/{survey.id}/release")


def file_of(visitor: Visitor, survey: Survey, status: int = 200) -> Page:
    """The file of contacts."""
    return visitor.get(f"/surveys/{survey.id}/export/contacts.csv", status)


def test_whoever_answered_is_asked_and_writes_how_to_be_reached(ana: Visitor, session: Session, survey: Survey) -> None:
    thanks = answer(ana, survey)
    assert "Nothing in it shows which answers are yours." in thanks.text
    (link,) = [link for link in thanks.links() if link.startswith("/c/")]
    (element,) = [one for one in thanks.tree.iter("a") if one.get("href") == link]
    assert element.get("rel") == "noreferrer"  # the address of thanks has the receipt in it

    done = ana.follow(ana.submit(ana.get(link), ROSE))

    assert "We have it. Thank you." in done.text
    (kept,) = contacts(session)
    assert (kept.name, kept.email, kept.telephone, kept.purposes) == ("Rose", "rose@example.org", "", "prize")
    assert not kept.released


def test_a_survey_without_the_form_asks_nobody_and_has_no_such_page(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    assert not [link for link in answer(ana, survey).links() if link.startswith("/c/")]
    ana.get(form_of(survey), 404)
    ana.post(form_of(survey), ROSE, 404)
    ana.get("/c/zzzzzz", 404)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": "rose@example.org"}, "Choose what it is for."),
        ({"purposes": "news", "name": "Rose"}, "Say how we can reach you."),
        ({"purposes": "news", "email": "rose at home"}, "This is not an email address. Check it."),
        ({"purposes": "news", "telephone": "ask me"}, "This is not a telephone number. Check it."),
        ({"purposes": "news", "email": "r@x.org", "name": "R" * 201}, "This is too long. Make it shorter."),
        ({"purposes": "expenses", "email": "r@x.org"}, "Choose what it is for."),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do_and_stays_on_the_page(
    ana: Visitor, session: Session, survey: Survey, fields: dict[str, str], sentence: str
) -> None:
    page = write(ana, survey, fields, 422)

    assert page.title.startswith("Error:")
    assert page.text.count(sentence) == 2  # in the summary and at the field
    shown = {one.get("name"): one.get("value") for one in page.tree.iter("input") if one.get("type") != "checkbox"}
    assert {name: shown[name] for name in fields if name != "purposes"} == {
        name: value for name, value in fields.items() if name != "purposes"
    }
    assert contacts(session) == []


def test_one_purpose_alone_needs_no_tick(ana: Visitor, session: Session, survey: Survey) -> None:
    survey.contact_purposes, survey.contact_fields = "expenses", "telephone"
    session.commit()

    page = ana.get(form_of(survey))
    assert "To pay me what it cost me to come" in page.text
    ana.submit(page, {"telephone": "020 7946 0000", "name": "not asked for"})

    (kept,) = contacts(session)
    assert (kept.purposes, kept.telephone, kept.name) == ("expenses", "020 7946 0000", "")


def test_nobody_agrees_to_what_was_asked_for_after_their_page_was_opened(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    survey.contact_purposes, survey.contact_fields = "prize", "email"
    session.commit()
    page = ana.get(form_of(survey))
    survey.contact_purposes = "news"
    session.commit()

    refused = ana.submit(page, {"email": "rose@example.org"}, status=422)

    assert "Choose what it is for." in refused.text
    assert contacts(session) == []
    ana.submit(refused, {})
    assert [one.purposes for one in contacts(session)] == ["news"]


def test_what_is_sent_twice_is_given_to_the_team_once(
    ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=5)
    for fields in (ROSE, ROSE, {**ROSE, "purposes": "news"}):
        write(ana, survey, fields)
    close_and_show(olu, session, survey)

    read = records_of(file_of(olu, survey).response.get_data())
    assert sorted((line["email"], line["for_prize"]) for line in read) == [(ROSE["email"], "0"), (ROSE["email"], "1")]


def test_the_limit_of_the_store_tells_nobody_whose_address_is_there(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    """Were an address that is there already not stored again, one more would find room than after a new one."""
    for number in range(SPARE - 1):
        write(ana, survey, {**ROSE, "email": f"rose{number}@example.org"})

    write(ana, survey, {**ROSE, "email": "rose0@example.org"})

    write(ana, survey, {**ROSE, "email": "another@example.org"}, 429)
    write(ana, survey, {**ROSE, "email": "rose0@example.org"}, 429)


def test_nobody_fills_the_store(ana: Visitor, session: Session, survey: Survey) -> None:
    for number in range(SPARE):
        write(ana, survey, {**ROSE, "email": f"rose{number}@example.org"})
    refused = write(ana, survey, {**ROSE, "email": "one@too.many"}, 429)
    assert "To reach Events team, ask the people who ran the event." in refused.text
    assert "one@too.many" in [one.get("value") for one in refused.tree.iter("input")]  # nothing is to be typed again
    assert refused.response.headers["Retry-After"]
    answer(ana, survey)
    write(ana, survey, {**ROSE, "email": "one@of.those"})

    assert len(contacts(session)) == SPARE + 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("علی\u200cرضا", "علی\u200cرضا"),  # Alireza: a space would make two names of one
        ("শ্রী\u200dমতি", "শ্রী\u200dমতি"),
        (" Rose \u202e\0\r\n\udcff Tan \u200d ", "Rose Tan"),
    ],
)
def test_a_name_is_kept_as_its_person_writes_it(
    ana: Visitor, session: Session, survey: Survey, written: str, kept: str
) -> None:
    write(ana, survey, {**ROSE, "name": written})

    assert [one.name for one in contacts(session)] == [kept]


def test_another_site_sends_nothing(ana: Visitor, session: Session, survey: Survey) -> None:
    ana.post(form_of(survey), ROSE, 403, headers={"Sec-Fetch-Site": "cross-site"})

    assert contacts(session) == []


def test_who_tries_it_out_is_kept_nowhere(ana: Visitor, session: Session, survey: Survey) -> None:
    card = survey.add_card("Rehearsal", source="rehearsal")
    session.commit()

    done = ana.follow(ana.submit(ana.get(f"/c/{card.code}"), ROSE))

    assert "We have it." in done.text
    assert contacts(session) == []


@pytest.mark.parametrize(("sharing", "is_said"), [(TOGETHER, False), (OPENLY, True)])
def test_where_answers_are_shown_as_they_come_the_form_says_that_the_team_may_guess(
    ana: Visitor, session: Session, team: Team, sharing: str, *, is_said: bool
) -> None:
    """Answers of four are shown there, too: where one person answers and one leaves an address, it is the same."""
    survey = make_survey(session, team, sharing=sharing, expected=8, **ASKS)

    text = ana.get(form_of(survey)).text

    assert ("We may guess which answers are yours." in text) is is_said
    assert ("We are a small group." in text) is is_said


def test_on_a_phone_that_is_handed_on_nothing_is_filled_in_by_the_browser(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    card = survey.add_card("Tablet", source="shared")
    session.commit()

    page = ana.get(f"/c/{card.code}")

    assert {one.get("autocomplete") for one in page.tree.iter("input") if one.get("type") != "checkbox"} == {"off"}


def test_the_team_gets_the_list_once_with_the_answers_and_in_no_package(
    ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=5)
    write(ana, survey, {**ROSE, "name": "=Rose"})
    write(ana, survey, {"purposes": ["news", "prize"], "telephone": "020 7946 0000"})
    assert "They come once, with the answers" in file_of(olu, survey, 409).text

    close_and_show(olu, session, survey)

    read = records_of(file_of(olu, survey).response.get_data())
    assert sorted(read, key=lambda line: line["name"], reverse=True) == [
        {"name": "'=Rose", "email": "rose@example.org", "telephone": "", "for_news": "0", "for_prize": "1",
         "for_expenses": "0"},
        {"name": "", "email": "", "telephone": "020 7946 0000", "for_news": "1", "for_prize": "1", "for_expenses": "0"},
    ]  # fmt: skip
    assert "2 people ask to be contacted." in olu.get(f"/surveys/{survey.id}/export").text
    package = olu.get(f"/surveys/{survey.id}/export/everything.zip?full=1").response.get_data()
    assert b"contacts" not in package
    taken = session.scalars(select(AuditEntry.what).where(AuditEntry.what.contains("contacts.csv"))).all()
    assert taken == ["downloaded contacts.csv"]


def test_who_comes_after_the_answers_are_shown_is_told_that_it_is_too_late(
    ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=5)
    page = ana.get(form_of(survey))
    close_and_show(olu, session, survey)

    thanks = ana.get(f"/s/{card_of(survey).code}/thanks?receipt=BCDF-GHJK-MNPQ&late=1")
    assert not [link for link in thanks.links() if link.startswith("/c/")]
    assert "This page is closed." in ana.submit(page, ROSE, status=410).text
    assert "This page is closed." in ana.get(form_of(survey), 410).text
    assert contacts(session) == []


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"opens_at": datetime.now(UTC) + timedelta(days=1)}])
def test_before_the_survey_opens_the_page_says_so(
    ana: Visitor, session: Session, team: Team, fields: dict[str, Any]
) -> None:
    survey = make_survey(session, team, sharing=TOGETHER, **ASKS, **fields)

    page = ana.get(form_of(survey))

    assert "This page is closed." not in page.text
    assert "not open yet" in page.text
    ana.post(form_of(survey), ROSE, 200)
    assert contacts(session) == []


def test_late_ones_are_taken_until_the_answers_are_shown(ana: Visitor, session: Session, survey: Survey) -> None:
    survey.close(datetime.now(UTC) - timedelta(minutes=1))
    survey.release_at = datetime.now(UTC) + timedelta(days=1)
    session.commit()
    write(ana, survey, ROSE)
    assert len(contacts(session)) == 1

    survey.release_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()

    ana.get(form_of(survey), 410)


def test_expenses_are_paid_however_few_answered(
    app: Flask, ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=2)
    write(ana, survey, ROSE)
    closed = datetime.now(UTC)
    survey.close(closed)
    session.commit()

    run_due(db.writing(app.extensions["engine"]), closed + timedelta(days=2), rewrite=False)

    session.refresh(survey)
    assert not survey.is_released
    assert b"rose@example.org" in file_of(olu, survey).response.get_data()


def test_those_who_read_rows_for_research_get_no_names(
    app: Flask, ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=5)
    write(ana, survey, ROSE)
    close_and_show(olu, session, survey)
    team = session.get_one(Team, survey.team_id)

    for role, status in (("viewer", 403), ("analyst", 403), ("editor", 200)):
        make_account(session, team, f"{role}@example.org", role)
        file_of(signed_in(app, f"{role}@example.org"), survey, status)


def test_no_page_tells_while_people_answer_that_somebody_has_just_left_an_address(
    ana: Visitor, olu: Visitor, survey: Survey
) -> None:
    """Whoever looks before and after one person leaves the room would know who asks for expenses."""
    answer(ana, survey, people=5)
    addresses = [
        f"/surveys/{survey.id}/{name}" for name in ("", "delete", "export", "results", "results.json", "cards")
    ]
    before = [olu.get(address.rstrip("/")).text for address in addresses]

    write(ana, survey, ROSE)

    assert [olu.get(address.rstrip("/")).text for address in addresses] == before


def test_they_are_deleted_with_the_answers_and_counted(
    app: Flask, ana: Visitor, olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(ana, survey, people=5)
    write(ana, survey, ROSE)
    close_and_show(olu, session, survey)
    assert "how to reach 1 person" in olu.get(f"/surveys/{survey.id}/delete").text

    olu.submit(olu.get(f"/surveys/{survey.id}/delete"), {"sure": "y"}, f"/surveys/{survey.id}/delete")

    assert contacts(session) == []
    assert session.scalars(select(Deletion.contacts)).one() == 1
    assert "how to reach 1 person" in olu.get(f"/surveys/{survey.id}/deleted").text
    file_of(olu, survey, 409)


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_it_is_a_page_in_every_wording(ana: Visitor, survey: Survey, view: str) -> None:
    page = ana.get(f"{form_of(survey)}?view={view}")

    assert (b'href="#sym-star"' in page.response.get_data()) is (view != "standard")
    assert [link for link in page.links() if "to=contact" in link]


@pytest.mark.parametrize("language", TRANSLATED)
def test_it_is_a_page_in_every_language(ana: Visitor, session: Session, team: Team, language: str) -> None:
    survey = make_survey(session, team, ready_surveys()["quick_card"], sharing=TOGETHER, **ASKS)

    page = ana.get(f"{form_of(survey)}?lang={language}")

    assert "What for?" not in page.text
    assert "You do not have to." not in page.text


def test_the_page_of_privacy_says_so_where_a_survey_has_the_form(
    ana: Visitor, session: Session, team: Team, survey: Survey
) -> None:
    words = "We keep that apart: no card, no day, nothing that joins it to your answers."

    assert words in ana.get(f"/privacy?code={card_of(survey).code}").text
    assert words not in ana.get(f"/privacy?code={card_of(make_survey(session, team)).code}").text


@pytest.fixture
def details(olu: Visitor, survey: Survey) -> Page:
    """The page of details."""
    return olu.get(f"/surveys/{survey.id}/details")


def test_an_organiser_adds_the_form_changes_it_and_takes_it_away(
    olu: Visitor, session: Session, survey: Survey, details: Page
) -> None:
    path = f"/surveys/{survey.id}/details"
    olu.submit(details, {"contact_purposes": ["expenses"], "contact_fields": ["name", "email"]}, path)
    session.refresh(survey)
    assert (survey.contact_purposes, survey.contact_fields) == ("expenses", "name email")

    refused = olu.submit(olu.get(path), {"contact_fields": ["name"]}, path, 422)
    assert "Ask for an email address or a telephone number" in refused.text
    refused = olu.submit(olu.get(path), {"contact_purposes": []}, path, 422)
    assert "Choose what people can be contacted for" in refused.text

    olu.submit(olu.get(path), {"contact_purposes": [], "contact_fields": []}, path)
    session.rollback()
    assert survey.contact_form is None
