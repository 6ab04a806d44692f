"""Real forms of other people come in with all that can be held and a list of the rest, exactly as checked in.

`GOLDEN=1` writes the files anew: read the difference before it is committed.
"""

import json
import os
from pathlib import Path

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from tests.importing.workbooks import definition

GOLDEN = Path(__file__).with_name("golden")
FORMS = (
    "xlsform_all_question_types",
    "xlsform_bad_calc",
    "xlsform_extra_columns",
    "xlsform_projects_de_en",
    "xlsform_socio_economic_en_fr",
)


@pytest.mark.parametrize("name", FORMS)
def test_a_real_form_comes_in_as_it_did_before(name: str) -> None:
    imported = questionnaire_from_file(definition(f"{name}.xlsx"))
    read = {"left_out": list(imported.left_out), "document": imported.questionnaire.to_json()}
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN"):
        golden.write_text(json.dumps(read, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert read == json.loads(golden.read_text(encoding="utf-8"))


def test_two_languages_keep_their_words_and_the_default_one_stands_first() -> None:
    projects = questionnaire_from_file(definition("xlsform_projects_de_en.xlsx")).questionnaire

    assert projects.languages == ("de", "en")
    assert projects.question("sql").words["en"].standard == "SQL"
    assert projects.question("project_id").words["de"].standard.startswith("Für welche Projekte")


def test_simple_rules_of_a_real_form_are_kept_with_the_new_names() -> None:
    projects = questionnaire_from_file(definition("xlsform_projects_de_en.xlsx")).questionnaire
    rule = projects.question("project_role_project_beta").show_if

    assert rule is not None
    assert (rule.key, rule.codes) == ("project_id", ("project_beta",))


def test_answers_coded_with_numbers_that_are_no_scale_stay_answers_to_choose_from() -> None:
    survey = questionnaire_from_file(definition("xlsform_socio_economic_en_fr.xlsx")).questionnaire

    assert [question.key for question in survey.questions if question.kind == "rating5"] == []
    assert survey.question("internet_hh").codes == ("yes", "no", "dont_know")
    assert survey.question("internet_type").show_if is not None


def test_nothing_that_nobody_can_be_asked_here_is_asked() -> None:
    every = questionnaire_from_file(definition("xlsform_all_question_types.xlsx"))

    assert {question.kind for question in every.questionnaire.questions} == {
        "comment", "number", "single", "yes_no", "multiple", "note",
    }  # fmt: skip
    assert any("put answers in order: “Rank”" in sentence for sentence in every.left_out)
