"""The wording check: rules of easy-read text, each a sentence that says what to do.

It helps to write; it proves nothing. Formulas of readability call a question with two ideas easy, so there is no score.
"Complete" means that every easy text is there and breaks no rule whose breach is an error; it never means certified.
"""

from collections.abc import Iterator

from surveyapp.editing.easyread.any_language import RULES_FOR_ALL
from surveyapp.editing.easyread.english import RULES_FOR_ENGLISH
from surveyapp.editing.easyread.finding import RULES, Part, Remark, TextRule, WordingFinding
from surveyapp.editing.easyread.survey_rules import easy_text, whole_survey
from surveyapp.model.questionnaire import Question, Questionnaire, Words

__all__ = ["RULES", "Remark", "WordingFinding", "found_in", "is_complete", "remarks_on", "texts_without_easy_words"]


def remarks_on(text: str, part: Part, language: str) -> list[Remark]:
    """What one easy text could say better, the gravest first; texts of other languages meet the rules for all."""
    rules: tuple[TextRule, ...] = RULES_FOR_ALL
    if language.partition("-")[0] == "en":
        rules += RULES_FOR_ENGLISH
    found = [remark for rule in rules for remark in rule(text, part)] if text.strip() else []
    return sorted(found, key=lambda remark: (remark.severity != "error", remark.rule))


def found_in(questionnaire: Questionnaire, language: str = "") -> list[WordingFinding]:
    """Everything the check finds in a survey's easy wording of one language (the first, if none is named)."""
    tag = language or questionnaire.language
    found = [
        WordingFinding(remark, tag, key, part, code)
        for key, part, code, words in _texts(questionnaire)
        for remark in remarks_on(easy_text(words, tag), part, tag)
    ]
    return [*found, *whole_survey(questionnaire, tag)]


def texts_without_easy_words(questionnaire: Questionnaire, language: str = "") -> list[tuple[str, str]]:
    """Where easy wording lacks, as (question, choice); help may lack where there is none in full either."""
    tag = language or questionnaire.language
    return [
        (key, code)
        for key, part, code, words in _texts(questionnaire)
        if not easy_text(words, tag) and (part != "help" or words)
    ]


def is_complete(questionnaire: Questionnaire, language: str = "") -> bool:
    """Whether the mark "easy-read wording complete" may stand: nothing lacks and nothing is an error."""
    return not texts_without_easy_words(questionnaire, language) and not any(
        finding.remark.severity == "error" for finding in found_in(questionnaire, language)
    )


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Part, str, Words]]:
    """Every text as (question, part, choice, words)."""
    yield "", "title", "", questionnaire.title
    for question in questionnaire.questions:
        yield from _texts_of(question)


def _texts_of(question: Question) -> Iterator[tuple[str, Part, str, Words]]:
    yield question.key, "question" if question.asks else "note", "", question.words
    if question.help:
        yield question.key, "help", "", question.help
    for choice in question.choices:
        yield question.key, "choice", choice.code, choice.words
