"""Compression of attendees' pages only: pages with organisers' tokens stay as they are (BREACH)."""

from flask import Flask, Response, request
from flask_compress import Compress

_compress = Compress()


def init_app(app: Flask) -> None:
    """Let routes mark what is compressed; nothing is by itself."""
    app.config["COMPRESS_REGISTER"] = False
    app.config["COMPRESS_BR_LEVEL"] = 5
    _compress.init_app(app)


def compressed(response: Response) -> Response:
    """Compress a response as the phone accepts it."""
    if "HTTP_ACCEPT_ENCODING" not in request.environ:
        return response
    squeezed: Response = _compress.after_request(response)
    return squeezed
