"""`/c/<code>`: how the team can reach somebody who answered. No cookie, no script, and no word of their answers."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveyapp.answer.contact.forms import Written, read_details
from surveyapp.answer.forms import BODY_LIMIT, sent_fields
from surveyapp.answer.page import address
from surveyapp.answer.replies import facts_of_code, not_open_reply, words_of
from surveyapp.db import sessions as db
from surveyapp.model.contact import Details, TooManyContactsError, keep_contact, takes_contacts
from surveyapp.model.contact_form import ContactForm
from surveyapp.model.release import release_time
from surveyapp.model.survey import REHEARSAL, Phase, Survey
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.web.compression import compressed
from surveyapp.web.origin import is_cross_site
from surveyapp.web.return_links import look_page

bp = Blueprint("contact", __name__)


@bp.get("/c/<code>")
def form(code: str) -> Response:
    """The form; with `done`, that what was written is stored."""
    facts, asked = _asked(code)
    if "done" in request.args:
        return _page(facts, asked, done=True)
    if not _is_open(facts, db.session().get_one(Survey, facts.survey_id)):
        return _closed(facts, asked)
    return _page(facts, asked, written=Written(Details(())))


@bp.post("/c/<code>")
def keep(code: str) -> Response:
    """Store what was written, apart from every answer; or the page again with what to mend."""
    if is_cross_site():
        abort(403)
    request.max_content_length = BODY_LIMIT
    facts, asked = _asked(code)
    written = read_details(asked, sent_fields(request))
    survey = _locked(db.session(), facts)
    if not _is_open(facts, survey):
        return _closed(facts, asked)
    if written.errors:
        return _page(facts, asked, status=422, written=written)
    if facts.place.source != REHEARSAL:  # who tries it out is nobody to be reached
        try:
            keep_contact(db.session(), survey, written.details)
        except TooManyContactsError:
            return _page(facts, asked, status=429, written=written, full=True)
        db.session().commit()
    query = words_of(facts)["look_query"]
    return redirect(address("contact.form", facts.place.card, query, done="1"), 303)


def _asked(code: str) -> tuple[CardFacts, ContactForm]:
    """The card's survey and its form; where it has none, a page that says that there is nothing here."""
    facts = facts_of_code(code)
    if facts.contact_form is None:
        abort(404)
    return facts, facts.contact_form


def _locked(session: Session, facts: CardFacts) -> Survey:
    """The survey as it is once nobody releases it: who came in before the release is released, and nobody after it."""
    session.execute(select(Survey.id).where(Survey.id == facts.survey_id).with_for_update(read=True))
    return session.get_one(Survey, facts.survey_id, populate_existing=True)


def _is_open(facts: CardFacts, survey: Survey) -> bool:
    is_tried = facts.place.source == REHEARSAL
    return is_tried or takes_contacts(survey, release_time(survey), datetime.now(UTC))


def _closed(facts: CardFacts, asked: ContactForm) -> Response:
    """Not any more; or not yet, as of the survey itself."""
    if facts.times.phase(datetime.now(UTC)) in (Phase.DRAFT, Phase.SCHEDULED):
        return not_open_reply(facts, 200)
    return _page(facts, asked, status=410, closed=True)


def _page(facts: CardFacts, asked: ContactForm, status: int = 200, **more: Any) -> Response:
    words = words_of(facts)
    card = facts.place.card
    words["look_page"] = look_page("contact", words["look_query"], card)
    shown = {"asked": asked, "code": card, "written": None, "done": False, "closed": False, "full": False, **more}
    page = make_response(render_template("answer/contact.html", **words, **shown), status)
    if status == 429:
        page.headers["Retry-After"] = "60"  # as it says
    return compressed(page)
