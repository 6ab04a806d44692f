"""Programs that others wrote find the package valid: frictionless, the Data Package 2 schema, and CSV on the Web."""

import json
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import csvw
import frictionless
import pytest
from jsonschema import Draft7Validator
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.packages import json_of, package_of
from tests.export.samples import asked_everything, put
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

MATERIAL = Path(__file__).parents[1] / "material"
PROFILE = Draft7Validator(json.loads((MATERIAL / "datapackage" / "profile-2.0.json").read_text(encoding="utf-8")))
SERIES = "Carers' days"
CODES = {"overall": "not_applicable", "listened": "not_sure", "drink": "tea", "role": ["prefer_not_to_say"]}
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of two editions in a series, with everything in it."""
    earlier = make_survey(session, team, series=SERIES, event_date=date(2025, 10, 8))
    put(session, earlier, 1, {"overall": "5"})
    made = make_survey(session, team, asked_everything(), series=SERIES)
    texts = json.loads((MATERIAL / "text" / "blns.json").read_text(encoding="utf-8"))
    for number, text in enumerate(text for text in texts if text):
        put(session, made, number % 250, {"best": text}, next_bytes=bytes([number // 250]))
    put(session, made, 251, CODES | {"visits": 0, "recommend": 0}, group="1-2", late=True, follows=bytes(32))
    again = make_question("again", "single", choices=(make_choice("007"), make_choice("dont_know", missing=True)))
    made.draft = make_questionnaire(make_question(), again).to_json()
    made.publish()
    session.commit()
    put(session, made, 252, {"again": "007"}, edition=2)
    put(session, made, 253, {"again": "dont_know"}, edition=2)
    return made


@pytest.mark.parametrize("query", ["?equality=1", "?series=1"])
def test_package_is_valid(olu: Visitor, survey: Survey, tmp_path: Path, query: str) -> None:
    files = unpacked(package_of(olu, survey, query), tmp_path)

    assert list(PROFILE.iter_errors(json_of(files, "datapackage.json"))) == []
    assert found_by_frictionless(tmp_path) == []
    assert csvw.CSVW(str(tmp_path / "responses.csv-metadata.json"), validate=True).is_valid


def test_package_of_nobody_is_valid(olu: Visitor, session: Session, team: Team, tmp_path: Path) -> None:
    for state in ("open", "draft"):
        files = unpacked(package_of(olu, make_survey(session, team, asked_everything(), state=state)), tmp_path)

        assert list(PROFILE.iter_errors(json_of(files, "datapackage.json"))) == []
        assert found_by_frictionless(tmp_path) == []


def test_what_is_wrong_is_found(olu: Visitor, survey: Survey, tmp_path: Path) -> None:
    files = unpacked(package_of(olu, survey), tmp_path)
    document = json_of(files, "datapackage.json")
    lines = files["responses.csv"].split(b"\r\n")
    lines[2] = lines[1].replace(b"2026-10-07", b"7 October")
    (tmp_path / "responses.csv").write_bytes(b"\r\n".join(lines))

    assert list(PROFILE.iter_errors({**document, "resources": []})) != []
    with warnings.catch_warnings(action="always"):  # by its own warnings it judges
        assert not csvw.CSVW(str(tmp_path / "responses.csv-metadata.json"), validate=True).is_valid
    assert {"primary-key", "foreign-key", "hash-count"} <= set(found_by_frictionless(tmp_path))


def unpacked(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The same files, in a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return files


def found_by_frictionless(folder: Path) -> list[Any]:
    """The types of errors in a folder's package."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [error for (error,) in report.flatten(["type"])]
