"""How the page looks to this person: kept in the address, never in a cookie."""

from collections.abc import Mapping

from surveyapp.answer.presentation import Look
from surveyapp.answer.queries import CardFacts
from surveyapp.domain.questionnaire import VIEWS, Questionnaire
from surveyapp.web.i18n import interface_languages, unchecked_languages

SIZES = ("1", "2", "3")
COLOURS = ("auto", "cream", "dark", "contrast")


def chosen_look(asked: Mapping[str, str], facts: CardFacts | None, questionnaire: Questionnaire | None) -> Look:
    """What the address asks for, else the card's, else the survey's; what can't be had is passed over."""
    languages = questionnaire.languages if questionnaire else interface_languages()
    usual = (facts.card_view, facts.default_view, facts.card_language) if facts else (None, None, None)
    wanted_view = (asked.get("view"), *usual[:2])
    wanted_language = (asked.get("lang"), *usual[2:])
    return Look(
        view=_first_of(wanted_view, VIEWS),
        language=_first_of(wanted_language, languages),
        size=int(_first_of((asked.get("size"),), SIZES)),
        colour=_first_of((asked.get("colour"),), COLOURS),
    )


def look_query(look: Look, facts: CardFacts, questionnaire: Questionnaire) -> dict[str, str]:
    """The part of the address that keeps this look: only what differs from the card's own."""
    plain = chosen_look({}, facts, questionnaire)
    parts = {
        "view": (look.view, plain.view),
        "lang": (look.language, plain.language),
        "size": (str(look.size), str(plain.size)),
        "colour": (look.colour, plain.colour),
    }
    return {name: value for name, (value, usual) in parts.items() if value != usual}


def unchecked_in(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Its languages whose words, our buttons' or its questions', no native reader has checked."""
    read = {check.language for check in questionnaire.checked} | {questionnaire.language}
    ours = unchecked_languages()
    return tuple(tag for tag in questionnaire.languages if tag in ours or tag not in read)


def _first_of(wanted: tuple[str | None, ...], allowed: tuple[str, ...]) -> str:
    return next((value for value in wanted if value in allowed and value is not None), allowed[0])
