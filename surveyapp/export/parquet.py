"""Parquet, where its package is installed: what writes it is only loaded when it is asked for, as it takes 50 MB."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from surveyapp.export.refusal import CannotExport
from surveyapp.export.rows import Snapshot

PACKAGE = "pyarrow"
WRITER = "surveyapp.export.responses_parquet"


def parquet_file(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes. Raises CannotExport without its package."""
    if find_spec(PACKAGE) is None:
        raise CannotExport("not_installed")
    written: Iterator[bytes] = import_module(WRITER).responses_parquet(taken)
    return written
