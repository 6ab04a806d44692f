"""Nothing that is withheld can be worked out from what is shown.

The attacker reads every figure shown at one moment (`results.json` holds the page's: the whole event, and every
question by group) and has counted heads: how many answered in each group, as the cards tell. Each figure is an equation
between whole numbers that can't be negative: answers of all groups add up to the whole event's, all answers of a group
to its heads, and whoever wasn't asked a question gave another answer before. A withheld count can be computed if it is
the same in every solution. So for each one there must be a twin: a solution with another count. It is looked for where
somebody of this group and somebody of another withheld one exchange their answers: solutions of tables with given sums
are joined by such exchanges, so if any differs, one of these does.

Of sizes (groups, views, languages, equality totals) the attacker knows this program's rule, too, and has counted none.

Not protected, since the whole event is shown by rule (figures.md): what nobody gave at all, and what everybody gave.
That nobody in the withheld groups gave some answer can be seen as well: only answers that somebody gave are hidden. Nor
does it hold between two moments: where a page is read before and after one more answer, that answer is seen.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.suppression import hidden_cells
from surveyapp.figures.survey_figures import WITHOUT, Audience, CountedResponse, Facts, Tally, figures_of
from surveyapp.model.kinds.reading import codes_of
from surveyapp.model.questionnaire import Question, ShowIf
from tests.factories import make_question, make_questionnaire
from tests.figures.samples import choosing

SKIPPED, NOT_ASKED = "(skipped)", "(not asked)"
QUESTIONS = (
    make_question("overall"),
    choosing("again", "single", "yes", "no", "not_sure"),
    choosing("role", "multiple", "carer", "patient", "prefer_not_to_say"),
    make_question("visits", "number"),
    make_question("best", "comment"),
    make_question("why", "nps", show_if=ShowIf("again", ("no",))),
)
ASKED = make_questionnaire(*QUESTIONS)
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "overall": st.sampled_from([None, "5", "5", "4", "not_applicable"]),
    "again": st.sampled_from([None, "yes", "no", "not_sure"]),
    "role": st.sampled_from([None, ["carer"], ["carer", "patient"], ["prefer_not_to_say"]]),
    "visits": st.sampled_from([None, 1, 2]),
    "best": st.sampled_from([None, None, "-", "Lunch"]),
    "why": st.sampled_from([None, 0, 10]),
}
AUDIENCES = st.one_of(st.just(Audience(public=False)), st.integers(5, 12).map(lambda few: Audience(True, few)))


@st.composite
def events(draw: st.DrawFn) -> list[CountedResponse]:
    """Up to 40 people in up to five groups, of which one may be nobody's, who were asked some of the questions."""
    sizes = draw(st.lists(st.integers(1, 14), min_size=2, max_size=5))
    asked = draw(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=3, unique=True))
    groups = [None if place == 4 else "abcd"[place] for place, size in enumerate(sizes) for _ in range(size)]
    answers = draw(
        st.lists(
            st.fixed_dictionaries({key: ANSWERS[key] for key in asked}), min_size=len(groups), max_size=len(groups)
        )
    )
    return [
        CountedResponse(f"{number:016x}", {key: value for key, value in given.items() if value is not None}, group)
        for number, (group, given) in enumerate(zip(groups, answers, strict=True))
    ]


def shown(event: Sequence[CountedResponse], audience: Audience) -> Any:
    """All that the audience is shown."""
    return to_results_json(figures_of(Tally(ASKED).fold(event), Facts(attendance=81), audience))


def gave(answered: CountedResponse, question: Question) -> set[str]:
    """What one person adds one to: their codes, or that they skipped."""
    if question.show_if and answered.answers.get(question.show_if.key) not in question.show_if.codes:
        return {NOT_ASKED}
    return set(codes_of(answered.answers.get(question.key))) or {SKIPPED}


def twins(
    event: Sequence[CountedResponse], question: Question, group: str, others: set[str]
) -> Iterator[list[CountedResponse]]:
    """The same event but that one of the group and one of the others had given each other's answers.

    To this question alone, where both were asked it, or to all of them.
    """
    seen = set()
    here = [place for place, one in enumerate(event) if (one.group or WITHOUT) == group]
    there = [place for place, one in enumerate(event) if (one.group or WITHOUT) in others]
    for first, second in product(here, there):
        what = str((event[second].group, event[first].answers, event[second].answers))
        if what in seen:
            continue
        seen.add(what)
        if NOT_ASKED not in gave(event[first], question) | gave(event[second], question):
            yield swapped(event, first, second, question.key)
        yield swapped(event, first, second, *ANSWERS)


def swapped(event: Sequence[CountedResponse], first: int, second: int, *keys: str) -> list[CountedResponse]:
    """The event with two people's answers to some questions exchanged."""
    one, two = event[first], event[second]
    exchanged = list(event)
    exchanged[first] = replace(one, answers=with_answers_of(two, one, keys))
    exchanged[second] = replace(two, answers=with_answers_of(one, two, keys))
    return exchanged


