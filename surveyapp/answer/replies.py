"""What is answered to a save: a page for a browser, JSON for the attendee's script, the same words in both."""

from collections.abc import Mapping
from typing import Any

from flask import abort, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.answer.news import news_for, news_of, news_of_the_only_team
from surveyapp.answer.page import PageValues, address, page_context, rendered_page, sentences_of
from surveyapp.answer.queries import card_facts, edition_questionnaire
from surveyapp.answer.submission import HANDED_ON, Refused, Submission, is_shown_apart
from surveyapp.model.answers import Raw
from surveyapp.model.codes import read_card_code, shown_receipt
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import COUNT
from surveyapp.model.saving import SaveResult
from surveyapp.model.survey import SHARED
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.rendering.look import chosen_look, look_query
from surveyapp.rendering.media_policy import headers_for
from surveyapp.rendering.question_view import typed_texts
from surveyapp.web.compression import compressed
from surveyapp.web.errors import error_context, error_sentence, refusal, wants_json
from surveyapp.web.i18n import interface_languages
from surveyapp.web.look import Look, look_of_request
from surveyapp.web.return_links import look_page


def saved_reply(facts: CardFacts, incoming: Submission, recorded: SaveResult, receipt: str) -> AnyResponse:
    """Stored: the script is told what is stored now, a browser goes on to its next page."""
    response = incoming.envelope.response
    if wants_json():
        stored = {"response": response, "revision": recorded.revision, "finished": recorded.finished}
        reply: AnyResponse = jsonify(stored | _told_at_the_end(facts, incoming, recorded, receipt))
    else:
        reply = redirect(_taken_back(recorded) or _next_page(facts, incoming, receipt), 303)
    if recorded.is_safe:
        reply.headers["X-Saved"] = f"{response}:{recorded.revision}"
    return reply


def _told_at_the_end(facts: CardFacts, incoming: Submission, recorded: SaveResult, receipt: str) -> dict[str, str]:
    """Where the script goes once a response is finished, and its receipt; there is none of what was taken back.

    On a shared phone the receipt is in no address, which the browser would remember: the script hands it over.
    """
    if recorded.withdrawn:
        return {"page": _taken_back(recorded)}
    if not recorded.finished:
        return {}
    shown = "" if facts.place.source == SHARED else receipt
    return {"receipt": shown_receipt(receipt), "page": _thanks_page(facts, incoming, shown)}


def _taken_back(recorded: SaveResult) -> str:
    return url_for("pages.withdraw", done=1) if recorded.withdrawn else ""


def refused_reply(facts: CardFacts, refused: Refused, opened: str) -> AnyResponse:
    """422: the page again with everything typed, and what to do about each answer that couldn't be read."""
    questionnaire, envelope = refused.questionnaire, refused.envelope
    if questionnaire is None or envelope is None:
        raise ValueError("a refusal of answers has read them")
    if wants_json():
        return refusal(422, error_sentence(422), sentences_of(questionnaire, refused.errors))
    values = PageValues(facts.place.card, envelope.response, opened, _printable(refused.raw), refused.errors)
    html = rendered_page(facts, questionnaire, _look(facts, refused), values)
    return compressed(make_response(html, 422, headers_for(html)))


def not_open_reply(facts: CardFacts, status: int) -> AnyResponse:
    """Not open yet: when it opens, and whom to ask."""
    if wants_json():
        return refusal(status, error_sentence(409))
    return _plain_page("answer/not_open.html", facts, status, told=news_for(facts))


def closed_reply(facts: CardFacts, questionnaire: Questionnaire | None, raw: Raw) -> AnyResponse:
    """410: closed since when; whatever was typed can be copied from the page."""
    if wants_json():
        return refusal(410, f"{error_sentence(410)} {_not_sent()}")
    look = chosen_look(request.args, facts, questionnaire)
    typed = typed_texts(questionnaire, look, _printable(raw)) if questionnaire else ()
    told = None if typed else news_for(facts)
    return _plain_page("answer/closed.html", facts, 410, typed=typed, told=told)


