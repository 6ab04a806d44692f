"""What `check` looks at, one function a line: each returns what it found, or raises WrongError with what to do."""

import json
import shutil
import smtplib
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen
from uuid import UUID

from redis import Redis, RedisError
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config import NAMES, Config
from surveyapp.cli.refusals import command_sentence
from surveyapp.cli.settings import media_of
from surveyapp.db import file as database_file
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.db.opening import file_of, tables_of
from surveyapp.editing.media_owner import owner_of
from surveyapp.model.figure_counts import recounted
from surveyapp.model.installation import this_installation
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account
from surveyapp.settings import is_loopback, settings_in_file
from surveyapp.storage.refusals import StoreGoneError

PATIENCE = 5  # seconds for each answer from elsewhere
MB = 1024 * 1024
OPEN_TO_OTHERS = 0o077


class CheckFailedError(Exception):
    """Something is not as it must be; the message says what to do."""


def settings_check(config: Config) -> str:
    """Where they were read, and whether others can read them."""
    if config.settings_file is None:
        return f"of the environment alone; {config.instance / 'settings.env'} is not there"
    if config.settings_file.is_file() and config.settings_file.stat().st_mode & OPEN_TO_OTHERS:
        raise CheckFailedError(f"others can read {config.settings_file}, which may hold passwords: chmod 600 it.")
    unread = sorted(set(settings_in_file(config.settings_file, NAMES)) - NAMES - {"SETTINGS"})
    return f"{config.settings_file}" + (f"; not ours: {', '.join(unread)}" if unread else "")


def database(config: Config) -> str:
    """Whether it can be reached, is whole, of this version, and can be written."""
    file = file_of(config.database_url)
    if file is not None and not file.exists():
        raise CheckFailedError(f"{file} is not there. The server makes it at its start.")
    with _in_words():
        engine = db.make_engine(config.database_url)
        try:
            return _state_of(engine, file)
        finally:
            engine.dispose()


def _state_of(engine: Engine, file: Path | None) -> str:
    if "alembic_version" not in tables_of(engine):
        raise CheckFailedError("it holds nothing of ours. The server makes the tables at its start.")
    if file is not None:
        _check_whole(file)
    with engine.connect() as connection:
        if not schema.is_current(connection):
            raise CheckFailedError("it is of another version. The server brings an older one up to date at its start.")
    with Session(db.writing(engine)) as session:
        tables = {"people": Account, "surveys": Survey, "waiting responses": InboxResponse, "responses": Response}
        counts = [f"{session.scalar(select(func.count()).select_from(table))} {name}" for name, table in tables.items()]
    return f"whole and up to date; {', '.join(counts)}"


def counters(config: Config) -> str:
    """Whether figures are as the answers are: every survey is counted anew, each in a snapshot of its own."""
    file = file_of(config.database_url)
    if file is not None and not file.exists():
        return "not looked at: there is no database"
    with _in_words():
        engine = db.make_engine(config.database_url)
        try:
            return _state_of_counters(engine)
        finally:
            engine.dispose()


def _state_of_counters(engine: Engine) -> str:
    with engine.connect() as connection:
        if "alembic_version" not in tables_of(engine) or not schema.is_current(connection):
            return "not looked at: the database is of no version of ours, or of another"
        surveys = connection.execute(select(Survey.id, Survey.title).where(Survey.state != "draft")).all()
    wrong = [title for survey_id, title in surveys if not _is_counted_right(engine, survey_id)]
    if wrong:
        raise CheckFailedError(
            f"figures differ from the answers: {', '.join(wrong)}. The server mends them within a day."
        )
    return f"as the answers are, in {len(surveys)} survey{'' if len(surveys) == 1 else 's'}"


def _is_counted_right(engine: Engine, survey_id: UUID) -> bool:
    with db.read_snapshot(engine) as connection:
        return recounted(connection, survey_id).counts_are_right


