"""The layout swap: a page extends `layout`, which is the whole page or, where htmx asks, only what it swaps.

So no route branches. htmx-flask is met here only, and only its reading side.
"""

from flask import Flask, Response, redirect, request
from htmx_flask.requests import HtmxHeaders
from werkzeug.wrappers import Response as AnyResponse

PAGE = "layouts/page.html"
FRAGMENT = "layouts/fragment.html"


def init_app(app: Flask) -> None:
    """Give organisers' templates `layout`."""
    app.context_processor(lambda: {"layout": layout()})


def is_htmx_request() -> bool:
    """Whether htmx asks for a part of a page, rather than a person for the whole of it."""
    asked = HtmxHeaders(request.headers)
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def layout() -> str:
    """The layout's template for this request."""
    return FRAGMENT if is_htmx_request() else PAGE


def away_to(address: str) -> AnyResponse:
    """Go on to another page, whole: htmx is told to load it, or it would swap it into this one."""
    if is_htmx_request():
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def varying(response: Response) -> Response:
    """Say that the answer depends on who asks, or a Back button can show a bare fragment."""
    response.vary.update(["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
