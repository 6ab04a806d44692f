"""Random histories of one person's saves: what the phone sent, and the order in which it came in."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from surveyapp.model.response import Outcome, Sent, Version, follow_key_of, key_of, next_revision, outcome

ANSWERS: tuple[dict[str, Any], ...] = (
    {},
    {"overall": "5"},
    {"overall": "4"},
    {"overall": "4", "best": "Tea"},
    {"best": "Cake", "role": ["carer", "other"], "visits": 0},
)

answers = st.sampled_from(ANSWERS)
plain_saves = st.lists(st.builds(Version, st.integers(1, 4), st.just(False), answers), max_size=5)
finishes = st.builds(Version, st.integers(1, 4), st.just(True), answers)


@dataclass(frozen=True)
class History:
    """What was sent once, in the order it was made, and two ways in which it came in."""

    sent: tuple[Version, ...]
    one_way: tuple[Version, ...]
    other_way: tuple[Version, ...]


@st.composite
def arrivals(draw: st.DrawFn, sent: tuple[Version, ...]) -> tuple[Version, ...]:
    """Everything that was sent, some of it again, in any order."""
    again = draw(st.lists(st.sampled_from(sent), max_size=4)) if sent else []
    return tuple(draw(st.permutations([*sent, *again])))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Plain saves and at most one finish."""
    finish = draw(st.lists(finishes, max_size=1))
    sent = (*draw(plain_saves), *finish)
    return History(sent, draw(arrivals(sent)), draw(arrivals(sent)))


@st.composite
def histories_with_a_second_finish(draw: st.DrawFn) -> History:
    """Plain saves and a finish in any order; then a finish with other answers; then anything of it again."""
    first = draw(finishes)
    other = draw(answers.filter(lambda chosen: chosen != first.answers))
    revision = draw(st.none() | st.integers((first.revision or 0) + 1, 9))
    second = Version(revision, finished=True, answers=other)
    before = (*draw(plain_saves), first)
    sent = (*before, second)
    ways = [(*draw(arrivals(before)), second, *draw(st.lists(st.sampled_from(sent), max_size=5))) for _ in range(2)]
    return History(sent, *ways)


def stored_after(response_id: str, arrived: tuple[Version, ...]) -> dict[bytes, Version]:
    """The rows that the rules of saving leave, worked out on a dictionary."""
    rows: dict[bytes, Version] = {}
    for version in arrived:
        stored = rows.get(key_of(response_id))
        row = replace(version, revision=next_revision(stored, version))
        decision = outcome(stored, version)
        if decision is Outcome.STORE:
            rows[key_of(response_id)] = row
        if decision is Outcome.FOLLOW:
            rows.setdefault(follow_key_of(response_id, version), row)
    return rows


def sent_of(response_id: str, version: Version) -> Sent:
    """A version as a phone sends it; how it was shown and what is counted apart follow from the answers."""
    view = ("standard", "easy", "symbols")[len(version.answers) % 3]
    apart = {"eq_condition": "yes", "eq_limits": ["a_little", "a_lot"]} if version.finished else {}
    return Sent(response_id, version, edition=1, view=view, language="en", unlinked=apart)


def new_id() -> str:
    """A phone's random id."""
    return str(uuid4())
