"""Passwords are kept so that a stolen database gives none away."""

from statistics import median
from time import perf_counter

from surveyapp.accounts.passwords import HASHER, UNKNOWN, hashed, is_password


def test_right_password_is_known_again() -> None:
    assert is_password("correct horse", hashed("correct horse"))


def test_wrong_password_is_refused() -> None:
    assert not is_password("correct horse", hashed("battery staple"))


def test_hash_says_argon2id_with_nineteen_mebibytes() -> None:
    assert hashed("correct horse").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_broken_hash_lets_nobody_in() -> None:
    assert not is_password("correct horse", "not a hash")


def test_unknown_account_takes_as_long_as_a_wrong_password() -> None:
    stored = hashed("correct horse")
    known = median(_seconds(stored) for _ in range(5))
    unknown = median(_seconds(None) for _ in range(5))
    assert 0.3 < unknown / known < 3


def _seconds(password_hash: str | None) -> float:
    began = perf_counter()
    assert not is_password("a guess", password_hash)
    return perf_counter() - began


def test_an_account_that_is_not_there_takes_as_long_as_one_that_is() -> None:
    assert not HASHER.check_needs_rehash(UNKNOWN)
    assert not is_password("any", None)
