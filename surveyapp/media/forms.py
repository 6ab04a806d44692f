"""The forms of a question's recording, signed video and photo."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, Form, HiddenField, StringField
from wtforms.validators import ValidationError

from surveyapp.model.questionnaire import Picture
from surveyapp.model.validation import MEDIA_NAME, SIGNED
from surveyapp.storage.upload import PHOTO, ending_of
from surveyapp.web.forms import at_most, choices_of, later, needed, one_line, select_field
from surveyapp.web.i18n import direction, english_name

DESCRIPTION_LENGTH = 200
SOUNDS = {"accept": "audio/*,.mp3,.m4a,.aac,.ogg,.oga,.opus,.wav,.webm"}
PHOTOS = {"accept": "image/png,image/jpeg,image/webp"}


def is_https(_form: Form, field: Field) -> None:
    """Refuse what is no https address."""
    if field.data and not SIGNED.fullmatch(field.data):
        sentence = gettext("Write the whole address of the video. It begins with https:// and has no spaces.")
        raise ValidationError(sentence)


def is_kept_name(_form: Form, field: Field) -> None:
    """Forget a name that no file of ours can have."""
    if field.data and not MEDIA_NAME.fullmatch(field.data):
        field.data = ""


class RecordingForm(FlaskForm):
    """A recording and its language; `kept` is one that was sent already and is not saved yet."""

    language = select_field(later("Language"))
    recording = FileField(later("Recording"), render_kw=SOUNDS)
    kept = HiddenField(validators=[is_kept_name])

    @property
    def kept_recording(self) -> str:
        """The recording's name, if it is a recording's."""
        name = self.kept.data or ""
        return "" if ending_of(name) == PHOTO else name


class VideoForm(FlaskForm):
    """The address of a video in sign language; empty takes it away."""

    video = StringField(
        later("Address of the video"), filters=[one_line], validators=[is_https], render_kw={"inputmode": "url"}
    )


class PhotoForm(FlaskForm):
    """A photo; `kept` is the one that is there, or was sent already. Its descriptions are added by language."""

    photo = FileField(later("Photo"), render_kw=PHOTOS)
    kept = HiddenField(validators=[is_kept_name])
    languages: tuple[str, ...] = ()

    @property
    def seen(self) -> dict[str, str]:
        """What can be seen on the photo, by language."""
        return {tag: self[field_of(tag)].data or "" for tag in self.languages}

    @property
    def descriptions(self) -> list[Field]:
        """The fields of the descriptions."""
        return [self[field_of(tag)] for tag in self.languages]

    @property
    def kept_photo(self) -> str:
        """The photo's name, if it is a photo's."""
        name = self.kept.data or ""
        return name if ending_of(name) == PHOTO else ""


class SpeechForm(FlaskForm):
    """The languages in which the computer voice is to read what has no recording: a box each."""

    languages: tuple[str, ...] = ()

    @property
    def boxes(self) -> list[Field]:
        """The boxes."""
        return [self[field_of(tag)] for tag in self.languages]

    @property
    def chosen(self) -> list[str]:
        """The languages that are ticked."""
        return [tag for tag in self.languages if self[field_of(tag)].data]


def recording_form(languages: Iterable[str], **how: Any) -> RecordingForm:
    """The form of a recording in one of these languages."""
    form = RecordingForm(**how)
    form.language.choices = choices_of({tag: english_name(tag) for tag in languages})
    return form


def photo_form(languages: tuple[str, ...], picture: Picture | None, **how: Any) -> PhotoForm:
    """The form of a photo, described in the survey's first language and, where somebody can, in the others."""
    fields: dict[str, Any] = {field_of(tag): _description(tag, languages) for tag in languages}
    seen = {field_of(tag): words.standard for tag, words in picture.words.items()} if picture else {}
    described = type("DescribedPhotoForm", (PhotoForm,), {**fields, "languages": languages})
    form: PhotoForm = described(data={**seen, "kept": picture.name if picture else ""}, **how)
    return form


def speech_form(languages: tuple[str, ...], **how: Any) -> SpeechForm:
    """The form of the computer voice for the languages that it can speak."""
    boxes: dict[str, Any] = {field_of(tag): BooleanField(english_name(tag)) for tag in languages}
    form: SpeechForm = type("SpokenForm", (SpeechForm,), {**boxes, "languages": languages})(**how)
    return form


def field_of(language: str) -> str:
    """The name of a language's own field: an identifier, which a tag with a hyphen is not."""
    return f"in_{language.replace('-', '_')}"


def _description(language: str, languages: tuple[str, ...]) -> StringField:
    label = gettext("What can be seen on it")
    checks: list[Any] = [at_most(DESCRIPTION_LENGTH)]
    if language == languages[0]:
        checks.insert(0, needed(gettext("Say in a few words what can be seen on the photo.")))
    several = len(languages) > 1
    words = f"{label} ({english_name(language)})" if several else label
    how = {"lang": language, "dir": direction(language)} if several else {}
    return StringField(words, filters=[one_line], validators=checks, render_kw=how)
