"""Words that we know already in a language: the shipped translations, wherever a survey says the same in English."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from surveyapp.editing.library import originals
from surveyapp.editing.library.translation import Translation, question_in_language, translations
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.languages import in_languages
from surveyapp.model.questionnaire import Choice, Question, Questionnaire

_SIGNS = re.compile(r"[^\w']+")


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


def with_our_words(question: Question) -> Question:
    """A question that stands in our library in the same English words: with its easy words, symbol and answers.

    Its kind and its own answers stay where it has any; one that offers none is answered as ours is.
    """
    ours = _ours().get(_compared(question))
    if ours is None or not question.asks:
        return question
    offered = question.choices or kind_of(question).control != "textarea"
    if not offered:
        question = replace(
            question,
            kind=ours.kind,
            choices=ours.choices,
            report=ours.report,
            scoring=ours.scoring,
            minimum=ours.minimum,
            maximum=ours.maximum,
        )
    elif question.choices:
        question = replace(question, choices=tuple(_as_ours(choice, ours) for choice in question.choices))
    words = {**question.words, "en": replace(ours.words["en"], standard=question.words["en"].standard)}
    return replace(question, words=words, symbol=question.symbol or ours.symbol)


def _as_ours(choice: Choice, ours: Question) -> Choice:
    """An answer with our easy words and symbol, where ours has the same code and words."""
    same = next((one for one in ours.choices if one.code == choice.code), None)
    if same is None or same.words["en"].standard.lower() != choice.words["en"].standard.lower():
        return choice
    words = {**choice.words, "en": replace(same.words["en"], standard=choice.words["en"].standard)}
    return replace(choice, words=words, symbol=choice.symbol or same.symbol)


@cache
def _ours() -> dict[str, Question]:
    """Our questions by their words in English, as these are compared; of those alike the first."""
    known: dict[str, Question] = {}
    for ready in originals():
        for question in ready.questions:
            if question.linked and question.asks and question.show_if is None:
                known.setdefault(_compared(question), question)
    return known


def _compared(question: Question) -> str:
    said = question.words["en"].standard if "en" in question.words else ""
    return " ".join(_SIGNS.sub(" ", said.lower().replace("’", "'")).split())


def _said(question: Question, translation: Translation) -> Question:
    """What is said otherwise in one place is meant for the ready survey's own question, not for one that is like it."""
    return question_in_language(question, translation if _is_ready(question) else replace(translation, in_places={}))


def _is_ready(question: Question) -> bool:
    return any(
        one.key == question.key and one.words.get("en") == question.words.get("en")
        for ready in originals()
        for one in ready.questions
    )
