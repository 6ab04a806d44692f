"""Who may see how much of a figure, by how many answers stand behind it.

| answers | organiser, whole event | organiser, breakdown | public, whole event | public, breakdown |
|---|---|---|---|---|
| 0 | everything (there is nothing) | the same | the same | the same |
| 1-4 | counts | hidden | hidden | hidden |
| 5-9 | counts, mean with one decimal | the same | counts | hidden |
| 10 or more | everything | everything | everything | everything |
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from enum import IntEnum

FEW = 5
ENOUGH = 10


DisclosureCheck = Callable[[Set[str]], bool]


def never(_cells: Set[str]) -> bool:
    """Where nothing but sizes is shown of cells."""
    return False


class Detail(IntEnum):
    """How much of a figure is shown, from nothing to everything."""

    HIDDEN = 0
    COUNTS = 1
    ROUGH = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class Audience:
    """Who looks: an organiser who is signed in, or anybody; a `small_group` under 5 is taken as 5."""

    public: bool
    small_group: int = ENOUGH

    @property
    def breakdown_limit(self) -> int:
        """Fewer answers than this are hidden in a breakdown."""
        return max(FEW, self.small_group) if self.public else FEW

    @property
    def sensitive_limit(self) -> int:
        """Fewer people than this: no equality total, and no comment beside their group, for anybody."""
        return max(ENOUGH, self.small_group)

    def sees_of_event(self, answers: int) -> Detail:
        """How much of a figure of the whole event."""
        # Nothing to hide where nobody answered: “No answers yet” tells of nobody.
        if not self.public or not answers:
            return _by_size(answers)
        if answers < FEW:
            return Detail.HIDDEN
        return Detail.COUNTS if answers < self.small_group else _by_size(answers)

    def sees_of_group(self, answers: int) -> Detail:
        """How much of a figure in a breakdown, before subtraction is thought of."""
        return Detail.HIDDEN if 0 < answers < self.breakdown_limit else _by_size(answers)


def _by_size(answers: int) -> Detail:
    if 0 < answers < FEW:
        return Detail.COUNTS
    return Detail.ROUGH if 0 < answers < ENOUGH else Detail.FULL


def hidden_cells(
    sizes: Mapping[str, int],
    limit: int,
    already: Set[str] = frozenset(),
    gives_away: DisclosureCheck = never,
    together: int = 0,
) -> frozenset[str]:
    """The cells to hide: the small ones, those hidden `already`, and the next smallest while subtraction finds one.

    It finds their sum, too: the hidden groups of a breakdown hold so many people `together`, while there are others to
    hide. An empty cell protects nothing, so it is the last to be hidden along. All hidden cells must be shown alike: a
    word that tells the small ones from the others gives them away. `gives_away` says of cells whether what is left of
    the total when all others are taken away tells what was in each of them.
    """
    hidden = {cell for cell, size in sizes.items() if cell in already or 0 < size < limit}
    # Each round hides at least one cell more, so it ends; in the worst case all are hidden.
    while shown := {cell: size for cell, size in sizes.items() if cell not in hidden}:
        few = [sizes[cell] for cell in hidden if sizes[cell]]
        are_too_few = 0 < sum(few) < together and any(shown.values())
        if not hidden or not (are_too_few or _is_found(few, limit) or gives_away(hidden)):
            break
        hidden |= _smallest(shown)
    return frozenset(hidden)


def _smallest(sizes: Mapping[str, int]) -> set[str]:
    """The smallest cells that aren't empty, all of that size: to choose one of them by its name would tell its size."""
    least = min((size for size in sizes.values() if size), default=0)
    return {cell for cell, size in sizes.items() if size == least}


def _is_found(sizes: list[int], limit: int) -> bool:
    """Whether the total less what is shown gives a hidden cell.

    It is the only one, or each holds one answer, or each holds as many as a small one can: whoever knows this rule
    knows then that none of them was hidden along.
    """
    # Empty cells are not counted in: whoever subtracts gets the sum of the others all the same.
    return len(sizes) == 1 or (len(set(sizes)) == 1 and sizes[0] in (1, limit - 1))
