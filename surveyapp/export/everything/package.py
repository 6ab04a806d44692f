"""Which files the package holds, in which order: what hashes others comes after them."""

from collections.abc import Iterator

from surveyapp.export.answers_csv import answers_csv
from surveyapp.export.codebook_csv import codebook_of
from surveyapp.export.comments_csv import comments_csv
from surveyapp.export.dictionary import described
from surveyapp.export.equality_csv import equality_totals_csv
from surveyapp.export.everything import csvw, datapackage, manifest, r, readme, spss, stata
from surveyapp.export.everything.written_file import WrittenFile, noted
from surveyapp.export.everything.zip_stream import Entry, zipped
from surveyapp.export.export_counts import ExportCounter
from surveyapp.export.responses_csv import responses_csv_of
from surveyapp.export.rows import Snapshot


def everything_zip(taken: Snapshot) -> Iterator[bytes]:
    """The package in chunks of bytes."""
    return zipped(_entries(taken))


def _entries(taken: Snapshot) -> Iterator[Entry]:
    """The files; the manifest, as the last, notes all others."""
    written: list[WrittenFile] = []
    for name, chunks in _files(taken, written):
        yield name, noted(name, chunks, written)
    yield manifest.NAME, [manifest.manifest_json(taken, manifest.database_counts(taken), written)]


def _files(taken: Snapshot, written: list[WrittenFile]) -> Iterator[Entry]:
    """All but the manifest; each is made when those before it are written."""
    columns = described(taken)
    yield readme.NAME, [readme.readme_txt(taken)]
    counting = ExportCounter(columns)
    yield "responses.csv", responses_csv_of(taken, counting.through(taken.batches()))
    yield "answers.csv", answers_csv(taken)
    yield "comments.csv", comments_csv(taken)
    yield "codebook.csv", codebook_of(columns, counting.counted)
    if taken.equality_limit is not None:
        yield "equality_totals.csv", equality_totals_csv(taken)
    yield datapackage.NAME, [datapackage.datapackage_json(taken, columns, written)]
    yield csvw.NAME, [csvw.csvw_json(taken.title, columns)]
    yield spss.NAME, [spss.import_sps(columns, counting.counted)]
    yield r.NAME, [r.import_r(columns)]
    yield stata.NAME, [stata.import_do(columns)]
