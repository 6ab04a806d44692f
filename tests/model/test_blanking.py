"""What is blanked: every combination that is left is shared by five rows, and no column is blanked in one to four."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.model.blanking import SHARED_BY, Combination, blanked_columns, columns_to_blank, with_dependents
from surveyapp.model.questionnaire import ShowIf
from tests.factories import make_choice, make_question, make_questionnaire

COLUMNS = ("group", "role", "view", "language", "source")
VALUES = st.tuples(
    st.sampled_from((None, "A", "B", "C", "D")),
    st.sampled_from((None, "carer", "patient", "staff")),
    st.sampled_from(("standard", "easy", "symbols")),
    st.sampled_from(("en", "ur")),
    st.sampled_from(("qr", "paper")),
)
COUNTS = st.dictionaries(VALUES, st.integers(1, 7), max_size=30)


def left(counts: dict[Combination, int]) -> Counter[Combination]:
    """How many rows share each combination that is left; a blanked value is told from an empty one."""
    blanked = blanked_columns(COLUMNS, counts)
    seen: Counter[Combination] = Counter()
    for values, n in counts.items():
        hidden = blanked[values]
        seen[tuple("blank" if name in hidden else (value,) for name, value in zip(COLUMNS, values, strict=True))] += n
    return seen


@given(COUNTS)
def test_every_combination_that_is_left_is_shared_by_five_rows(counts: dict[Combination, int]) -> None:
    few = sum(counts.values()) < SHARED_BY

    for combination, n in left(counts).items():
        assert n >= SHARED_BY or (few and combination == ("blank",) * len(COLUMNS))


@given(COUNTS)
def test_a_column_is_blanked_in_no_row_or_in_five(counts: dict[Combination, int]) -> None:
    blanked = blanked_columns(COLUMNS, counts)
    rows = Counter(name for values, n in counts.items() for name in blanked[values] for _ in range(n))

    if sum(counts.values()) >= SHARED_BY:
        assert all(n >= SHARED_BY for n in rows.values())


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_same_rows_are_blanked_the_same_way_in_whatever_order(
    counts: dict[Combination, int], random: object
) -> None:
    shuffled = list(counts.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random

    assert blanked_columns(COLUMNS, dict(shuffled)) == blanked_columns(COLUMNS, counts)


@given(COUNTS)
def test_what_was_shared_by_five_stays_unless_others_need_it(counts: dict[Combination, int]) -> None:
    blanked = blanked_columns(COLUMNS, counts)
    lonely = [values for values, n in counts.items() if n < SHARED_BY]

    if not lonely and counts:
        assert set(blanked.values()) == {()}


def test_columns_are_blanked_from_the_group_on() -> None:
    counts: dict[Combination, int] = {
        ("A", "carer", "easy", "en", "qr"): 3,
        ("B", "carer", "easy", "en", "qr"): 4,
        ("A", "staff", "easy", "en", "qr"): 9,
        ("A", "patient", "easy", "en", "qr"): 6,
        ("B", "patient", "symbols", "ur", "qr"): 5,
    }

    assert blanked_columns(COLUMNS, counts) == {
        ("A", "carer", "easy", "en", "qr"): ("group",),
        ("B", "carer", "easy", "en", "qr"): ("group",),
        ("A", "staff", "easy", "en", "qr"): (),
        ("A", "patient", "easy", "en", "qr"): (),
        ("B", "patient", "symbols", "ur", "qr"): (),
    }


def test_one_who_is_left_over_is_blanked_with_the_smallest_class_beside() -> None:
    counts: dict[Combination, int] = {
        ("A", "carer", "easy", "en", "qr"): 8,
        ("B", "carer", "easy", "en", "qr"): 6,
        ("B", "staff", "easy", "en", "qr"): 1,
    }

    blanked = blanked_columns(COLUMNS, counts)

    assert blanked["A", "carer", "easy", "en", "qr"] == ()
    assert blanked["B", "carer", "easy", "en", "qr"] == ("group", "role")
    assert blanked["B", "staff", "easy", "en", "qr"] == ("group", "role")


def test_fewer_than_five_rows_are_blanked_whole() -> None:
    assert blanked_columns(COLUMNS, {("A", "carer", "easy", "en", "qr"): 4}) == {
        ("A", "carer", "easy", "en", "qr"): COLUMNS
    }


def test_nothing_is_blanked_where_there_is_nobody() -> None:
    assert blanked_columns(COLUMNS, {}) == {}


def test_group_comes_first_then_what_describes_people_then_how_they_answered() -> None:
    role = make_question("role", "single", "Who are you?")
    older = make_questionnaire(make_question("age_band", "single", "How old are you?"), make_question())
    newer = make_questionnaire(make_question(), make_question("drink", "single"), role)

    assert columns_to_blank([older, newer]) == ("group", "role", "age_band", "view", "language", "source")


def test_an_organisers_mark_comes_before_the_words() -> None:
    asked = make_questionnaire(
        make_question("role", "single", "Who are you?", describes_people=False),
        make_question("table", "number", "Your table?", describes_people=True),
    )

    assert columns_to_blank([asked]) == ("group", "table", "view", "language", "source")


def test_what_hangs_on_a_blanked_answer_hangs_with_it_and_so_on() -> None:
    choices = (make_choice("yes"), make_choice("no"))
    asked = make_questionnaire(
        make_question("role", "single", choices=choices),
        make_question("since", "single", choices=choices, show_if=ShowIf("role", ("yes",))),
        make_question("why", "comment", show_if=ShowIf("since", ("no",))),
        make_question("drink", "single", show_if=None),
    )

    assert with_dependents(("group", "role"), [asked]) == ("group", "role", "since", "why")
