"""An attendee's addresses: the survey's page, saving, thanks, how it looks. No cookie, no session, no token."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.answer.forms import BODY_LIMIT, page_language, sent_fields
from surveyapp.answer.front import opened_page
from surveyapp.answer.gaps import CutPage
from surveyapp.answer.news import new_news_cache, news_for
from surveyapp.answer.opened_token import make_opened_token
from surveyapp.answer.page import (
    PageCache,
    PageValues,
    address,
    new_page_cache,
    page_context,
    page_key,
    page_with_gaps,
    rendered_page,
)
from surveyapp.answer.preview import draft_page
from surveyapp.answer.queries import CARD_SECONDS, edition_questionnaire, new_caches, team_name
from surveyapp.answer.replies import (
    closed_reply,
    facts_of_code,
    late_reply,
    news_reply,
    not_open_reply,
    refused_reply,
    saved_reply,
    words_of,
)
from surveyapp.answer.submission import Refused, asks_first, read_incoming, to_store
from surveyapp.db import sessions as db
from surveyapp.model.codes import read_receipt, receipt_mark, receipt_of, shown_receipt
from surveyapp.model.questionnaire import VIEWS, Questionnaire
from surveyapp.model.release import choose_late
from surveyapp.model.response import COUNT, SHOW
from surveyapp.model.saving import record, stored_version
from surveyapp.model.survey import Phase, Survey
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.rendering.look import chosen_look, look_query
from surveyapp.rendering.media_policy import headers_for
from surveyapp.rendering.paper import paper_questions
from surveyapp.rendering.question_view import raw_of, symbols_of
from surveyapp.web.access import own_survey
from surveyapp.web.compression import compressed
from surveyapp.web.headers import PREVIEW_POLICY
from surveyapp.web.i18n import use_language
from surveyapp.web.origin import is_cross_site
from surveyapp.web.return_links import look_page, way_back

bp = Blueprint("answer", __name__)

CHOICES = (COUNT, SHOW)
LATE = ("1", "apart", *CHOICES)  # came before the others were shown; after it, with no choice made, or with one


@bp.record_once
def _make_caches(state: Any) -> None:
    seconds = 0.0 if state.app.testing else CARD_SECONDS
    state.app.extensions["answer_caches"] = new_caches(seconds)
    state.app.extensions["answer_news"] = new_news_cache(seconds)
    state.app.extensions["answer_pages"] = new_page_cache()
    bundles = Path(state.app.root_path) / "static" / "bundles"
    state.app.extensions["answer_worker"] = (bundles / "worker.js").read_bytes()


@bp.get("/S/<code>")  # as QR codes carry it, in capitals
@bp.get("/s/<code>")
def page(code: str) -> AnyResponse:
    """The survey: every question in one form; or, with `response`, an unfinished one taken up again."""
    facts = facts_of_code(code)
    phase = facts.times.phase(datetime.now(UTC))
    if facts.edition is None or phase in (Phase.DRAFT, Phase.SCHEDULED):
        return not_open_reply(facts, 200)
    if phase is Phase.CLOSED:
        return closed_reply(facts, None, {})
    if request.query_string and "response" in request.args:
        return _resumed_page(facts, _questionnaire(facts))
    accepts = request.headers.get("Accept-Encoding", "")
    headers, body = opened_page(facts, _cut_page(facts), current_app.config["SECRET_KEY"], accepts)
    return Response(body, headers=headers)


@bp.get("/S/<code>/")
@bp.get("/s/<code>/")
def page_with_slash(code: str) -> AnyResponse:
    """The address with a slash at its end, as phones and messages make of it: leads to the one without."""
    query = request.query_string.decode("ascii", "ignore")
    return redirect(url_for("answer.page", code=code) + (query and f"?{query}"), 308)


@bp.post("/s/<code>")
def save(code: str) -> AnyResponse:
    """Save or finish a response; nothing that was typed is ever lost by a refusal."""
    if is_cross_site():
        abort(403)
    request.max_content_length = BODY_LIMIT
    facts = facts_of_code(code)
    fields = sent_fields(request)
    use_language(page_language(fields))
    incoming = read_incoming(facts, fields, _secret(), datetime.now(UTC))
    if isinstance(incoming, Refused):
        return _refused(facts, incoming)
    if asks_first(facts, incoming):
        return late_reply(facts, incoming, fields)
    sent = to_store(incoming)
    receipt = receipt_of(sent.id, _secret()) if sent.version.finished else ""
    mark = receipt_mark(receipt, _secret()) if receipt else None
    if mark and sent.late_choice:  # goes for what was sent before, too: by the phone itself, or before Back was pressed
        _choose(facts, mark, sent.late_choice)
    recorded = db.commit_together(lambda session: record(session, facts.place, sent, incoming.today, mark))
    return saved_reply(facts, incoming, recorded, receipt or receipt_of(sent.id, _secret()))


@bp.get("/s/<code>/thanks")
def thanks(code: str) -> AnyResponse:
    """Saved; what happens next; someone else wants to answer."""
    facts = facts_of_code(code)
    receipt = read_receipt(request.args.get("receipt", ""))
    late = request.args.get("late", "")
    told = {"receipt": shown_receipt(receipt) if receipt else "", "late": late if late in LATE else ""}
    words = words_of(facts) | told | {"code": facts.place.card, "told": news_for(facts)}
    words["offers_contact"] = facts.contact_form is not None and not facts.is_released
    words["look_page"] = look_page("thanks", words["look_query"], facts.place.card, **told)
    return compressed(make_response(render_template("answer/thanks.html", **words)))


@bp.post("/s/<code>/thanks")
def choose_for_late(code: str) -> AnyResponse:
    """What becomes of answers that a phone sent by itself after the others were shown: whoever has the receipt says."""
    if is_cross_site():
        abort(403)
    facts = facts_of_code(code)
    receipt, choice = read_receipt(request.form.get("receipt", "")), request.form.get("late_choice", "")
    told = {"receipt": shown_receipt(receipt) if receipt else "", "late": "apart"}
    if receipt and choice in CHOICES and _choose(facts, receipt_mark(receipt, _secret()), choice):
        told["late"] = choice
    query = words_of(facts)["look_query"]
    return redirect(address("answer.thanks", facts.place.card, query, **told), 303)


@bp.get("/s/<code>/news")
def news(code: str) -> AnyResponse:
    """You said, we did: what was done with the answers to this survey."""
    return news_reply(facts_of_code(code))


@bp.get("/s/<code>/look")
def look(code: str) -> AnyResponse:
    """Change how this looks: a plain form that leads back to the same page and answers."""
    facts = facts_of_code(code)
    card = facts.place.card
    words = words_of(facts) | {"code": card, "back": way_back(request.args, card), "look_page": ""}
    return compressed(make_response(render_template("answer/look.html", **words)))


@bp.get("/s/<code>/paper")
def paper(code: str) -> AnyResponse:
    """The same survey to print and fill in by hand; before it opens, too."""
    facts = facts_of_code(code)
    phase = facts.times.phase(datetime.now(UTC))
    if facts.edition is None or phase is Phase.DRAFT:
        return not_open_reply(facts, 200)
    if phase is Phase.CLOSED:
        return closed_reply(facts, None, {})
    questionnaire = edition_questionnaire(facts.survey_id, facts.edition)
    assert questionnaire is not None  # noqa: S101 -- the facts were read with this edition
    look = chosen_look(request.args, facts, questionnaire)
    words = page_context(facts, questionnaire, look)
    words["look_page"] = look_page("paper", words["look_query"], facts.place.card)
    questions = paper_questions(questionnaire, look)
    symbols = symbols_of(tuple(question.shown for question in questions))
    sheet = {"code": facts.place.card, "edition": facts.edition, "questions": questions, "symbols": symbols}
    return compressed(make_response(render_template("answer/paper.html", **words, **sheet)))


@bp.get("/S/worker.js")
@bp.get("/s/worker.js")
def worker() -> AnyResponse:
    """The script that keeps an opened survey for when there is no signal; no code looks like its name."""
    script: bytes = current_app.extensions["answer_worker"]
    return compressed(Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"}))


@bp.get("/surveys/<uuid:survey_id>/preview/<view>")
def preview(survey_id: UUID, view: str) -> AnyResponse:
    """The page of the draft in one view, for its organisers; it may stand in a frame, and sends nothing."""
    survey = own_survey(survey_id)
    if view not in VIEWS:
        abort(404)
    shown = draft_page(survey, team_name(db.session(), survey.team_id), {**request.args, "view": view})
    return Response(shown, mimetype="text/html", headers={"Content-Security-Policy": PREVIEW_POLICY})


def _questionnaire(facts: CardFacts) -> Questionnaire:
    """The newest edition's questionnaire; there is one, since the survey is open."""
    found = edition_questionnaire(facts.survey_id, facts.edition or 0)
    if found is None:
        abort(404)
    return found


