"""What each column of `responses.csv` means: one description that codebook, data package, CSVW and SPSS all print."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from typing import Any, Literal, assert_never

from surveyapp.export.columns import AnswerColumn, columns_of, columns_of_question
from surveyapp.export.fixed_columns import FIXED_COLUMNS, CellReader, FixedColumn, Type, codes_of_column
from surveyapp.export.guard import guarded_line
from surveyapp.export.responses_csv import question_columns
from surveyapp.export.rows import Batch, EditionKey, Snapshot
from surveyapp.figures.tally import questions_of
from surveyapp.model.kinds.kind import CellType
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Choice, Question, Scoring, Words, localized, other_text_key


@dataclass(frozen=True, slots=True)
class Value:
    """One code that a cell may hold, its words, and whether it counts in results."""

    code: str
    label: str
    easy: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column; `editions` are those that have it, None for all.

    `cells` gives a batch's cells, None where empty; a rating's “not sure” is among them, as its code.
    """

    name: str
    kind: str
    holds: CellType | Literal["fixed"]
    type: Type
    words: str
    read: CellReader
    easy: str = ""
    question_key: str = ""
    item: str = ""
    values: tuple[Value, ...] = ()
    scoring: Scoring = "mean"
    editions: frozenset[EditionKey] | None = None

    def cells(self, batch: Batch) -> Iterable[Any]:
        """A batch's cells; all are empty where its edition didn't ask or offer this."""
        if self.editions is not None and batch.asked not in self.editions:
            return repeat(None, len(batch.ids))
        return self.read(batch)

    @property
    def categories(self) -> tuple[Value, ...]:
        """The codes that can stand in the column and count; of a choice's own column, 1 and 0."""
        return self.values if self.item else tuple(value for value in self.values if value.counts)

    @property
    def missing(self) -> tuple[Value, ...]:
        """The codes that can stand in the column and count for nothing; a rating's cell is empty for these."""
        if self.item or self.type == "integer":
            return ()
        return tuple(value for value in self.values if not value.counts)

    @property
    def heading(self) -> str:
        """The question; beside it the choice, where the column is of one choice or of the words beside it."""
        choice = next((value.label for value in self.values if self.item and value.code == "1"), self.item)
        return f"{self.words} [{choice}]" if choice else self.words

    @property
    def is_ordered(self) -> bool:
        """Whether the codes are a scale."""
        return self.holds == "rating"


def described(taken: Snapshot) -> list[ColumnDescription]:
    """All columns in the order of the file; words are the latest edition's, in the language that labels are in."""
    editions = list(taken.editions.values())
    language = taken.label_language
    found: dict[str, ColumnDescription] = {}
    older = (question for edition in reversed(editions) for question in edition.linked)
    for question in (*questions_of(editions), *older):
        if question.linked:
            found = {column.name: column for column in _described(question, language)} | found
    offered = {asked: columns_of(edition).keys() for asked, edition in taken.editions.items()}
    return [
        *(_fixed(column, is_rehearsal=taken.rehearsal) for column in FIXED_COLUMNS),
        *(_placed(found[name], offered) for name in question_columns(taken.editions)),
    ]


def _placed(column: ColumnDescription, offered: Mapping[EditionKey, Collection[str]]) -> ColumnDescription:
    """The column with the editions that have it."""
    return replace(column, editions=frozenset(asked for asked, names in offered.items() if column.name in names))


def _described(question: Question, language: str) -> Iterator[ColumnDescription]:
    words, easy = (localized(question.words, language, view)[0] for view in ("standard", "easy"))
    about: dict[str, Any] = {
        "kind": question.kind,
        "holds": kind_of(question).cells,
        "words": words,
        "easy": easy,
        "question_key": question.key,
    }
    about["scoring"] = question.scoring
    for column in columns_of_question(question):
        yield _column(question, column, about, language)
    if question.other_choice:
        name, code = other_text_key(question.key), question.other_choice.code
        yield ColumnDescription(
            name=name, type="string", item=code, read=_cells(AnswerColumn(name, name, guarded_line)), **about
        )


def _column(question: Question, column: AnswerColumn, about: Mapping[str, Any], language: str) -> ColumnDescription:
    match kind_of(question).cells:
        case "rating" | "code":
            return _coded(question, column, about, language)
        case "flags":
            return _flag(question, column, about, language)
        case "number" | "point":
            return ColumnDescription(column.name, type="integer", read=_cells(column), **about)
        case "text" | "nothing":
            return ColumnDescription(column.name, type="string", read=_cells(column), **about)
        case unknown:
            assert_never(unknown)


def _coded(question: Question, column: AnswerColumn, about: Mapping[str, Any], language: str) -> ColumnDescription:
    """A rating, a yes or no, or one choice: read as codes, so that those that don't count can be counted too."""
    values = tuple(_value(choice, choice.code, language) for choice in question.choices)
    is_number = kind_of(question).cells == "rating"
    read = _cells(AnswerColumn(column.name, column.key))
    return ColumnDescription(column.name, type="integer" if is_number else "string", read=read, values=values, **about)


def _flag(question: Question, column: AnswerColumn, about: Mapping[str, Any], language: str) -> ColumnDescription:
    item = column.name.removeprefix(f"{question.key}__")
    values = (_value(question.choice(item), "1", language), Value("0", "Not chosen", "Not chosen"))
    read = _cells(AnswerColumn(column.name, column.key, lambda given: _text(column.write and column.write(given))))
    return ColumnDescription(column.name, type="integer", read=read, item=item, values=values, **about)


def _value(choice: Choice, code: str, language: str) -> Value:
    return Value(
        code, _said(choice.words, language, "standard"), _said(choice.words, language, "easy"), not choice.missing
    )


def _said(words: Words, language: str, view: str) -> str:
    return localized(words, language, view)[0]


def _cells(column: AnswerColumn) -> CellReader:
    return partial(_read, column)


def _read(column: AnswerColumn, batch: Batch) -> Iterator[Any]:
    for answers in batch.answers:
        given = answers.get(column.key)
        yield given if column.write is None else column.write(given)


def _text(cell: Any) -> str | None:
    return None if cell is None else str(int(cell))


def _fixed(column: FixedColumn, *, is_rehearsal: bool) -> ColumnDescription:
    codes = codes_of_column(column, is_rehearsal=is_rehearsal)
    labels = {"1": "Yes", "0": "No"} if column.is_flag else {}
    values = tuple(Value(code, labels.get(code, code), labels.get(code, code)) for code in codes)
    words = column.words
    return ColumnDescription(column.name, "fixed", "fixed", column.type, words, column.cells, easy=words, values=values)
