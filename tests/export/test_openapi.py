"""The OpenAPI description of results and files is what the routes do."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from surveyapp.export import routes
from surveyapp.export.routes import FILES, SAFE
from surveyapp.model.team import Team
from tests.export.samples import asked_everything, put
from tests.factories import EVENT_DAY, make_survey
from tests.visitor import Visitor

TOLD: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text(encoding="utf-8"))
FOLDER = "/surveys/{survey_id}/"
PART = ("questions", "edition", "labels")


def test_every_file_is_described_with_its_type_and_no_other() -> None:
    described = {
        path.removeprefix(f"{FOLDER}export/"): told for path, told in TOLD["paths"].items() if "export" in path
    }

    assert described.keys() == FILES.keys()
    for name, told in described.items():
        assert list(told["get"]["responses"]["200"]["content"]) == [FILES[name].media_type.partition(";")[0]]
        names = [one.get("$ref", "").rpartition("/")[2] for one in told["get"]["parameters"][1:]]
        assert names == ([] if name == SAFE else list(TOLD["components"]["parameters"]))


def test_described_parameters_are_those_that_the_route_reads() -> None:
    source = inspect.getsource(routes)
    read = set(re.findall(r'(?:_is_asked\("|args\.get(?:list)?\(")(\w+)"', source))

    assert set(TOLD["components"]["parameters"]) == read | {"unfinished"}


def test_described_addresses_are_there(app: Flask) -> None:
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}

    for path in TOLD["paths"]:
        assert path in rules or f"{FOLDER}export/{{name}}" in rules
    assert f"{FOLDER}results.json" in rules


def test_results_are_as_described_before_and_after_the_release(olu: Visitor, session: Session, team: Team) -> None:
    schema = {"$ref": "#/components/schemas/Results", "components": TOLD["components"]}
    Draft202012Validator.check_schema(TOLD["components"]["schemas"]["Results"])
    shown = make_survey(session, team, asked_everything(), sharing="together", released_on=EVENT_DAY)
    waiting = make_survey(session, team, asked_everything(), sharing="together")
    for start in range(12):
        put(session, shown, start, {"overall": "5", "best": "Tea", "role": ["carer"], "visits": 3, "recommend": 9})

    for survey in (shown, waiting):
        told = olu.get(f"/surveys/{survey.id}/results.json").response.get_json()
        assert list(Draft202012Validator(schema).iter_errors(told)) == []
        assert told.keys() <= TOLD["components"]["schemas"]["Results"]["properties"].keys()
        for figures in told["questions"].values():
            assert figures.keys() <= TOLD["components"]["schemas"]["Question"]["properties"].keys()
