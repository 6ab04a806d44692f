"""What an audience sees of groups, and that subtraction finds no small one."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.suppression import hidden_cells
from surveyapp.figures.survey_figures import WITHOUT, Audience, CountedResponse, Part
from tests.factories import make_question
from tests.figures.samples import ORGANISER, OVERALL, PUBLIC, each, seen

BEST = make_question("best", "comment")
SIZES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 25), min_size=1)


def rooms(sizes: Mapping[str, int]) -> list[CountedResponse]:
    """So many people in each room who said good."""
    return [response for room, n in sizes.items() for response in each("overall", ["4"] * n, room)]


def parts(sizes: Mapping[str, int], audience: Audience) -> Mapping[str, Part]:
    """The breakdown of those rooms."""
    return seen(OVERALL, rooms(sizes), audience).breakdowns["group"]


def hidden(sizes: Mapping[str, int], audience: Audience) -> set[str]:
    """The rooms whose figures are hidden, which are those whose responses are."""
    cells = parts(sizes, audience)
    unseen = {room for room, part in cells.items() if part.withheld}
    assert unseen == {room for room, part in cells.items() if part.questions["overall"].n is None}
    return unseen


@pytest.mark.parametrize(
    ("sizes", "organiser", "public"),
    [
        ({"a": 10, "b": 10}, "", ""),
        ({"a": 9, "b": 10, "c": 30}, "", "ab"),
        ({"a": 4, "b": 6, "c": 30}, "ab", "ab"),
        ({"a": 4, "b": 5, "c": 30}, "abc", "abc"),  # nine together: who takes away all others has those nine
        ({"a": 4, "b": 3, "c": 12}, "abc", "abc"),
        ({"a": 4, "b": 3, "c": 12, "d": 13}, "abc", "abc"),
        ({"a": 1, "b": 12, "c": 11, "d": 40}, "ac", "ac"),
        ({"a": 1, "b": 1, "c": 12, "d": 40}, "abc", "abc"),
    ],
)
def test_a_small_group_is_hidden_and_never_alone(sizes: Mapping[str, int], organiser: str, public: str) -> None:
    """FI16: a hidden group is never alone, nor found by subtraction."""
    assert hidden(sizes, ORGANISER) == set(organiser)
    assert hidden(sizes, PUBLIC) == set(public)


def test_a_group_of_five_to_nine_shows_an_organiser_a_rough_mean() -> None:
    figures = parts({"a": 7, "b": 10}, ORGANISER)["a"].questions["overall"]
    assert (figures.n, getattr(figures, "mean", ""), figures.withheld) == (7, "4.0", True)


def test_those_without_a_group_are_a_cell_as_well() -> None:
    responses = [*rooms({"a": 20, "b": 30}), *each("overall", ["4"] * 3)]
    cells = seen(OVERALL, responses).breakdowns["group"]
    assert {room for room, part in cells.items() if part.withheld} == {WITHOUT, "a"}


def test_an_event_without_groups_has_no_breakdown() -> None:
    assert seen(OVERALL, each("overall", ["4"] * 30)).breakdowns["group"] == {}


def test_a_small_groups_skipping_says_nothing_either() -> None:
    responses = [*rooms({"b": 12, "c": 15}), *each("other", ["x"] * 3, "a")]
    cells = seen(OVERALL, responses).breakdowns["group"]
    assert cells["a"].questions["overall"].skipped is None
    assert cells["b"].withheld


def test_a_question_that_few_of_a_group_answered_is_hidden_there() -> None:
    responses = [*rooms({"a": 3, "b": 12, "c": 15}), *each("other", ["x"] * 20, "a")]
    cells = seen(OVERALL, responses).breakdowns["group"]
    assert [part.responses for part in cells.values()] == [23, 12, 15]
    assert {room for room, part in cells.items() if part.questions["overall"].n is None} == {"a", "b"}


def test_comments_stand_beside_no_group_under_ten_nor_one_that_gives_it_away() -> None:
    """FI17: no comment stands beside a group under ten."""
    sizes = {"a": 7, "b": 11, "c": 12}
    responses = [response for room, n in sizes.items() for response in each("best", ["Lunch!"] * n, room)]
    listed = {room: part.questions["best"] for room, part in seen(BEST, responses).breakdowns["group"].items()}
    assert [figures.n for figures in listed.values()] == [7, 11, 12]
    assert [getattr(figures, "comments", ()) is None for figures in listed.values()] == [True, True, False]
    assert [figures.withheld for figures in listed.values()] == [True, True, False]


def test_a_group_that_wrote_nothing_gives_no_cover_to_a_small_ones_comments() -> None:
    responses = [*each("best", ["Lunch!"] * 7, "a"), *each("best", ["-"] * 11, "b"), *each("best", ["Tea"] * 30, "c")]
    cells = seen(BEST, responses).breakdowns["group"]
    assert [getattr(part.questions["best"], "comments", ()) for part in cells.values()] == [None, (), None]


def test_the_public_reads_no_groups_comments() -> None:
    responses = [*each("best", ["Lunch!"] * 20, "a"), *each("best", ["Lunch!"] * 20, "b")]
    cells = seen(BEST, responses, PUBLIC).breakdowns["group"]
    assert all(getattr(part.questions["best"], "comments", ()) is None for part in cells.values())


@given(SIZES, st.booleans(), st.integers(2, 15))
def test_no_hidden_group_can_be_worked_out_from_the_total(sizes: Mapping[str, int], public: bool, limit: int) -> None:
    audience = Audience(public, limit)
    unseen = hidden(sizes, audience)
    assert {room for room, n in sizes.items() if n < audience.breakdown_limit} <= unseen
    if unseen and unseen != set(sizes):
        left = sum(sizes.values()) - sum(sizes[room] for room in sizes.keys() - unseen)
        assert len(unseen) > 1
        assert left > len(unseen)


@given(SIZES, st.booleans())
def test_hidden_groups_hold_ten_people_together_or_are_all_there_is(sizes: Mapping[str, int], public: bool) -> None:
    unseen = hidden(sizes, Audience(public))
    assert (
        not unseen or sum(sizes[room] for room in unseen) >= 10 or not any(sizes[one] for one in sizes.keys() - unseen)
    )


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 25), min_size=2), st.integers(2, 10))
def test_hiding_takes_the_least_company_it_can(sizes: Mapping[str, int], limit: int) -> None:
    small = {cell for cell, size in sizes.items() if 0 < size < limit}
    company = hidden_cells(sizes, limit) - small
    others = sorted(size for cell, size in sizes.items() if cell not in small and size)
    assert sorted(size for cell in company if (size := sizes[cell])) == others[: len([c for c in company if sizes[c]])]
    assert not company or len(small) == 1 or {sizes[cell] for cell in small} in ({1}, {limit - 1})
