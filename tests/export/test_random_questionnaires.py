"""Random questionnaires, editions and answers: every format gives back what was stored, by readers of others."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.db.sessions import make_engine
from surveyapp.export.checking.check import differences
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.excel_csv import excel_csv
from surveyapp.export.excel_xlsx import excel_xlsx
from surveyapp.export.guard import guarded_line, unguarded
from surveyapp.export.responses_parquet import responses_parquet
from surveyapp.export.rows import Snapshot, snapshot
from surveyapp.model.answers import read_answers
from surveyapp.model.base import Base
from surveyapp.model.installation import Installation
from surveyapp.model.kinds.rating5 import RATINGS
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire, Wording, other_text_key
from surveyapp.model.validation import FIXED_NAMES, faults
from tests.export.naughty import NAUGHTY, cells_of
from tests.export.packages import json_of, unzipped
from tests.export.samples import asked_everything, put, records_of
from tests.export.test_validators import PROFILE
from tests.factories import make_survey, make_team
from tests.model.random_questionnaires import letters, questionnaires

Answers = Mapping[str, Any]
texts = letters | st.sampled_from(NAUGHTY)
ESCAPED = re.compile("_x([0-9A-F]{4})_")


@dataclass(frozen=True)
class Filled:
    """Two editions of a survey, and responses to them: an edition's number (1 or 2) and its answers."""

    editions: tuple[Questionnaire, Questionnaire]
    responses: tuple[tuple[int, Answers], ...]


@st.composite
def filled(draw: st.DrawFn) -> Filled:
    """A questionnaire, another edition of it with fewer questions in other words, and some people's answers."""
    first = draw(questionnaires().map(lambda drawn: drawn.extended_by(asked_everything())).filter(is_whole))
    kept = draw(st.permutations(first.questions))[: draw(st.integers(0, len(first.questions)))]
    renamed = tuple(replace(question, words={first.language: Wording("=New")}, show_if=None) for question in kept)
    second = replace(first, questions=renamed)
    responses = []
    for _ in range(draw(st.integers(2, 5))):
        number = draw(st.sampled_from((1, 2)))
        edition = (first, second)[number - 1]
        if answers := read_answers(edition, draw(sent_to(edition))).answers:
            responses.append((number, answers))
    return Filled((first, second), tuple(responses))


def is_whole(questionnaire: Questionnaire) -> bool:
    """Whether it keeps every rule: what was drawn may have taken a key that comes after."""
    return faults(questionnaire) == []


def sent_to(edition: Questionnaire) -> st.SearchStrategy[dict[str, list[str]]]:
    """What a form of the edition sends: mostly an answer to each question, and words beside it."""
    fields = {question.key: values_of(question) for question in edition.asking}
    fields |= {other_text_key(question.key): st.lists(texts, max_size=1) for question in edition.asking}
    known = {name for question in edition.asking for name in (question.key, other_text_key(question.key))}
    others = {other_text_key(question.key) for question in edition.asking if not question.other_choice}
    return st.fixed_dictionaries({}, optional={name: fields[name] for name in sorted(known - others)})


