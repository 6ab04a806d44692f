"""Which words a question still lacks in its survey's own language; a survey with such a question can't open."""

from surveyapp.model.questionnaire import Question, Words


def missing_words(question: Question, language: str) -> dict[str, str]:
    """The fields (`words-standard`, `choice-<code>-standard`) that say nothing yet, and what to do about each."""
    missing = {}
    if not _is_said(question.words, language):
        missing["words-standard"] = "Write the question." if question.asks else "Write the note."
    for choice in question.choices:
        if not _is_said(choice.words, language):
            missing[f"choice-{choice.code}-standard"] = "Write the answer, or remove it."
    return missing


def _is_said(words: Words, language: str) -> bool:
    wording = words.get(language)
    return wording is not None and bool(wording.standard.strip())
