"""The tables of a package against each other: the wide one, the long one, comments and codebook tell the same answers.

They are read side by side, a response at a time, in memory that doesn't grow with them. Whoever changes an answer in
one of them has to change it in all the others, and every count too; then only the signature tells.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from zipfile import ZipFile

from surveyapp.export import answers_csv, codebook_csv, comments_csv
from surveyapp.export.guard import guarded_line, unguarded
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import other_text_key
from surveyapp.model.validation import FIXED_NAMES

UNANSWERED = frozenset({"blanked", "skipped", "not_shown"})
ONE_CODE = frozenset(name for name, kind in KINDS.items() if kind.cells == "code")
NUMBERS = frozenset(name for name, kind in KINDS.items() if kind.cells in ("rating", "number", "point"))
TableRow = Mapping[str, str]


class FaultyError(Exception):
    """A table is none: it has other columns, or rows of another length; said in a sentence."""


@dataclass(slots=True)
class CodebookColumn:
    """A column of the wide table as the codebook describes it: its codes' labels and counts, and its own counts."""

    name: str
    key: str
    item: str
    kind: str
    words: str
    answered: str
    missing: str
    labels: dict[str, str] = field(default_factory=dict)
    counting: set[str] = field(default_factory=set)
    counts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class TableTotals:
    """What the tables hold, counted, and where they differ: the first response at each place."""

    responses: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    editions: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    differing: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, where: str) -> None:
        """Remember a difference of a kind where it was met first."""
        self.differing.setdefault(what, where)

    def sentences(self) -> Iterator[str]:
        """The differences."""
        yield from (f"{what} (first in {where})." for what, where in self.differing.items())


def table_rows(archive: ZipFile, path: str, header: Sequence[str] | None = None) -> Iterator[TableRow]:
    """A table's rows. Raises FaultyError for another header, a doubled column, or a row that is shorter or longer."""
    name = path.rpartition("/")[2]
    with archive.open(path) as content, io.TextIOWrapper(content, encoding="utf-8", newline="") as text:
        lines = csv.reader(text, strict=True)
        names = next(lines, [])
        if len(set(names)) != len(names) or (header is not None and tuple(names) != tuple(header)):
            raise FaultyError(f"{name} has other columns than it should have.")
        for line in lines:
            if len(line) != len(names):
                raise FaultyError(f"{name} has rows of different lengths.")
            yield dict(zip(names, line, strict=True))


def table_header(archive: ZipFile, path: str) -> list[str]:
    """The names of a table's columns."""
    with archive.open(path) as content, io.TextIOWrapper(content, encoding="utf-8", newline="") as text:
        return next(csv.reader(text, strict=True), [])


def codebook_columns(archive: ZipFile, path: str) -> tuple[dict[str, CodebookColumn], int]:
    """The columns that the codebook describes, and its rows. Raises FaultyError."""
    columns: dict[str, CodebookColumn] = {}
    rows = 0
    for row in table_rows(archive, path, codebook_csv.HEADER):
        rows += 1
        name = row["column"]
        if not row["value"]:
            if name in columns or row["position"] != str(len(columns) + 1):
                raise FaultyError(f"codebook.csv describes the column “{name}” twice, or in another place.")
            columns[name] = CodebookColumn(
                name,
                row["question_key"],
                row["item"],
                row["kind"],
                row["question"],
                row["n_answered"],
                row["n_missing"],
            )
        elif name not in columns or row["value"] in columns[name].labels:
            raise FaultyError(f"codebook.csv has a code of “{name}” twice, or before its column.")
        else:
            column = columns[name]
            column.labels[row["value"]] = row["value_label"]
            column.counts[row["value"]] = row["n_answered"]
            if row["counts_in_results"] == "1":
                column.counting.add(row["value"])
    return columns, rows


