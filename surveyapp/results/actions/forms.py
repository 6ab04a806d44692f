"""The forms of entries: a new one, and the whole of one."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError

from surveyapp.model.action import DID, OWNER_LENGTH, TEXT_LENGTH, Action
from surveyapp.results.actions.words import outcome_names
from surveyapp.web.conflicts import EditConflict
from surveyapp.web.forms import (
    at_most,
    choices_of,
    day_field,
    later,
    one_line,
    radio_field,
    select_field,
    several_lines,
)
from surveyapp.web.i18n import direction

TEXTS = ("you_said", "you_said_easy", "we_did", "we_did_easy")
WORDS = (*TEXTS, "what", "theme", "owner", "due")


def text_of_entry(label: str) -> TextAreaField:
    """A text of an entry, which may be empty while it isn't published."""
    return TextAreaField(label, filters=[several_lines], validators=[at_most(TEXT_LENGTH)])


class NewEntryForm(FlaskForm):
    """A new entry: a theme that comments have, or words."""

    theme = select_field(later("Start from a theme of the comments"), default="")
    you_said = text_of_entry(later("What people said"))
    answered: Collection[str] = ()

    def offer(self, themes: Mapping[str, int], answered: Collection[str], language: str) -> None:
        """Offer the themes with how many people said each; those that are answered have their entry already."""
        self.answered = answered
        names = {theme: theme_label(theme, themes.get(theme, 0)) for theme in sorted(themes, key=str.casefold)}
        self.theme.choices = choices_of({"": gettext("No theme"), **names})
        for name in TEXTS:
            if name in self:
                self[name].render_kw = {"rows": "3", "lang": language, "dir": direction(language)}

    def validate_theme(self, field: Field) -> None:
        """One theme, one entry."""
        if field.data in self.answered:
            raise ValidationError(
                gettext("“%(theme)s” has an entry already. Change that one, or choose another theme.", theme=field.data)
            )

    def says_nothing(self) -> bool:
        """Whether there is neither a theme nor a word; then it says what to do."""
        if self.theme.data or self.you_said.data:
            return False
        if len(self.theme.choices or ()) > 1:
            self.theme.errors = [gettext("Choose a theme, or write what people said.")]
        else:
            self.you_said.errors = [gettext("Write what people said.")]
        return True


class EntryForm(NewEntryForm):
    """The whole of an entry, with the version that it was opened at."""

    version = HiddenField()
    you_said = text_of_entry(later("In full"))
    you_said_easy = text_of_entry(later("Easy words"))
    what = radio_field(later("What came of it"), default=DID)
    we_did = text_of_entry(later("In full"))
    we_did_easy = text_of_entry(later("Easy words"))
    theme = select_field(later("Theme of the comments"))
    owner = StringField(later("Who sees to it"), filters=[one_line], validators=[at_most(OWNER_LENGTH)])
    due = day_field(later("By when"))
    is_public = False

    def offer(self, themes: Mapping[str, int], answered: Collection[str], language: str) -> None:
        """Offer the themes, and what can come of it."""
        super().offer(themes, answered, language)
        self.what.choices = choices_of(outcome_names())

    def validate_you_said(self, field: Field) -> None:
        """What everybody reads can't be empty."""
        if self.is_public and not field.data:
            raise ValidationError(gettext("People can read this entry now. Write what people said, or take it down."))

    def validate_we_did(self, field: Field) -> None:
        """What everybody reads can't be empty."""
        if self.is_public and not field.data:
            raise ValidationError(gettext("People can read this entry now. Write what you did, or take it down."))


def theme_label(theme: str, people: int) -> str:
    """A theme and how many people said it."""
    count = ngettext("%(num)s person", "%(num)s people", people)
    return gettext("%(theme)s: %(people)s", theme=theme, people=count)


def typed_entry(action: Action) -> dict[str, Any]:
    """An entry's words as its form shows them."""
    return {name: getattr(action, name) for name in (*WORDS, "version")} | {"theme": action.theme or ""}


def entry_words(form: EntryForm) -> dict[str, Any]:
    """What an entry is made of, as it was typed."""
    return {name: form[name].data for name in WORDS} | {"theme": form.theme.data or None}


def saved_words(form: EntryForm, action: Action) -> list[EditConflict]:
    """What somebody else saved meanwhile, where it differs from what is typed."""
    saved = EntryForm(formdata=None, data=typed_entry(action))
    headings = {"you_said": gettext("You said"), "we_did": gettext("What you did")}
    found = []
    for name in WORDS:
        if form[name].data != saved[name].data:
            heading = headings.get(name.removesuffix("_easy"))
            label = f"{heading}: {form[name].label.text}" if heading else str(form[name].label.text)
            found.append(
                EditConflict(name, label, outcome_names().get(saved[name].data) or str(saved[name].data or ""))
            )
    return found
