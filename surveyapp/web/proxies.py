"""Who really asks, where a proxy stands in front: `X-Forwarded-*` is believed from the proxies of TRUSTED_PROXIES only.

Anybody can send these headers. So the list of addresses is read from its end, the side that our own proxies wrote, and
the first address that is none of theirs is the client's.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
MOST_HOPS = 20


def behind_proxies(served: "WSGIApplication", trusted: Sequence[Network]) -> "WSGIApplication":
    """The application, told the client's own address, scheme and host where a trusted proxy passes them on."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        peer = read_address(environ.get("REMOTE_ADDR", ""))
        if peer is not None and _is_trusted(peer, trusted):
            environ["REMOTE_ADDR"] = str(_client(peer, environ.get("HTTP_X_FORWARDED_FOR", ""), trusted))
            _take_over(environ)
        return served(environ, start_response)

    return application if trusted else served


def read_address(text: str) -> Address | None:
    """An IP address with or without a port; one of IPv4 that is written as IPv6 is the one of IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _client(peer: Address, forwarded: str, trusted: Sequence[Network]) -> Address:
    """The last address that is none of the proxies'; what can't be read ends the search at the hop that wrote it."""
    client = peer
    for hop in reversed(forwarded.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
        before = read_address(hop)
        if before is None:
            return client
        client = before
        if not _is_trusted(client, trusted):
            return client
    return client


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def _take_over(environ: "WSGIEnvironment") -> None:
    """Scheme and host as the nearest proxy was asked for them."""
    scheme = _last(environ, "HTTP_X_FORWARDED_PROTO").lower()
    if scheme in ("http", "https"):
        environ["wsgi.url_scheme"] = scheme
    host = _last(environ, "HTTP_X_FORWARDED_HOST")
    if host:
        environ["HTTP_HOST"] = host


def _last(environ: "WSGIEnvironment", name: str) -> str:
    return str(environ.get(name, "")).rpartition(",")[2].strip()
