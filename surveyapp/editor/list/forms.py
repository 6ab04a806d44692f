"""The forms beside the list of questions: a new question, one scale, who checked the words."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import ValidationError

from surveyapp.editing.wordings import CHOICE_LENGTH, QUESTION_LENGTH
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.languages import LANGUAGES
from surveyapp.model.questionnaire import Questionnaire, localized
from surveyapp.web.forms import (
    at_most,
    checkboxes_field,
    choices_of,
    later,
    needed,
    one_line,
    radio_field,
    select_field,
    several_lines,
)
from surveyapp.web.i18n import english_name

CHECKER_LENGTH = 100
WITH_OWN_ANSWERS = frozenset(name for name, kind in KINDS.items() if kind.choices_from == "own")


def validate_answers(form: Form, field: Field) -> None:
    """Ask for two answers or more, each short enough, where the kind has a list of its own."""
    if form["kind"].data not in WITH_OWN_ANSWERS:
        return
    answers = written_answers(field.data)
    if len(answers) < 2:
        raise ValidationError(gettext("Write two or more answers, one on each line."))
    longest = max(len(answer) for answer in answers)
    if longest > CHOICE_LENGTH:
        raise ValidationError(gettext("Use %(limit)s characters or fewer for an answer.", limit=CHOICE_LENGTH))


def written_answers(text: str | None) -> list[str]:
    """The lines of a text that say something, without the dash that may begin them."""
    lines = [line.strip().removeprefix("-").removeprefix("–").strip() for line in (text or "").splitlines()]
    return [line for line in lines if line]


class NewQuestionForm(FlaskForm):
    """A new question: its words, how people answer, its answers, and where it stands."""

    words = TextAreaField(
        later("The question, in full"),
        filters=[one_line],
        validators=[needed(later("Write the question.")), at_most(QUESTION_LENGTH)],
        render_kw={"rows": "2"},
    )
    kind = radio_field(
        later("How do people answer?"), choices=choices_of({name: later(kind.label) for name, kind in KINDS.items()})
    )
    answers = TextAreaField(
        later("The answers, one on each line"),
        filters=[several_lines],
        validators=[validate_answers],
        render_kw={"rows": "4"},
    )
    after = select_field(later("Where"))

    def offer_places(self, questionnaire: Questionnaire) -> None:
        """Offer the end, and below each question."""
        places = {"": gettext("At the end")}
        for number, question in enumerate(questionnaire.asking, start=1):
            words, _language = localized(question.words, questionnaire.language, "standard")
            places[question.key] = gettext("Below question %(number)s: %(words)s", number=number, words=words[:60])
        self.after.choices = choices_of(places)


class LanguagesForm(FlaskForm):
    """The languages beside the survey's own in which people may answer."""

    languages = checkboxes_field(later("Other languages that people can choose"))

    def offer(self, questionnaire: Questionnaire) -> None:
        """Offer the product's languages, and those that the survey has beside them."""
        known = (*questionnaire.languages, *LANGUAGES)
        tags = [tag for tag in dict.fromkeys(known) if tag != questionnaire.language]
        self.languages.choices = choices_of({tag: english_name(tag) for tag in sorted(tags, key=english_name)})


class CheckForm(FlaskForm):
    """Who read the easy words and found them right."""

    by = StringField(
        later("Who checked the easy words?"),
        filters=[one_line],
        validators=[needed(later("Write who checked the words.")), at_most(CHECKER_LENGTH)],
    )