def compared(archive: ZipFile, folder: str, columns: Mapping[str, CodebookColumn], *, ordinary: bool) -> TableTotals:
    """Everything that the tables say, each response's rows against each other. Raises FaultyError."""
    found = TableTotals()
    by_question = {key: list(each) for key, each in groupby(columns.values(), key=lambda column: column.key) if key}
    wide = table_rows(archive, f"{folder}responses.csv", list(columns))
    long = _by_response(
        _counting(found, "answers.csv", table_rows(archive, f"{folder}answers.csv", answers_csv.HEADER))
    )
    header = comments_csv.ORDINARY_HEADER if ordinary else comments_csv.HEADER
    comments = _counting(found, "comments.csv", table_rows(archive, f"{folder}comments.csv", header))
    if ordinary:
        _check_ordinary_comments(found, comments, by_question)
    written = iter(()) if ordinary else _by_response(_commented(found, comments))
    answered, commented = _JoinedRows(long), _JoinedRows(written)
    seen: set[str] = set()
    last = event = ""
    for row in _counting(found, "responses.csv", wide):
        id_ = row["response_id"]
        if row["event_key"] != event and row["event_key"] in seen:
            found.note("responses.csv has an event's rows in two places", id_)
        if row["event_key"] == event and id_ <= last:
            found.note("responses.csv has a row twice, or its rows are in another order", id_)
        last, event = id_, row["event_key"]
        seen.add(event)
        _check_response(found, columns, by_question, row, answered.of(id_))
        if not ordinary:
            _check_comments(found, row, answered.last, commented.of(id_))
    for name, beside in (("answers.csv", answered), ("comments.csv", commented)):
        if not beside.is_over:
            found.note(f"{name} has rows of a response that responses.csv does not have there", beside.id)
    return found


def count_sentences(found: TableTotals, columns: Mapping[str, CodebookColumn]) -> Iterator[str]:
    """Where the codebook counts otherwise than the tables."""
    for column in columns.values():
        if not column.item and column.labels and column.kind != "fixed":
            answered = sum(found.codes[column.name, code] for code in column.counting)
        else:
            answered = found.filled[column.name]
        if (column.answered, column.missing) != (str(answered), str(found.responses - answered)):
            yield f"codebook.csv says that {column.answered} answered “{column.name}”, the tables say {answered}."
        for code, n in column.counts.items():
            times = found.codes[column.name, code]
            if n != str(times):
                yield f"codebook.csv counts {n} of “{code}” in “{column.name}”, the tables {times}."


class _JoinedRows:
    """Rows by response that are read beside the wide table: those of a response, where they come next."""

    def __init__(self, groups: Iterator[tuple[str, list[TableRow]]]) -> None:
        self._groups = groups
        self._next = next(groups, None)
        self.last: list[TableRow] = []

    def of(self, id_: str) -> list[TableRow]:
        self.last = []
        if self._next is not None and self._next[0] == id_:
            self.last = self._next[1]
            self._next = next(self._groups, None)
        return self.last

    @property
    def is_over(self) -> bool:
        return self._next is None

    @property
    def id(self) -> str:
        return self._next[0] if self._next else ""


def _by_response(rows: Iterable[TableRow]) -> Iterator[tuple[str, list[TableRow]]]:
    return ((id_, list(run)) for id_, run in groupby(rows, key=itemgetter("response_id")))


def _counting(found: TableTotals, name: str, rows: Iterable[TableRow]) -> Iterator[TableRow]:
    for row in rows:
        found.rows[name] += 1
        yield row


