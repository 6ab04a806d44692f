"""The ready surveys' words in other languages: one file a language, in which each English wording stands once.

A key is the English easy wording, and after a bar the short one where it differs: "How was the food? | The food".
Its value is the same in the other language. What must be said otherwise in one place (a Welsh "yes" goes with its
question) stands under "in_places", by question and choice: "again.yes".
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import get_args

from surveyapp.model.languages import TRANSLATED, lacking
from surveyapp.model.questionnaire import Check, Choice, Question, Questionnaire, View, Wording, Words

BAR = " | "


@dataclass(frozen=True, slots=True)
class Translation:
    """One language's words; `checked_by` and `checked_on` (YYYY-MM-DD) are empty until a native reader read them."""

    tag: str
    words: Mapping[str, str]
    in_places: Mapping[str, str]
    checked_by: str = ""
    checked_on: str = ""

    def checks(self) -> Iterator[Check]:
        """What a questionnaire says of the check: every view, since they share their words."""
        if self.checked_by:
            yield from (Check(self.tag, view, self.checked_by, self.checked_on) for view in get_args(View))


@cache
def translations() -> tuple[Translation, ...]:
    """The shipped translations, in the order of TRANSLATED."""
    return tuple(read_translation(tag) for tag in TRANSLATED)


def read_translation(tag: str) -> Translation:
    """A language's file; empty where there is none yet."""
    path = files(__package__).joinpath("translations", f"{tag}.json")
    return Translation(tag, **(json.loads(path.read_text(encoding="utf-8")) if path.is_file() else _NOTHING))


def translated(questionnaire: Questionnaire, languages: Iterable[Translation]) -> Questionnaire:
    """An English questionnaire in those of the languages in which everything it asks is said."""
    for translation in languages:
        said = _in_language(questionnaire, translation)
        if not lacking(said, translation.tag):
            questionnaire = said
    return questionnaire


def phrase_key(english: Wording) -> str:
    """The key of a wording in every language's file; empty for no words."""
    easy = english.in_view("easy")
    return f"{easy}{BAR}{english.short}" if english.short and english.short != easy else easy


_NOTHING: Mapping[str, Mapping[str, str]] = {"words": {}, "in_places": {}}


def _in_language(questionnaire: Questionnaire, translation: Translation) -> Questionnaire:
    return replace(
        questionnaire,
        questions=tuple(question_in_language(question, translation) for question in questionnaire.questions),
        languages=(*questionnaire.languages, translation.tag),
        checked=(*questionnaire.checked, *translation.checks()),
    )


def question_in_language(question: Question, translation: Translation) -> Question:
    """A question with the words that a translation knows; what it says in that language already stays."""
    return replace(
        question,
        words=_words(question.words, translation, question.key),
        help=_words(question.help, translation, f"{question.key}.help"),
        choices=tuple(_choice(choice, translation, question.key) for choice in question.choices),
    )


def _choice(choice: Choice, translation: Translation, key: str) -> Choice:
    return replace(choice, words=_words(choice.words, translation, f"{key}.{choice.code}"))


def _words(words: Words, translation: Translation, place: str) -> Words:
    english = None if translation.tag in words else words.get("en")
    said = english and (translation.in_places.get(place) or translation.words.get(phrase_key(english)))
    return {**words, translation.tag: _wording(said, english)} if said and english else words


def _wording(said: str, english: Wording) -> Wording:
    """Translated words are the easy ones in every view; what English says in easy words only stays so."""
    easy, _, short = said.partition(BAR)
    return Wording(standard=easy, short=short) if english.standard else Wording(standard="", easy=easy, short=short)
