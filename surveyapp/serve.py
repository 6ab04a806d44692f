"""Start the server: bring the database up to date, load the demonstration where it belongs, say where to go."""

import gc
import logging
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from flask import Flask
from qrcode import QRCode
from sqlalchemy import select
from sqlalchemy.orm import Session
from waitress.server import create_server

from surveyapp.app import create_app
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.demo import DEMO_PASSWORD, demo_card, load_demo
from surveyapp.model.survey import Survey
from surveyapp.model.team import DEMO_EMAIL
from surveyapp.refusing import speak_plainly
from surveyapp.web import access_log

if TYPE_CHECKING:
    from config import Config

THREADS = 8
UNSENT = 768 * 1024
"""Bytes that wait for a slow client. A file is made no faster than it is taken, and never piles up in memory.

Less than the 1 MB at which waitress turns to a temporary file on the disk, which costs a tenth of the speed.
"""
BODY_LIMIT = 16 * 1024 * 1024


class CannotListenError(Exception):
    """The server's address can't be had; the message says which and what to do."""


def main(config: "Config") -> None:
    """Serve until told to stop; requests that are running then are finished first."""
    app = prepared_app(config)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    access_log.start(app)
    settle()
    server = listening(app, config)
    print_welcome(app, config, sys.stdout)
    signal.signal(signal.SIGTERM, _stop)
    server.run()


def listening(app: Flask, config: "Config") -> Any:
    """The server, which holds its port already. Raises CannotListenError."""
    speak_plainly()
    try:
        return create_server(
            app,
            host=config.host,
            port=config.port,
            threads=THREADS,
            outbuf_high_watermark=UNSENT,
            ident=None,
            max_request_body_size=BODY_LIMIT,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise CannotListenError(
            f"The server can't listen on {config.host}, port {config.port}: {why}. Set HOST or PORT to others."
        ) from error


def prepared_app(config: "Config") -> Flask:
    """The app on a database that is up to date, with the demonstration if it is empty and only this machine sees it."""
    engine = db.make_engine(config.database_url)
    schema.upgrade(engine)
    if config.demo == "auto" and config.is_loopback and engine.dialect.name == "sqlite":
        with Session(db.writing(engine)) as session:
            if session.scalar(select(Survey.id).limit(1)) is None:
                load_demo(session)
                session.commit()
    engine.dispose()
    return create_app(config)


def settle() -> None:
    """Tell the garbage collector that what was loaded stays: it then walks over requests' own objects only."""
    gc.collect()
    gc.freeze()


def print_welcome(app: Flask, config: "Config", out: TextIO) -> None:
    """Print the organiser's address and the demonstration's sign-in, and the attendee's address with its QR code."""
    print(f"\nOrganisers:  {config.public_url}/sign-in", file=out)
    with app.app_context(), Session(db.engine()) as session:
        code = demo_card(session) if config.is_loopback else None
    if code is None:
        print(f"Attendees:   {config.public_url}/\n", file=out, flush=True)
        return
    address = f"{config.public_url}/s/{code}"
    print(f"             {DEMO_EMAIL}  password {DEMO_PASSWORD}", file=out)
    print(f"Attendees:   {address}\n", file=out)
    print_qr(address, out)
    print("Stop with Ctrl+C.\n", file=out, flush=True)


def print_qr(address: str, out: TextIO) -> None:
    """Print a QR code as half blocks, dark on light whatever the terminal's colours, with its quiet zone."""
    code = QRCode(border=4)
    code.add_data(address)
    encoding = (out.encoding or "utf-8").lower().replace("-", "")
    if encoding == "utf8":
        code.print_ascii(out=out, invert=True)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(0)
