"""The application is wired here and nowhere else."""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from surveyapp.accounts import routes as accounts
from surveyapp.answer import front
from surveyapp.answer import routes as answer
from surveyapp.answer.contact import routes as contact
from surveyapp.cards import routes as cards
from surveyapp.cards.printing import routes as printing
from surveyapp.cards.team import routes as team_cards
from surveyapp.db import sessions as db
from surveyapp.editor import routes as editor
from surveyapp.editor.deletion import routes as deletion
from surveyapp.editor.list import routes as question_list
from surveyapp.editor.question import routes as question
from surveyapp.editor.start import routes as start
from surveyapp.export import routes as export
from surveyapp.keying import routes as keying
from surveyapp.media import routes as media
from surveyapp.pages import routes as pages
from surveyapp.rendering import after_event, event, next_step, retention
from surveyapp.report import routes as report
from surveyapp.results import routes as results
from surveyapp.web import (
    access,
    assets,
    compression,
    errors,
    formatting,
    headers,
    htmx,
    i18n,
    limits,
    media_store,
    sessions,
    symbols,
)
from surveyapp.web.proxies import behind_proxies

if TYPE_CHECKING:
    from config import Config

FEATURES = (
    accounts,
    answer,
    cards,
    contact,
    deletion,
    editor,
    export,
    keying,
    media,
    pages,
    printing,
    question,
    question_list,
    report,
    results,
    start,
    team_cards,
)
KITS = (
    access,
    after_event,
    assets,
    compression,
    errors,
    event,
    formatting,
    headers,
    htmx,
    i18n,
    retention,
    limits,
    media_store,
    next_step,
    sessions,
    symbols,
)
WITHOUT_TOKEN = (answer, contact, pages)
BODY_LIMIT = 8 * 1024 * 1024


def create_app(config: "Config", *, testing: bool = False) -> Flask:
    """Make the WSGI application for one configuration."""
    app = Flask("surveyapp", instance_path=str(config.instance), static_folder=None)
    app.config.update(
        TESTING=testing,
        SECRET_KEY=config.signing_key(),
        PUBLIC_URL=config.public_url,
        IS_LOOPBACK=config.is_loopback,
        SMALL_GROUP=config.small_group,
        REDIS_URL=config.redis_url,
        MEDIA_URL=config.media_url,
        MEDIA_ENDPOINT=config.media_endpoint,
        SPEECH_PROGRAM=config.speech_program,
        ORGANISATION=config.organisation,
        ACCESSIBILITY_CONTACT=config.accessibility_contact,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        SESSION_COOKIE_NAME="organiser",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.public_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,
    )
    db.init_app(app, config.database_url)
    csrf = CSRFProtect(app)
    front.init_app(app)
    for kit in KITS:
        kit.init_app(app)
    app.wsgi_app = behind_proxies(app.wsgi_app, config.trusted_proxies)  # type: ignore[method-assign, assignment]  # the documented way to wrap one
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    for feature in WITHOUT_TOKEN:
        csrf.exempt(feature.bp)
    csrf.exempt(accounts.keep_form)  # it comes from whoever has no session any more
    return app
