"""An organiser's reading of a survey's own words."""

from dataclasses import dataclass

from surveyapp.model.questionnaire import Words, said

ORGANISERS_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Said:
    """Words as printed; `lang` is empty where they are in the page's own language."""

    text: str
    lang: str = ""


def read(words: Words, language: str = ORGANISERS_LANGUAGE, view: str = "standard") -> Said:
    """A survey's words in a page's language or, where they aren't there in it, as they were written."""
    text, tag = said(words, language, view)
    return Said(text, "" if tag.partition("-")[0] == language.partition("-")[0] else tag)
