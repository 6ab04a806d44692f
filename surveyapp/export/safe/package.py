"""Which files may be passed on, in one package of one moment."""

from collections.abc import Iterator

from surveyapp.export.everything.zip_stream import Entry, zipped
from surveyapp.export.refusal import CannotExport
from surveyapp.export.rows import Snapshot
from surveyapp.export.safe import readme
from surveyapp.export.safe.last_published import figures_to_share
from surveyapp.export.safe.quotes_csv import quotes_csv
from surveyapp.figures.suppression import FEW, Audience


def safe_zip(taken: Snapshot) -> Iterator[bytes]:
    """The package in chunks of bytes. Raises CannotExport for a series: its figures are made an event at a time."""
    if taken.is_series:
        raise CannotExport("series_of_safe")
    return zipped(_entries(taken.unblanked))


def _entries(taken: Snapshot) -> Iterator[Entry]:
    limit = Audience(public=True, small_group=taken.small_group).sensitive_limit
    yield readme.NAME, [readme.safe_readme_txt(taken, limit, FEW)]
    yield "figures.csv", [figures_to_share(taken)]
    yield "quotes.csv", quotes_csv(taken)