def _choose(facts: CardFacts, mark: bytes, choice: str) -> bool:
    """Note a choice for late answers that are stored; False where there are none that nobody has been shown."""
    survey = db.session().get_one(Survey, facts.survey_id)
    is_noted = choose_late(db.session(), survey, mark, choice)
    db.session().commit()
    return is_noted


def _cut_page(facts: CardFacts) -> CutPage:
    """The page in the look that is asked for, rendered before or now."""
    pages: PageCache = current_app.extensions["answer_pages"]
    if not request.query_string:
        return pages.get(page_key(facts), lambda: _rendered(facts, {}))
    look = chosen_look(request.args, facts, _questionnaire(facts))
    return pages.get(page_key(facts, look), lambda: _rendered(facts, request.args))


def _rendered(facts: CardFacts, asked: Mapping[str, str]) -> CutPage:
    questionnaire = _questionnaire(facts)
    return page_with_gaps(facts, questionnaire, chosen_look(asked, facts, questionnaire))


def _resumed_page(facts: CardFacts, questionnaire: Questionnaire) -> AnyResponse:
    """The page with what is stored of an unfinished response; a finished one is never shown to anybody."""
    look = chosen_look(request.args, facts, questionnaire)
    response = request.args["response"].lower()
    stored = stored_version(db.session(), facts.survey_id, response)
    if stored is not None and stored.finished:
        return redirect(address("answer.page", facts.place.card, look_query(look, facts, questionnaire)), 303)
    raw = raw_of(stored.answers) if stored else {}
    values = PageValues(facts.place.card, response, _opened(facts, facts.edition or 0), raw)
    html = rendered_page(facts, questionnaire, look, values)
    return compressed(make_response(html, 200, headers_for(html)))


def _refused(facts: CardFacts, refused: Refused) -> AnyResponse:
    if refused.reason == "closed":
        return closed_reply(facts, refused.questionnaire, refused.raw)
    if refused.reason == "not_open":
        return not_open_reply(facts, 409)
    opened = refused.opened or _opened(facts, facts.edition or 0)
    return refused_reply(facts, refused, opened)


def _opened(facts: CardFacts, edition: int) -> str:
    return make_opened_token(_secret(), facts.survey_id, edition, datetime.now(UTC))


def _secret() -> bytes:
    secret: str = current_app.config["SECRET_KEY"]
    return secret.encode()
