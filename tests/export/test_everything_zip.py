"""`everything.zip`: every file of one moment, no time finer than a day, and nothing that looks whole when it isn't."""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export import rows
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.everything.zip_stream import CHUNK, zipped
from surveyapp.export.rows import snapshot
from surveyapp.model.response import UnlinkedCount
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.packages import NAMES, json_of, package_of, unzipped
from tests.export.samples import MANY, asked_everything, engine_of, file_of, put, put_many, records_of
from tests.factories import make_survey
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with two people's answers."""
    made = make_survey(session, team, asked_everything())
    put(session, made, 1, {"overall": "5", "best": 'The "tea"\r\nand "cake"', "role": ["carer", "other"]})
    put(session, made, 2, {"overall": "not_applicable", "listened": "not_sure", "visits": 3})
    return made


def test_tables_are_those_that_are_taken_one_by_one(olu: Visitor, survey: Survey) -> None:
    files = package_of(olu, survey)

    assert list(files) == NAMES
    for name in ("responses.csv", "answers.csv", "comments.csv", "codebook.csv"):
        assert files[name] == file_of(olu, survey, name)


def test_manifest_counts_by_the_database_and_hashes_every_other_file(olu: Visitor, survey: Survey) -> None:
    files = package_of(olu, survey)
    manifest = json_of(files, "manifest.json")

    assert manifest["survey"] == {"title": "Carers' day", "event_key": "carers-day-2026-10-07"}
    assert (manifest["responses"], manifest["responses_by_edition"], manifest["with_unfinished"]) == (
        2,
        {"1": 2},
        False,
    )
    answered = {"overall": 2, "listened": 1, "role": 1, "visits": 1, "best": 1}
    assert manifest["answers"] == dict.fromkeys(manifest["answers"], 0) | answered
    assert list(manifest["answers"]) == [question.key for question in asked_everything().linked]
    assert [(file["path"], file["bytes"], file["sha256"]) for file in manifest["files"]] == [
        (name, len(files[name]), sha256(files[name]).hexdigest()) for name in NAMES[:-1]
    ]
    for file in manifest["files"]:
        assert file.get("rows") == (len(records_of(files[file["path"]])) if file["path"].endswith(".csv") else None)


def test_nothing_in_it_tells_a_time(olu: Visitor, survey: Survey) -> None:
    package = file_of(olu, survey, "everything.zip")

    with ZipFile(BytesIO(package)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_DEFLATED}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}
    assert [name for name, file in unzipped(package).items() if re.search(rb"(?<!sha2)\d\d:\d\d", file)] == []
    assert file_of(olu, survey, "everything.zip") == package


def test_unfinished_responses_are_in_it_when_asked_for(olu: Visitor, session: Session, survey: Survey) -> None:
    survey.is_released = True
    for start in range(3, 8):
        put(session, survey, start, {"overall": "1"}, finished=False, day=None)

    usual, every = package_of(olu, survey), package_of(olu, survey, "?unfinished=1")

    assert (json_of(usual, "manifest.json")["responses"], json_of(every, "manifest.json")["responses"]) == (2, 7)
    assert len(records_of(every["responses.csv"])) == 7
    assert b"Unfinished responses are in it too." in every["README.txt"]


def test_equality_totals_are_in_it_when_asked_for_and_no_small_one(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    counts = {
        ("eq_condition", "yes"): 12,
        ("eq_condition", "no"): 30,
        ("eq_limits", "a_lot"): 4,
        ("eq_limits", "a_little"): 3,
    }
    session.add_all(
        UnlinkedCount(survey_id=survey.id, question=key, value=code, n=n) for (key, code), n in counts.items()
    )
    session.commit()

    files = package_of(olu, survey, "?equality=1")

    assert [*files] == [*NAMES[:5], "equality_totals.csv", *NAMES[5:]]
    assert files["equality_totals.csv"].decode().split("\r\n") == [
        "question_key,question,value,value_label,n,withheld",
        "eq_condition,Do you have a health problem?,yes,Yes,12,0",
        "eq_condition,Do you have a health problem?,no,No,30,0",
        "eq_limits,Does it make things hard?,a_lot,A lot,,1",
        "eq_limits,Does it make things hard?,a_little,A little,,1",
        "",
    ]
    assert f"/surveys/{survey.id}/export/everything.zip?equality=1" in olu.get(f"/surveys/{survey.id}/export").links()


def test_survey_that_never_opened_has_a_package(olu: Visitor, session: Session, team: Team) -> None:
    files = package_of(olu, make_survey(session, team, state="draft"))

    assert json_of(files, "manifest.json")["responses"] == 0
    assert json_of(files, "datapackage.json")["name"] == "survey"


def test_answers_that_come_in_meanwhile_are_in_none_of_its_files(
    app: Flask, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team)
    monkeypatch.setattr(rows, "FETCH", 1)
    monkeypatch.setattr(rows, "BATCH", 1)
    for start in (10, 20, 30):
        put(session, survey, start, {"overall": "5", "best": "Tea"})

    with snapshot(engine_of(app), survey.id) as taken:
        chunks = everything_zip(taken)
        package = next(chunks)
        for start, chunk in enumerate(chunks, start=40):
            put(session, survey, start, {"overall": "1", "best": "Late"})
            package += chunk

    files = unzipped(package)
    manifest = json_of(files, "manifest.json")
    assert (manifest["responses"], manifest["answers"]) == (3, {"overall": 3, "best": 3})
    assert [file["rows"] for file in manifest["files"] if "rows" in file][:3] == [3, 6, 3]
    assert b"Late" not in b"".join(files.values())


def test_it_goes_out_in_small_chunks_and_the_first_at_once(app: Flask, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)

    with snapshot(engine_of(app), survey.id) as taken:
        chunks = list(everything_zip(taken))

    assert len(records_of(unzipped(b"".join(chunks))["responses.csv"])) == MANY
    assert max(map(len, chunks)) < 2 * CHUNK
    assert b"README.txt" in chunks[0]
    assert b"responses.csv" not in chunks[0].partition(b"README.txt")[2]


def test_error_midway_leaves_no_zip_that_opens() -> None:
    def failing() -> Iterator[bytes]:
        yield b"0" * CHUNK
        raise RuntimeError("the disk went away")

    sent: list[bytes] = []
    with pytest.raises(RuntimeError, match="the disk"):
        sent.extend(zipped([("one.txt", [b"whole"]), ("two.txt", failing())]))

    assert b"one.txt" in b"".join(sent)
    with pytest.raises(BadZipFile):
        ZipFile(BytesIO(b"".join(sent)))
