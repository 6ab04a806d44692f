"""What stands beside a question's words, in words for organisers: recordings, a signed video, a photo."""

from flask_babel import gettext

from surveyapp.domain.questionnaire import Question
from surveyapp.web.i18n import english_name


def beside_words(question: Question) -> tuple[str, ...]:
    """What a question has, each in a few words; nothing for most."""
    spoken = ", ".join(english_name(tag) for tag in question.recordings)
    parts = (
        spoken and gettext("Recording: %(languages)s", languages=spoken),
        question.signed and gettext("Video in British Sign Language"),
        question.picture and gettext("Photo"),
    )
    return tuple(part for part in parts if part)
