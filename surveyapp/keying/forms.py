"""What somebody says of a pile before keying it in."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import SelectField

from surveyapp.model.codes import shown_card_code
from surveyapp.model.paper import Pile
from surveyapp.model.survey import REHEARSAL, Survey
from surveyapp.web.forms import PeopleField, choices_of, later, select_field
from surveyapp.web.i18n import language_name


class PileForm(FlaskForm):
    """How many sheets lie there, and which form they are."""

    pile = PeopleField(later("How many sheets are in the pile?"))
    card = select_field(later("The code on the sheets"))
    edition = select_field(later("The form number on the sheets"))
    view = select_field(later("How the sheets look"))
    language = select_field(later("Their language"))

    def offer(self, survey: Survey) -> None:
        """What the survey's sheets can be; what is so for all of them isn't asked."""
        self.options = _options(survey)
        for name, options in self.options.items():
            field: SelectField = getattr(self, name)
            field.choices = choices_of(options)

    @property
    def asked(self) -> list[str]:
        """The fields that have more than one answer."""
        return [name for name, options in self.options.items() if len(options) > 1]

    def as_pile(self) -> Pile:
        """What was said of the pile."""
        return Pile(int(self.edition.data), self.view.data, self.language.data, self.card.data, self.pile.data)


def _options(survey: Survey) -> dict[str, dict[str, str]]:
    cards = [card for card in survey.cards if card.source != REHEARSAL]
    newest_first = [*reversed(survey.editions)]
    tags = dict.fromkeys(tag for edition in newest_first for tag in edition.questionnaire.languages)
    return {
        "card": {card.code: f"{shown_card_code(card.code)} ({card.label})" for card in cards},
        "edition": {str(edition.number): str(edition.number) for edition in newest_first},
        "view": {
            "standard": gettext("Words"),
            "easy": gettext("Easy words and pictures"),
            "symbols": gettext("Mostly pictures"),
        },
        "language": {tag: language_name(tag) for tag in tags},
    }
