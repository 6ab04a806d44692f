"""What the server itself refuses before the app sees it, told in plain words and with a way on.

The app's own pages can't be shown: they need a thread, and none is to be taken.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.web.headers import HEADERS

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
</head>
<body><h1>{title}</h1><p>{what_to_do}</p></body>
</html>
"""
RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a person reads, and after how many seconds a program may try again."""

    status: int
    title: str
    what_to_do: str
    retry_after: int | None = None


TOO_LARGE = Refusal(
    413,
    "That is too large to send",
    "Nothing of it was kept. Go back, choose a smaller file or write less, and send it again.",
)
NOT_UNDERSTOOD = Refusal(400, "We could not read that", "Nothing was kept. Go back and try again.")
HEAD_TOO_LARGE = Refusal(431, "We could not read that", "Nothing was kept. Go back and try again.")
BUSY = Refusal(
    503, "Many people are here right now", "Please wait a moment, then go back and try again.", RETRY_SECONDS
)


def refusal_response(refusal: Refusal, accepts: str = "") -> tuple[dict[str, str], bytes]:
    """The headers and the body of a refusal: JSON for the attendee's script, else a page (the contract's two forms)."""
    if "application/json" in accepts and "text/html" not in accepts:
        said = json.dumps({"error": f"{refusal.title}. {refusal.what_to_do}", "fields": {}})
        return _headers(refusal, "application/json", said), said.encode()
    page = PAGE.format(title=refusal.title, what_to_do=refusal.what_to_do)
    return _headers(refusal, "text/html; charset=utf-8", page), page.encode()


def _headers(refusal: Refusal, kind: str, said: str) -> dict[str, str]:
    more: Mapping[str, str] = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    usual = {"Content-Type": kind, "Content-Length": str(len(said.encode())), "Connection": "close"}
    return {**HEADERS, **usual, **more}
