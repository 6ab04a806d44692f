"""Results by group: one table of all ratings, one for each question with choices, and no cell of too few people."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from surveyapp.figures.survey_figures import (
    WITHOUT,
    ChoiceFigures,
    NpsFigures,
    NumberFigures,
    Part,
    QuestionFigures,
    RatingFigures,
)
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.rendering.localized_text import LocalizedText, localized_text
from surveyapp.results.words import withheld

Parts = Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A table of rows by groups; `rows` are words and a cell for each group."""

    key: str
    title: LocalizedText
    rows: tuple[tuple[LocalizedText, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups' names, how many answered in each, and the tables."""

    names: tuple[str, ...]
    sizes: tuple[str, ...]
    tables: tuple[GroupTable, ...]


def groups_of(parts: Parts, questions: tuple[Question, ...]) -> Groups | None:
    """What is shown by group, those in none at the end; None where nobody is in a group."""
    if not parts:
        return None
    parts = dict(sorted(parts.items(), key=lambda named: (named[0] == WITHOUT, named[0])))
    counted = next(iter(parts.values())).questions
    asked = [question for question in questions if question.key in counted and kind_of(question).figures != "comments"]
    scored = [question for question in asked if kind_of(question).has_mean]
    choices = [question for question in asked if not kind_of(question).has_mean]
    tables = (*([_scores(scored, parts)] if scored else ()), *(_choices(question, parts) for question in choices))
    return Groups(
        names=tuple(gettext("No group") if name == WITHOUT else name for name in parts),
        sizes=tuple(_size(part) for part in parts.values()),
        tables=tables,
    )


def _size(part: Part) -> str:
    if part.responses is None:
        return withheld()
    return ngettext("%(num)s response", "%(num)s responses", part.responses)


def _scores(questions: list[Question], parts: Parts) -> GroupTable:
    rows = ((question, [part.questions[question.key] for part in parts.values()]) for question in questions)
    title = LocalizedText(gettext("Ratings and numbers: the average, and how many answers"))
    return GroupTable(
        "scores", title, tuple((localized_text(question.words), tuple(map(_score, cells))) for question, cells in rows)
    )


def _score(figures: QuestionFigures) -> str:
    """4.24 (37): or how many answers alone, where there is no figure of so few."""
    if figures.n is None:
        return withheld()
    number = _number(figures)
    if number is None:
        return ngettext("%(num)s answer", "%(num)s answers", figures.n)
    return f"{number} ({figures.n})"


def _number(figures: QuestionFigures) -> str | None:
    if isinstance(figures, RatingFigures):
        is_fft = figures.mean is None and figures.positive is not None
        return gettext("%(share)s%% positive", share=figures.positive) if is_fft else figures.mean
    if isinstance(figures, NpsFigures):
        return figures.score
    return figures.mean if isinstance(figures, NumberFigures) else None


def _choices(question: Question, parts: Parts) -> GroupTable:
    cells = [part.questions[question.key] for part in parts.values()]
    rows = (
        (localized_text(choice.words), tuple(_count(one, choice.code) for one in cells)) for choice in question.choices
    )
    return GroupTable(question.key, localized_text(question.words), tuple(rows))


def _count(figures: QuestionFigures, code: str) -> str:
    """12 (46%), 12, or withheld."""
    if not isinstance(figures, ChoiceFigures) or figures.counts is None:
        return withheld()
    count = {**figures.counts, **(figures.not_counted or {})}[code]
    share = (figures.shares or {}).get(code)
    return f"{count} ({share}%)" if share else str(count)
