"""A thief takes the database's files after a sitting of paper has ended: nothing tells which sheet lay where."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model import paper
from surveyapp.model.paper import Pile, begin_sitting, end_sitting, keep_sheet
from surveyapp.model.survey import TOGETHER
from surveyapp.model.team import Account, Team
from surveyapp.model.traces import remove_traces
from tests.attacks import thief
from tests.factories import card_of, make_account, make_survey
from tests.postgres import PostgresServer

NOW = datetime(2026, 10, 7, 20, tzinfo=UTC)
SHEETS = 60
MOST = 0.25


@pytest.fixture
def account(session: Session, team: Team) -> Account:
    """Who keys in."""
    return make_account(session, team)


def test_files_keep_no_order_of_a_pile_that_was_keyed_in(
    app: Flask, account: Account, session: Session, team: Team, request: pytest.FixtureRequest
) -> None:
    engine: Engine = app.extensions["engine"]
    survey = make_survey(session, team, sharing=TOGETHER)
    draw = Random(17)  # noqa: S311 -- the same draw at each run: chance alone is over the limit now and then
    with pytest.MonkeyPatch.context() as patched, Session(db.writing(engine)) as writing:
        patched.setattr(paper, "_RANDOM", draw)
        patched.setattr("surveyapp.model.paper.secrets.token_hex", lambda size: draw.randbytes(size).hex())
        found = writing.merge(survey)
        sitting = begin_sitting(
            writing, found, account.id, Pile(1, "standard", "en", card_of(survey).code, SHEETS), NOW
        )
        for number in range(1, SHEETS + 1):
            keep_sheet(writing, sitting, number, {"best": [f"words of sheet {number:02}."]}, NOW)
            writing.commit()
        assert end_sitting(writing, sitting, NOW) == SHEETS
        writing.commit()
    remove_traces(engine)

    if engine.dialect.name == "sqlite":
        files = thief.sqlite_files(Path(str(engine.url.database)))
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        files = thief.postgres_files(engine, server.socket / "data")

    places = {f"words of sheet {number:02}.": number for number in range(1, SHEETS + 1)}
    found_at = {words: thief.copies(files, words) for words in places}
    assert {len(copies) for copies in found_at.values()} == {1}
    assert not [name for copies in found_at.values() for name, _at in copies if name.startswith("paper")]
    assert abs(thief.order_in_files({words: copies[0] for words, copies in found_at.items()}, places)) <= MOST
    with Session(engine) as looking:
        assert looking.scalars(select(paper.PaperSheet)).all() == []
