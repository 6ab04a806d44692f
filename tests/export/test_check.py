"""Whether a package is whole: whatever was changed in it is told."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.export.checking.check import differences
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.rows import snapshot
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.packages import NAMES, json_of, rehashed, resigned, unzipped, zipped_again
from tests.export.samples import asked_everything, put
from tests.factories import make_question, make_questionnaire, make_survey

Files = dict[str, bytes]


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of two editions with everything in it."""
    made = make_survey(session, team, asked_everything())
    put(session, made, 1, {"overall": "5", "best": 'The "tea"\r\nand "cake"', "role": ["carer", "other"], "visits": 3})
    put(session, made, 2, {"overall": "not_applicable", "listened": "not_sure", "drink": "tea"})
    made.draft = make_questionnaire(make_question(), make_question("fresh", "comment")).to_json()
    made.publish()
    session.commit()
    put(session, made, 3, {"fresh": "Nothing"}, edition=2)
    return made


@pytest.fixture
def package(session: Session, survey: Survey) -> bytes:
    """Its package."""
    return made_of(session, survey)


def made_of(session: Session, survey: Survey) -> bytes:
    """A survey's package."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with snapshot(engine, survey.id, equality_limit=10) as taken:
        return b"".join(everything_zip(taken))


def told(tmp_path: Path, package: bytes) -> list[str]:
    """What the check says of a package."""
    file = tmp_path / "package.zip"
    file.write_bytes(package)
    return differences(file)


def with_manifest(package: Files, **changes: Any) -> bytes:
    """A package whose manifest says something else, signed by somebody else."""
    return zipped_again(resigned(package, **changes))


def with_hash_of(files: Files, *names: str) -> bytes:
    """A package whose manifest has been brought up to date with changed files, signed by somebody else."""
    return zipped_again(rehashed(files, *names))


def test_package_as_it_was_made_is_whole(package: bytes, tmp_path: Path) -> None:
    assert told(tmp_path, package) == []
    assert told(tmp_path, zipped_again(unzipped(package))) == []


def test_package_of_the_demonstration_is_whole(session: Session, tmp_path: Path) -> None:
    survey = load_demo(session).last_time
    session.commit()

    assert told(tmp_path, made_of(session, survey)) == []


def test_package_of_a_draft_is_whole(session: Session, team: Team, tmp_path: Path) -> None:
    assert told(tmp_path, made_of(session, make_survey(session, team, state="draft"))) == []


def test_changed_byte_in_a_file_is_told(package: bytes, tmp_path: Path) -> None:
    for name, content in unzipped(package).items():
        changed = bytearray(content)
        changed[len(changed) // 2] ^= 1
        (first, *_others) = told(tmp_path, zipped_again({**unzipped(package), name: bytes(changed)}))

        assert name in first, name


def test_changed_byte_of_the_zip_itself_is_told(package: bytes, tmp_path: Path) -> None:
    packed = package.index(b"responses.csv") + 200
    for place in range(packed, packed + 40):
        changed = bytearray(package)
        changed[place] ^= 0x10

        assert told(tmp_path, bytes(changed)), place


def test_missing_and_foreign_files_are_told(package: bytes, tmp_path: Path) -> None:
    files = unzipped(package)
    without = {name: content for name, content in files.items() if name != "answers.csv"}

    assert told(tmp_path, zipped_again(without)) == ["answers.csv is missing."]
    assert told(tmp_path, zipped_again({**files, "more.csv": b"a\r\n"})) == ["more.csv is not in the manifest."]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("responses.csv", "responses.csv: rows: 2, the manifest says 3."),
        ("responses.csv", "responses.csv: responses: 2, the manifest says 3."),
        ("responses.csv", "responses.csv: responses of edition 2: 0, the manifest says 1."),
        ("answers.csv", "answers.csv: people who answered “fresh”: 0, the manifest says 1."),
        ("comments.csv", "comments.csv: rows: 1, the manifest says 2."),
    ],
)
def test_row_that_was_taken_out_is_told_even_where_the_hash_was_made_anew(
    package: bytes, tmp_path: Path, name: str, sentence: str
) -> None:
    files = unzipped(package)
    lines = files[name].split(b"\r\n")
    files[name] = b"\r\n".join([*lines[:-2], b""])

    assert sentence in told(tmp_path, with_hash_of(files, name))


def test_counts_that_the_database_would_not_have_are_told(package: bytes, tmp_path: Path) -> None:
    files = unzipped(package)
    answers = json_of(files, "manifest.json")["answers"] | {"best": 2}

    assert told(tmp_path, with_manifest(files, answers=answers)) == [
        "answers.csv: people who answered “best”: 1, the manifest says 2.",
    ]
    comments = json_of(files, "manifest.json")["comments"] | {"best": 2}
    assert told(tmp_path, with_manifest(files, comments=comments)) == [
        "comments.csv: comments to “best”: 1, the manifest says 2."
    ]
    assert "responses.csv: responses: 3, the manifest says 4." in told(tmp_path, with_manifest(files, responses=4))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        zipped_again({"a.txt": b"a"}),
        zipped_again({NAMES[-1]: b"{"}),
        zipped_again({NAMES[-1]: b'{"format": "surveyapp-export/2", "files": ["x"]}'}),
        zipped_again({NAMES[-1]: b"[" * 100_000}),
        zipped_again({NAMES[-1]: b"[]"}),
    ],
)
def test_what_is_no_package_is_told(content: bytes, tmp_path: Path) -> None:
    (sentence,) = told(tmp_path, content)

    assert sentence in ("It is no zip, or one that broke off.", "manifest.json is missing or can't be read.")


def test_manifest_of_another_make_is_told(package: bytes, tmp_path: Path) -> None:
    (sentence,) = told(tmp_path, with_manifest(unzipped(package), format="other/9"))

    assert sentence == "manifest.json is not of a package that this version makes."


def test_package_that_broke_off_is_told(package: bytes, tmp_path: Path) -> None:
    assert told(tmp_path, package[: len(package) // 2]) == ["It is no zip, or one that broke off."]
