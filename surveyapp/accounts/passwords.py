"""Passwords are kept as Argon2id hashes: 19 MiB, two passes, one lane (OWASP's password storage cheat sheet)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
# Of a random password that nobody kept: an account that isn't there takes as long as one that is. Written down, since
# making it takes as long as a sign-in, at each start. tests/accounts/test_passwords.py holds it to HASHER's settings.
UNKNOWN = "$argon2id$v=19$m=19456,t=2,p=1$PsHf5V1ZD/V884BIJ63RPA$FpaUk4oEGWfYkPtW11LSyNAq8ldjr9xvLCCbAovg41o"


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
