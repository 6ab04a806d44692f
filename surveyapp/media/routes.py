"""Phones fetch the recordings and photos that are kept."""

from io import BytesIO

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from surveyapp.store.kept import CONTENT_TYPES, ending_of, opened
from surveyapp.store.refusals import StoreGoneError
from surveyapp.web.media_store import media_store

ALONE = "default-src 'none'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"

bp = Blueprint("media", __name__)


@bp.get("/media/<kept>")
def kept(kept: str) -> ResponseReturnValue:
    """Give a recording or a photo, or the part of it that a phone asks for: iPhones play nothing without (206)."""
    try:
        content = opened(media_store(), kept)
    except StoreGoneError:
        abort(503)
    if content is None:
        abort(404)
    kind = CONTENT_TYPES[ending_of(kept)]
    reply = send_file(BytesIO(content), mimetype=kind, conditional=True, etag=kept)
    reply.headers["Cache-Control"] = FOR_EVER
    reply.headers["Content-Security-Policy"] = ALONE
    return reply