def _check_response(
    found: TableTotals,
    columns: Mapping[str, CodebookColumn],
    by_question: Mapping[str, list[CodebookColumn]],
    row: TableRow,
    records: list[TableRow],
) -> None:
    found.responses += 1
    found.editions[row["edition"]] += 1
    found.editions[f"{row['event_key']} {row['edition']}"] += 1
    told = {key: list(run) for key, run in groupby(records, key=itemgetter("question_key"))}
    for key in told.keys() - by_question.keys():
        found.note(f"answers.csv has a question “{key}” that the codebook does not have", row["response_id"])
    for key, described in by_question.items():
        given = told.get(key, [])
        if any(record["state"] not in UNANSWERED for record in given):
            found.answers[key] += 1
        for column in described:
            _check_cell(found, column, row, given)
    for column in columns.values():
        if cell := row[column.name]:
            found.filled[column.name] += 1
            if column.kind != "rating5" or column.item:
                found.codes[column.name, cell] += 1


def _check_cell(found: TableTotals, column: CodebookColumn, row: TableRow, given: list[TableRow]) -> None:
    """A cell of the wide table against the question's rows in the long one."""
    cell = row[column.name]
    if column.kind == "rating5" and not column.item and given:
        found.codes[column.name, given[0]["value_code"]] += 1
        if given[0]["value_code"] != given[0]["value_number"] and given[0]["value_number"]:
            found.note(f"answers.csv has another number than code in “{column.key}”", row["response_id"])
    if column.kind == "multiple" and column.labels:
        chosen = {record["value_code"] for record in given if record["state"] not in UNANSWERED}
        fits = cell == "1" if column.item in chosen else cell == "" or (cell == "0" and bool(chosen - {""}))
    else:
        fits = cell == (_cell(column, given) or "")
    if not fits:
        found.note(f"responses.csv and answers.csv differ in “{column.name}”", row["response_id"])


def _cell(column: CodebookColumn, given: list[TableRow]) -> str | None:
    """What the long table says must stand in a cell of the wide one, but for a choice's own column."""
    if column.name == other_text_key(column.key) or column.kind == "comment":
        texts = [record["value_text"] for record in given if record["value_text"]]
        return guarded_line(unguarded(texts[0])) if texts else ""
    if not given or given[0]["state"] in UNANSWERED:
        return ""
    return given[0]["value_number"] if column.kind in NUMBERS else given[0]["value_code"]


def _commented(found: TableTotals, comments: Iterable[TableRow]) -> Iterator[TableRow]:
    for row in comments:
        _check_text(found, row)
        yield row


def _check_text(found: TableTotals, row: TableRow) -> None:
    found.comments[row["question_key"]] += 1
    if not row["text"]:
        found.note("comments.csv has a comment without words", row["comment_id"])


def _check_comments(found: TableTotals, row: TableRow, records: list[TableRow], comments: list[TableRow]) -> None:
    """A response's comments against the long table: full files have each in both."""
    id_ = row["response_id"]
    texts = {record["question_key"]: record["value_text"] for record in records if record["value_text"]}
    for comment in comments:
        if texts.get(comment["question_key"]) != comment["text"]:
            found.note("comments.csv and answers.csv differ in a comment", id_)
        if comment["language"] != row["language"]:
            found.note("comments.csv has another language than responses.csv", id_)
    if len({comment["question_key"] for comment in comments}) != len(comments):
        found.note("comments.csv has a comment twice", id_)


def _check_ordinary_comments(
    found: TableTotals, comments: Iterable[TableRow], by_question: Mapping[str, list[CodebookColumn]]
) -> None:
    """Comments that nothing joins to a response: each has words and a question, all in the order of their ids."""
    asked = set(by_question) | {column.name for each in by_question.values() for column in each}
    last = ""
    for row in comments:
        _check_text(found, row)
        if row["comment_id"] <= last:
            found.note("comments.csv has a comment twice, or in another order", row["comment_id"])
        if row["question_key"] not in asked:
            found.note("comments.csv has a comment to a question that the codebook does not have", row["comment_id"])
        last = row["comment_id"]


def fixed_faults(columns: Mapping[str, CodebookColumn]) -> Iterator[str]:
    """The columns that every survey has come first."""
    if tuple(columns)[: len(FIXED_NAMES)] != FIXED_NAMES:
        yield "codebook.csv does not begin with the columns that every survey has."
