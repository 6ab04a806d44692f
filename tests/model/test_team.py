"""Who may do what in a team, and what is kept of a signed-in browser."""

import pytest

from surveyapp.model.team import Role, SignIn, is_allowed


@pytest.mark.parametrize(
    ("role", "least", "allowed"),
    [
        ("viewer", "viewer", True), ("viewer", "editor", False), ("viewer", "owner", False),
        ("analyst", "viewer", True), ("analyst", "analyst", True), ("analyst", "editor", False),
        ("viewer", "analyst", False), ("editor", "analyst", True),
        ("editor", "viewer", True), ("editor", "editor", True), ("editor", "owner", False),
        ("owner", "viewer", True), ("owner", "editor", True), ("owner", "owner", True),
        ("", "viewer", False), ("admin", "viewer", False), ("OWNER", "viewer", False),
    ],
)  # fmt: skip
def test_a_role_may_do_what_lesser_roles_may(role: str, least: Role, allowed: bool) -> None:
    assert is_allowed(role, least) is allowed


def test_only_a_hash_of_a_sign_in_is_stored() -> None:
    assert len(SignIn.hash_of("token")) == 32
    assert b"token" not in SignIn.hash_of("token")
    assert SignIn.hash_of("token") != SignIn.hash_of("Token")
