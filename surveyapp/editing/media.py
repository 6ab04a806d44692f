"""What a question has beside its words: a photo, recordings by language, a video in sign language.

Each edit is a function from one document to the next. Raises CannotEditError where the question is gone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from surveyapp.editing.questions import changed
from surveyapp.model.questionnaire import Picture, Question, Questionnaire, Wording


def with_recording(questionnaire: Questionnaire, key: str, language: str, name: str) -> Questionnaire:
    """The question with a recording in a language, in the place of the one before."""
    return changed(questionnaire, key, lambda one: replace(one, recordings={**one.recordings, language: name}))


def without_recording(questionnaire: Questionnaire, key: str, language: str) -> Questionnaire:
    """The question without its recording in a language."""

    def silent(question: Question) -> Question:
        kept = {tag: name for tag, name in question.recordings.items() if tag != language}
        return replace(question, recordings=kept)

    return changed(questionnaire, key, silent)


def signed_at(questionnaire: Questionnaire, key: str, address: str) -> Questionnaire:
    """The question with the https address of a video in sign language; an empty one takes it away."""
    return changed(questionnaire, key, lambda question: replace(question, signed=address))


def with_photo(questionnaire: Questionnaire, key: str, name: str, seen: Mapping[str, str]) -> Questionnaire:
    """The question with a photo and, by language, what can be seen on it."""
    words = {language: Wording(text) for language, text in seen.items() if text}
    return changed(questionnaire, key, lambda question: replace(question, picture=Picture(name, words)))


def without_photo(questionnaire: Questionnaire, key: str) -> Questionnaire:
    """The question without its photo."""
    return changed(questionnaire, key, lambda question: replace(question, picture=None))


def silent_in(questionnaire: Questionnaire, language: str) -> Iterator[Question]:
    """The questions that ask something in a language and have no recording of it."""
    return (one for one in questionnaire.asking if language in one.words and language not in one.recordings)
