"""You said, we did, as organisers write it: from a theme to what everybody reads, and down again."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.action import Action
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.due import run_due
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.samples import engine_of, file_of, records_of
from tests.factories import card_of, make_entry, make_survey
from tests.results.entries import did, field, make_themed, only, page_of, press, publish, written
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with ten comments of a theme."""
    return make_themed(session, team)


def test_a_theme_becomes_an_entry_that_everybody_reads_and_that_is_taken_down(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    news = f"/s/{card_of(survey).code}/news"
    assert "Food: 10 people" in "".join(field(olu.get(page_of(survey)), "theme").itertext())
    address = written(olu, survey)
    kept = only(session)
    assert (kept.theme, kept.what, kept.owner, str(kept.due)) == ("Food", "will_do", "Ana", "2026-12-03")
    assert "10 people said this. People are told the number when you publish." in olu.get(address).text
    ana.get(news, 404)

    page = publish(olu, survey)

    assert "1 entry is published." in page.text
    assert "People are told that 10 people said this." in page.text
    assert f"/s/{card_of(survey, 'Link').code}/news" in page.links()
    shown = ana.get(news).text
    assert "You said The food ran out. 10 people said this. We will do this We will order lunch" in shown
    assert "Ana" not in shown
    assert "is taken down. People can't read it any more." in press(olu, survey, "take_down", kept).text
    ana.get(news, 404)
    assert did(session)[-2:] == ["published 1 of “You said, we did”", "took down an entry of “You said, we did”"]


def test_a_number_that_was_told_stays_until_it_is_published_again(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    written(olu, survey)
    publish(olu, survey)
    for row in session.scalars(select(Response).order_by(Response.key).limit(1)):
        row.withdrawn = True
    session.commit()
    news = f"/s/{card_of(survey).code}/news"
    assert "10 people said this." in ana.get(news).text

    press(olu, survey, "take_down", only(session))
    page = publish(olu, survey)

    assert "People are not told how many said this: they were fewer than 10." in page.text
    assert "said this" not in ana.get(news).text
    assert only(session).people is None


def test_answers_that_are_taken_back_leave_no_word_behind(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    page = f"/s/{card_of(survey).code}"
    sent = ana.submit(ana.get(page), {"best": "My very own soup", "finish": "1"})
    receipt = sent.location.partition("receipt=")[2].partition("&")[0]
    key = session.scalars(select(Response.key).where(Response.receipt.is_not(None))).one()
    session.add(CommentNote(survey_id=survey.id, response_key=key, question="best", theme="Food"))
    session.commit()
    address = written(olu, survey)
    publish(olu, survey)

    ana.submit(ana.submit(ana.get("/withdraw"), {"receipt": receipt}, "/withdraw", 200), {"sure": "1"}, "/withdraw")

    read = [
        ana.get(f"{page}/news"),
        olu.get(page_of(survey)),
        olu.get(address),
        olu.get(f"/surveys/{survey.id}/comments"),
    ]
    assert not [one for one in read if "very own soup" in one.text]
    assert "11 people said this." in read[0].text
    session.rollback()
    assert session.get(CommentNote, (survey.id, key, "best")) is None


def test_another_theme_of_what_is_public_is_counted_anew(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    address = written(olu, survey)
    publish(olu, survey)

    saved = olu.follow(olu.submit(olu.get(address), {"theme": "Sound"}, address))

    assert "The entry is saved. People read it as it is now." in saved.text
    assert only(session).people is None
    assert "said this" not in ana.get(f"/s/{card_of(survey).code}/news").text
    assert "changed a published entry of “You said, we did”" in did(session)


def test_notes_follow_their_theme_and_stand_in_the_file(olu: Visitor, survey: Survey, session: Session) -> None:
    written(olu, survey)
    action = only(session)
    rows = records_of(file_of(olu, survey, "comments.csv"))
    assert [row["theme"] for row in rows if row["action_id"] == str(action.id)] == ["Food"] * 10

    listed = olu.get(f"/surveys/{survey.id}/comments")
    id_ = next(row["comment_id"] for row in rows if row["theme"] == "Sound")
    olu.submit(listed, {"theme": "Food", "status": "read"}, f"/comments/{id_}")
    session.rollback()
    assert len(session.scalars(select(CommentNote).where(CommentNote.action_id == action.id)).all()) == 11
    session.rollback()

    assert "“Food” is removed." in press(olu, survey, "remove", action).text
    session.rollback()
    assert session.scalars(select(CommentNote).where(CommentNote.action_id.is_not(None))).all() == []


def test_the_check_speaks_beside_easy_words_and_blocks_nothing(olu: Visitor, survey: Survey) -> None:
    address = written(olu, survey, you_said_easy="", we_did_easy="We will utilise 12,000 plates (at least).")

    page = olu.get(address)
    listed = olu.get(page_of(survey))

    assert "Easy words: " in page.text
    assert page.tree.findall(".//li[@class='grave']")
    assert "Easy words are missing in 1 entry. Everybody is shown the plain ones there." in listed.text
    assert "1 entry is published." in publish(olu, survey).text


def test_entries_are_moved_and_what_is_gone_is_told(
    olu: Visitor, survey: Survey, session: Session, ana: Visitor
) -> None:
    session.add_all([make_entry(survey, number=n, you_said=said) for n, said in ((1, "One"), (2, "Two"))])
    session.commit()
    first = session.scalars(select(Action).order_by(Action.number)).first()
    assert first is not None

    assert "“One” moved. It is now number 2." in press(olu, survey, "down", first).text
    assert "It is the last already." in press(olu, survey, "down", first).text
    shown = ana.get(f"/s/{card_of(survey).code}/news").text
    assert shown.index("Two") < shown.index("One")
    assert "Press one of the buttons" in press(olu, survey, "eat", first).text
    press(olu, survey, "remove", first)
    assert "That entry is not there any more." in press(olu, survey, "up", first).text


def test_viewers_look_and_others_find_nothing(
    vic: Visitor, petra: Visitor, olu: Visitor, survey: Survey, session: Session
) -> None:
    session.add(make_entry(survey, published_on=None, owner="Ana"))
    session.commit()
    other = make_survey(session, session.get_one(Team, survey.team_id), title="Another")
    action = only(session)

    page = vic.get(page_of(survey))

    assert "Parking was hard to find." in page.text
    assert not [form for form in page.tree.iter("form") if "/actions" in form.get("action", "")]
    vic.get(page_of(survey, f"/{action.id}"), 403)
    petra.get(page_of(survey), 404)
    olu.get(page_of(other, f"/{action.id}"), 404)


def test_entries_stay_when_the_answers_time_is_over(app: Flask, survey: Survey, session: Session) -> None:
    session.add(make_entry(survey))
    survey.keep_until = survey.event_date
    session.commit()

    run_due(db.writing(engine_of(app)), datetime.now(UTC), rewrite=False)

    session.rollback()
    assert len(session.scalars(select(Action)).all()) == 1
    assert session.scalars(select(CommentNote)).all() == []
