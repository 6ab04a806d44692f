"""Placing a table's cells: which column is which question, and which words are which answer.

A column is known by the question's key or by its words in any view or language; a column of one choice of several by
`key__code`, `key[code]`, `Question [Choice]` or `Question - Choice`. An answer is known by its code or its words.
Nothing is guessed: what isn't known is counted and told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from surveyapp.importing.answers.table import AnswersTable
from surveyapp.importing.imported import NotReadError
from surveyapp.importing.plain import quoted
from surveyapp.model.answers import read_answers
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import OTHER_TEXT, Choice, Question, Questionnaire, Words, other_text_key

CHOSEN = frozenset({"1", "y", "yes", "true", "x", "checked", "selected", "ja", "oui", "si"})
NOT_CHOSEN = frozenset({"", "0", "n", "no", "false", "unchecked", "not selected", "nein", "non"})
UNFINISHED = {"finished": {"false", "0"}, "submitdate": {""}, "date submitted": {""}, "status": {"survey preview"}}
_A_DAY = re.compile(r"\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})(?:[-/. ]\d{2,4})?(?: 00:00(?::00)?)?")
_WHOLE = re.compile(r"(-?\d{1,12})(?:[.,]0{1,6})?")
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """Where a column belongs: a question; one of its choices, or the words beside one."""

    question: Question
    choice: str = ""


@dataclass(slots=True)
class ReadColumns:
    """The answers of each person, and what could not be placed, as sentences."""

    answers: list[dict[str, Answer]] = field(default_factory=list)
    columns: int = 0
    told: list[str] = field(default_factory=list)


def placed(table: AnswersTable, asked: Questionnaire) -> ReadColumns:
    """Place every cell. Raises NotReadError where no column is a question of the survey."""
    places = [_place(headings, asked) for headings in table.headings]
    found = ReadColumns(columns=sum(place is not None for place in places))
    if not found.columns:
        words = ", ".join(quoted(_first(question.words)) for question in asked.asking)
        raise NotReadError(f"No column of the file is a question of this survey. It asks: {words}.")
    _check_double(places)
    found.told += _left_out(table, places)
    is_ours = table.headings[0][0] == "response_id"  # then a ' in front of a cell is a guard
    strange: dict[str, Counter[str]] = {}
    unfinished = empty = 0
    for row in table.rows:
        if _is_unfinished(table, row):
            unfinished += 1
            continue
        cells = [cell.removeprefix("'") for cell in row] if is_ours else row
        answers = _answers(cells, places, asked, strange)
        found.answers += [answers] if answers else []
        empty += not answers
    found.told += [*_strange(strange, asked), *_rows(unfinished, "not finished"), *_rows(empty, "without an answer")]
    return found


def _place(headings: Sequence[str], asked: Questionnaire) -> TargetColumn | None:
    """The place of a column; what is only counted apart has none, as no row may hold it."""
    for heading in headings:
        for question in asked.linked:
            if place := _place_in(heading, question):
                return place
    return None


def _place_in(heading: str, question: Question) -> TargetColumn | None:
    names = {question.key, *_said(question.words)}
    if _plain(heading) in names:
        return TargetColumn(question)
    for name in names:
        rest = _rest(_plain(heading), name)
        if rest == "":
            return TargetColumn(question)
        if rest is not None and (choice := _choice_named(rest, question)):
            return TargetColumn(question, choice)
    return None


def _rest(heading: str, name: str) -> str | None:
    """What a heading says of a choice after a question's name; None where it is of another question."""
    if not heading.startswith(name):
        return None
    rest = heading.removeprefix(name).strip()
    if not rest.startswith(("[", "__", "-")):
        return None
    rest = rest.removeprefix("__").strip("[]- ")
    return rest.removeprefix("selected choice").strip("- ")


def _choice_named(rest: str, question: Question) -> str:
    """The code of the choice, or OTHER_TEXT for the words beside one."""
    other = question.other_choice
    if other and rest.endswith(("text", OTHER_TEXT)) and rest not in _names(other):
        return OTHER_TEXT
    if other and rest == "other":
        return other.code
    return next((choice.code for choice in question.choices if rest in _names(choice)), "")


def _answers(
    row: Sequence[str], places: Sequence[TargetColumn | None], asked: Questionnaire, strange: dict[str, Counter[str]]
) -> dict[str, Answer]:
    raw: dict[str, list[str]] = {}
    for cell, place in zip(row, places, strict=True):
        text = cell.strip()
        if place is None or not text:
            continue
        for key, value in _read(place, text):
            if value is None:
                strange.setdefault(place.question.key, Counter())[text] += 1
            elif value not in raw.setdefault(key, []):
                raw[key].append(value)
    reading = read_answers(asked, raw)
    for key in reading.errors:
        strange.setdefault(key, Counter())["; ".join(raw.get(key, []))] += 1
    for key in raw.keys() - reading.answers.keys() - reading.errors.keys():
        strange.setdefault(key.partition("__")[0], Counter())["; ".join(raw[key])] += 1
    return reading.answers


