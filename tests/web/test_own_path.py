"""Signing in leads back into this site, and nowhere else."""

import pytest

from surveyapp.web.access import is_own_path


@pytest.mark.parametrize("path", ["/surveys", "/surveys/new?ready=quick_card", "/"])
def test_path_of_this_site_is_followed(path: str) -> None:
    assert is_own_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "surveys",
        "//evil.example",
        "///evil.example",
        "https://evil.example/surveys",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "/x\u0000",
        "http://[",
    ],
)
def test_address_elsewhere_is_not_followed(path: str) -> None:
    assert not is_own_path(path)
