"""What the package says of itself to other programs: Data Package 2, CSV on the Web, SPSS, and its README."""

import csv
import re
from hashlib import sha256
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.export.packages import json_of, package_of
from tests.export.samples import asked_everything, put
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor


@pytest.fixture
def files(olu: Visitor, session: Session, team: Team) -> dict[str, bytes]:
    """The package of a survey with every kind of question."""
    again = make_question("again", "single", choices=(make_choice("yes"), make_choice("not_sure", missing=True)))
    survey = make_survey(session, team, make_questionnaire(*asked_everything().questions, again))
    put(session, survey, 1, {"overall": "5", "best": "Ünder 😀 " * 40, "role": ["carer", "other"]})
    return package_of(olu, survey)


def test_data_package_describes_each_table_as_version_2_asks(files: dict[str, bytes]) -> None:
    package = json_of(files, "datapackage.json")

    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [one["path"] for one in package["resources"]] == [name for name in files if name.endswith(".csv")]
    for one in package["resources"]:
        header = next(csv.reader(StringIO(files[one["path"]].decode())))
        assert (one["type"], one["$schema"].rpartition("/")[2]) == ("table", "dataresource.json")
        assert re.fullmatch(r"[a-z0-9._/-]+", one["name"])
        assert (one["bytes"], one["hash"]) == (
            len(files[one["path"]]),
            f"sha256:{sha256(files[one['path']]).hexdigest()}",
        )
        assert [field["name"] for field in one["schema"]["fields"]] == header


def test_data_package_tells_codes_missing_values_and_keys(files: dict[str, bytes]) -> None:
    schemas = {one["name"]: one["schema"] for one in json_of(files, "datapackage.json")["resources"]}
    fields = {field["name"]: field for field in schemas["responses"]["fields"]}

    assert schemas["responses"]["primaryKey"] == ["response_id"]
    assert schemas["comments"]["primaryKey"] == ["comment_id"]
    assert [key["reference"] for key in schemas["answers"]["foreignKeys"]] == [
        {"resource": "responses", "fields": ["response_id"]}
    ]
    assert [value["value"] for value in schemas["responses"]["missingValues"]] == [""]
    assert (fields["overall"]["type"], fields["overall"]["categoriesOrdered"]) == ("integer", True)
    assert fields["overall"]["categories"][0] == {"value": 5, "label": "Very good"}
    assert [category["value"] for category in fields["overall"]["categories"]] == [5, 4, 3, 2, 1]
    assert [category["value"] for category in fields["again"]["categories"]] == ["yes"]
    assert fields["again"]["missingValues"][1] == {"value": "not_sure", "label": "Not sure"}
    assert [category["value"] for category in fields["role__carer"]["categories"]] == [1, 0]
    assert {fields[name]["type"] for name in ("visits", "recommend", "edition")} == {"integer"}
    assert fields["finished_on"]["type"] == "date"
    assert "categories" not in fields["best"]


def test_csvw_names_the_columns_of_the_wide_table(files: dict[str, bytes]) -> None:
    table = json_of(files, "responses.csv-metadata.json")
    header = next(csv.reader(StringIO(files["responses.csv"].decode())))

    assert (table["@context"], table["url"]) == ("http://www.w3.org/ns/csvw", "responses.csv")
    assert [column["titles"] for column in table["tableSchema"]["columns"]] == header
    assert table["tableSchema"]["primaryKey"] == "response_id"
    assert {"base": "date", "format": "yyyy-MM-dd"} in [one["datatype"] for one in table["tableSchema"]["columns"]]


def test_syntax_reads_the_columns_in_order_and_no_text_is_too_wide(files: dict[str, bytes]) -> None:
    syntax = files["import.sps"].decode()
    header = next(csv.reader(StringIO(files["responses.csv"].decode())))
    read, _, kept = syntax.partition("VARIABLE LABELS")[0].partition("/KEEP=")
    variables = re.findall(r"^    (\S+) ([A-Z]+\d+)", read, re.MULTILINE)

    assert kept.replace(".", "").split() == header
    assert [name if name[0] != "@" else header[int(name[1:]) - 1] for name, _format in variables] == header
    formats = {header[place]: written for place, (_name, written) in enumerate(variables)}
    assert formats["response_id"] == "A16"
    assert formats["best"] == f"A{len(('Ünder 😀 ' * 40).encode())}"
    assert (formats["overall"], formats["finished_on"], formats["listened"]) == ("F10", "SDATE10", "A8")
    assert "    5 'Very good'\n" in syntax
    assert "    role__carer 'Who are you? [Carer]'\n" in syntax
    assert "DESCRIPTIVES VARIABLES=overall /STATISTICS=MEAN MIN MAX." in syntax


def test_syntax_quotes_words_and_renames_what_is_taken_or_too_long(olu: Visitor, session: Session, team: Team) -> None:
    code, key = "c" * 32, "k" * 32
    long = make_question(key, "multiple", choices=(make_choice(code, "It's\n'so'"), make_choice("b")))
    taken = make_question("to", "nps", "ä" * 300)
    syntax = package_of(olu, make_survey(session, team, make_questionnaire(long, taken)))["import.sps"].decode()

    assert f"    {key}__{'c' * 22}_12 F10.0\n" in syntax
    assert "    to_14 F10.0.\n" in syntax
    assert "    1 'It''s ''so'''\n" in syntax
    assert f"    to_14 '{'ä' * 125}'.\n" in syntax
    assert max(map(len, syntax.splitlines())) <= 256


def test_readme_names_every_other_file(files: dict[str, bytes]) -> None:
    readme = files["README.txt"].decode()

    others = [name for name in files if name != "README.txt"]
    assert [name for name in others if not re.search(rf"^{re.escape(name)} ", readme, re.MULTILINE)] == []
