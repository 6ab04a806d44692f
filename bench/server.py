"""The servers that are measured, each in a process of its own: ours, and a Flask view of constant bytes."""

import logging
import sys
from pathlib import Path

from flask import Flask, Response
from waitress.server import create_server

from config import Config
from surveyapp import create_app
from surveyapp.serve import THREADS, settle


def ours(folder: Path) -> Flask:
    """The app as shipped on a database in a folder."""
    return create_app(
        Config(
            database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
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


def main(kind: str, argument: str) -> None:
    """Serve one of them on a free port, which is printed."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = ours(Path(argument)) if kind == "ours" else constant(int(argument))
    settle()
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