def _check_whole(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise CheckFailedError(
            f"it is damaged ({found}). Keep the file as it is. If you have a backup: surveyapp restore FILE"
        )


def folders(config: Config) -> str:
    """Whether they can be written, have room, and are closed to others."""
    file = file_of(config.database_url)
    found = [folder for folder in {config.instance, *((file.parent,) if file else ())} if folder.exists()]
    for folder in sorted(found):
        if not _is_writable(folder):
            raise CheckFailedError(
                f"nothing can be written into {folder}: see whose it is, and whether the disk is full."
            )
        if shutil.disk_usage(folder).free < db.ROOM_NEEDED:
            raise CheckFailedError(f"less than {db.ROOM_NEEDED // MB} MB are free in {folder}.")
    answers = [one for one in (file, config.instance) if one is not None and one.exists()]
    for one in answers:
        if one.stat().st_mode & OPEN_TO_OTHERS:
            raise CheckFailedError(f"others can look into {one}: chmod {'700' if one.is_dir() else '600'} it.")
    return ", ".join(str(folder) for folder in sorted(found)) or f"{config.instance}: made at the first start"


def _is_writable(folder: Path) -> bool:
    probe = folder / ".check"
    try:
        database_file.create(probe)
        probe.write_bytes(b"x")
    except OSError:
        return False
    finally:
        with suppress(OSError):  # a disk that is read-only refuses that, too
            probe.unlink(missing_ok=True)
    return True


def media(config: Config) -> str:
    """Whether recordings and photos can be reached, and are this installation's."""
    with _in_words():
        store = media_of(config)
        kept, owner = sum(1 for _ in store.names()), owner_of(store)
        file = file_of(config.database_url)
        if file is not None and not file.exists():
            return f"{kept} recordings and photos"
        engine = db.make_engine(config.database_url)
        try:
            with Session(engine) as session:
                this = this_installation(session)
        except DBAPIError:
            return f"{kept} recordings and photos"
        finally:
            engine.dispose()
    if owner not in (None, this.id, this.copy_of):
        raise CheckFailedError(f"recordings and photos are of another installation ({owner}); this one is {this.id}.")
    return f"{kept} recordings and photos"


def proxy(config: Config) -> str:
    """Whether the printed address leads to this server, where it runs."""
    own = f"http://{_own_host(config)}:{config.port}/health/live"
    if _answer(own) != "live":
        return f"not looked at: no server of ours answers on {config.host}, port {config.port}"
    if not config.is_loopback and is_loopback(urlsplit(config.public_url).hostname or ""):
        raise CheckFailedError(f"PUBLIC_URL is {config.public_url}, which phones can't open: write what they can.")
    if _answer(f"{config.public_url}/health/live") != "live":
        raise CheckFailedError(
            f"{config.public_url}/health/live doesn't lead to this server: look at the proxy and PUBLIC_URL."
        )
    if config.public_url.startswith("https:") and not config.trusted_proxies:
        return f"{config.public_url} leads here; TRUSTED_PROXIES is not set, so everybody seems to come from the proxy"
    return f"{config.public_url} leads here"


def _own_host(config: Config) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 -- it is replaced
    return f"[{host}]" if ":" in host else host


def _answer(address: str) -> str:
    """The first words of what an address answers, or nothing."""
    try:
        with urlopen(Request(address, headers={"User-Agent": "surveyapp check"}), timeout=PATIENCE) as answer:  # noqa: S310 -- http or https, by the settings
            return str(answer.read(10_000).decode("utf-8", "replace")).strip()
    except (OSError, HTTPError, ValueError):
        return ""


def redis(config: Config) -> str:
    """Whether Redis answers, where one is named."""
    if not config.redis_url:
        return "none: each machine counts failed sign-ins by itself"
    try:
        with closing(
            Redis.from_url(config.redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        ) as asked:
            asked.ping()
    except (RedisError, ValueError, OSError) as error:
        raise CheckFailedError(
            f"REDIS_URL doesn't answer ({_first_line(error)}). Until it does, nobody can sign in."
        ) from None
    return "answers"


def mail(config: Config) -> str:
    """Whether the mail server takes us; nothing is sent."""
    if not config.smtp_url:
        return "none: invitations and resets are links to hand over"
    parts = urlsplit(config.smtp_url)
    host, is_encrypted = parts.hostname or "", parts.scheme == "smtps"
    try:
        with _smtp(host, parts.port or (465 if is_encrypted else 587), is_encrypted=is_encrypted) as server:
            if not is_encrypted and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as error:
        raise CheckFailedError(f"{host} doesn't take our mail: {_first_line(error)}.") from None
    return f"{host} takes mail from {config.mail_from}"


def _smtp(host: str, port: int, *, is_encrypted: bool) -> smtplib.SMTP:
    if is_encrypted:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
    server.ehlo()
    return server


def sign_in(config: Config) -> str:
    """Whether the organisation's own sign-in answers, where one is named."""
    if not config.oidc_issuer:
        return "by email and password"
    try:
        issuer = json.loads(_answer(f"{config.oidc_issuer}/.well-known/openid-configuration"))["issuer"]
    except (ValueError, KeyError, TypeError):
        raise CheckFailedError("OIDC_ISSUER doesn't tell how to sign in: look at the address.") from None
    if str(issuer).rstrip("/") != config.oidc_issuer:
        raise CheckFailedError(f"OIDC_ISSUER calls itself {issuer}: write it like that.")
    return f"by {config.oidc_issuer}, or by email and password"


@contextmanager
def _in_words() -> Iterator[None]:
    """What an operator can do something about, as a line of the check."""
    try:
        yield
    except (DBAPIError, StoreGoneError, OSError, sqlite3.Error) as error:
        raise CheckFailedError(command_sentence(error) or str(error)) from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
