"""The results page, put together in the order that people read it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext, ngettext

from surveyapp.figures.suppression import Audience, hidden_cells
from surveyapp.figures.survey_figures import Comment, CommentFigures, Figures, RatingFigures
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.rendering.localized_text import LocalizedText, localized_text
from surveyapp.results.current import Results
from surveyapp.results.groups import Groups, groups_of
from surveyapp.results.tables import CountRow, QuestionTable, change_table, question_table, telling_table
from surveyapp.results.words import view_names, withheld
from surveyapp.web.i18n import language_name


@dataclass(frozen=True, slots=True)
class HeadlineView:
    """One rating in large: its words, its number, how full its bar is in per cent, and what stands behind it."""

    title: LocalizedText
    number: str
    of: str
    bar: str
    base: str


@dataclass(frozen=True, slots=True)
class Comments:
    """What people wrote to one question: the first of them, how many there are, how many have nothing to add."""

    key: str
    title: LocalizedText
    listed: tuple[Comment, ...]
    total: int
    nothing_to_add: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the results page below its title."""

    figures: Figures
    headlines: tuple[HeadlineView, ...]
    comments: tuple[Comments, ...]
    tables: tuple[QuestionTable, ...]
    groups: Groups | None
    people: tuple[QuestionTable, ...]
    has_missing_cards: bool
    stamp: str


def results_page(results: Results, audience: Audience, *, with_comments: bool) -> Page:
    """The page of one moment's results; without comments for whoever may read figures only."""
    figures = results.figures
    linked = [question for question in results.questions if question.linked]
    counted = [question for question in linked if question.key not in results.telling]
    apart = [question for question in results.questions if not question.linked]
    return Page(
        figures=figures,
        headlines=tuple(_headline(question, figures) for question in counted if question.report == "headline"),
        comments=tuple(
            _comments(question, figures)
            for question in counted
            if with_comments and kind_of(question).figures == "comments"
        ),
        tables=(
            *(_table(question, figures, audience) for question in counted),
            *_changes(counted, figures),
            *(telling_table(question) for question in linked if question.key in results.telling),
        ),
        groups=groups_of(figures.breakdowns.get("group", {}), results.questions),
        people=(*_ways(results, audience), *(_table(question, figures, audience) for question in apart)),
        has_missing_cards=sum(card.finished for card in results.cards) != figures.responses,
        stamp=results.stamp,
    )


def responses_in(stamp: str) -> int | None:
    """How many responses a page showed; None for what is no stamp."""
    number = stamp.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else None


def _table(question: Question, figures: Figures, audience: Audience) -> QuestionTable:
    return question_table(question, figures.questions[question.key], audience.sensitive_limit)


def _headline(question: Question, figures: Figures) -> HeadlineView:
    rating = figures.questions[question.key]
    title, base = localized_text(question.words), ngettext("%(num)s answer", "%(num)s answers", rating.n or 0)
    if not rating.n:
        return HeadlineView(title, "", "", "", gettext("No answers yet"))
    if isinstance(rating, RatingFigures) and rating.mean is not None:
        bar = f"{100 * float(rating.mean) / 5:.1f}"
        return HeadlineView(title, rating.mean, gettext("out of 5"), bar, base)
    if isinstance(rating, RatingFigures) and rating.positive is not None:
        return HeadlineView(title, f"{rating.positive}%", gettext("positive"), rating.positive, base)
    return HeadlineView(title, "", "", "", base)


def _comments(question: Question, figures: Figures) -> Comments:
    comments = figures.questions[question.key]
    listed = (comments.comments or ()) if isinstance(comments, CommentFigures) else ()
    nothing = (comments.nothing_to_add or 0) if isinstance(comments, CommentFigures) else 0
    total = (comments.n or 0) - nothing
    return Comments(question.key, localized_text(question.words), listed, total, nothing, comments.skipped or 0)


def _changes(questions: list[Question], figures: Figures) -> list[QuestionTable]:
    by_key = {question.key: question for question in questions}
    return [change_table(stem, by_key[f"{stem}_before"], change) for stem, change in figures.changes.items()]


def _ways(results: Results, audience: Audience) -> list[QuestionTable]:
    """In which views and languages people answered; the languages only where there are several."""
    if not results.figures.responses:
        return []
    views = {name: results.views[view] for view, name in view_names().items() if view in results.views}
    languages = {language_name(tag): results.languages[tag] for tag in sorted(results.languages)}
    bare = QuestionTable("view", LocalizedText(gettext("How people saw the questions")), heading=gettext("View"))
    tables = [_way(bare, views, audience)]
    if len(languages) > 1:
        bare = QuestionTable("language", LocalizedText(gettext("In which language")), heading=gettext("Language"))
        tables.append(_way(bare, languages, audience))
    return tables


def _way(bare: QuestionTable, counts: Mapping[str, int], audience: Audience) -> QuestionTable:
    hidden = hidden_cells(counts, audience.breakdown_limit)
    lines = tuple(
        CountRow(LocalizedText(name), withheld() if name in hidden else str(count)) for name, count in counts.items()
    )
    note = gettext("Numbers under 5 are withheld, and any that would give one away.") if hidden else ""
    return replace(bare, lines=lines, note=note)
