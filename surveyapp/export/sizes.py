"""About how large each file will be: made of the first responses, which are a random sample, and scaled.

Keys are random, so the first are no earlier than others. Whatever is no table of responses has no estimate.
"""

import zlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask_babel import gettext
from sqlalchemy import Engine, Select

from surveyapp.export.answers_csv import answers_csv
from surveyapp.export.codebook_csv import codebook_csv
from surveyapp.export.comments_csv import comments_csv
from surveyapp.export.excel_csv import excel_csv
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import ExportedSurvey, Snapshot, snapshot
from surveyapp.model.survey import Survey

SAMPLE = 200
LONG = 20_000_000  # bytes from which on a download is worth a word
TABLES = {
    "responses.csv": responses_csv,
    "answers.csv": answers_csv,
    "comments.csv": comments_csv,
    "excel.csv": excel_csv,
}
# What each holds beside the answers, and its bytes for each of a table's, as measured with the demonstration.
OF_ITSELF = {"excel.xlsx": 15_000, "responses.parquet": 15_000, "everything.zip": 11_000}
WORKBOOK = 0.55


class Sample(Snapshot):
    """A snapshot of a survey's first responses."""

    def responses(self, event: ExportedSurvey) -> Select[*tuple[Any, ...]]:
        """What reads the first of them."""
        return Snapshot.responses(self, event).limit(SAMPLE)


def estimated_sizes(engine: Engine, survey: Survey, finished: int) -> Mapping[str, int]:
    """Bytes by the name of the file."""
    factor = max(1.0, finished / SAMPLE)
    with snapshot(engine, survey.id) as taken:
        sample = Sample(**{field.name: getattr(taken, field.name) for field in fields(Snapshot)})
        made = {name: b"".join(write(sample)) for name, write in TABLES.items()}
        codebook = len(b"".join(codebook_csv(sample)))
    packed = {name: len(zlib.compress(content)) for name, content in made.items()}
    grows = {name: len(content) for name, content in made.items()} | {
        "excel.xlsx": WORKBOOK * len(made["excel.csv"]),
        "responses.parquet": packed["responses.csv"],
        "everything.zip": packed["responses.csv"] + packed["answers.csv"] + packed["comments.csv"],
    }
    sizes = {name: OF_ITSELF.get(name, 0) + round(size * factor) for name, size in grows.items()}
    return sizes | {"codebook.csv": codebook}


def size_label(size: int) -> str:
    """About 40 KB, about 2 MB."""
    if size < 1_000:
        return gettext("under 1 KB")
    if size < 1_000_000:
        return gettext("about %(n)s KB", n=_rounded(size / 1_000))
    return gettext("about %(n)s MB", n=_rounded(size / 1_000_000))


def _rounded(n: float) -> int:
    """Two digits that count: more would promise what an estimate can't keep."""
    return int(round(n, 2 - len(str(int(n)))))
