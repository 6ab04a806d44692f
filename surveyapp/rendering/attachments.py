"""What stands beside a question's words on a page: a photo, a recording, a video in sign language."""

from dataclasses import dataclass

from surveyapp.model.questionnaire import Question, localized

MEDIA = "/media/"


@dataclass(frozen=True, slots=True)
class Attachments:
    """Addresses, each empty where there is none; `lang` is the language of what is seen, where it isn't the page's."""

    photo: str = ""
    seen: str = ""
    lang: str = ""
    sound: str = ""
    signed: str = ""

    @property
    def is_any(self) -> bool:
        """Whether there is something beside the words, so that the page needs its style."""
        return bool(self.photo or self.sound or self.signed)


def attachments_of(question: Question, language: str, own: str) -> Attachments:
    """What a page in a language shows of a survey written in its `own`.

    A recording of the page's language comes first, also where the words are not there (some languages are only
    spoken), then one of the language that the words are in.
    """
    _words, written = localized(question.words, language, "standard", own)
    name = question.recordings.get(language) or question.recordings.get(written)
    sound = MEDIA + name if name else ""
    if question.picture is None:
        return Attachments(sound=sound, signed=question.signed)
    seen, tag = localized(question.picture.words, language, "standard", own)
    photo = MEDIA + question.picture.name
    return Attachments(photo, seen, "" if tag == language else tag, sound, question.signed)
