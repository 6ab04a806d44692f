"""A thief takes the database's files: mid-event, after a stop, after the final release."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model import due, withdrawal
from surveyapp.model import release as releasing
from surveyapp.model.due import run_due
from surveyapp.model.response import InboxResponse
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.model.withdrawal import withdraw
from surveyapp.scheduler import Scheduler
from tests.attacks import thief
from tests.attacks.crowd import CLOSED_AT, NOON, TABLES, Crowd, Person, watch
from tests.factories import every_kind, make_survey
from tests.postgres import PostgresServer

MOST = 0.25
WAITING = 9


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's engine."""
    found: Engine = app.extensions["engine"]
    return found


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same draw at each run: a correlation of nothing is now and then over the limit."""
    draw = Random(17)  # noqa: S311 -- as said above
    monkeypatch.setattr(releasing, "_RANDOM", draw)
    monkeypatch.setattr("surveyapp.model.saving.secrets.token_bytes", draw.randbytes)
    monkeypatch.setattr(Survey.id.property.columns[0].default, "arg", lambda _context: UUID(int=draw.getrandbits(128)))


@pytest.fixture
def stolen(request: pytest.FixtureRequest, engine: Engine) -> "Stolen":
    """Whoever can read the files of the database at any moment."""
    return Stolen(engine, request)


class Stolen:
    """The files as they are on the disk now, of either database."""

    def __init__(self, engine: Engine, request: pytest.FixtureRequest) -> None:
        self._engine = engine
        self.kind = engine.dialect.name
        self._request = request

    @property
    def files(self) -> thief.Files:
        """Read them."""
        if self.kind == "sqlite":
            return thief.sqlite_files(Path(str(self._engine.url.database)))
        server: PostgresServer = self._request.getfixturevalue("postgres")
        return thief.postgres_files(self._engine, server.socket / "data")

    def waiting(self, files: thief.Files, people: Sequence[Person]) -> list[Person]:
        """Whose words lie among those who wait: by file, or as SQLite has one for all, by the table."""
        if self.kind == "postgresql":
            return [person for person in people if thief.copies({"": files["inbox"]}, person.words)]
        with Session(self._engine) as looking:
            answers = [row.answers for row in looking.scalars(select(InboxResponse))]
        return [person for person in people if person.words in {answer.get("best") for answer in answers}]

    def order_told(self, people: Sequence[Person], of: str = "words") -> float:
        """The best guess at the order of these people, from where their words lie."""
        files = self.files
        order = {getattr(person, of): person.order for person in people}
        places = {words: found[-1] for words in order if (found := thief.copies(files, words))}
        told = [
            thief.order_in_files(places, order),
            thief.order_within_pages(places, order, thief.PAGE[self.kind]),
        ]
        return max(told, key=abs)


def opened(session: Session, team: Team, sharing: str = TOGETHER) -> Survey:
    """An open survey with a card a table."""
    return make_survey(session, team, every_kind(), sharing=sharing, labels=("Link", *TABLES))


def close_and_release(engine: Engine, session: Session, survey: Survey) -> None:
    """The organiser closes it, and the night passes."""
    session.refresh(survey)
    survey.close(CLOSED_AT)
    session.commit()
    session.close()
    run_due(db.writing(engine), CLOSED_AT.replace(day=8), rewrite=False)


@pytest.mark.parametrize("sharing", [TOGETHER, OPENLY])
def test_after_the_final_release_files_tell_no_order(
    engine: Engine, session: Session, team: Team, stolen: Stolen, sharing: str
) -> None:
    crowd = Crowd(60, seed=1)
    survey = opened(session, team, sharing)
    watch(engine, session, survey, crowd)

    close_and_release(engine, session, survey)

    files = stolen.files
    assert {person.words: len(thief.copies(files, person.words)) for person in crowd.everybody} == {
        person.words: 1 for person in crowd.everybody
    }
    assert abs(stolen.order_told(crowd.everybody)) <= MOST
    assert abs(stolen.order_told(crowd.everybody, "secret")) <= MOST
    lying = {name for person in crowd.everybody for name, _ in thief.copies(files, person.secret)}
    assert lying <= {"answers.sqlite3", "unlinked_count", "pk_unlinked_count"}


def test_mid_event_files_order_the_few_who_wait_and_nobody_else(
    engine: Engine, session: Session, team: Team, stolen: Stolen
) -> None:
    crowd = Crowd(61, seed=2)
    survey = opened(session, team)
    watch(engine, session, survey, crowd)
    run_due(db.writing(engine), NOON, rewrite=True)

    files = stolen.files
    waiting = stolen.waiting(files, crowd.everybody)
    moved = [person for person in crowd.everybody if person not in waiting]
    assert len(waiting) <= WAITING
    assert all(len(thief.copies(files, person.words)) == 1 for person in moved)
    assert abs(stolen.order_told(moved)) <= MOST
    assert abs(stolen.order_told(crowd.everybody, "secret")) <= MOST


def test_what_was_taken_back_is_in_no_file(engine: Engine, session: Session, team: Team, stolen: Stolen) -> None:
    crowd = Crowd(30, seed=3)
    survey = opened(session, team)
    watch(engine, session, survey, crowd)
    gone = crowd.everybody[::3]
    with Session(db.writing(engine)) as writing:
        assert all(withdraw(writing, person.receipt, NOON) for person in gone)
        writing.commit()

    run_due(db.writing(engine), NOON, rewrite=False)

    files = stolen.files
    assert [person.order for person in gone if thief.copies(files, person.words)] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_rows_that_are_not_written_anew_are_found_out(
    engine: Engine, session: Session, team: Team, stolen: Stolen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "_write_table_anew", lambda *_: None)
    crowd = Crowd(61, seed=2)
    watch(engine, session, opened(session, team), crowd)

    assert abs(stolen.order_told(crowd.everybody, "secret")) > MOST


@pytest.fixture(params=["traces", "words"])
def breaks_taking_back(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is taken back stays, in the files alone or in the row."""
    if request.param == "traces":
        monkeypatch.setattr(due, "remove_traces", lambda _engine: None)
    else:
        monkeypatch.delitem(withdrawal._EMPTY, "answers")


