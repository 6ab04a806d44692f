"""`X-Forwarded-*` is believed from the proxies that are named, and from nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest

from surveyapp.web.proxies import behind_proxies

OURS = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def seen(peer: str, trusted: Any = OURS, **headers: str) -> dict[str, Any]:
    """What the application is told of who asks."""
    environ: dict[str, Any] = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", "HTTP_HOST": "inside:8000"}
    environ |= {f"HTTP_X_FORWARDED_{name.upper()}": value for name, value in headers.items()}
    told: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        told.update(environ)
        return []

    behind_proxies(application, trusted)(environ, lambda *_: lambda _: None)
    return told


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("::ffff:127.0.0.1", "198.51.100.7:5123", "198.51.100.7"),
        ("fd00::1", "[2001:db8::7]:5123", "2001:db8::7"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, unknown", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, unknown, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "6.6.6.6," * 50_000 + "198.51.100.7", "198.51.100.7"),
        ("203.0.113.66", "198.51.100.7", "203.0.113.66"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy_of_ours(peer: str, said: str, client: str) -> None:
    assert seen(peer, **{"for": said})["REMOTE_ADDR"] == client


def test_scheme_and_host_come_from_a_trusted_proxy_alone() -> None:
    said = {"proto": "https", "host": "surveys.example.org"}
    told = seen("127.0.0.1", **said)
    assert (told["wsgi.url_scheme"], told["HTTP_HOST"]) == ("https", "surveys.example.org")
    told = seen("203.0.113.66", **said)
    assert (told["wsgi.url_scheme"], told["HTTP_HOST"]) == ("http", "inside:8000")
    assert seen("127.0.0.1", proto="javascript")["wsgi.url_scheme"] == "http"


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert seen("127.0.0.1", (), **{"for": "198.51.100.7"})["REMOTE_ADDR"] == "127.0.0.1"
