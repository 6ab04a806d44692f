"""A question's figures as a table: words and counts first, shares beside them, bars as decoration only."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from surveyapp.figures.rounding import percent
from surveyapp.figures.suppression import ENOUGH, FEW
from surveyapp.figures.survey_figures import (
    ChoiceFigures,
    CommentFigures,
    NpsFigures,
    NumberFigures,
    QuestionFigures,
    RatingChange,
    RatingFigures,
)
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.rendering.localized_text import LocalizedText, localized_text
from surveyapp.results.words import withheld


@dataclass(frozen=True, slots=True)
class CountRow:
    """One answer: its words, how many gave it, and its share in whole per cent (empty where it has none)."""

    words: LocalizedText
    value: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """One question: how many answers stand behind it, the answers that count, those beside them, and sentences.

    `heading` stands over the answers where they are none.
    """

    key: str
    title: LocalizedText
    base: str = ""
    lines: tuple[CountRow, ...] = ()
    beside: tuple[CountRow, ...] = ()
    findings: tuple[str, ...] = ()
    note: str = ""
    heading: str = ""

    @property
    def has_shares(self) -> bool:
        """Whether any line has a share."""
        return any(line.share for line in self.lines)


def question_table(question: Question, figures: QuestionFigures, limit: int) -> QuestionTable:
    """One question's table; `limit` is the number of answers under which a total that is counted apart is withheld."""
    if figures.n is None and figures.withheld and not getattr(figures, "counts", None):
        note = gettext("Withheld: fewer than %(limit)s people answered.", limit=limit)
        return QuestionTable(question.key, localized_text(question.words), withheld(), note=note)
    return QuestionTable(
        key=question.key,
        title=localized_text(question.words),
        base=_base(question, figures),
        lines=tuple(_lines(question, figures)),
        beside=tuple(_beside(question, figures)),
        findings=tuple(finding for finding in _findings(question, figures) if finding),
        note=_note(question, figures, limit),
    )


def telling_table(question: Question) -> QuestionTable:
    """What stands for a question whose answers tell who somebody is."""
    note = gettext("Its answers tell who somebody is. They are in the full files alone.")
    return QuestionTable(question.key, localized_text(question.words), withheld(), note=note)


def change_table(stem: str, before: Question, change: RatingChange | None) -> QuestionTable:
    """How many rated the time before and now differently, each compared with themselves."""
    key, title = f"{stem}-change", localized_text(before.words)
    if change is None:
        return QuestionTable(key, title, withheld())
    named = (
        (gettext("Higher now"), change.up),
        (gettext("The same"), change.same),
        (gettext("Lower now"), change.down),
    )
    base = ngettext(
        "Before and now, in the same person's answers: %(num)s person",
        "Before and now, in the same person's answers: %(num)s people",
        change.n,
    )
    lines = tuple(CountRow(LocalizedText(words), str(count)) for words, count in named)
    return QuestionTable(key, title, base, lines, heading=gettext("Change"))


def _base(question: Question, figures: QuestionFigures) -> str:
    if figures.n is None:
        return ""
    if kind_of(question).figures == "comments":
        return ngettext("%(num)s comment", "%(num)s comments", figures.n)
    if kind_of(question).choosing == "several":
        return ngettext("%(num)s person chose", "%(num)s people chose", figures.n)
    return ngettext("%(num)s answer", "%(num)s answers", figures.n)


def _lines(question: Question, figures: QuestionFigures) -> Iterator[CountRow]:
    """The answers that count."""
    if isinstance(figures, NumberFigures):
        return _number_lines(figures)
    if isinstance(figures, CommentFigures):
        return _comment_lines(figures)
    return _counted_lines(question, figures)


def _counted_lines(question: Question, figures: RatingFigures | ChoiceFigures | NpsFigures) -> Iterator[CountRow]:
    words = {choice.code: localized_text(choice.words) for choice in question.choices}
    for code, count in (figures.counts or {}).items():
        yield CountRow(words.get(code, LocalizedText(code)), _shown(count), _share(figures, code, count))


def _number_lines(figures: NumberFigures) -> Iterator[CountRow]:
    named = (
        (gettext("Average"), figures.mean),
        (gettext("Smallest"), figures.min),
        (gettext("Largest"), figures.max),
    )
    return (CountRow(LocalizedText(words), str(value)) for words, value in named if value is not None)


