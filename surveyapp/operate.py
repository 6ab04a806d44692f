"""What an operator does from the command line; each refuses with a sentence (RefusedError) rather than half do it."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, delete, make_url, select
from sqlalchemy.orm import Session

from surveyapp.accounts.passwords import hashed
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.demo import load_demo
from surveyapp.editing.media_references import named_media
from surveyapp.figures.safe_figures import SafeFigures
from surveyapp.importing.detect import read_file
from surveyapp.importing.imported import MOST_BYTES, NotReadError
from surveyapp.importing.plain import one_line
from surveyapp.model.action import Action
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.questionnaire import said
from surveyapp.model.response import Response, UnlinkedCount
from surveyapp.model.survey import TITLE_LENGTH, Survey, today_at
from surveyapp.model.team import DEMO_EMAIL, Account, Membership, Team
from surveyapp.storage.backup import put_into, take_out_of
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.kept import Store, forget_unnamed

SHORTEST_PASSWORD = 12
ABOUT_TO_BE_NAMED = timedelta(days=1)


class RefusedError(Exception):
    """The command can't be done; the message says why and what to do."""


def demo(engine: Engine) -> str:
    """Load the demonstration event."""
    with Session(db.writing(engine)) as session:
        if session.scalar(select(Account.id).where(Account.email == DEMO_EMAIL)):
            raise RefusedError("The demonstration is here already.")
        survey = load_demo(session)
        session.commit()
        return f"Loaded “{survey.title}”."


def add_organiser(engine: Engine, email: str, name: str, password: str) -> str:
    """Add an organiser with a team of their own."""
    email = email.strip().lower()
    if email.count("@") != 1 or " " in email or not email.partition("@")[2]:
        raise RefusedError(f"“{email}” is not an email address.")
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError(f"The password is too short: {SHORTEST_PASSWORD} characters or more.")
    with Session(db.writing(engine)) as session:
        if session.scalar(select(Account.id).where(Account.email == email)):
            raise RefusedError(f"{email} is an organiser already.")
        account = Account(email=email, name=name or email.partition("@")[0], password_hash=hashed(password))
        team = Team(name=f"Team of {account.name}")
        session.add_all([team, account, Membership(team=team, account=account, role="owner")])
        session.commit()
    return f"{email} can sign in now."


def import_document(engine: Engine, file: Path, organiser: str | None) -> str:
    """Make a draft survey of a questionnaire document, an XLSForm or a text with one question a line."""
    try:
        with file.open("rb") as opened:
            imported = read_file(opened.read(MOST_BYTES + 1))
    except OSError as error:
        raise RefusedError(f"{file} can't be read: {error.strerror}.") from error
    except NotReadError as error:
        raise RefusedError(str(error)) from error
    questionnaire = imported.questionnaire
    with Session(db.writing(engine)) as session:
        title = one_line(said(questionnaire.title, questionnaire.language, "standard")[0] or file.stem)[:TITLE_LENGTH]
        team_id = _team_of(session, organiser)
        survey = Survey(team_id=team_id, title=title, draft=questionnaire.to_json(), created_on=date.today())  # noqa: DTZ011 -- the operator's own day
        session.add(survey)
        survey.add_card("Link", source="link")
        session.commit()
    made = f"“{title}” is a draft now, with {len(questionnaire.asking)} questions."
    return "\n- ".join([made, *imported.left_out])


def backup(engine: Engine, file: Path, store: Store) -> str:
    """Copy the SQLite database, recordings and photos into a new file, whole while they are in use."""
    path = _sqlite_path(engine)
    if file.exists():
        raise RefusedError(f"{file} is there already. Name a new file.")
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(file),))
    kept = put_into(file, store)
    with closing(sqlite3.connect(file)) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise RefusedError(f"The backup is damaged: {verdict}")
    with file.open("rb") as written:
        os.fsync(written.fileno())
    elsewhere = "" if isinstance(store, FolderStore) else " Recordings and photos are in the bucket: see to it, too."
    return f"Backed up to {file}, with {kept} recordings and photos.{elsewhere}"


def restore(engine: Engine, file: Path, store: Store) -> str:
    """Put a backup in the place of the SQLite database; what was there is kept beside it."""
    path = Path(_sqlite_path(engine))
    _check_backup(file)
    engine.dispose()
    aside = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%d%H%M%S}")
    if path.exists():
        with closing(sqlite3.connect(path)) as old:
            old.execute("VACUUM INTO ?", (str(aside),))
    draft = path.with_name(path.name + ".restoring")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source:
        source.execute("VACUUM INTO ?", (str(draft),))
    take_out_of(draft, store)
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    draft.replace(path)
    schema.upgrade(engine)
    kept = f" What was there is in {aside.name}." if aside.exists() else ""
    return f"Restored from {file}.{kept}"


def purge(engine: Engine, store: Store, now: datetime | None = None) -> str:
    """Delete the answers of surveys whose time of keeping is over, and recordings and photos that nothing names.

    Answers are overwritten on the disk; what the team said and did about them goes too. A file that was sent within the
    last day may be about to be named.
    """
    now = now or datetime.now(UTC)
    with Session(db.writing(engine)) as session:
        over = [
            survey
            for survey in session.scalars(select(Survey).where(Survey.keep_until.is_not(None)))
            if survey.keep_until is not None and survey.keep_until < today_at(survey.zone, now)
        ]
        ids = [survey.id for survey in over]
        for table in (CommentNote, Action, SafeFigures, Response, UnlinkedCount):
            session.execute(delete(table).where(table.survey_id.in_(ids)))
        session.commit()
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with Session(engine) as session:
        forgotten = forget_unnamed(store, named_media(session), now - ABOUT_TO_BE_NAMED)
    return f"Answers of {len(over)} surveys were deleted, and {forgotten} recordings and photos that no survey names."


def _team_of(session: Session, organiser: str | None) -> UUID:
    wanted = select(Membership.team_id).join(Account)
    teams = list(session.scalars(wanted.where(Account.email == organiser.lower()) if organiser else select(Team.id)))
    if len(teams) != 1:
        raise RefusedError("Say whose survey it is with --organiser and the email address of an organiser.")
    return teams[0]


def _sqlite_path(engine: Engine) -> str:
    url = make_url(str(engine.url))
    if url.get_backend_name() != "sqlite" or not url.database:
        raise RefusedError("This is for SQLite. Use pg_dump and pg_restore for PostgreSQL.")
    return url.database


def _check_backup(file: Path) -> None:
    if not file.exists():
        raise RefusedError(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            is_whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        raise RefusedError(f"{file} is not a backup of this product.") from None
    if not is_whole or not {"survey", "response", "alembic_version"} <= tables:
        raise RefusedError(f"{file} is not a whole backup of this product.")
