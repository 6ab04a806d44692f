"""Whether a request comes from another site: asked where no token protects a form.

A token costs people their answers (expired at the table, cookies blocked, server restarted), and an attendee's
request carries no authority that another site could borrow.
"""

from urllib.parse import urlsplit

from flask import current_app, request

SAME = frozenset({"same-origin", "same-site", "none"})


def is_cross_site() -> bool:
    """True when the browser says so by `Sec-Fetch-Site`, or, where it says nothing, by `Origin`."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "cross-site"
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc not in (request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc)
