"""Whether a request comes from another site: asked where no token protects a form.

A token costs people their answers (expired at the table, cookies blocked, server restarted), and an attendee's
request carries no authority that another site could borrow.
"""

from urllib.parse import urlsplit

from flask import current_app, request

OURS = frozenset({"same-origin", "none"})


def is_cross_site() -> bool:
    """True unless the browser says by `Sec-Fetch-Site` or `Origin` that it comes from here, or says nothing at all.

    `same-site` is what a sibling says, too (another host of our domain, or another port): its `Origin` decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site in OURS:
        return False
    origin = request.headers.get("Origin")
    if site not in (None, "same-site"):
        return True
    if origin is None:
        return site is not None
    return not _is_ours(origin)


def _is_ours(origin: str) -> bool:
    """Whether an origin is this server's, as it was asked or as it is printed; `null` is nobody's."""
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(host) and host in (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
