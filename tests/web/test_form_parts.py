"""Text as it is kept, whatever was typed."""

import pytest

from surveyapp.web.forms import one_line, several_lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Carers'   day ", "Carers' day"), ("two\nlines", "two lines"), ("nought\0", "nought"), (None, "")],
)
def test_one_line_has_no_breaks_and_no_control_characters(typed: str | None, kept: str) -> None:
    assert one_line(typed) == kept


def test_joined_characters_stay_joined() -> None:
    family = "👩\u200d👧"
    assert one_line(family) == family


def test_several_lines_keep_their_breaks() -> None:
    assert several_lines(" first \r\n\r\nsecond\0 ") == "first\n\nsecond"
