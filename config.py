"""Settings, read once from the environment; what can't be used is refused early with a sentence."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
BACKENDS = ("sqlite", "postgresql", "postgres")
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./-]*)?", re.ASCII)
LINE_LENGTH = 200
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingError(ValueError):
    """A setting can't be used; the message names it and says what to write instead."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the environment may say; see the table of settings in docs/operator.md."""

    database_url: str
    secret_key: str
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    redis_url: str = ""
    small_group: int = 10
    demo: str = "auto"
    media_url: str = ""
    media_endpoint: str = ""
    speech_program: str = "espeak-ng"
    organisation: str = ""
    accessibility_contact: str = ""
    instance: Path = ROOT / "instance"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read and check the settings. Raises SettingError."""
        instance = ROOT / "instance"
        database_url = _database_url(environment.get("DATABASE_URL", ""), instance)
        port = _whole_number(environment, "PORT", 8000, 1, 65_535)
        host = environment.get("HOST", "") or "127.0.0.1"
        return cls(
            database_url=database_url,
            secret_key=_secret_key(environment.get("SECRET_KEY", ""), database_url, instance),
            public_url=_public_url(environment.get("PUBLIC_URL", "") or f"http://127.0.0.1:{port}"),
            host=host,
            port=port,
            redis_url=environment.get("REDIS_URL", ""),
            small_group=_whole_number(environment, "SMALL_GROUP", 10, 5, 1000),
            demo=_one_of(environment, "DEMO", ("auto", "off")),
            media_url=_media_url(environment.get("MEDIA_URL", "")),
            media_endpoint=_media_endpoint(environment.get("MEDIA_ENDPOINT", "")),
            speech_program=environment.get("SPEECH_PROGRAM", "") or "espeak-ng",
            organisation=_one_line(environment, "ORGANISATION"),
            accessibility_contact=_one_line(environment, "ACCESSIBILITY_CONTACT"),
            instance=instance,
        )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the printed address."""
        return urlsplit(self.public_url).hostname in LOOPBACK


def _one_line(environment: Mapping[str, str], name: str) -> str:
    """Words that a page prints as they are."""
    words = environment.get(name, "").strip()
    if not words.isprintable() or len(words) > LINE_LENGTH:
        raise SettingError(f"{name} must be one line of at most {LINE_LENGTH} letters.")
    return words


def _database_url(text: str, instance: Path) -> str:
    """A relative SQLite path is taken from the project's folder, wherever the command was called from."""
    if not text:
        text = f"sqlite:///{instance / 'surveyapp.sqlite3'}"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingError(
            "DATABASE_URL is not a database address. Write it like sqlite:///data/answers.sqlite3."
        ) from None
    if url.get_backend_name() not in BACKENDS:
        raise SettingError("DATABASE_URL must be of SQLite or PostgreSQL.")
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise SettingError("DATABASE_URL must name a file: answers kept in memory are lost.")
        path = ROOT / url.database
        path.parent.mkdir(parents=True, exist_ok=True)
        url = url.set(database=str(path))
    return url.render_as_string(hide_password=False)


def _secret_key(text: str, database_url: str, instance: Path) -> str:
    """The key given, or the one that was made at the first start and kept."""
    if text:
        if len(text) < 32:
            raise SettingError("SECRET_KEY is too short. Write 32 characters or more.")
        return text
    if not database_url.startswith("sqlite"):
        raise SettingError("SECRET_KEY must be set when DATABASE_URL is not SQLite: every machine needs the same one.")
    instance.mkdir(parents=True, exist_ok=True)
    kept = instance / "secret_key"
    if not kept.exists():
        _keep(secrets.token_urlsafe(48), kept)
    return kept.read_text()


def _keep(key: str, kept: Path) -> None:
    """Write a file that only its owner may read; of two processes at once, the first one's stays, and is whole."""
    with NamedTemporaryFile("w", dir=kept.parent) as written, suppress(FileExistsError):
        written.write(key)
        written.flush()
        os.link(written.name, kept)


def _public_url(text: str) -> str:
    if not _is_web_address(text):
        raise SettingError("PUBLIC_URL must be a web address like https://surveys.example.org.")
    return text.rstrip("/")


def _is_web_address(text: str) -> bool:
    try:
        parts, port = urlsplit(text), urlsplit(text).port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment or port == 0)
    )


def _media_url(text: str) -> str:
    """Where recordings and photos are kept: nothing for the instance folder, else a bucket that boto3 is there for."""
    if text and not BUCKET.fullmatch(text):
        raise SettingError("MEDIA_URL must be written like s3://bucket/folder. Leave it out for the instance folder.")
    if text and find_spec("boto3") is None:
        raise SettingError(
            "MEDIA_URL names a bucket, and boto3 is missing for that. Type: .venv/bin/python -m ensurepip; "
            ".venv/bin/python -m pip install boto3"
        )
    return text


def _media_endpoint(text: str) -> str:
    if text and not _is_web_address(text):
        raise SettingError("MEDIA_ENDPOINT must be a web address like https://store.example.org.")
    return text


def _whole_number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "") or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingError(f"{name} must be a whole number from {low} to {high}.")
    return int(text)


def _one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = environment.get(name, "") or allowed[0]
    if text not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(allowed)}.")
    return text
