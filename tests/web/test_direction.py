"""A language is written from the side that its script is."""

import pytest

from surveyapp.web.i18n import direction


@pytest.mark.parametrize(
    ("tag", "side"),
    [("en", "ltr"), ("ur", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("pnb", "rtl"), ("ckb", "rtl"), ("zz", "ltr")],
)
def test_a_language_runs_as_its_script_does(tag: str, side: str) -> None:
    assert direction(tag) == side
