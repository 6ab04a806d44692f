"""Of a form's rules only the simplest are understood; anything else is None, and nothing is ever run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.importing.xlsform.conditions import Condition, NumberRange, bounds_of, condition_of


@pytest.mark.parametrize(
    ("rule", "name", "values"),
    [
        ("${q} = 'a'", "q", ("a",)),
        ('${q}="a"', "q", ("a",)),
        ("${ q } = ‘a’", "q", ("a",)),
        ("'a' = ${q}", "q", ("a",)),
        ("${q} = 1", "q", ("1",)),
        ("${q} = 1.0", "q", ("1.0",)),
        ("selected(${q}, 'a')", "q", ("a",)),
        ("SELECTED( ${q-2} ,'a b')", "q-2", ("a b",)),
        ("(${q} = 'a')", "q", ("a",)),
        ("${q} = 'a' or ${q} = 'b'", "q", ("a", "b")),
        ("(selected(${q}, 'a')) or (selected(${q}, 'b') OR ${q}='c')", "q", ()),
        ("(${q} = 'a') or (${q} = 'b') or ${q} = 'a'", "q", ("a", "b")),
        ("((${q} = 'a' or ${q} = 'b'))", "q", ("a", "b")),
    ],
)
def test_simple_rule_is_understood(rule: str, name: str, values: tuple[str, ...]) -> None:
    assert condition_of(rule) == (Condition(name, values) if values else None)


@pytest.mark.parametrize(
    "rule",
    [
        "", "true()", "${q}", "${q} != 'a'", "not(selected(${q}, 'a'))", "${q} = 'a' and ${r} = 'b'", "${q} = ${r}",
        "${q} = 'a' or ${r} = 'b'", "${q} > 3", "${q} = 'a' or", "or", "selected(${q}, ${r})", "selected(., 'a')",
        "count-selected(${q}) = 1", "${q} = 'it''s'", "__import__('os').system('true')", "${q} = 1.5",
        "${q} = 'a'; DROP TABLE survey", "(" * 3_000 + "${q} = 'a'" + ")" * 3_000, "${q} = 'a' or " * 900,
        "${" * 3_000, "'" * 4_001,
    ],
)  # fmt: skip
def test_any_other_rule_is_not(rule: str) -> None:
    assert condition_of(rule) is None


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        (". >= 0", NumberRange(0, None)),
        (".>0 and .<10", NumberRange(1, 9)),
        ("(. >= 1) and (. <= 5)", NumberRange(1, 5)),
        ("(. >= 1 and . <= 5)", NumberRange(1, 5)),
        ("0 <= . AND . <= 120", NumberRange(0, 120)),
        (". > 1.5 and . < 4.5", NumberRange(2, 4)),
        (". >= -1.5 and . <= 2.0", NumberRange(-1, 2)),
        (". > 2 and . >= 2", NumberRange(3, None)),
        (". > 5 and . < 3", None),
        (". = 5", None),
        (". >= 0 or . < 3", None),
        (". >= ${low}", None),
        ("regex(., '[0-9]+')", None),
        (". >= 99999999999999999999", None),
    ],
)
def test_bounds_of_a_number(rule: str, bounds: NumberRange | None) -> None:
    assert bounds_of(rule) == bounds


@given(st.lists(st.sampled_from(["${q}", "'a'", "=", "or", "and", "(", ")", "selected", ",", ".", "1", ">=", " "])))
@settings(max_examples=100, deadline=None)
def test_whatever_the_rule_a_value_or_none_comes_back(parts: list[str]) -> None:
    rule = " ".join(parts)

    assert condition_of(rule) is None or condition_of(rule) == Condition("q", condition_of(rule).values)  # type: ignore[union-attr]  # it isn't None here
    assert bounds_of(rule) is None or isinstance(bounds_of(rule), NumberRange)