def _read(place: TargetColumn, text: str) -> Iterator[tuple[str, str | None]]:
    """What a cell says, by field; None for what isn't known."""
    question = place.question
    if place.choice == OTHER_TEXT:
        yield other_text_key(question.key), text
    elif place.choice:
        known = _plain(text)
        is_chosen = known in CHOSEN or known in _names(question.choice(place.choice))
        if is_chosen:
            yield question.key, place.choice
        elif known not in NOT_CHOSEN:
            yield from _beside(question, place.choice, text)
    else:
        yield from _whole_answer(question, text)


def _whole_answer(question: Question, text: str) -> Iterator[tuple[str, str | None]]:
    """What a cell of a question says, which has only this column."""
    match kind_of(question).cells:
        case "text":
            yield question.key, text
        case "number" | "point":
            yield question.key, _whole(text)
        case "flags":
            yield from _several(question, text)
        case "rating" | "code":
            yield from _one(question, text)
        case "nothing":
            return
        case unknown:
            assert_never(unknown)


def _beside(question: Question, code: str, text: str) -> Iterator[tuple[str, str | None]]:
    """Words in the column of a choice: those typed beside it, where it asks for some."""
    if question.other_choice and question.other_choice.code == code:
        yield question.key, code
        yield other_text_key(question.key), text
    else:
        yield question.key, None


def _one(question: Question, text: str) -> Iterator[tuple[str, str | None]]:
    code = _code(question, text)
    if code is None and question.other_choice:
        yield question.key, question.other_choice.code
        yield other_text_key(question.key), text
    else:
        yield question.key, code


def _several(question: Question, text: str) -> Iterator[tuple[str, str | None]]:
    """Several choices in one cell, with ; or , between them; their words may themselves have commas."""
    rest = _plain(text.rstrip(";, "))
    names = sorted(((name, choice.code) for choice in question.choices for name in _names(choice)), key=_by_length)
    while rest:
        for name, code in names:
            if rest == name or rest.startswith((f"{name},", f"{name};")):
                yield question.key, code
                rest = rest[len(name) :].lstrip(",; ")
                break
        else:
            if question.other_choice:
                yield question.key, question.other_choice.code
                yield other_text_key(question.key), text[-len(rest) :]
            else:
                yield question.key, None
            return


def _by_length(named: tuple[str, str]) -> int:
    return -len(named[0])


def _code(question: Question, text: str) -> str | None:
    known = _plain(text)
    code = next((choice.code for choice in question.choices if known in _names(choice)), None)
    if code is None and kind_of(question).cells == "rating":
        number = _whole(text.partition(" ")[0])
        code = number if number in question.codes else None
    return code


def _whole(text: str) -> str | None:
    """A whole number, also as “3.0” or “3,0”; None for any other."""
    found = _WHOLE.fullmatch(text)
    return str(int(found[1])) if found else None


def _names(choice: Choice) -> set[str]:
    return {choice.code, *_said(choice.words)}


def _said(words: Words) -> set[str]:
    return {_plain(text) for said in words.values() for text in (said.standard, said.easy, said.short) if text} - {""}


def _plain(text: str) -> str:
    """Words as they are compared: without case, without the marks that forms put at their ends."""
    return " ".join(text.casefold().replace("’", "'").replace("\ufeff", "").split()).strip(" *:").removesuffix(".")


def _first(words: Words) -> str:
    return next(iter(words.values())).standard if words else ""


def _is_unfinished(table: AnswersTable, row: Sequence[str]) -> bool:
    for headings, cell in zip(table.headings, row, strict=True):
        for heading in headings:
            if cell.strip().casefold() in UNFINISHED.get(_plain(heading), ()):
                return True
    return False


def _check_double(places: Sequence[TargetColumn | None]) -> None:
    times = Counter((place.question.key, place.choice) for place in places if place)
    for (key, _choice), n in times.items():
        if n > 1:
            raise NotReadError(f"{n} columns are the same question, “{key}”: the file seems to be of two surveys.")


def _left_out(table: AnswersTable, places: Sequence[TargetColumn | None]) -> Iterator[str]:
    for headings, place in zip(table.headings, places, strict=True):
        if place is None and any(headings):
            yield f"The column {quoted(headings[-1] or headings[0])} is no question of this survey: it was left out."


def _strange(strange: Mapping[str, Counter[str]], asked: Questionnaire) -> Iterator[str]:
    for key, cells in strange.items():
        examples = ", ".join(quoted(text) for text, _n in cells.most_common(_EXAMPLES))
        day = " A spreadsheet made days of them." if any(_A_DAY.fullmatch(text) for text in cells) else ""
        words = quoted(_first(asked.question(key).words))
        yield f"{cells.total()} cells of {words} are no answer that it takes: {examples}.{day}"


def _rows(n: int, what: str) -> Iterator[str]:
    if n:
        yield f"{n} row{'' if n == 1 else 's'} {what}: left out."
