"""What is blanked in the ordinary files of rows, so that nobody is found by role, room, view or language.

A combination of what describes people stays as it is where five rows or more share it. Elsewhere a column more is
blanked, in the order of the columns, until five share what is left. Rows that are left over in the end are blanked
whole, with as many others as make them five: so a column is blanked in no row or in at least five, and no sum of a
column tells one cell. Nothing is drawn at random: the same rows are always blanked the same way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from surveyapp.model.asking_who import telling_keys
from surveyapp.model.describing import describes_people
from surveyapp.model.questionnaire import Question, Questionnaire

SHARED_BY = 5  # so many rows share a combination that is left
GROUP, PRESENTATION = "group", ("view", "language", "source")

Combination = tuple[object, ...]
"""A row's values, one for each column in the order in which columns are blanked."""


def columns_to_blank(editions: Sequence[Questionnaire]) -> tuple[str, ...]:
    """The columns that may be blanked, in their order: group, what describes people, view, language, source.

    What tells who somebody is isn't among them: it is blanked in every row.
    """
    always = blanked_always(editions)
    describing = (one for edition in reversed(editions) for one in edition.linked if describes_people(one))
    asked = {one.key: None for one in describing if one.key not in always}
    return (GROUP, *asked, *PRESENTATION)


def blanked_columns(
    columns: Sequence[str], counts: Mapping[Combination, int], shared_by: int = SHARED_BY
) -> dict[Combination, tuple[str, ...]]:
    """Which columns are blanked in the rows of each combination, given how many rows have it.

    A column that is the same in all rows tells nobody apart and stays, unless there are too few rows altogether.
    """
    # With fewer rows than that no combination can be shared by enough, whatever is blanked.
    if sum(counts.values()) < shared_by:
        return dict.fromkeys(counts, tuple(columns))
    # A column with one value would only cost a level without joining anybody.
    varying = [place for place in range(len(columns)) if len({each[place] for each in counts}) > 1]
    known = {tuple(each[place] for place in varying): each for each in counts}
    levels = _levels({values: counts[each] for values, each in known.items()}, len(varying), shared_by)
    names = [columns[place] for place in varying]
    return {each: tuple(names[: levels[values]]) for values, each in known.items()}


def with_dependents(columns: Iterable[str], editions: Sequence[Questionnaire]) -> tuple[str, ...]:
    """These columns, and every question that hangs on one of them by its condition, in any edition."""
    found = dict.fromkeys(columns)
    # A condition may hang on a question that hangs on another: again until nothing is added.
    before = -1
    while len(found) > before:
        before = len(found)
        found |= dict.fromkeys(one.key for one in _conditional(editions) if one.show_if and one.show_if.key in found)
    return tuple(found)


def blanked_always(editions: Sequence[Questionnaire]) -> frozenset[str]:
    """What tells who somebody is, and what hangs on it: in the full files alone, and in no figure."""
    return frozenset(with_dependents(sorted(telling_keys(editions)), editions))


def _conditional(editions: Iterable[Questionnaire]) -> Iterator[Question]:
    return (question for edition in editions for question in edition.linked if question.show_if)


def _levels(counts: Mapping[Combination, int], last: int, shared_by: int) -> dict[Combination, int]:
    """How many columns are blanked, from the first on, in the rows of each combination."""
    # Rows settle at the first level at which enough share what is left, so that as little as possible is blanked.
    levels: dict[Combination, int] = {}
    left: Iterable[Combination] = counts
    for level in range(last + 1):
        classes = _classes(left, level)
        sizes = {rest: sum(counts[each] for each in members) for rest, members in classes.items()}
        settled = [rest for rest in classes if sizes[rest] >= shared_by]
        levels |= {each: level for rest in settled for each in classes[rest]}
        left = [each for each in left if each not in levels]
    return levels | _joined(counts, levels, left, last) if left else levels


def _joined(
    counts: Mapping[Combination, int], levels: Mapping[Combination, int], left: Iterable[Combination], last: int
) -> dict[Combination, int]:
    """The rows that are left over, fewer than may be alone, blanked whole with the class that loses least by it."""
    sizes: Counter[tuple[int, Combination]] = Counter()
    for each, level in levels.items():
        sizes[level, each[level:]] += counts[each]
    # The class that is blanked furthest loses least; then the smallest; then by its text, so that it is the same again.
    level, rest = min(sizes, key=lambda one: (-one[0], sizes[one], repr(one[1])))
    joining = (each for each, own in levels.items() if own == level and each[level:] == rest)
    return dict.fromkeys((*left, *joining), last)


def _classes(combinations: Iterable[Combination], level: int) -> dict[Combination, list[Combination]]:
    classes: defaultdict[Combination, list[Combination]] = defaultdict(list)
    for each in combinations:
        classes[each[level:]].append(each)
    return classes
