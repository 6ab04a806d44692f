"""`codebook.csv`: every column and code of the wide table in words, and how many answered."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.samples import asked_everything, file_of, put, records_of
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

HEADER = (
    "position,column,question_key,item,kind,value,value_label,value_label_easy,value_order,counts_in_results,"
    "question,question_easy,n_answered,n_missing"
)


def about(visitor: Visitor, survey: Survey, column: str) -> list[str]:
    """A column's lines, from the item on."""
    lines = file_of(visitor, survey, "codebook.csv").decode().split("\r\n")
    return [line.split(",", 3)[3] for line in lines if f",{column}," in line]


def test_columns_are_those_of_the_wide_table_in_their_order(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"overall": "5"})

    records = [record for record in records_of(file_of(olu, survey, "codebook.csv")) if not record["value"]]
    columns = [record["column"] for record in records]

    assert file_of(olu, survey, "codebook.csv").decode().split("\r\n")[0] == HEADER
    assert columns == next(csv.reader(StringIO(file_of(olu, survey, "responses.csv").decode())))
    assert columns[: len(FIXED_NAMES)] == list(FIXED_NAMES)
    assert [record["position"] for record in records] == [str(number) for number in range(1, len(columns) + 1)]


def test_ratings_codes_are_counted_with_those_that_count_for_nothing(
    olu: Visitor, session: Session, team: Team
) -> None:
    best = make_choice("5", "Very good")
    rating = make_question(choices=(best, make_choice("4", "=Good"), make_choice("not_applicable", missing=True)))
    survey = make_survey(session, team, make_questionnaire(rating))
    for start, code in enumerate(("5", "4", "5", "not_applicable", None)):
        put(session, survey, start, {"overall": code} if code else {})

    asked = "How was overall?,How was overall?"
    assert about(olu, survey, "overall") == [
        f",rating5,,,,,,{asked},3,2",
        f",rating5,5,Very good,Very good,1,1,{asked},2,",
        f",rating5,4,'=Good,'=Good,2,1,{asked},1,",
        f",rating5,not_applicable,Not applicable,Not applicable,3,0,{asked},1,",
    ]


def test_each_choice_of_several_has_its_own_lines(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"role": ["carer", "other"], "role__other_text": "Nurse"})
    put(session, survey, 2, {"role": ["prefer_not_to_say"]})
    put(session, survey, 3, {})

    asked = "Who are you?,Who are you?"
    assert about(olu, survey, "role__carer") == [
        f"carer,multiple,,,,,,{asked},2,1",
        f"carer,multiple,1,Carer,Carer,1,1,{asked},1,",
        f"carer,multiple,0,Not chosen,Not chosen,2,1,{asked},1,",
    ]
    assert about(olu, survey, "role__prefer_not_to_say")[1].split(",")[6] == "0"
    assert about(olu, survey, "role__other_text") == [f"other,multiple,,,,,,{asked},1,2"]


def test_numbers_and_words_have_one_line(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"visits": 0, "best": "Tea", "recommend": 0})

    for column in ("visits", "recommend", "best"):
        (line,) = about(olu, survey, column)
        assert line.endswith(",1,0")


def test_latest_words_stand_for_all_editions_and_codes_taken_out_stay(
    olu: Visitor, session: Session, team: Team
) -> None:
    tea, milk = make_choice("tea"), make_choice("milk")
    survey = make_survey(session, team, make_questionnaire(make_question("drink", "single", choices=(tea, milk))))
    choices = (make_choice("tea", "A tea"), make_choice("wine"))
    changed = make_question("drink", "single", "What\ndid you drink?", choices=choices)
    survey.draft = make_questionnaire(changed).to_json()
    survey.publish()
    session.commit()
    put(session, survey, 1, {"drink": "milk"})
    put(session, survey, 2, {"drink": "tea"}, edition=2)

    records = [record for record in records_of(file_of(olu, survey, "codebook.csv")) if record["column"] == "drink"]

    assert {record["question"] for record in records} == {"What / did you drink?"}
    assert [(record["value"], record["value_label"], record["n_answered"]) for record in records] == [
        ("", "", "2"),
        ("tea", "A tea", "1"),
        ("wine", "Wine", "0"),
        ("milk", "Milk", "1"),
    ]


def test_counts_are_those_of_the_cells_whatever_the_edition(olu: Visitor, session: Session, team: Team) -> None:
    tea, milk, water = make_choice("tea"), make_choice("milk"), make_choice("water")
    drinks = make_question("drinks", "multiple", choices=(tea, milk))
    survey = make_survey(session, team, make_questionnaire(make_question("old", "comment"), drinks))
    changed = make_question("drinks", "multiple", choices=(tea, water))
    survey.draft = make_questionnaire(make_question("new", "nps"), changed).to_json()
    survey.publish()
    session.commit()
    put(session, survey, 1, {"old": "Kept", "drinks": ["milk"]})
    put(session, survey, 2, {"new": 9, "drinks": ["tea"]}, edition=2)
    put(session, survey, 3, {"drinks": ["water"]}, edition=2)

    lines = records_of(file_of(olu, survey, "responses.csv"))
    columns = [record for record in records_of(file_of(olu, survey, "codebook.csv")) if not record["value"]]

    filled = {name: sum(line[name] != "" for line in lines) for name in lines[0]}
    assert {record["column"]: int(record["n_answered"]) for record in columns} == filled
    assert {record["column"]: int(record["n_missing"]) for record in columns} == {
        name: len(lines) - times for name, times in filled.items()
    }


def test_words_are_in_the_language_of_the_questionnaire(olu: Visitor, session: Session, team: Team) -> None:
    both = {"en": Wording("How was it?"), "de": Wording("Wie war es?", "Wie war es denn?")}
    german = replace(make_questionnaire(replace(make_question(), words=both)), languages=("de", "en"))
    survey = make_survey(session, team, german)

    (line, *_rest) = about(olu, survey, "overall")

    assert "Wie war es?,Wie war es denn?" in line


@pytest.mark.parametrize("key", ready_surveys())
def test_every_ready_survey_has_a_codebook_whose_codes_are_unique(
    olu: Visitor, session: Session, team: Team, key: str
) -> None:
    survey = make_survey(session, team, ready_surveys()[key])

    records = records_of(file_of(olu, survey, "codebook.csv"))

    codes = [(record["column"], record["value"]) for record in records]
    assert len(codes) == len(set(codes))
    assert all(record["question"] for record in records)
    assert all(record["value_label"] for record in records if record["value"])
