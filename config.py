"""The settings, read once: from the environment, then from the settings file that server and commands share.

What can't be used is refused early with a sentence. Reading writes nothing and makes no folder.
"""

import os
import secrets
from collections import ChainMap
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from surveyapp import settings
from surveyapp.settings import Environment, Network, SettingError

ROOT = Path(__file__).resolve().parent
SQLITE = ("sqlite", "sqlite+pysqlite")
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
REDIS = ("redis", "rediss")
SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the settings say; see their table in docs/operator.md."""

    database_url: str
    secret_key: str = ""  # nothing: made when it is first needed, and kept in the instance folder
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    redis_url: str = ""
    instance: Path = ROOT / "instance"
    trusted_proxies: tuple[Network, ...] = ()
    metrics_port: int = 0
    log_format: str = "plain"
    smtp_url: str = ""
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    small_group: int = 10
    demo: str = "auto"
    media_url: str = ""
    media_endpoint: str = ""
    speech_program: str = "espeak-ng"
    organisation: str = ""
    accessibility_contact: str = ""
    settings_file: Path | None = None  # where they were read from besides the environment

    @classmethod
    def from_environment(cls, environment: Environment = os.environ) -> "Config":
        """Read and check the settings; what the environment says stands before the file. Raises SettingError."""
        file = _settings_file(environment)
        if file is not None:
            environment = ChainMap(dict(environment), settings.settings_in_file(file, NAMES))
        instance = _path(environment.get("INSTANCE", "") or "instance")
        host = settings.host(environment, "HOST", "127.0.0.1")
        port = settings.setting_number(environment, "PORT", 8000, 1, 65_535)
        database_url = database_address("DATABASE_URL", environment.get("DATABASE_URL", ""), instance)
        read = cls(
            database_url=database_url,
            secret_key=_secret_key(environment.get("SECRET_KEY", ""), database_url),
            public_url=settings.site_address(environment, "PUBLIC_URL", f"http://127.0.0.1:{port}"),
            host=host,
            port=port,
            redis_url=settings.service_address(environment, "REDIS_URL", REDIS, "redis://host:6379/0"),
            instance=instance,
            trusted_proxies=settings.networks(environment, "TRUSTED_PROXIES"),
            metrics_port=settings.setting_number(environment, "METRICS_PORT", 0, 1, 65_535),
            log_format=settings.one_of(environment, "LOG_FORMAT", ("plain", "json")),
            smtp_url=settings.service_address(
                environment, "SMTP_URL", ("smtp", "smtps"), "smtp://user:password@host:587"
            ),
            mail_from=settings.email_address(environment, "MAIL_FROM"),
            oidc_issuer=settings.secure_issuer(environment, "OIDC_ISSUER"),
            oidc_client_id=settings.printed_text(environment, "OIDC_CLIENT_ID"),
            oidc_client_secret=environment.get("OIDC_CLIENT_SECRET", ""),
            small_group=settings.setting_number(environment, "SMALL_GROUP", 10, 10, 1000),
            demo=settings.one_of(environment, "DEMO", ("auto", "off")),
            media_url=settings.bucket(environment, "MEDIA_URL"),
            media_endpoint=settings.web_address(environment, "MEDIA_ENDPOINT", "https://store.example.org"),
            speech_program=environment.get("SPEECH_PROGRAM", "") or "espeak-ng",
            organisation=settings.printed_text(environment, "ORGANISATION"),
            accessibility_contact=settings.printed_text(environment, "ACCESSIBILITY_CONTACT"),
            settings_file=file,
        )
        _check_together(read)
        return read

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can come: neither the address it listens on nor the printed one leads further."""
        return settings.is_loopback(self.host) and settings.is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def is_sqlite(self) -> bool:
        """Whether answers are kept in a file of this machine."""
        return self.database_url.startswith("sqlite")

    def signing_key(self) -> str:
        """The key given, or the one that was made when it was first needed, and kept. Raises OSError, SettingError."""
        if self.secret_key:
            return self.secret_key
        kept = self.instance / "secret_key"
        if not kept.exists():
            self.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep(secrets.token_urlsafe(48), kept)
        return _kept_key(kept)


NAMES = frozenset(name.upper() for name in Config.__dataclass_fields__ if name != "settings_file")


def _settings_file(environment: Environment) -> Path | None:
    """The file that SETTINGS names, which must be there; else the instance folder's, where there is one."""
    if named := environment.get("SETTINGS", ""):
        return _path(named)
    usual = _path(environment.get("INSTANCE", "") or "instance") / "settings.env"
    return usual if usual.exists() else None


def _path(text: str) -> Path:
    """A relative path is taken from the project's folder, wherever the command was called from."""
    return ROOT / Path(text).expanduser()


def database_address(name: str, text: str, instance: Path) -> str:
    """A database's address as SQLAlchemy takes it; a relative path is taken from the project's folder.

    Raises SettingError, which calls the setting by its name.
    """
    if not text:
        return _address(URL.create("sqlite", database=str(instance / "surveyapp.sqlite3")))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingError(f"{name} is not a database address. Write it like sqlite:///data/answers.sqlite3.") from None
    if url.drivername not in SQLITE + POSTGRESQL:
        raise SettingError(f"{name} must be of SQLite or PostgreSQL: sqlite:///… or postgresql+psycopg://….")
    if url.drivername in POSTGRESQL:
        return _address(url)
    if not url.database or url.database == ":memory:" or url.database.startswith("file:") or url.query:
        raise SettingError(f"{name} must name a file: answers kept in memory are lost.")
    return _address(url.set(database=str(_path(url.database))))


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _secret_key(text: str, database_url: str) -> str:
    if text and len(text) < SHORTEST_KEY:
        raise SettingError(f"SECRET_KEY is too short. Write {SHORTEST_KEY} characters or more.")
    if not text and not database_url.startswith("sqlite"):
        raise SettingError("SECRET_KEY must be set when DATABASE_URL is not SQLite: every machine needs the same one.")
    return text


def _kept_key(kept: Path) -> str:
    """The key in a file. Raises SettingError where it isn't whole: receipts and sessions would be anybody's to make."""
    key = kept.read_bytes()
    if len(key) < SHORTEST_KEY or not key.isascii():
        raise SettingError(
            f"{kept} holds no key of {SHORTEST_KEY} characters. Put it back from your backup. If there is none, remove "
            "the file: a new one is made, organisers sign in again, and receipts given out before lose their worth."
        )
    return key.decode("ascii")


def _keep(key: str, kept: Path) -> None:
    """Write a file that only its owner may read; of two processes at once, the first one's stays, and is whole."""
    with NamedTemporaryFile("w", dir=kept.parent) as written, suppress(FileExistsError):
        written.write(key)
        written.flush()
        os.fsync(written.fileno())  # or the power could go between the name and what is in it
        os.link(written.name, kept)


def _check_together(read: Config) -> None:
    """Settings that need each other, or can't both be."""
    if read.metrics_port == read.port:
        raise SettingError("METRICS_PORT must be another port than PORT.")
    if read.smtp_url and not read.mail_from:
        raise SettingError("MAIL_FROM must be set where SMTP_URL is: e-mails need a sender.")
    oidc = (read.oidc_issuer, read.oidc_client_id, read.oidc_client_secret)
    if any(oidc) and not all(oidc):
        raise SettingError("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.")
