"""How settings are read: the settings file, and each kind of value. `config.py` says which settings there are.

What can't be used is refused with a sentence (SettingError) that names the setting and says what to write instead; it
never repeats the value, which may hold a password.
"""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from dotenv.parser import Binding, parse_stream

from surveyapp.refused import RefusedError

Environment = Mapping[str, str]
Network = IPv4Network | IPv6Network

LINE_LENGTH = 200
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./-]*)?", re.ASCII)
HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?", re.ASCII)
EMAIL = re.compile(r"\A[^@\s<>]+@[^@\s<>]+")
LOOPBACK_NAMES = frozenset({"localhost", "localhost."})


class SettingError(RefusedError):
    """A setting can't be used; the message names it and says what to write instead."""


def settings_in_file(file: Path, known: Collection[str]) -> dict[str, str]:
    """The settings that a file holds, one `KEY=value` a line. Raises SettingError.

    A name that is nearly one of ours is refused, since it is a slip of the pen; others are left to whoever reads them.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:
            lines = list(parse_stream(opened))
    except OSError as error:
        raise SettingError(f"The settings file {file} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingError(f"The settings file {file} is no text in UTF-8.") from None
    settings: dict[str, str] = {}
    for line in lines:
        if line.error or line.key is not None:
            _add(settings, line, file, known)
    return settings


def _add(settings: dict[str, str], line: Binding, file: Path, known: Collection[str]) -> None:
    text = line.original.string
    number = line.original.line + text[: len(text) - len(text.lstrip())].count("\n")
    where = f"The settings file {file}, line {number}"
    if line.error or line.key is None or line.value is None:
        raise SettingError(f"{where}: write NAME=value.")
    if line.key in settings:
        raise SettingError(f"{where}: {line.key} stands there twice.")
    if line.key not in known and (meant := get_close_matches(line.key.upper(), known, n=1, cutoff=0.8)):
        raise SettingError(f"{where}: there is no setting {line.key}. Is it {meant[0]}?")
    settings[line.key] = line.value


def printed_text(environment: Environment, name: str) -> str:
    """Words that a page prints as they are."""
    words = environment.get(name, "").strip()
    if not words.isprintable() or len(words) > LINE_LENGTH:
        raise SettingError(f"{name} must be one line of at most {LINE_LENGTH} letters.")
    return words


def setting_number(environment: Environment, name: str, default: int, low: int, high: int) -> int:
    """A whole number in a range; the default, which may be outside it, where nothing is said."""
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not low <= int(text) <= high:
        raise SettingError(f"{name} must be a whole number from {low} to {high}.")
    return int(text)


def one_of(environment: Environment, name: str, allowed: tuple[str, ...]) -> str:
    """One of a few words; the first where nothing is said."""
    text = environment.get(name, "") or allowed[0]
    if text not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(allowed)}.")
    return text


def host(environment: Environment, name: str, default: str) -> str:
    """An address or a name to listen on, without a port."""
    text = environment.get(name, "").strip() or default
    if not (is_address(text) or HOST_NAME.fullmatch(text)):
        raise SettingError(
            f"{name} must be an address of this machine like 127.0.0.1, without http:// and without a port."
        )
    return text


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address or a name."""
    return ip_address(host).is_loopback if is_address(host) else host.lower() in LOOPBACK_NAMES


def networks(environment: Environment, name: str) -> tuple[Network, ...]:
    """Addresses and networks, between commas or spaces; an address is a network of one."""
    words = environment.get(name, "").replace(",", " ").split()
    try:
        return tuple(ip_network(word) for word in words)
    except ValueError:
        raise SettingError(f"{name} must be addresses or networks like 127.0.0.1, 10.0.0.0/8.") from None


def web_address(environment: Environment, name: str, example: str) -> str:
    """A web address with or without a path; empty where nothing is said."""
    text = environment.get(name, "").strip()
    parts = address_parts(text)
    if text and (parts is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment):
        raise SettingError(f"{name} must be a web address like {example}.")
    return text.rstrip("/")


def site_address(environment: Environment, name: str, default: str) -> str:
    """The web address of a whole site: printed links begin with it, and the site's own begin with a slash."""
    text = web_address(environment, name, "https://surveys.example.org") or default
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        raise SettingError(f"{name} must be without a user and a password.")
    if parts.path:
        raise SettingError(f"{name} must end after the host: a host of its own, like https://surveys.example.org.")
    return text


def secure_issuer(environment: Environment, name: str) -> str:
    """The address of who signs people in: by HTTPS, or on this machine."""
    text = web_address(environment, name, "https://login.example.org")
    if text and not text.startswith("https:") and not is_loopback(urlsplit(text).hostname or ""):
        raise SettingError(f"{name} must begin with https://.")
    return text


def service_address(environment: Environment, name: str, schemes: tuple[str, ...], example: str) -> str:
    """An address of some other service by its scheme; empty where nothing is said."""
    text = environment.get(name, "").strip()
    parts = address_parts(text)
    if text and (parts is None or parts.scheme not in schemes):
        raise SettingError(f"{name} must be written like {example}.")
    return text


def address_parts(text: str) -> SplitResult | None:
    """An address in its parts, or nothing where it has no host or its port can't be one."""
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0 and text.isprintable() and " " not in text
    except ValueError:
        return None
    return parts if usable else None


def email_address(environment: Environment, name: str) -> str:
    """One e-mail address; empty where nothing is said."""
    text = environment.get(name, "").strip()
    if text and not (EMAIL.fullmatch(text) and text.isprintable() and len(text) <= LINE_LENGTH):
        raise SettingError(f"{name} must be an e-mail address like surveys@example.org.")
    return text


def bucket(environment: Environment, name: str) -> str:
    """A bucket that boto3 is there for; empty where nothing is said."""
    text = environment.get(name, "")
    if text and not BUCKET.fullmatch(text):
        raise SettingError(f"{name} must be written like s3://bucket/folder. Leave it out for the instance folder.")
    if text and find_spec("boto3") is None:
        raise SettingError(
            f"{name} names a bucket, and boto3 is missing for that. "
            "Type: python3 surveyapp/bootstrap.py requirements-s3.txt"
        )
    return text
