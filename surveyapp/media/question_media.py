"""A survey's questions as the organiser sees what stands beside their words."""

from dataclasses import dataclass

from flask_babel import gettext, ngettext

from surveyapp.media.speech import SpeechResult, to_read
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.web.attachment_labels import attachment_labels


@dataclass(frozen=True, slots=True)
class QuestionMedia:
    """One question: number, words, and what it has beside them, in words."""

    key: str
    number: int
    words: str
    has: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What to read aloud in a language, a line each."""

    language: str
    lines: tuple[str, ...]


def question_media(questionnaire: Questionnaire) -> list[QuestionMedia]:
    """The questions that ask, in order."""
    language, languages = questionnaire.language, questionnaire.languages
    return [
        QuestionMedia(
            question.key,
            number,
            localized(question.words, language, "standard")[0],
            attachment_labels(question, languages),
        )
        for number, question in enumerate(questionnaire.asking, start=1)
    ]


def scripts_of(question: Question, questionnaire: Questionnaire) -> list[Script]:
    """What to read aloud, in each language that the question is written in."""
    written = [tag for tag in questionnaire.languages if tag in question.words]
    return [Script(tag, tuple(to_read(question, tag).splitlines())) for tag in written]


def languages_for(question: Question, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages of recordings: the survey's, those without one first, and others that have one still."""
    known = tuple(dict.fromkeys((*questionnaire.languages, *question.recordings)))
    return tuple(sorted(known, key=lambda tag: tag in question.recordings))


def change_label(where: str, what: str) -> str:
    """What a change was, as it is told where it can be undone: “changed the photo of question 3”."""
    where = where[:1].lower() + where[1:]
    sentences = {
        "recording": gettext("changed the recording of %(question)s", question=where),
        "video": gettext("changed the signed video of %(question)s", question=where),
        "photo": gettext("changed the photo of %(question)s", question=where),
    }
    return sentences[what]


def saved_message(what: str) -> str:
    """That a change is saved."""
    sentences = {
        "recording": gettext("The recordings are saved."),
        "video": gettext("The video's address is saved."),
        "photo": gettext("The photo is saved."),
    }
    return sentences[what]


def speech_message(spoken: SpeechResult) -> str:
    """How many recordings the computer voice made, and what to do about those that are missing."""
    made = ngettext("%(num)s recording is made.", "%(num)s recordings are made.", spoken.made)
    if not spoken.left:
        return str(made)
    left = ngettext("%(num)s is still missing.", "%(num)s are still missing.", spoken.left)
    return f"{made} {left} {gettext('Press the button again to go on.')}"
