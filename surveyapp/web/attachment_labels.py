"""What stands beside a question's words, in words for organisers: recordings, a signed video, a photo."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext

from surveyapp.model.questionnaire import Picture, Question
from surveyapp.web.i18n import english_name


def attachment_labels(question: Question, languages: Sequence[str]) -> tuple[str, ...]:
    """What a question of a survey in these languages has, each in a few words; nothing for most."""
    parts = (
        question.recordings and gettext("Recording: %(languages)s", languages=_named(question.recordings)),
        question.signed and gettext("Video in British Sign Language"),
        question.picture and _photo_words(question.picture, languages),
    )
    return tuple(part for part in parts if part)


def _photo_words(picture: Picture, languages: Sequence[str]) -> str:
    """That there is a photo, and in which languages nobody has said yet what can be seen on it."""
    unseen = [tag for tag in languages if tag not in picture.words or not picture.words[tag].in_view("easy").strip()]
    if unseen:
        return str(gettext("Photo, without a description in %(languages)s", languages=_named(unseen)))
    return str(gettext("Photo"))


def _named(languages: Iterable[str]) -> str:
    return ", ".join(english_name(tag) for tag in languages)