def with_answers_of(other: CountedResponse, own: CountedResponse, keys: Collection[str]) -> dict[str, Any]:
    """Somebody's answers, to some questions another's."""
    kept = {key: given for key, given in own.answers.items() if key not in keys}
    return kept | {key: given for key, given in other.answers.items() if key in keys}


def counts(event: Sequence[CountedResponse], question: Question, group: str | None = None) -> Counter[str]:
    """How many gave what, in one group or in all."""
    people = [one for one in event if group is None or (one.group or WITHOUT) == group]
    return Counter(code for one in people for code in gave(one, question))


def agrees(twin: Sequence[CountedResponse], event: Sequence[CountedResponse], seen: Any) -> bool:
    """Whether every figure that is shown of the event is true of its twin as well."""
    return all(
        counts(twin, question, group) == counts(event, question, group)
        for question in QUESTIONS
        for group in seen["groups"].keys() - withheld(seen, question.key)
    )


def withheld(seen: Any, key: str) -> set[str]:
    """The groups whose answers to a question are hidden."""
    return {name for name, part in seen["groups"].items() if part["questions"][key]["n"] is None}


def computable(event: Sequence[CountedResponse], question: Question, audience: Audience) -> list[str]:
    """The counts of withheld groups that have no twin."""
    seen, whole = shown(event, audience), counts(event, question)
    hidden, found = withheld(seen, question.key), []
    asked = len(event) - whole[NOT_ASKED]
    for group in hidden:
        here = counts(event, question, group)
        open_ = {code for code, n in here.items() if n and code != NOT_ASKED and whole[code] < asked}
        for twin in twins(event, question, group, hidden - {group}):
            there = counts(twin, question, group)
            changed = {code for code in open_ if there[code] != here[code]}
            if changed and agrees(twin, event, seen):
                open_ -= changed
            if not open_:
                break
        found += [f"{question.key} of {group or 'no group'}: {here[code]} gave {code}" for code in sorted(open_)]
    return found


@settings(max_examples=200, deadline=None)
@given(events(), AUDIENCES)
def test_no_count_of_a_withheld_group_can_be_computed(event: list[CountedResponse], audience: Audience) -> None:
    """FI16: a hidden group is never alone, nor found by subtraction."""
    found = [fault for question in QUESTIONS for fault in computable(event, question, audience)]

    assert found == []


def people(group: str, n: int, **answers: Any) -> list[CountedResponse]:
    """So many of a group who gave the same answers."""
    return [CountedResponse(f"{group}{number}", answers, group) for number in range(n)]


@pytest.mark.parametrize(
    "event",
    [
        [*people("a", 3, again="no"), *people("b", 6, again="no"), *people("c", 7, again="yes")],
        [*people("a", 3), *people("b", 6), *people("c", 12, again="no"), *people("d", 12, again="yes")],
        [*people("a", 12, again="yes"), *people("a", 2, again="no"), *people("b", 3, again="no"), *people("b", 3)],
    ],
    ids=["all of them said no", "all of them skipped it", "who was asked why tells who said no"],
)
def test_what_the_rest_of_a_total_says_of_everybody_in_hidden_groups_is_hidden(event: list[CountedResponse]) -> None:
    audience = Audience(public=False)

    assert [fault for question in QUESTIONS for fault in computable(event, question, audience)] == []


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many cells of one or more add up."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        yield from ((first, *rest) for rest in splits(total - first, parts - 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 14), min_size=2, max_size=5), st.sampled_from([5, 10]))
def test_no_size_of_a_withheld_cell_can_be_computed_by_who_knows_the_rule(sizes: list[int], limit: int) -> None:
    """Of groups, views, languages and equality totals: here the attacker has counted no heads."""
    cells = dict(zip("abcde", sizes, strict=False))
    hidden = sorted(hidden_cells(cells, limit))
    shown_cells = {cell: size for cell, size in cells.items() if cell not in hidden}
    total = sum(cells[cell] for cell in hidden)

    alike = [
        split
        for split in (splits(total, len(hidden)) if hidden else ())
        if set(hidden) == hidden_cells({**shown_cells, **dict(zip(hidden, split, strict=True))}, limit)
    ]

    is_hidden_whole = set(hidden) == set(cells)  # two groups, two people: no company is left to hide them in
    assert all(is_hidden_whole or len({split[place] for split in alike}) > 1 for place in range(len(hidden)))


@pytest.mark.parametrize("sizes", [{"a": 4, "b": 4, "c": 4, "d": 7}])
def test_small_groups_as_large_as_can_be_are_not_known_by_their_sum(sizes: dict[str, int]) -> None:
    assert hidden_cells(sizes, 5) == set("abcd")
