"""Words that we know already in a language: the shipped translations, wherever a survey says the same in English."""

from collections.abc import Collection
from dataclasses import replace

from surveyapp.editing.library import originals
from surveyapp.editing.library.translation import Translation, said_in, translations
from surveyapp.model.languages import in_languages
from surveyapp.model.questionnaire import Question, Questionnaire


def spoken_in(questionnaire: Questionnaire, tags: Collection[str]) -> Questionnaire:
    """The questionnaire in its own language and these: words of others go, new ones begin with the words we know."""
    kept = in_languages(questionnaire, tags)
    new = tuple(tag for tag in dict.fromkeys(tags) if tag not in kept.languages)
    return replace(
        kept,
        questions=tuple(with_known_words(question, new) for question in kept.questions),
        languages=(*kept.languages, *new),
    )


def with_known_words(question: Question, tags: Collection[str]) -> Question:
    """A question with what it lacks in these languages, as far as we know it."""
    for translation in translations():
        if translation.tag in tags:
            question = _said(question, translation)
    return question


def _said(question: Question, translation: Translation) -> Question:
    """What is said otherwise in one place is meant for the ready survey's own question, not for one that is like it."""
    return said_in(question, translation if _is_ready(question) else replace(translation, in_places={}))


def _is_ready(question: Question) -> bool:
    return any(
        one.key == question.key and one.words.get("en") == question.words.get("en")
        for ready in originals()
        for one in ready.questions
    )
