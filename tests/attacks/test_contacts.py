"""Who asked to be contacted is joined to no answer: not by order, key, place in the files, or who wrote the row."""

from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model import release as releasing
from surveyapp.model.contact import CONTACT, Contact, Details, keep_contact
from surveyapp.model.due import run_due
from surveyapp.model.response import begun_key_of, key_of
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from tests.attacks import thief
from tests.attacks.crowd import CLOSED_AT, NOON, TABLES, Crowd, Person, answer, places_of
from tests.factories import every_kind, make_survey
from tests.postgres import PostgresServer
from tests.visitor import Visitor

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
    draw = Random(23)  # noqa: S311 -- as said above
    monkeypatch.setattr(releasing, "_RANDOM", draw)
    monkeypatch.setattr("surveyapp.model.contact.secrets.token_bytes", draw.randbytes)
    monkeypatch.setattr(Survey.id.property.columns[0].default, "arg", lambda _context: UUID(int=draw.getrandbits(128)))


def opened(session: Session, team: Team, sharing: str = TOGETHER) -> Survey:
    """An open survey that asks how people can be reached."""
    form = {"contact_purposes": "expenses", "contact_fields": "name email"}
    return make_survey(session, team, every_kind(), sharing=sharing, labels=("Link", *TABLES), **form)


def email_of(person: Person) -> str:
    """An address that nobody else has."""
    return f"{person.words.replace(' ', '.')}@example.org"


def everybody_answers_and_asks(engine: Engine, session: Session, survey: Survey, crowd: Crowd) -> None:
    """Each answers and at once says how to be reached, in their order; what is due is done each minute."""
    places, survey_id = places_of(survey), survey.id
    session.rollback()
    for person in crowd.everybody:
        answer(engine, places[person.table], person)
        with Session(db.writing(engine)) as writing:
            keep_contact(writing, writing.get_one(Survey, survey_id), Details(("expenses",), email=email_of(person)))
            writing.commit()
        if person.order % 8 == 7:
            run_due(db.writing(engine), NOON, rewrite=False)


def close_and_release(engine: Engine, session: Session, survey: Survey) -> None:
    """The organiser closes it, and the night passes."""
    session.refresh(survey)
    survey.close(CLOSED_AT)
    session.commit()
    session.close()
    run_due(db.writing(engine), CLOSED_AT.replace(day=8), rewrite=False)


def files_of(engine: Engine, request: pytest.FixtureRequest) -> thief.Files:
    """The files of either database as they are on the disk now."""
    if engine.dialect.name == "sqlite":
        return thief.sqlite_files(Path(str(engine.url.database)))
    server: PostgresServer = request.getfixturevalue("postgres")
    return thief.postgres_files(engine, server.socket / "data")


def places_in(files: thief.Files, people: list[Person]) -> tuple[dict[str, float], dict[str, float]]:
    """Where the address and where the words of each lie, as one number each, of those found once."""
    emails = {person.words: thief.copies(files, email_of(person)) for person in people}
    answers = {person.words: thief.copies(files, person.words) for person in people}
    return ({words: at[-1][1] for words, at in found.items() if at} for found in (emails, answers))  # type: ignore[return-value]  # two of them


@pytest.mark.parametrize("sharing", [TOGETHER, OPENLY])
def test_after_the_final_release_files_join_no_address_to_answers(
    engine: Engine, session: Session, team: Team, request: pytest.FixtureRequest, sharing: str
) -> None:
    crowd = Crowd(60, seed=11)
    survey = opened(session, team, sharing)
    everybody_answers_and_asks(engine, session, survey, crowd)
    close_and_release(engine, session, survey)

    files = files_of(engine, request)
    copies = {person.order: len(thief.copies(files, email_of(person))) for person in crowd.everybody}
    assert copies == dict.fromkeys(copies, 1)  # none in the log, on a free page, or in a dead row
    emails, answers = places_in(files, crowd.everybody)
    order = {person.words: person.order for person in crowd.everybody}
    assert abs(thief.agreement((emails[words], order[words]) for words in emails)) <= MOST
    assert abs(thief.agreement((emails[words], answers[words]) for words in emails)) <= MOST


def test_mid_event_only_those_since_the_last_move_stand_in_order(
    engine: Engine, session: Session, team: Team, request: pytest.FixtureRequest
) -> None:
    crowd = Crowd(61, seed=12)
    survey = opened(session, team)
    everybody_answers_and_asks(engine, session, survey, crowd)
    run_due(db.writing(engine), NOON, rewrite=True)

    emails, _ = places_in(files_of(engine, request), crowd.everybody)
    order = {person.words: person.order for person in crowd.everybody}
    assert abs(thief.agreement((emails[words], order[words]) for words in emails)) <= MOST


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_writers_of_rows_join_no_address_to_answers(engine: Engine, session: Session, team: Team) -> None:
    crowd = Crowd(60, seed=13)
    survey = opened(session, team)
    everybody_answers_and_asks(engine, session, survey, crowd)
    close_and_release(engine, session, survey)

    order = {email_of(person): person.order for person in crowd.everybody}
    rows = thief.rows_by_writer(engine, "contact", "email")
    assert len({writer for writer, _, _ in rows}) == 1
    assert abs(thief.agreement((place, order[email]) for place, (_, _, email) in enumerate(rows))) <= MOST


def test_no_key_and_no_column_is_shared_with_an_answer(engine: Engine, session: Session, team: Team) -> None:
    crowd = Crowd(12, seed=14)
    survey = opened(session, team)
    everybody_answers_and_asks(engine, session, survey, crowd)

    session.rollback()
    keys = {*session.scalars(select(Contact.key))}
    known = {key for person in crowd.everybody for key in (key_of(person.id), begun_key_of(key_of(person.id)))}
    assert len(keys) == 12
    assert not keys & {key[:16] for key in known} | {person.receipt[:16] for person in crowd.everybody} & keys
    assert {*CONTACT.columns.keys()} == {"survey_id", "key", "purposes", "name", "email", "telephone", "released"}


def test_the_file_of_addresses_is_in_no_order(engine: Engine, olu: Visitor, session: Session, team: Team) -> None:
    crowd = Crowd(60, seed=15)
    survey = opened(session, team)
    everybody_answers_and_asks(engine, session, survey, crowd)
    close_and_release(engine, session, survey)

    survey_id = survey.id
    taken = olu.get(f"/surveys/{survey_id}/export/contacts.csv").response.get_data(as_text=True)
    rows = olu.get(f"/surveys/{survey_id}/export/comments.csv?full=1").response.get_data(as_text=True)

    order = {person.words: person.order for person in crowd.everybody}
    lines = {person.words: taken.index(email_of(person)) for person in crowd.everybody}
    answers = {person.words: rows.index(person.words) for person in crowd.everybody}
    assert abs(thief.agreement((lines[words], order[words]) for words in lines)) <= MOST
    assert abs(thief.agreement((lines[words], answers[words]) for words in lines)) <= MOST


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_addresses_that_are_not_written_anew_are_found_out(
    engine: Engine, session: Session, team: Team, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "_write_table_anew", lambda *_: None)
    crowd = Crowd(61, seed=12)
    everybody_answers_and_asks(engine, session, opened(session, team), crowd)

    order = {email_of(person): person.order for person in crowd.everybody}
    files = files_of(engine, request)
    places = {words: found[-1] for words in order if (found := thief.copies(files, words))}
    assert abs(thief.order_within_pages(places, order, thief.PAGE["sqlite"])) > MOST
