"""The figures of a survey, as an audience may see them: count with `Tally`, then ask `figures_of`.

tally = Tally(editions).fold(responses)
figures = figures_of(tally, Facts(attendance=81), Audience(public=False))
to_results_json(figures)
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from surveyapp.figures.breakdown import Part, breakdown_parts
from surveyapp.figures.equality import Totals, equality_figures
from surveyapp.figures.posterior import TAIL, Scale, chance_of_lower
from surveyapp.figures.question_figures import (
    ChoiceFigures,
    Comment,
    CommentFigures,
    CountedQuestion,
    NpsFigures,
    NumberFigures,
    QuestionFigures,
    RatingFigures,
    figures_of_cell,
    scale_of,
    size_of,
)
from surveyapp.figures.rounding import percent
from surveyapp.figures.suppression import ENOUGH, Audience, Detail
from surveyapp.figures.tally import WITHOUT, CountedResponse, Tally
from surveyapp.model.questionnaire import Question

__all__ = [
    "WITHOUT",
    "Audience",
    "ChoiceFigures",
    "Comment",
    "CommentFigures",
    "Comparison",
    "CountedResponse",
    "Facts",
    "Figures",
    "NpsFigures",
    "NumberFigures",
    "Part",
    "QuestionFigures",
    "RatingChange",
    "RatingFigures",
    "Tally",
    "compare",
    "figures_of",
    "scale_shown",
]  # fmt: skip

Comparison = Literal["about the same", "higher", "lower"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What isn't in the responses: who came, who began and didn't finish, and the totals of unlinked answers."""

    attendance: int | None = None
    unfinished: int = 0
    unlinked: Totals = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatingChange:
    """Before and now, paired in one response: `n` people rated both, so many went up, stayed, or went down."""

    n: int
    up: int
    same: int
    down: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything an audience may see; `breakdowns` by name and cell, `changes` by the stem of `<stem>_before`."""

    responses: int
    attendance: int | None
    unfinished: int
    follow_ups: int
    questions: Mapping[str, QuestionFigures]
    breakdowns: Mapping[str, Mapping[str, Part]]
    changes: Mapping[str, RatingChange | None]

    @property
    def has_more_answers_than_people(self) -> bool:
        """Whether the attendance can't be right: then there is no rate."""
        return self.attendance is not None and self.responses > self.attendance

    @property
    def response_percent(self) -> int | None:
        """Responses of the attendance in whole per cent, half up; None where there is no sensible rate."""
        if not self.attendance or self.has_more_answers_than_people:
            return None
        return int(percent(self.responses, self.attendance))

    @property
    def others_may_differ(self) -> int | None:
        """How many came and didn't answer; None where that isn't known."""
        if self.attendance is None or self.has_more_answers_than_people:
            return None
        return self.attendance - self.responses


def figures_of(tally: Tally, facts: Facts, audience: Audience) -> Figures:
    """Every figure of a tally that this audience may see; linked questions' figures stand in their breakdowns too."""
    linked = tuple(one for one in tally.questions if one.linked and one.key not in tally.telling)
    return Figures(
        responses=tally.whole.responses,
        attendance=facts.attendance,
        unfinished=facts.unfinished,
        follow_ups=tally.whole.follow_ups,
        questions={question.key: _whole(question, tally, facts, audience) for question in tally.questions},
        breakdowns={name: breakdown_parts(sheets, linked, audience) for name, sheets in tally.parts.items()},
        changes={
            stem: _change(tally.whole.changes[stem], audience, is_part=_is_part(tally, before, now))
            for stem, before, now in tally.pairs
            if stem in tally.whole.changes
        },
    )


def compare(first: Scale | None, second: Scale | None) -> Comparison | None:
    """How the first mean stands to the second: by the central 97 % of the posterior of their difference.

    None where one of them has no interval: fewer than 10 answers, or no mean.
    """
    if first is None or second is None or min(first.n, second.n) < ENOUGH:
        return None
    chance = chance_of_lower(first, second)
    if TAIL <= chance <= 1 - TAIL:
        return "about the same"
    return "lower" if chance > TAIL else "higher"


def scale_shown(figures: QuestionFigures, came: int | None) -> Scale | None:
    """What a rating's figures, as they are shown, say for a comparison; None where they aren't shown whole."""
    if not isinstance(figures, RatingFigures) or figures.mean is None or figures.withheld or figures.counts is None:
        return None
    return scale_of({int(code): n or 0 for code, n in figures.counts.items()}, came)


def _whole(question: Question, tally: Tally, facts: Facts, audience: Audience) -> QuestionFigures:
    """One question over the whole event. Comments are the organiser's to read; the public sees chosen quotes only.

    What tells who somebody is is in no figure at all.
    """
    if not question.linked:
        return equality_figures(question, facts.unlinked, audience.sensitive_limit)
    sheet = tally.whole
    if question.key in tally.telling:
        return figures_of_cell(CountedQuestion(question, sheet.counts[question.key], sheet.responses, Detail.HIDDEN))
    count = sheet.counts[question.key]
    detail = _detail(size_of(question, count), audience, is_part=_is_part(tally, question.key))
    lists = not (audience.public and count.answered)
    came = None if facts.attendance is None or facts.attendance < sheet.responses else facts.attendance
    return figures_of_cell(CountedQuestion(question, count, sheet.responses, detail, lists, came))


def _detail(answers: int, audience: Audience, *, is_part: bool) -> Detail:
    """How much is shown of the whole event, of which what only some were asked is a part.

    For whoever it is passed on to that is a breakdown, by the answer that led to the question.
    """
    of_event = audience.sees_of_event(answers)
    return min(of_event, audience.sees_of_group(answers)) if is_part and audience.public else of_event


def _is_part(tally: Tally, *keys: str) -> bool:
    return any(tally.whole.counts[key].not_shown for key in keys)


def _change(counts: Counter[str], audience: Audience, *, is_part: bool) -> RatingChange | None:
    """None where too few people rated both."""
    if _detail(counts.total(), audience, is_part=is_part) is Detail.HIDDEN:
        return None
    return RatingChange(counts.total(), counts["up"], counts["same"], counts["down"])
