"""The languages of the product, and those that a questionnaire really has: whatever it asks is said in them."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from surveyapp.model.questionnaire import Question, Questionnaire, Words

TRANSLATED = ("cy", "pl", "ro", "ur", "ar", "pa", "bn", "pt", "ckb", "so", "gu", "es", "fa")
LANGUAGES = ("en", *TRANSLATED)


def offered(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire in the language that it was written in, and in those in which nothing is lacking."""
    first, *others = questionnaire.languages
    return replace(questionnaire, languages=(first, *(tag for tag in others if not lacking(questionnaire, tag))))


def lacking(questionnaire: Questionnaire, tag: str) -> tuple[str, ...]:
    """The keys of the questions and notes that are not wholly said in a language."""
    return tuple(
        question.key
        for question in questionnaire.questions
        if not all(_says(words, tag) for words in _texts(question) if any(_says(words, other) for other in words))
    )


def in_languages(questionnaire: Questionnaire, tags: Collection[str]) -> Questionnaire:
    """The questionnaire with the words of these languages alone; the one it was written in always stays."""
    kept = tuple(tag for tag in questionnaire.languages if tag in tags or tag == questionnaire.language)
    return replace(
        questionnaire,
        title=_only(questionnaire.title, kept),
        questions=tuple(_question_in(question, kept) for question in questionnaire.questions),
        languages=kept,
        checked=tuple(check for check in questionnaire.checked if check.language in kept),
    )


def _question_in(question: Question, tags: Collection[str]) -> Question:
    picture = question.picture
    return replace(
        question,
        words=_only(question.words, tags),
        help=_only(question.help, tags),
        choices=tuple(replace(choice, words=_only(choice.words, tags)) for choice in question.choices),
        picture=picture and replace(picture, words=_only(picture.words, tags)),
        recordings={tag: name for tag, name in question.recordings.items() if tag in tags},
    )


def _only(words: Words, tags: Collection[str]) -> Words:
    return {tag: wording for tag, wording in words.items() if tag in tags}


def _texts(question: Question) -> Iterator[Words]:
    yield question.words
    yield question.help
    if question.picture:
        yield question.picture.words
    for choice in question.choices:
        yield choice.words


def _says(words: Words, tag: str) -> bool:
    return tag in words and bool(words[tag].in_view("easy").strip())
