"""How a survey's page looks to this person: what the address asks for, else the card's own, else the survey's."""

from collections.abc import Mapping

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.web.i18n import interface_languages, unchecked_languages
from surveyapp.web.look import Look, look_from


def chosen_look(asked: Mapping[str, str], facts: CardFacts | None, questionnaire: Questionnaire | None) -> Look:
    """What the address asks for, else the card's, else the survey's; what can't be had is passed over."""
    languages = questionnaire.languages if questionnaire else interface_languages()
    if facts is None:
        return look_from(asked, languages)
    return look_from(asked, languages, (facts.card_view, facts.default_view), (facts.card_language,))


def look_query(look: Look, facts: CardFacts, questionnaire: Questionnaire) -> dict[str, str]:
    """The part of the address that keeps this look: only what differs from the card's own."""
    default = chosen_look({}, facts, questionnaire)
    parts = {
        "view": (look.view, default.view),
        "lang": (look.language, default.language),
        "size": (str(look.size), str(default.size)),
        "colour": (look.colour, default.colour),
    }
    return {name: value for name, (value, usual) in parts.items() if value != usual}


def unchecked_in(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Its languages whose words, our buttons' or its questions', no native reader has checked."""
    read = {check.language for check in questionnaire.checked} | {questionnaire.language}
    ours = unchecked_languages()
    return tuple(tag for tag in questionnaire.languages if tag in ours or tag not in read)
