"""What is answered to a save: a page for a browser, JSON for the attendee's script, the same words in both."""

from collections.abc import Mapping

from flask import jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.answer.incoming import Incoming, Refused
from surveyapp.answer.look import chosen_look, look_query
from surveyapp.answer.page import PageValues, address, page_words, rendered_page, sentences_of
from surveyapp.answer.presentation import Look, typed_texts
from surveyapp.answer.queries import CardFacts, edition_questionnaire
from surveyapp.domain.answers import Raw
from surveyapp.domain.codes import shown_receipt
from surveyapp.domain.questionnaire import Questionnaire
from surveyapp.domain.recording import Recorded
from surveyapp.web.compression import compressed
from surveyapp.web.errors import refusal, sentence_of, wants_json


def saved_reply(facts: CardFacts, incoming: Incoming, recorded: Recorded, receipt: str) -> AnyResponse:
    """Stored: the script is told what is stored now, a browser goes on to its next page."""
    response = incoming.envelope.response
    if wants_json():
        stored = {"response": response, "revision": recorded.revision, "finished": recorded.finished}
        reply: AnyResponse = jsonify(stored | ({"receipt": shown_receipt(receipt)} if recorded.finished else {}))
    else:
        taken_back = url_for("pages.withdraw", done=1) if recorded.withdrawn else ""
        reply = redirect(taken_back or _next_page(facts, incoming, receipt), 303)
    if recorded.is_safe:
        reply.headers["X-Saved"] = f"{response}:{recorded.revision}"
    return reply


def refused_reply(facts: CardFacts, refused: Refused, opened: str) -> AnyResponse:
    """422: the page again with everything typed, and what to do about each answer that couldn't be read."""
    questionnaire, envelope = refused.questionnaire, refused.envelope
    if questionnaire is None or envelope is None:
        raise ValueError("a refusal of answers has read them")
    if wants_json():
        return refusal(422, sentence_of(422), sentences_of(questionnaire, refused.errors))
    values = PageValues(facts.place.card, envelope.response, opened, _printable(refused.raw), refused.errors)
    return compressed(make_response(rendered_page(facts, questionnaire, _look(facts, refused), values), 422))


def not_open_reply(facts: CardFacts, status: int) -> AnyResponse:
    """Not open yet: when it opens, and whom to ask."""
    if wants_json():
        return refusal(status, sentence_of(409))
    return _plain_page("answer/not_open.html", facts, status)


def closed_reply(facts: CardFacts, questionnaire: Questionnaire | None, raw: Raw) -> AnyResponse:
    """410: closed since when; whatever was typed can be copied from the page."""
    if wants_json():
        return refusal(410, sentence_of(410))
    typed = typed_texts(questionnaire, _printable(raw)) if questionnaire else ()
    return _plain_page("answer/closed.html", facts, 410, typed=typed)


def _plain_page(template: str, facts: CardFacts, status: int, **more: object) -> AnyResponse:
    questionnaire = edition_questionnaire(facts.survey_id, facts.edition) if facts.edition else None
    shown = questionnaire or Questionnaire(title={})
    words = page_words(facts, shown, chosen_look(request.args, facts, shown))
    return compressed(make_response(render_template(template, **words, code=facts.place.card, **more), status))


def _next_page(facts: CardFacts, incoming: Incoming, receipt: str) -> str:
    envelope = incoming.envelope
    look = _asked_look(facts, incoming.questionnaire, envelope.view, envelope.language)
    query = look_query(look, facts, incoming.questionnaire)
    code = facts.place.card
    if envelope.finish:
        return address("answer.thanks", code, query, receipt=shown_receipt(receipt))
    page = "answer.look" if envelope.go_to == "look" else "answer.page"
    return address(page, code, query, response=envelope.response)


def _look(facts: CardFacts, refused: Refused) -> Look:
    if refused.questionnaire is None or refused.envelope is None:
        return chosen_look(request.args, facts, refused.questionnaire)
    return _asked_look(facts, refused.questionnaire, refused.envelope.view, refused.envelope.language)


def _asked_look(facts: CardFacts, questionnaire: Questionnaire, view: str, language: str) -> Look:
    """The address asks first, then the page that was in use."""
    return chosen_look({"view": view, "lang": language, **request.args}, facts, questionnaire)


def _printable(raw: Raw) -> Mapping[str, list[str]]:
    """What was typed, with what no page can print shown as �."""
    return {_shown(name): [_shown(value) for value in values] for name, values in raw.items() if name.isprintable()}


def _shown(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode().replace("\0", "�")