def late_reply(facts: CardFacts, incoming: Submission, raw: Raw) -> AnyResponse:
    """Nothing is stored yet: few come so late, and whoever does chooses what becomes of their answers."""
    envelope = incoming.envelope
    look = _asked_look(facts, incoming.questionnaire, envelope.view, envelope.language)
    words = page_context(facts, incoming.questionnaire, look) | {"look_page": ""}
    carried = _printable({**raw, "response": [envelope.response]})
    sent = [(name, value) for name, values in carried.items() if name != "late_choice" for value in values]
    return compressed(make_response(render_template("answer/late.html", **words, code=facts.place.card, sent=sent)))


def news_reply(facts: CardFacts) -> AnyResponse:
    """What was done with the answers, or 404 while nothing is told of them."""
    told = news_of(facts.survey_id)
    return _plain_page("answer/news.html", facts, 200 if told else 404, to="news", told=told)


def facts_of_code(code: str) -> CardFacts:
    """What a card leads to; 404 with a page of its own, or a sentence for the script, where it leads nowhere."""
    read = read_card_code(code)
    facts = card_facts(read) if read else None
    if facts is None:
        if wants_json():
            abort(_gone_reply())
        told = news_of_the_only_team() if read else None  # what is no code at all is answered without the database
        words = {**error_context(look_of_request(), read or ""), "code": read, "told": told}
        abort(make_response(render_template("answer/unknown.html", **words), 404))
    return facts


def words_of(facts: CardFacts) -> dict[str, Any]:
    """What a page beside the questions prints of its survey, also where that has no edition yet."""
    questionnaire = edition_questionnaire(facts.survey_id, facts.edition) if facts.edition else None
    shown = questionnaire or Questionnaire(title={}, languages=interface_languages())
    return page_context(facts, shown, chosen_look(request.args, facts, shown))


def _gone_reply() -> AnyResponse:
    """404 for the script, whose page was opened when the survey was still there."""
    return refusal(404, f"{gettext('This survey is not here any more.')} {_not_sent()}")


def _not_sent() -> str:
    return gettext("Your answers are not sent. You can copy what you wrote from this page.")


def _plain_page(template: str, facts: CardFacts, status: int, to: str = "survey", **more: object) -> AnyResponse:
    words = words_of(facts)
    words["look_page"] = look_page(to, words["look_query"], facts.place.card)
    return compressed(make_response(render_template(template, **words, code=facts.place.card, **more), status))


def _next_page(facts: CardFacts, incoming: Submission, receipt: str) -> str:
    envelope = incoming.envelope
    if envelope.finish:
        return _thanks_page(facts, incoming, receipt)
    if envelope.go_to == HANDED_ON:
        return address("answer.page", facts.place.card, {})
    page = "answer.look" if envelope.go_to == "look" else "answer.page"
    return address(page, facts.place.card, _kept_look(facts, incoming), response=envelope.response)


def _thanks_page(facts: CardFacts, incoming: Submission, receipt: str) -> str:
    told = ({"receipt": shown_receipt(receipt)} if receipt else {}) | _told_of_late(facts, incoming)
    return address("answer.thanks", facts.place.card, _kept_look(facts, incoming), **told)


def _told_of_late(facts: CardFacts, incoming: Submission) -> dict[str, str]:
    """What thanks says of an answer that came late: what was chosen, or that nothing was chosen yet."""
    if incoming.late_choice == COUNT:
        return {"late": COUNT}
    if not is_shown_apart(facts, late=incoming.late):
        return {"late": "1"} if incoming.late else {}
    return {"late": incoming.late_choice or "apart"}


def _kept_look(facts: CardFacts, incoming: Submission) -> dict[str, str]:
    look = _asked_look(facts, incoming.questionnaire, incoming.envelope.view, incoming.envelope.language)
    return look_query(look, facts, incoming.questionnaire)


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
