"""The rules of saving: any order and any repetition of the same saves ends in the same rows."""

from typing import Any

import pytest
from hypothesis import given, settings

from surveyapp.model.response import (
    Outcome,
    Version,
    canonical,
    follow_key_of,
    is_kept_safe,
    key_of,
    next_revision,
    outcome,
)
from tests.model.random_saves import History, histories, histories_with_a_second_finish, stored_after

ID = "0b5d7e9c-0000-4000-8000-000000000001"
TEA: dict[str, Any] = {"best": "Tea"}
CAKE: dict[str, Any] = {"best": "Cake"}


@given(histories())
@settings(max_examples=1000, deadline=None)
def test_any_order_and_repetition_of_saves_and_one_finish_ends_in_the_same_row(history: History) -> None:
    straight = stored_after(ID, history.sent)

    assert stored_after(ID, history.one_way) == stored_after(ID, history.other_way) == straight
    assert len(straight) == min(len(history.sent), 1)


@given(histories_with_a_second_finish())
@settings(max_examples=1000, deadline=None)
def test_a_second_finish_and_any_repetition_ends_in_the_same_two_rows(history: History) -> None:
    one_way = stored_after(ID, history.one_way)

    assert one_way == stored_after(ID, history.other_way)
    assert {key: row.answers for key, row in one_way.items()} == {
        key_of(ID): history.sent[-2].answers,
        follow_key_of(ID, history.sent[-1]): history.sent[-1].answers,
    }


@given(histories())
@settings(max_examples=500, deadline=None)
def test_a_phone_is_told_that_its_answers_are_safe_only_when_they_or_newer_ones_are(history: History) -> None:
    stored = stored_after(ID, history.one_way).get(key_of(ID))

    told_safe = [version for version in history.sent if stored and is_kept_safe(stored, version)]

    assert all(
        version.answers == stored.answers or (version.revision or 0) < (stored.revision or 0)
        for version in told_safe
        if stored
    )


def save(revision: int | None, answers: dict[str, Any]) -> Version:
    """A plain save."""
    return Version(revision, finished=False, answers=answers)


def finish(revision: int | None, answers: dict[str, Any]) -> Version:
    """A finish."""
    return Version(revision, finished=True, answers=answers)


@pytest.mark.parametrize(
    ("stored", "sent", "becomes"),
    [
        (None, save(1, TEA), Outcome.STORE),
        (None, finish(None, TEA), Outcome.STORE),
        (save(1, TEA), save(2, TEA), Outcome.STORE),
        (save(1, TEA), save(1, TEA), Outcome.KEEP),
        (save(2, TEA), save(1, CAKE), Outcome.KEEP),
        (save(7, TEA), save(None, CAKE), Outcome.STORE),
        (save(7, TEA), finish(None, TEA), Outcome.STORE),
        (save(7, TEA), finish(3, CAKE), Outcome.STORE),
        (finish(3, TEA), save(9, CAKE), Outcome.KEEP),
        (finish(3, TEA), save(None, CAKE), Outcome.KEEP),
        (finish(3, TEA), finish(3, CAKE), Outcome.KEEP),
        (finish(3, TEA), finish(2, CAKE), Outcome.KEEP),
        (finish(3, TEA), finish(9, TEA), Outcome.KEEP),
        (finish(3, TEA), finish(None, TEA), Outcome.KEEP),
        (finish(3, TEA), finish(4, CAKE), Outcome.FOLLOW),
        (finish(3, TEA), finish(None, CAKE), Outcome.FOLLOW),
    ],
)
def test_what_becomes_of_a_version(stored: Version | None, sent: Version, becomes: Outcome) -> None:
    assert outcome(stored, sent) is becomes


def test_of_two_tabs_at_one_revision_the_greater_hash_wins_either_way() -> None:
    low, high = sorted([save(1, TEA), save(1, CAKE)], key=lambda version: version.digest)

    assert outcome(low, high) is Outcome.STORE
    assert outcome(high, low) is Outcome.KEEP
    assert not is_kept_safe(high, low)


@pytest.mark.parametrize(
    ("stored", "sent", "safe"),
    [
        (save(2, TEA), save(1, CAKE), True),
        (save(2, TEA), save(2, TEA), True),
        (finish(3, TEA), finish(3, TEA), True),
        (finish(3, TEA), save(3, TEA), True),
        (finish(3, TEA), save(2, CAKE), True),
        (finish(3, TEA), save(4, CAKE), False),
        (finish(3, TEA), save(None, CAKE), False),
        (finish(3, TEA), finish(3, CAKE), False),
        (save(2, TEA), finish(2, TEA), False),
    ],
)
def test_a_phone_is_told_whether_what_it_sent_is_safe(stored: Version, sent: Version, safe: bool) -> None:
    assert is_kept_safe(stored, sent) is safe


@pytest.mark.parametrize(
    ("stored", "sent", "revision"),
    [(None, None, 1), (None, 5, 5), (3, None, 4), (3, 9, 9), (9, 3, 3)],
)
def test_a_missing_revision_counts_as_one_more_than_stored(stored: int | None, sent: int | None, revision: int) -> None:
    before = None if stored is None else save(stored, TEA)

    assert next_revision(before, finish(sent, CAKE)) == revision


def test_answers_have_one_form_as_bytes_whatever_their_order() -> None:
    assert (
        canonical({"b": ["x", "y"], "a": "é"})
        == canonical({"a": "é", "b": ["x", "y"]})
        == '{"a":"é","b":["x","y"]}'.encode()
    )
    assert canonical({"b": ["x", "y"]}) != canonical({"b": ["y", "x"]})


def test_a_key_is_no_id_and_ignores_the_ids_case() -> None:
    assert key_of(ID.upper()) == key_of(ID)
    assert len(key_of(ID)) == 32
    assert ID.encode() not in key_of(ID)


def test_a_following_key_stands_on_the_id_and_the_answers_alone() -> None:
    assert follow_key_of(ID, finish(4, TEA)) == follow_key_of(ID.upper(), finish(None, TEA))
    assert len({key_of(ID), follow_key_of(ID, finish(4, TEA)), follow_key_of(ID, finish(4, CAKE))}) == 3
