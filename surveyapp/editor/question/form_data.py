"""What was typed into a question's form, and whether it was typed over the question as it is now."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from surveyapp.editing.wordings import in_language, is_fixed, pieces, retyped, too_long, with_range
from surveyapp.model.asking_who import may_ask_who
from surveyapp.model.describing import describes_people, may_describe_people
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.missing_words import missing_words
from surveyapp.model.questionnaire import AsksWho, Question, Questionnaire
from surveyapp.web.forms import one_line

DESCRIBES, DESCRIBES_SHOWN = "describes", "describes_shown"
ASKS_WHO = "asks_who"
ASKS_WHO_MARKS: Mapping[str, AsksWho] = {"no": "no", "accepted": "accepted"}


def typed_fields(form: Mapping[str, str], question: Question, language: str, own: str) -> dict[str, str]:
    """The words that were typed, each on one line; what is fixed is not taken."""
    return {
        name: one_line(form[name])
        for piece in pieces(question)
        for wording in piece.wordings
        if (name := f"{piece.part}-{wording}") in form
        and not (language == own and is_fixed(question, piece.part, wording))
    }


def seen_of(question: Question) -> str:
    """A question's mark: the form carries it, so that nobody's words are saved over somebody else's."""
    document = Questionnaire(title={}, questions=(question,)).to_json()
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16]


def errors_in(question: Question, language: str, own: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The fields that can't be kept as they are, and what to do."""
    errors = too_long(question, language, typed)
    if language == own:
        needed = missing_words(retyped(question, language, typed), language)
        errors |= {name: sentence for name, sentence in needed.items() if name in typed and name not in errors}
    return errors


def saved_meanwhile(question: Question, language: str, typed: Mapping[str, str]) -> dict[str, str]:
    """The fields whose saved words differ from the typed ones, with what is saved now."""
    saved = {
        f"{piece.part}-{wording}": getattr(in_language(piece.words, language), wording)
        for piece in pieces(question)
        for wording in piece.wordings
    }
    return {name: words for name, words in saved.items() if name in typed and typed[name] != words}


def with_typed(question: Question, language: str, typed: Mapping[str, str], form: Mapping[str, str]) -> Question:
    """The question with everything that was typed. Raises CannotEditError for a range that can't be."""
    said = _with_asks_who(_marked(retyped(question, language, typed), form), form)
    if kind_of(said).figures != "number" or "minimum" not in form:
        return said
    return with_range(said, form.get("minimum", ""), form.get("maximum", ""))


def _marked(question: Question, form: Mapping[str, str]) -> Question:
    """The question with the organiser's mark that it describes people, where that isn't what its words say anyway."""
    if DESCRIBES_SHOWN not in form or not may_describe_people(question):
        return question
    preset = replace(question, describes_people=None)
    marked = DESCRIBES in form
    return preset if describes_people(preset) == marked else replace(question, describes_people=marked)


def _with_asks_who(question: Question, form: Mapping[str, str]) -> Question:
    """The question with what the organiser says of it: that it doesn't ask who somebody is, or does, and what for."""
    chosen = ASKS_WHO_MARKS.get(form.get(ASKS_WHO, ""))
    return replace(question, asks_who=chosen) if chosen and may_ask_who(question) else question
