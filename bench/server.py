"""The servers that are measured, each in a process of its own: ours, and a Flask view of constant bytes."""

import os
import sys
from pathlib import Path

from flask import Flask, Response

from config import Config
from surveyapp.app import create_app
from surveyapp.server.listening import listening
from surveyapp.server.serve import settle
from surveyapp.web import access_log


def ours(folder: Path, url: str = "") -> Flask:
    """The app as shipped on the database in a folder, or on another."""
    return create_app(
        Config(
            database_url=url or f"sqlite:///{folder / 'bench.sqlite3'}",
            secret_key="a secret for measuring, forty letters long",
            demo="off",
            instance=folder,
        )
    )


def constant(length: int) -> Flask:
    """A Flask app whose only view returns the same bytes."""
    app = Flask("constant")
    body = b"x" * length

    @app.get("/")
    def view() -> Response:
        return Response(body, mimetype="text/html")

    return app


def main(kind: str, argument: str, url: str = "") -> None:
    """Serve one of them on a free port, which is printed; ours writes its access log, to where it goes unseen."""
    app = ours(Path(argument), url) if kind == "ours" else constant(int(argument))
    settle()
    with Path(os.devnull).open("w") as sys.stderr:
        if kind == "ours":
            access_log.start_access_log(app)
        server = listening(app, "127.0.0.1", 0)
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        server.serve_until_stopped()


if __name__ == "__main__":
    main(*sys.argv[1:])
