"""What is told of an error that an operator can do something about."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from surveyapp.db.errors import database_sentence as sentence_of_database
from surveyapp.refused import RefusedError
from surveyapp.storage.refusals import StoreGoneError


@contextmanager
def leaving_with_a_sentence() -> Iterator[None]:
    """End the process with a sentence on standard error where an operator can do something about what went wrong."""
    try:
        yield
    except Exception as error:
        sentence = command_sentence(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
        raise SystemExit(1) from None


def command_sentence(error: Exception) -> str | None:
    """The sentence, or nothing where the program itself is at fault."""
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, StoreGoneError):
        return f"Recordings and photos can't be reached: {error}"
    if isinstance(error, OSError) and error.strerror:
        named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "A file or an address"
        return f"{named} can't be used: {error.strerror}."
    return sentence_of_database(error)
