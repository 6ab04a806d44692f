"""What state a survey is in, what it still needs, and what to do next, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext

from surveyapp.editing.questions import question_name
from surveyapp.editor.queries import ListedSurvey
from surveyapp.editor.schedule import times_sentence
from surveyapp.model.missing_words import missing_words
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Phase, Survey
from surveyapp.rendering.next_step import Step, next_step
from surveyapp.web.formatting import day


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey as a line of the list."""

    survey: Survey
    state: str
    times: str
    finished: int
    step: Step


@dataclass(frozen=True, slots=True)
class SurveyGroup:
    """The surveys of a kind, under a heading."""

    heading: str
    rows: list[SurveyRow]


@dataclass(frozen=True, slots=True)
class AttentionNeeded:
    """Something that is missing before a survey can open, and the address where to give it."""

    sentence: str
    address: str


def phase_label(survey: Survey, now: datetime) -> str:
    """The state in a word or two; the times are told beside it."""
    return {
        Phase.DRAFT: gettext("Draft: nobody can answer yet"),
        Phase.SCHEDULED: gettext("Ready: it opens by itself"),
        Phase.OPEN: gettext("Open"),
        Phase.CLOSED: gettext("Closed"),
    }[survey.times.phase(now)]


def ending_sentence(survey: Survey) -> str:
    """That the answers were deleted, or that a draft goes; nothing of a survey that stays."""
    if survey.deleted_on:
        return gettext("Its answers were deleted on %(day)s.", day=day(survey.deleted_on))
    if survey.remove_on:
        return gettext("In the bin. It goes for good on %(day)s.", day=day(survey.remove_on))
    return ""


def sharing_sentence(survey: Survey) -> str:
    """When the team sees the answers, as people are told before they answer."""
    if survey.shows_openly:
        return gettext("Openly: your team sees answers as they come, and people are told that you may guess theirs.")
    return gettext("Together: nobody sees any answer until the survey is over. Then all are shown at once.")


def opened_sentence(survey: Survey, now: datetime) -> str:
    """What opening a survey came to: people can answer, or will be able to."""
    if survey.times.phase(now) is Phase.OPEN:
        return gettext("The survey is open. People can answer now.")
    return gettext("The survey is ready. %(times)s", times=times_sentence(survey, now))


def needs(survey: Survey) -> list[AttentionNeeded]:
    """What is missing, as sentences that say what to do and lead to where it is done."""
    details = url_for("editor.details", survey_id=survey.id)
    known = {
        "title": AttentionNeeded(gettext("Give the event a name."), f"{details}#title"),
        "questions": AttentionNeeded(
            gettext("This survey asks nothing yet. Add a question."), url_for("edit.new_question", survey_id=survey.id)
        ),
        "what_happens_next": AttentionNeeded(
            gettext("Say what happens with the answers."), f"{details}#what_happens_next"
        ),
        "deleted": AttentionNeeded(
            gettext("Its answers were deleted, so it can't open again. Ask the questions again in a new survey."),
            url_for("start.new", again=survey.id),
        ),
        "closes_at": AttentionNeeded(gettext("Choose a closing time after the opening time."), f"{details}#closes_at"),
    }
    questionnaire = survey.questionnaire
    return [known.get(name) or _of_question(survey, questionnaire, name) for name in survey.missing_to_open()]


def _of_question(survey: Survey, questionnaire: Questionnaire, name: str) -> AttentionNeeded:
    """What one question needs: its words, or that somebody accepts what asking for a name does."""
    what, _colon, key = name.partition(":")
    if what == "words":
        return _words_needed(survey, questionnaire, key)
    sentence = gettext(
        "%(question)s seems to ask who somebody is. Say whether it does, and that people may read so.",
        question=question_name(questionnaire, key),
    )
    return AttentionNeeded(sentence, url_for("question.question", survey_id=survey.id, key=key, _anchor="asks-who"))


def _words_needed(survey: Survey, questionnaire: Questionnaire, key: str) -> AttentionNeeded:
    """A question, a note or an answer that says nothing yet, and the very field."""
    field = next(iter(missing_words(questionnaire.question(key), questionnaire.language)))
    sentence = gettext("%(question)s: write its words.", question=question_name(questionnaire, key))
    if field.startswith("choice-"):
        sentence = gettext("%(question)s: write the words of each answer.", question=question_name(questionnaire, key))
    return AttentionNeeded(sentence, url_for("question.question", survey_id=survey.id, key=key, _anchor=field))


def grouped(surveys: list[ListedSurvey], now: datetime) -> list[SurveyGroup]:
    """The list under its headings: open, upcoming (the next first), past; headings without surveys are left out."""
    headings = (
        (gettext("Open"), (Phase.OPEN,)),
        (gettext("Upcoming"), (Phase.DRAFT, Phase.SCHEDULED)),
        (gettext("Past"), (Phase.CLOSED,)),
    )
    groups = [
        SurveyGroup(heading, [_row(listed, now) for listed in surveys if listed.survey.times.phase(now) in phases])
        for heading, phases in headings
    ]
    for group in groups[1:2]:
        group.rows.sort(key=lambda row: (row.survey.event_date or date.min, row.survey.title))
    return [group for group in groups if group.rows]


def matching_surveys(surveys: list[ListedSurvey], words: str) -> list[ListedSurvey]:
    """The surveys whose name, place or series has every one of the words."""
    wanted = words.casefold().split()
    return [listed for listed in surveys if all(word in _findable(listed.survey) for word in wanted)]


def _findable(survey: Survey) -> str:
    return f"{survey.title} {survey.place} {survey.series}".casefold()


def _row(listed: ListedSurvey, now: datetime) -> SurveyRow:
    survey = listed.survey
    return SurveyRow(
        survey,
        phase_label(survey, now),
        ending_sentence(survey) or times_sentence(survey, now),
        listed.finished,
        next_step(survey, now),
    )
