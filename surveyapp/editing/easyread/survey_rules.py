"""Rules of easy wording that concern a question with its picture, or the survey as a whole."""

import re
from collections.abc import Iterator

from surveyapp.editing.easyread.any_language import WORD
from surveyapp.editing.easyread.finding import Remark, WordingFinding, error, warning
from surveyapp.editing.easyread.word_lists import SAME_THING
from surveyapp.model.questionnaire import Question, Questionnaire, Words

SHORT_CHOICE = 4
FEW_QUESTIONS = 5
MANY_QUESTIONS = 8
THINGS = {thing: re.compile(rf"\b{thing}s?\b") for things in SAME_THING for thing in things}


def easy_text(words: Words, language: str) -> str:
    """The easy wording of exactly one language; empty where there is none."""
    return words[language].easy if language in words else ""


def whole_survey(questionnaire: Questionnaire, language: str) -> Iterator[WordingFinding]:
    """Rules 1 (answers beside a picture), 4, 16, 17, 18, 21 and 22."""
    yield from (WordingFinding(remark, language) for remark in _as_a_whole(questionnaire, language))
    for question in questionnaire.questions:
        yield from _pictures(question, language)
        yield from _long_answers(question, language)


def _as_a_whole(questionnaire: Questionnaire, language: str) -> Iterator[Remark]:
    number = len(questionnaire.linked)
    if number > MANY_QUESTIONS:
        yield error(18, f"This asks {number} questions. Ask {MANY_QUESTIONS} or fewer; {FEW_QUESTIONS} is good.")
    elif number > FEW_QUESTIONS:
        yield warning(18, f"This asks {number} questions. {FEW_QUESTIONS} or fewer is better.")
    if questionnaire.minutes is None:
        yield error(21, "Say how many minutes it takes.")
    if not any((check.language, check.view) == (language, "easy") for check in questionnaire.checked):
        yield warning(
            22, "Ask people with a learning disability to check the words. Then write here who did, and when."
        )
    if language.partition("-")[0] == "en":
        yield from _same_words(questionnaire, language)


def _same_words(questionnaire: Questionnaire, language: str) -> Iterator[Remark]:
    text = " ".join(easy_text(words, language) for words in questionnaire.texts()).lower()
    for things in SAME_THING:
        used = sorted(thing for thing in things if THINGS[thing].search(text))
        if len(used) > 1:
            yield warning(4, f"This says {' and '.join(f'“{thing}”' for thing in used)}. Use one word for one thing.")


def _pictures(question: Question, language: str) -> Iterator[WordingFinding]:
    """Rules 16 and 17; a number or words of one's own need no picture beside the answer."""
    if question.asks and not question.symbol and not question.picture:
        remark = warning(16, "This question has no picture. Choose one.")
        yield WordingFinding(remark, language, question.key, "question")
    for choice in question.choices:
        if not choice.symbol:
            remark = warning(16, "This answer has no picture. Choose one.")
            yield WordingFinding(remark, language, question.key, "choice", choice.code)
    if question.picture and not easy_text(question.picture.words, language):
        remark = error(17, "Say in easy words what the photo shows.")
        yield WordingFinding(remark, language, question.key, "question")


def _long_answers(question: Question, language: str) -> Iterator[WordingFinding]:
    """Rule 1: an answer of more than four words needs one or two to stand beside its picture."""
    for choice in question.choices:
        has_short = language in choice.words and choice.words[language].short
        if not has_short and len(WORD.findall(easy_text(choice.words, language))) > SHORT_CHOICE:
            remark = warning(1, "This answer is long. Give it one or two words to stand beside its picture.")
            yield WordingFinding(remark, language, question.key, "choice", choice.code)
