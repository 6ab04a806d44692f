"""What a new survey can start from, and what is known of the event before anybody says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from flask_babel import gettext

from surveyapp.editing.library import module, ready_surveys
from surveyapp.editing.library.known import with_our_words
from surveyapp.editor.forms import NEXT_SUGGESTION
from surveyapp.importing.detect import read_document
from surveyapp.importing.imported import Imported, NotReadError
from surveyapp.importing.plain import on_one_line, quoted
from surveyapp.importing.scales import with_headline
from surveyapp.model.asking_who import in_new_survey
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.model.survey import TITLE_LENGTH, Survey
from surveyapp.storage.upload import stored_file
from surveyapp.web import access
from surveyapp.web.media_store import media_store

KEPT_DETAILS = ("title", "place", "time_zone", "default_view", "what_happens_next", "help")


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """The questions that a new survey starts from, what they are called, and how its details are filled in at first.

    `source` names the form's hidden field that says where they come from; `last` is last time's survey.
    """

    questionnaire: Questionnaire
    source: str
    name: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    last: Survey | None = None


def beginning_of(asked: Mapping[str, str]) -> StartingPoint | None:
    """What a form or an address says to start from; None for nothing that is there. Raises NotReadError."""
    if asked.get("again"):
        return _from_last_time(asked["again"])
    if asked.get("document"):
        return _from_elsewhere(read_document(asked["document"]).questionnaire)
    ready = ready_surveys().get(asked.get("ready", ""))
    if ready is None:
        return None
    return StartingPoint(ready, "ready", _title(ready), {"what_happens_next": str(NEXT_SUGGESTION)})


def with_equality(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the equality questions at its end that it doesn't have yet."""
    keys = {question.key for question in questionnaire.questions}
    asked = module("equality")
    return questionnaire.extended_by(
        replace(asked, questions=tuple(question for question in asked.questions if question.key not in keys))
    )


def may_ask_equality(questionnaire: Questionnaire) -> bool:
    """Whether equality questions can be added: they are added once."""
    return all(question.linked for question in questionnaire.asking)


def with_library_words(imported: Imported) -> Imported:
    """What was brought along, with easy words, symbols and scales of ours where a question is one that we know."""
    old = imported.questionnaire
    questions = [with_our_words(question) for question in old.questions]
    known = [
        quoted(localized(new.words, old.language, "standard")[0])
        for new, before in zip(questions, old.questions, strict=True)
        if new != before
    ]
    if not known:
        return imported
    names = ", ".join(dict.fromkeys(known))
    sentence = gettext("Questions that we know, with our easy words and symbols filled in: %(names)s.", names=names)
    return Imported(replace(old, questions=tuple(with_headline(questions))), (*imported.left_out, sentence))


def with_media_that_is_here(imported: Imported) -> Imported:
    """What was brought along without the pictures and recordings that it only names. Raises StoreGoneError."""
    questions = [_with_media_that_is_here(question) for question in imported.questionnaire.questions]
    changed = [
        quoted(localized(new.words, imported.questionnaire.language, "standard")[0] or new.key)
        for new, old in zip(questions, imported.questionnaire.questions, strict=True)
        if new != old
    ]
    if not changed:
        return imported
    sentence = gettext(
        "Pictures and recordings that are not here; add them again: %(names)s.", names=", ".join(changed)
    )
    questionnaire = replace(imported.questionnaire, questions=tuple(questions))
    return Imported(questionnaire, (*imported.left_out, sentence))


def _with_media_that_is_here(question: Question) -> Question:
    store = media_store()
    recordings = {tag: name for tag, name in question.recordings.items() if stored_file(store, name) is not None}
    picture = question.picture
    is_here = picture is None or stored_file(store, picture.name) is not None
    return replace(question, recordings=recordings, picture=picture if is_here else None)


def _from_last_time(survey_id: str) -> StartingPoint | None:
    """The questions of a survey of one's own, with its details and without its dates and people."""
    try:
        survey = access.own_survey(UUID(survey_id), "editor")
    except ValueError:
        return None
    details = {name: getattr(survey, name) for name in KEPT_DETAILS}
    details |= {name: (getattr(survey, name) or "").split() for name in ("contact_purposes", "contact_fields")}
    asked = in_new_survey(survey.questionnaire, from_own=True)
    return StartingPoint(asked, "again", survey.title, details, survey)


def _from_elsewhere(questionnaire: Questionnaire) -> StartingPoint:
    if not questionnaire.languages:
        raise NotReadError(gettext("The questions are in no language."))
    title = on_one_line(_title(questionnaire))[:TITLE_LENGTH]
    details = {"title": title, "what_happens_next": str(NEXT_SUGGESTION)}
    return StartingPoint(in_new_survey(questionnaire), "document", title, details)


def _title(questionnaire: Questionnaire) -> str:
    return localized(questionnaire.title, questionnaire.language, "standard")[0]