@pytest.mark.usefixtures("breaks_taking_back")
def test_words_that_stay_after_taking_back_are_found_out(
    engine: Engine, session: Session, team: Team, stolen: Stolen
) -> None:
    crowd = Crowd(16, seed=8)
    watch(engine, session, opened(session, team), crowd)
    gone = crowd.everybody[0]
    with Session(db.writing(engine)) as writing:
        withdraw(writing, gone.receipt, NOON)
        writing.commit()
    run_due(db.writing(engine), NOON, rewrite=False)

    assert thief.copies(stolen.files, gone.words) != []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stop_leaves_no_log(engine: Engine, session: Session, team: Team, stolen: Stolen) -> None:
    crowd = Crowd(30, seed=4)
    survey = opened(session, team)
    scheduler = Scheduler(engine)
    scheduler.start()
    watch(engine, session, survey, crowd)
    session.close()

    scheduler.stop()
    engine.dispose()

    assert all(not content for name, content in stolen.files.items() if name.endswith(("-wal", "-shm")))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_after_the_final_release_writers_of_rows_tell_nothing(engine: Engine, session: Session, team: Team) -> None:
    crowd = Crowd(60, seed=5)
    survey = opened(session, team)
    watch(engine, session, survey, crowd)

    close_and_release(engine, session, survey)

    order = {person.words: person.order for person in crowd.everybody}
    rows = thief.rows_by_writer(engine, "response", "answers->>'best'")
    assert abs(thief.agreement((place, order[words]) for place, (_, _, words) in enumerate(rows))) <= MOST
    assert len({writer for writer, _, _ in rows}) == 1
    cards = {writer for writer, _, label in thief.rows_by_writer(engine, "card", "label") if label in TABLES}
    assert len(cards) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_mid_event_equality_answers_are_joined_to_no_moved_response(
    engine: Engine, session: Session, team: Team
) -> None:
    crowd = Crowd(61, seed=6)
    survey = opened(session, team)
    watch(engine, session, survey, crowd)
    run_due(db.writing(engine), NOON, rewrite=False)

    order = {person.secret: person.order for person in crowd.everybody}
    rows = thief.rows_by_writer(engine, "unlinked_inbox", "value")
    writers = [writer for writer, _, _ in rows]
    alone = [secret for writer, _, secret in rows if writers.count(writer) == 1]
    assert len(alone) <= WAITING
    shared = [(place, order[secret]) for place, (_, _, secret) in enumerate(rows) if secret not in alone]
    assert abs(thief.agreement(shared)) <= MOST
