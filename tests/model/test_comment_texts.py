"""Comments that say nothing are told from those that do."""

import pytest

from surveyapp.model.comments import comment_id, is_nothing_to_add, traces


@pytest.mark.parametrize(
    "text",
    [
        "nothing", "Nothing.", "NOTHING!", " nothing to add ", "n/a", "N/A", "n.a.", "na", "none", "None.", "no", "No,",
        "nil", "nope", "-", "--", "—", "...", ".", " ", "\n\t", "", "“None”", "nothing\n", "\u200fnothing\u200f",
        "\u200f", "- none -", "Nothing  to   add…",
    ],
)  # fmt: skip
def test_a_comment_that_says_nothing_is_grouped(text: str) -> None:
    assert is_nothing_to_add(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing, it was perfect", "No parking", "none of the lifts worked", "😡", "👍🏽", "?", "+1", "10", "Lunch!",
        "- more breaks", "لا شيء", "ਸਾਰਾ ਦਿਨ", "no, thanks to you it was fine", "=1+1",
    ],
)  # fmt: skip
def test_a_comment_that_says_something_is_listed(text: str) -> None:
    assert not is_nothing_to_add(text)


def test_a_comments_name_stays_and_is_its_own() -> None:
    names = {comment_id(b"k" * 32, response, key) for response in ("0" * 16, "1" * 16) for key in ("best", "change")}
    assert len(names) == 4
    assert comment_id(b"k" * 32, "00f1e2d3c4b5a697", "best") == "b0d7a523b7ed3aca"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to ann.lee@example.org please", {"email"}),
        ("Ring 020 7946 0000", {"phone"}),
        ("+44 7700 900123 is my number", {"phone"}),
        ("We live in LS1 4AP", {"postcode"}),
        ("Dr Patel was late", {"name"}),
        ("Thanks to Ann Lee for everything", {"name"}),
        ("my name is ann", {"name"}),
        ("The lunch. Everything was good.", set()),
        ("There were 120 of us on 7 October 2026, at 10.30", set()),
        ("ann was kind", set()),
    ],
)
def test_what_may_say_who_somebody_is_is_seen_in_plain_cases(text: str, what: set[str]) -> None:
    assert set(traces(text)) == what


def test_a_long_comment_without_a_space_is_looked_through_at_once() -> None:
    assert traces("1" * 5_000 + "@" * 5_000) == ()
