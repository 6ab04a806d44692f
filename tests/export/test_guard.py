"""The formula guard can be taken off, and a comment in the wide table stays on one line."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import SIGNS, guarded, guarded_line, unguarded

RUNS = frozenset("=+-@\t\r\n\0＝＋－＠")
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.builds(str.__add__, st.sampled_from(sorted(SIGNS)), st.text(st.characters(exclude_categories=["Cs"]))),
)


@given(TEXTS)
@example("'")
@example("''=1")
@example("'=1")
def test_guard_comes_off_again_whatever_was_typed(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_guarded_text_never_begins_like_a_formula(text: str) -> None:
    assert guarded(text)[:1] not in RUNS


@given(TEXTS)
def test_text_on_one_line_is_guarded_and_is_one_line_for_every_reader(text: str) -> None:
    line = guarded_line(text)

    assert line is not None
    assert line[:1] not in RUNS
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Warm.\r\nKind.", "Warm. / Kind."),
        ("a\nb\rc\n\nd", "a / b / c /  / d"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", "a / b / c / d / e / f"),
        ("\n=1+1", " / =1+1"),
        ("=1+1\nand", "'=1+1 / and"),
        ("－1", "'－1"),
        ("", ""),
        ("plain, text", "plain, text"),
    ],
)
def test_line_breaks_become_slashes(text: str, line: str) -> None:
    assert guarded_line(text) == line


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS)))
def test_any_text_comes_back_from_a_csv_file(rows: list[tuple[str, str, str]]) -> None:
    file = b"".join(csv_bytes(["a", "b", "c"], [rows])).decode()

    assert [tuple(row) for row in csv.reader(StringIO(file, newline=""), strict=True)] == [("a", "b", "c"), *rows]


@given(st.lists(TEXTS, min_size=1))
def test_wide_file_of_any_comments_has_one_physical_line_a_record(texts: list[str]) -> None:
    rows = [("id", guarded_line(text)) for text in texts]

    assert len(b"".join(csv_bytes(["a", "b"], [rows])).decode().splitlines()) == 1 + len(texts)


def test_lone_carriage_return_and_quotes_are_quoted() -> None:
    file = b"".join(csv_bytes(["a", "b"], [[("x\ry", 'say "hi"'), (" led ", None)]]))

    assert file == b'a,b\r\n"x\ry","say ""hi"""\r\n led ,\r\n'


def test_header_goes_out_before_any_row_is_read() -> None:
    def unread() -> list[list[str]]:
        raise AssertionError("read too early")

    assert next(csv_bytes(["a"], (unread() for _ in range(1)))) == b"a\r\n"
