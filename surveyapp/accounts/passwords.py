"""Passwords are kept as Argon2id hashes: 19 MiB, two passes, one lane (OWASP's password storage cheat sheet)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
UNKNOWN = HASHER.hash("an account that is not there takes as long as one that is")


def hashed(password: str) -> str:
    """What is stored of a password."""
    return HASHER.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; without a hash it's wrong after the same time."""
    try:
        HASHER.verify(password_hash or UNKNOWN, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
