"""`excel.xlsx`: the table of `excel.csv` as a workbook, with the codebook and a page about it.

Every text is a string cell, so that no program runs or changes it; ratings are numbers and days are dates. A workbook
can't be sent before it is complete: it is written, a line at a time, into a folder of its own, which is removed when
it is sent, fails, or is no longer wanted.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from surveyapp.export import codebook_csv
from surveyapp.export.dictionary import described
from surveyapp.export.everything.readme import which_part, which_rows
from surveyapp.export.excel_csv import as_it_is, headings_of, labelled_rows
from surveyapp.export.export_counts import ExportCounter
from surveyapp.export.rows import Snapshot
from surveyapp.export.sheets import Book

READ = 64 * 1024
HOW = (
    "Sheet “Answers” has a line for each response. Sheet “Codebook” says what the columns and codes mean.",
    "Answers are in words. Ratings are numbers from 5, the best, to 1.",
    "An empty cell is a question that was skipped, not shown or not asked, or blanked; answers.csv says which.",
    "Words that begin with = + - @ or ' have one more ' in front, so that no spreadsheet can run them.",
    "Handle with care: nobody gave a name, but people write about themselves.",
    "Keep this where only those who work with it can open it, do not pass it on, delete it when the work is done.",
)


def excel_xlsx(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes, once it is complete. Raises CannotExport and OSError before the first."""
    with TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "excel.xlsx"
        _write(taken, path)
        with path.open("rb") as written:
            while chunk := written.read(READ):
                yield chunk


def _write(taken: Snapshot, path: Path) -> None:
    options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd"}
    workbook = Workbook(str(path), options)
    workbook.use_zip64()
    # Without this it would tell the second.
    workbook.set_properties({"title": taken.title, "created": datetime.combine(taken.made_on, time(), UTC)})
    with closing(Book(workbook)) as book:
        _fill(book, taken)
        book.write()


def _fill(book: Book, taken: Snapshot) -> None:
    columns = described(taken)
    counting = ExportCounter(columns)
    lines = map(labelled_rows(columns, as_it_is), counting.through(taken.batches()))
    book.table("Answers", headings_of(columns), chain.from_iterable(lines))
    book.table("Codebook", codebook_csv.HEADER, codebook_csv.codebook_rows(columns, counting.counted))
    book.table("About", ["About these answers"], ((line,) for line in _about(taken, counting.counted.responses)))


def _about(taken: Snapshot, responses: int) -> Iterator[str]:
    yield taken.title
    yield from (f"{event.title} ({event.key})" for event in taken.events if event.key)
    yield f"Taken out on {taken.made_on.isoformat()}."
    yield f"{responses} responses. " + (
        "Unfinished responses are in it too." if taken.unfinished else "Only finished responses are in it."
    )
    yield which_rows(taken) + which_part(taken)
    yield from HOW