def values_of(question: Question) -> st.SearchStrategy[list[str]]:
    """What its field may hold."""
    if question.kind == "multiple":
        return st.lists(st.sampled_from(question.codes), unique=True)
    if question.choices:
        return st.sampled_from(question.codes).map(lambda code: [code])
    if kind_of(question).points:
        return st.sampled_from(kind_of(question).points).map(lambda point: [str(point)])
    low, high = question.minimum or 0, question.maximum or 999_999_999
    typed = texts if question.kind == "comment" else st.integers(low, high).map(str)
    return typed.map(lambda text: [text])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty database."""
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('random')}/answers.sqlite3")
    Base.metadata.create_all(made)
    with Session(made) as session:
        session.add(Installation())  # a migration makes it elsewhere
        session.commit()
    yield made
    made.dispose()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=filled())
def test_every_format_gives_back_what_was_stored(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, sample: Filled
) -> None:
    assert is_whole(sample.editions[1])
    with Session(engine, expire_on_commit=False) as session:
        survey = make_survey(session, make_team(session), sample.editions[0])
        if sample.editions[0] != sample.editions[1]:
            survey.draft = sample.editions[1].to_json()
            survey.publish()
        for start, (edition, answers) in enumerate(sample.responses):
            put(session, survey, start, answers, edition=min(edition, len(survey.editions)))
    with snapshot(engine, survey.id) as taken:
        check_package(taken, sample, tmp_path_factory.mktemp("package"))
        check_typed(taken, sample)
        check_workbook(taken)


def check_package(taken: Snapshot, sample: Filled, folder: Path) -> None:
    """The package is whole and valid; its tables give the answers back."""
    package = b"".join(everything_zip(taken))
    (folder / "package.zip").write_bytes(package)
    files = unzipped(package)

    assert differences(folder / "package.zip") == []
    assert list(PROFILE.iter_errors(json_of(files, "datapackage.json"))) == []
    wide, long, codes = (records_of(files[f"{name}.csv"]) for name in ("responses", "answers", "codebook"))
    assert len(files["responses.csv"].decode().splitlines()) == 1 + len(sample.responses)
    header = cells_of(files["responses.csv"])[0]
    assert len({name.lower() for name in header}) == len(header)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in header)
    for row, (edition, answers) in zip(wide, sample.responses, strict=True):
        asked = sample.editions[edition - 1].linked
        told = dict.fromkeys(header[len(FIXED_NAMES) :], "")
        told |= {name: wide_cell(cell) for name, cell in cells(asked, answers)}
        assert {name: row[name] for name in header[len(FIXED_NAMES) :]} == told
        assert answered(asked, [line for line in long if line["response_id"] == row["response_id"]]) == answers
    for line in codes:
        assert line["value"] or int(line["n_answered"]) + int(line["n_missing"]) == len(wide)


def wide_cell(cell: str | int | None) -> str:
    """A cell as the wide table has it: words are guarded, a number never begins a formula."""
    return str(guarded_line(cell)) if isinstance(cell, str) else str(cell)


def check_typed(taken: Snapshot, sample: Filled) -> None:
    """The typed table holds numbers as numbers, and texts as typed."""
    table = parquet.read_table(BytesIO(b"".join(responses_parquet(taken))))
    for row, (edition, answers) in zip(table.to_pylist(), sample.responses, strict=True):
        told = dict.fromkeys(table.column_names[len(FIXED_NAMES) :])
        told |= dict(cells(sample.editions[edition - 1].linked, answers))
        assert {name: row[name] for name in told} == {name: None if cell == "" else cell for name, cell in told.items()}


def check_workbook(taken: Snapshot) -> None:
    """The workbook's first sheet shows what excel.csv shows."""
    book = openpyxl.load_workbook(BytesIO(b"".join(excel_xlsx(taken))), read_only=True)
    shown = [[ESCAPED.sub(_unescaped, _shown(cell)) for cell in line] for line in book["Answers"].values]
    meant = cells_of(b"".join(excel_csv(taken)))
    assert [list(map(unguarded, line)) for line in shown] == [list(map(unguarded, line)) for line in meant]


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell).removesuffix(" 00:00:00")


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def cells(asked: tuple[Question, ...], answers: Answers) -> Iterator[tuple[str, Any]]:
    """An edition's own columns of a response, by the layout's words: empty where there is nothing."""
    for question in asked:
        answer = answers.get(question.key, "")
        if question.kind == "multiple":
            yield from ((f"{question.key}__{code}", int(code in answer) if answer else "") for code in question.codes)
        elif question.kind == "rating5":
            yield question.key, int(answer) if answer in RATINGS else ""
        else:
            yield question.key, answer
        if question.other_choice:
            yield f"{question.key}__other_text", answers.get(f"{question.key}__other_text", "")


def answered(asked: tuple[Question, ...], lines: list[dict[str, str]]) -> dict[str, Any]:
    """The answers as they were stored, from the long table alone."""
    found: dict[str, Any] = {}
    kinds = {question.key: question.kind for question in asked}
    for line in lines:
        key, kind, words = line["question_key"], kinds[line["question_key"]], unguarded(line["value_text"])
        if kind == "multiple" and line["value_code"]:
            found.setdefault(key, []).append(line["value_code"])
        elif line["value_code"]:
            found[key] = line["value_code"]
        elif line["value_number"]:
            found[key] = int(line["value_number"])
        if words:
            found[key if kind == "comment" else f"{key}__other_text"] = words
    return found
