"""Start the server: bring the database up to date, load the demonstration where it belongs, say where to go."""

import gc
import logging
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from flask import Flask
from qrcode import QRCode
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.app import create_app
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.db.file import OWNERS_FOLDER
from surveyapp.db.opening import file_of, opened_database
from surveyapp.demo import DEMO_PASSWORD, demo_card, load_demo
from surveyapp.editing.media_owner import claim
from surveyapp.model.survey import Survey
from surveyapp.model.team import DEMO_EMAIL
from surveyapp.scheduler import Scheduler
from surveyapp.server.listening import CannotListenError, descriptors_wanting, listening
from surveyapp.settings import is_loopback
from surveyapp.storage.refusals import StoreGoneError
from surveyapp.storage.stores import store_of
from surveyapp.web import access_log, metrics
from surveyapp.web.log_format import formatter

if TYPE_CHECKING:
    from config import Config


def main(config: "Config") -> None:
    """Serve until told to stop; requests that are running then are finished first. Raises CannotListenError."""
    app = prepared_app(config)
    faults = logging.StreamHandler()
    faults.setFormatter(formatter(config.log_format))
    logging.basicConfig(level=logging.WARNING, handlers=[faults])
    access_log.start_access_log(app, config.log_format)
    if config.metrics_port:
        _start_metrics(app, config)
    settle()
    server = listening(app, config.host, config.port)
    print_welcome(app, config, sys.stdout)
    if wanting := descriptors_wanting():
        print(wanting, file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: server.stop())  # until the server hears signals itself
    scheduler = Scheduler(app.extensions["engine"], small_group=app.config["SMALL_GROUP"])
    scheduler.start()
    try:
        server.serve_until_stopped()
    finally:
        scheduler.stop()
        app.extensions["engine"].dispose()  # SQLite's last connection takes its log and its index of it away


def prepared_app(config: "Config") -> Flask:
    """The app on a database that is up to date, with the demonstration if it is empty and only this machine sees it."""
    file = file_of(config.database_url)
    held = server_lock.hold(file) if file else None
    engine = opened_database(config.database_url, may_create=True)
    if config.demo == "auto" and config.is_loopback and engine.dialect.name == "sqlite":
        with Session(db.writing(engine)) as session:
            if session.scalar(select(Survey.id).limit(1)) is None:
                load_demo(session)
                session.commit()
    _own_media(engine, config)
    engine.dispose()
    app = create_app(config)
    app.extensions["server_lock"] = held  # it falls with the process
    return app


def _own_media(engine: Engine, config: "Config") -> None:
    """Close the instance folder to others, and mark what is kept there as this installation's."""
    config.instance.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
    with suppress(PermissionError):
        config.instance.chmod(OWNERS_FOLDER)
    store = store_of(config.media_url, config.media_endpoint, config.instance)
    with Session(engine) as session, suppress(StoreGoneError):
        claim(session, store)


def _start_metrics(app: Flask, config: "Config") -> None:
    try:
        metrics.start_metrics(app, config.host, config.metrics_port)
    except OSError as error:
        raise CannotListenError(f"METRICS_PORT {config.metrics_port} can't be had: {error.strerror}.") from error


def settle() -> None:
    """Tell the garbage collector that what was loaded stays: it then walks over requests' own objects only."""
    gc.collect()
    gc.freeze()


def print_welcome(app: Flask, config: "Config", out: TextIO) -> None:
    """Print the organiser's address and the demonstration's sign-in, and the attendee's address with its QR code."""
    print(f"\nOrganisers:  {config.public_url}/sign-in", file=out)
    with app.app_context(), Session(db.engine()) as session:
        code = demo_card(session) if config.is_loopback else None
    if code is not None:
        print(f"             {DEMO_EMAIL}  password {DEMO_PASSWORD}", file=out)
    address = f"{config.public_url}/s/{code}" if code else f"{config.public_url}/"
    print(f"Attendees:   {address}\n", file=out)
    print_qr(address, out)
    if is_loopback(urlsplit(config.public_url).hostname or "") and not is_loopback(config.host):
        print(f"Phones can't open this address. Set PUBLIC_URL to http://{own_address()}:{config.port}\n", file=out)
    print("Stop with Ctrl+C.\n", file=out, flush=True)


def own_address() -> str:
    """This machine's address in the network that it goes out by, or an example; no packet is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that stands in documents only
        except OSError:
            return "192.168.1.20"
        return str(probe.getsockname()[0])


def print_qr(address: str, out: TextIO) -> None:
    """Print a QR code as half blocks, dark on light whatever the terminal's colours, with its quiet zone."""
    code = QRCode(border=4)
    code.add_data(address)
    encoding = (out.encoding or "utf-8").lower().replace("-", "")
    if encoding == "utf8":
        code.print_ascii(out=out, invert=True)
