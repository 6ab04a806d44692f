"""A thief takes the database's files after a deletion: no word of any comment, note or receipt is left in them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.due import run_due
from surveyapp.model.paper import Pile, begin_sitting, keep_sheet
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Account, Team
from tests.attacks import thief
from tests.factories import card_of, every_kind, make_account, make_survey
from tests.model.test_release import CLOSED_AT, finish
from tests.postgres import PostgresServer
from tests.visitor import Visitor

THEME, SHEET = "a theme of this comment", "words on a sheet of paper"
NOW = datetime.now(UTC)


@pytest.fixture
def keyed_by(session: Session, team: Team) -> Account:
    """Who keys paper in."""
    return make_account(session, team, "eddy@example.org", "editor")


@pytest.fixture
def survey(app: Flask, session: Session, team: Team, keyed_by: Account) -> Survey:
    """A survey with sixty answers that were shown, late ones that wait, notes, and a sitting that goes on."""
    made = make_survey(session, team, every_kind(), sharing=TOGETHER)
    finish(session, made, 60)
    made.close(CLOSED_AT)
    session.commit()
    run_due(db.writing(app.extensions["engine"]), CLOSED_AT.replace(day=9), rewrite=True)
    session.refresh(made)
    finish(session, made, 4, late=True)
    for key in session.scalars(select(Response.key).limit(20)):
        session.add(CommentNote(survey_id=made.id, response_key=key, question="best", status="read", theme=THEME))
    with Session(db.writing(app.extensions["engine"])) as writing:
        session.commit()
        pile = Pile(1, "standard", "en", card_of(made).code, None)
        sitting = begin_sitting(writing, writing.merge(made), keyed_by.id, pile, NOW)
        keep_sheet(writing, sitting, 1, {"best": [SHEET]}, NOW)
        writing.commit()
    return made


def files_of(engine: Engine, request: pytest.FixtureRequest) -> thief.Files:
    """The files of the database as they are on the disk now."""
    if engine.dialect.name == "sqlite":
        return thief.sqlite_files(Path(str(engine.url.database)))
    server: PostgresServer = request.getfixturevalue("postgres")
    return thief.postgres_files(engine, server.socket / "data")


def test_no_file_holds_a_word_of_what_was_deleted(
    app: Flask, olu: Visitor, survey: Survey, session: Session, request: pytest.FixtureRequest
) -> None:
    engine: Engine = app.extensions["engine"]
    rows = [*session.scalars(select(InboxResponse)), *session.scalars(select(Response))]
    words = [str(row.answers["best"]) for row in rows]
    session.close()
    assert len(words) == 64
    before = files_of(engine, request)
    assert all(thief.copies(before, one) for one in [*words, THEME, SHEET])

    olu.submit(olu.get(f"/surveys/{survey.id}/delete"), {"sure": "y"}, "/delete")
    run_due(db.writing(engine), datetime.now(UTC), rewrite=True)

    after = files_of(engine, request)
    assert [one for one in [*words, THEME, SHEET, "Words of"] if thief.copies(after, one)] == []
