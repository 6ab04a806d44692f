"""What a response adds to the counters of figures, counted in memory that doesn't grow with responses.

Counters hold what was answered, by the edition that asked it, and nothing that a later edition could change: which
codes count, and who wasn't asked a question that came later, is worked out from them (`surveyapp.figures.counters`).
They are kept in the database by `surveyapp.model.figure_counts`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import itemgetter
from typing import Any

import orjson

from surveyapp.model.blanking import blanked_always
from surveyapp.model.comments import comment_id, is_nothing_to_add
from surveyapp.model.kinds.counts import WROTE, Fact, FactsOf
from surveyapp.model.kinds.reading import Answer, codes_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import MISSING_CODES, Question, Questionnaire
from surveyapp.model.response import id_of

LISTED = 200  # comments of a question that a page of figures lists

WHOLE, GROUP, VIEW, LANGUAGE = "", "group", "view", "language"
"""What is broken down: nothing, or by one of these."""

# What stands in the place of an answer, beside what the kinds say of theirs (`kinds.counts`).
RESPONSES, FOLLOW_UPS = "(responses)", "(follow-ups)"
NOT_SHOWN = "(not shown)"
TOLD = "(told)"  # who somebody is: nothing is counted but that they answered
UP, SAME, DOWN = "(up)", "(same)", "(down)"  # now against before, under the key of `<stem>_now`

CountKey = tuple[int, str, str, str, str]
"""Edition, dimension, cell, question and value."""

Counts = Counter[CountKey]


@dataclass(slots=True)
class ResponseCounter:
    """Counts responses given one by one, in memory that doesn't grow with them.

    `comments` holds, by question, names and keys of comments that say something: all that came in since `keep_least`.
    """

    editions: Sequence[Questionnaire]
    comment_key: bytes
    responses: int = 0
    comments: defaultdict[str, list[tuple[str, bytes]]] = field(default_factory=lambda: defaultdict(list))
    _plans: dict[int, "_Plan"] = field(init=False)
    _strata: defaultdict[tuple[int, str | None, str, str], Counter[Fact]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def __post_init__(self) -> None:
        """Work out once how each edition's answers are counted."""
        telling = blanked_always(self.editions)
        self._plans = {number: _Plan(edition, telling) for number, edition in enumerate(self.editions, start=1)}

    def fold(self, rows: Iterable[Sequence[Any]]) -> "ResponseCounter":
        """Take in responses. Raises KeyError for an edition that the survey hasn't."""
        for key, edition, group, view, language, follows, written in rows:
            stratum = self._strata[edition, group, view, language]
            facts = self._plans[edition].facts(answers_in(written))
            stratum.update(facts)
            stratum[_RESPONSE] += 1
            stratum[_FOLLOW_UP] += follows is not None
            self.responses += 1
            for question, value in facts:
                if value == WROTE:
                    self.comments[question].append((comment_id(self.comment_key, id_of(key), question), key))
        return self

    def emptied(self) -> "ResponseCounter":
        """A count of the same survey that nothing was taken into."""
        return ResponseCounter(self.editions, self.comment_key)

    def keep_least(self) -> None:
        """Let go of the comments that won't be listed."""
        for question, found in self.comments.items():
            self.comments[question] = nsmallest(LISTED, found)

    def least_comments(self, rows: Iterable[Sequence[Any]]) -> Mapping[str, list[tuple[str, Sequence[Any], str]]]:
        """The comments of some responses that are listed, by question: their name, their response and their words."""
        found: defaultdict[str, list[tuple[str, Sequence[Any], str]]] = defaultdict(list)
        for row in rows:
            answers = answers_in(row[-1])
            for question in self._plans[row[1]].comments_in(answers):
                found[question].append(
                    (comment_id(self.comment_key, id_of(row[0]), question), row, str(answers[question]))
                )
        return {question: nsmallest(LISTED, every, key=itemgetter(0)) for question, every in found.items()}

    @property
    def listed(self) -> frozenset[bytes]:
        """The keys of the responses of which a comment is listed."""
        self.keep_least()
        return frozenset(key for found in self.comments.values() for _name, key in found)

    @property
    def counts(self) -> Counts:
        """All counters: of the whole event, and by group, view and language."""
        counts: Counts = Counter()
        for (edition, group, view, language), facts in self._strata.items():
            for dimension, cell in ((WHOLE, ""), (GROUP, group or ""), (VIEW, view), (LANGUAGE, language)):
                for (question, value), n in facts.items():
                    counts[edition, dimension, cell, question, value] += n
        return +counts


_RESPONSE, _FOLLOW_UP = ("", RESPONSES), ("", FOLLOW_UPS)


class _Plan:
    """How the answers of one edition are counted; of those that are `telling` who somebody is, only that they are."""

    def __init__(self, edition: Questionnaire, telling: frozenset[str]) -> None:
        self._questions = [
            (
                question.key,
                question.show_if and (question.show_if.key, frozenset(question.show_if.codes)),
                _facts_of(question, is_telling=question.key in telling),
            )
            for question in edition.linked
        ]
        counted = [one for one in edition.linked if one.key not in telling]
        ratings = {one.key for one in counted if kind_of(one).figures == "rating"}
        stems = sorted(key.removesuffix("_before") for key in ratings if key.endswith("_before"))
        self._pairs = [(f"{stem}_before", f"{stem}_now") for stem in stems if f"{stem}_now" in ratings]
        self._comments = [one.key for one in counted if kind_of(one).figures == "comments"]
        self._has_conditions = any(condition for _key, condition, _facts_of in self._questions)

    def comments_in(self, answers: Mapping[str, Answer]) -> list[str]:
        """Which comments of one response say something."""
        if self._has_conditions:
            return [key for key, value in self.facts(answers) if value == WROTE]
        return [key for key in self._comments if key in answers and not is_nothing_to_add(str(answers[key]))]

    def facts(self, answers: Mapping[str, Answer]) -> list[Fact]:
        """What one response adds; a question that was asked and skipped adds nothing."""
        found: list[Fact] = []
        shown: dict[str, Answer] = {}
        for key, condition, facts_of in self._questions:
            if condition and condition[1].isdisjoint(codes_of(shown.get(condition[0]))):
                found.append((key, NOT_SHOWN))
            elif (answer := answers.get(key)) is not None:
                shown[key] = answer
                found += facts_of(answer)
        for before, now in self._pairs:
            found += _change(now, shown.get(before), shown.get(now))
        return found


def _facts_of(question: Question, *, is_telling: bool) -> FactsOf:
    """What an answer to a question adds, by its kind; where it tells who somebody is, only that they answered."""
    if is_telling:
        told = ((question.key, TOLD),)
        return lambda _answer: told
    return kind_of(question).facts(question)


def _change(key: str, before: Answer | None, now: Answer | None) -> Sequence[Fact]:
    """Up, same or down, where both were rated."""
    if before is None or now is None or before in MISSING_CODES or now in MISSING_CODES:
        return ()
    difference = int(str(now)) - int(str(before))
    return ((key, UP if difference > 0 else DOWN if difference < 0 else SAME),)


def answers_in(written: str) -> dict[str, Answer]:
    """The answers of a response as they are read here: the text of their JSON."""
    answers: dict[str, Answer] = orjson.loads(written)
    return answers
