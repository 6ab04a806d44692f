"""What a phone sent, as fields of text; read strictly, so that no character is changed unseen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import uuid4

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from surveyapp.model.answers import Raw
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.response import COUNT, SHOW

BODY_LIMIT = 512 * 1024
FIELD_LIMIT = 5_000
UNREADABLE = "\udcff"
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REVISION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The fields of `POST /s/<code>` that are not answers; `errors` names those that couldn't be read."""

    response: str
    revision: int | None
    view: str
    language: str
    opened: str
    go_to: str
    finish: bool
    late_choice: str | None
    errors: dict[str, Unreadable]


def sent_fields(request: Request) -> Raw:
    """The body's fields. A byte that is no UTF-8 becomes a lone surrogate, which every kind refuses."""
    request.max_content_length = BODY_LIMIT
    body = request.get_data(cache=True)
    if not body.strip():
        return {}
    if request.mimetype == "application/x-www-form-urlencoded":
        return _grouped(_url_encoded(body))
    fields = _grouped(request.form.items(multi=True))
    for name in request.files:
        fields.setdefault(name or "file", []).append(UNREADABLE)
    if not _is_utf8(body):
        fields[UNREADABLE] = [UNREADABLE]
    return fields


def read_envelope(raw: Raw) -> Envelope:
    """Read the fields around the answers; what can't be read is named in `errors`."""
    errors: dict[str, Unreadable] = {}
    response = _only(raw, "response").lower() or str(uuid4())
    revision = _only(raw, "revision")
    if not UUID_TEXT.fullmatch(response):
        errors["response"] = Unreadable("malformed_response")
    if revision and not REVISION.fullmatch(revision):
        errors["revision"] = Unreadable("malformed_revision")
    return Envelope(
        response=response,
        revision=int(revision) if revision and "revision" not in errors else None,
        view=_only(raw, "view"),
        language=_only(raw, "lang"),
        opened=_only(raw, "opened"),
        go_to=_only(raw, "next"),
        finish="finish" in raw,
        late_choice=choice if (choice := _only(raw, "late_choice")) in (COUNT, SHOW) else None,
        errors=errors,
    )


def page_language(raw: Raw) -> str:
    """The language of the page that the fields come from: what the script is told is said in it."""
    return _only(raw, "lang") or "en"


def _only(raw: Raw, name: str) -> str:
    values = raw.get(name) or [""]
    return values[-1]


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _url_encoded(body: bytes) -> list[tuple[str, str]]:
    text = body.decode("utf-8", errors="surrogateescape")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="surrogateescape", max_num_fields=FIELD_LIMIT)
    except ValueError:
        raise RequestEntityTooLarge from None


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields
