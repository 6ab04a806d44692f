"""An organiser's reading of a survey's own words."""

from dataclasses import dataclass

from surveyapp.model.questionnaire import Words, localized

ORGANISERS_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """Words as printed; `lang` is empty where they are in the page's own language."""

    text: str
    lang: str = ""


def localized_text(words: Words, language: str = ORGANISERS_LANGUAGE, view: str = "standard") -> LocalizedText:
    """A survey's words in a page's language or, where they aren't there in it, as they were written."""
    text, tag = localized(words, language, view)
    return LocalizedText(text, "" if tag.partition("-")[0] == language.partition("-")[0] else tag)