def _comment_lines(figures: CommentFigures) -> Iterator[CountRow]:
    nothing = figures.nothing_to_add or 0
    yield CountRow(LocalizedText(gettext("Said something")), str((figures.n or 0) - nothing))
    yield CountRow(LocalizedText(gettext("Nothing to add")), str(nothing))


def _share(figures: RatingFigures | ChoiceFigures | NpsFigures, code: str, count: int | None) -> str:
    """A choice's share as the figures have it; a rating's where its other shares are shown."""
    if isinstance(figures, ChoiceFigures):
        return (figures.shares or {}).get(code) or ""
    is_shown = figures.top if isinstance(figures, RatingFigures) else figures.score
    return percent(count, figures.n) if is_shown and figures.n and count is not None else ""


def _beside(question: Question, figures: QuestionFigures) -> Iterator[CountRow]:
    """Those whose answer doesn't count, who skipped it, and who weren't asked, each by itself."""
    for code, count in (getattr(figures, "not_counted", None) or {}).items():
        yield CountRow(localized_text(question.choice(code).words), _shown(count))
    if figures.skipped is not None:
        yield CountRow(LocalizedText(gettext("Skipped")), str(figures.skipped))
    if figures.not_shown:
        yield CountRow(LocalizedText(gettext("Not asked")), str(figures.not_shown))


def _findings(question: Question, figures: QuestionFigures) -> Iterator[str]:
    if isinstance(figures, RatingFigures):
        finding = _fft_findings if question.scoring == "fft" else _rating_findings
        yield from finding(figures)
    if isinstance(figures, NpsFigures) and figures.score is not None:
        yield gettext("Score %(score)s: the share of 9 and 10, less the share of 0 to 6.", score=figures.score)


def _rating_findings(figures: RatingFigures) -> Iterator[str]:
    if figures.mean is not None:
        yield gettext("Average %(mean)s out of 5.", mean=figures.mean)
    if figures.interval is not None:
        low, high = figures.interval
        yield gettext("Of all who came, the average is probably between %(low)s and %(high)s.", low=low, high=high)
    elif figures.mean is not None and figures.top is not None:
        yield gettext("Everybody answered.")
    if figures.top is not None:
        shares = {"top": figures.top, "positive": figures.positive, "negative": figures.negative}
        yield gettext("%(top)s%% gave 5, %(positive)s%% gave 5 or 4, %(negative)s%% gave 1 or 2.", **shares)


def _fft_findings(figures: RatingFigures) -> Iterator[str]:
    if figures.positive is not None:
        yield gettext("%(share)s%% positive (the best two answers).", share=figures.positive)
        yield gettext("%(share)s%% negative (the worst two answers).", share=figures.negative)
        yield gettext("Of all answers, “don't know” too.")


def _note(question: Question, figures: QuestionFigures, limit: int) -> str:
    if not question.linked:
        return _apart_note(figures, limit)
    if not figures.n or not figures.withheld:
        return _several_note(question, figures)
    return _few_note(question, figures.n)


def _several_note(question: Question, figures: QuestionFigures) -> str:
    if kind_of(question).choosing != "several" or not figures.n:
        return ""
    return gettext("Shares are of the people who chose something. People may choose several.")


def _apart_note(figures: QuestionFigures, limit: int) -> str:
    note = gettext("Counted apart from all other answers.")
    if not figures.withheld:
        return note
    held = gettext("Numbers from 1 to %(most)s are withheld, and any that would give one away.", most=limit - 1)
    return f"{note} {held}"


def _few_note(question: Question, n: int) -> str:
    """From how many answers on there is more to see."""
    if n < FEW and kind_of(question).figures in ("rating", "number") and question.scoring == "mean":
        return gettext("There is an average from %(few)s answers on.", few=FEW)
    if kind_of(question).figures == "number":
        return gettext("The smallest and the largest are shown from %(enough)s answers on.", enough=ENOUGH)
    return gettext("There are shares from %(enough)s answers on.", enough=ENOUGH)


def _shown(count: int | None) -> str:
    return withheld() if count is None else str(count)
