"""Old answers from elsewhere: four programs' layouts are placed by a survey's questions; what isn't known is told."""
# ruff: noqa: E501 -- a row of a file is a line

import pytest

from surveyapp.importing.answers.table import read_table
from surveyapp.importing.answers.target_columns import ReadColumns, placed
from surveyapp.importing.imported import NotReadError
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.questionnaire import Questionnaire
from tests.factories import every_kind, make_choice, make_question, make_questionnaire

GOOGLE = """Timestamp,How was overall?,What did you drink?,Who are you?,What was good?,How many times did you come?
2025/05/01 10:00:00 am GMT+1,Very good,Tea,"Patient, Someone else",Kind people,3
2025/05/01 10:01:00 am GMT+1,2,Coffee,"Carer, My neighbour",,
"""
MICROSOFT = """ID;Start time;Email;How was overall?;What did you drink?;Who are you?;What was good?;How many times did you come?
1;01/05/2025 10:00;anonymous;Very good;Tea;Patient;Someone else;;
"""
LIMESURVEY = """"id","submitdate","overall","drink","role[patient]","role[carer]","role[other]","best","visits"
"1","2025-05-01 10:00:00","5","tea","Y","","","Kind people","3"
"2","","4","tea","","","","Not sent",""
"3","2025-05-01 10:02:00","2","coffee","","Y","My neighbour","",""
"""
QUALTRICS = """Finished,Q1,Q2,Q3_1,Q3_2,Q3_3,Q3_3_TEXT,Q4,Q5
Finished,How was overall?,What did you drink?,Who are you? - Patient,Who are you? - Carer,Who are you? - Someone else,Who are you? - Someone else - Text,What was good?,How many times did you come?
"{""ImportId"":""finished""}","{""ImportId"":""QID1""}",x,x,x,x,x,x,x
True,Very good,Tea,Patient,,,,Kind people,3
True,Bad,Coffee,,Carer,Someone else,My neighbour,,
False,Good,Tea,,,,,Not sent,
"""
EXPECTED: list[dict[str, Answer]] = [
    {"overall": "5", "drink": "tea", "role": ["patient"], "best": "Kind people", "visits": 3},
    {"overall": "2", "drink": "coffee", "role": ["carer", "other"], "role__other_text": "My neighbour"},
]


def read(text: str | bytes, asked: Questionnaire | None = None) -> ReadColumns:
    """What is placed of a file."""
    content = text if isinstance(text, bytes) else text.encode()
    return placed(read_table(content), asked or every_kind())


@pytest.mark.parametrize("layout", [LIMESURVEY, QUALTRICS], ids=["LimeSurvey", "Qualtrics"])
def test_layouts_with_a_column_a_choice_are_placed(layout: str) -> None:
    found = read(layout)

    assert found.answers == EXPECTED
    assert "1 row not finished: left out." in found.told


def test_google_forms_has_several_choices_in_one_cell() -> None:
    found = read(GOOGLE)

    assert found.answers == [{**EXPECTED[0], "role": ["patient", "other"]}, {**EXPECTED[1], "overall": "2"}]
    assert found.told == ["The column “Timestamp” is no question of this survey: it was left out."]


def test_microsoft_forms_has_semicolons() -> None:
    text = MICROSOFT.replace(";", ",").replace("Patient,Someone else", '"Patient;Someone else;"')

    assert read(text).answers == [{"overall": "5", "drink": "tea", "role": ["patient", "other"]}]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_old_encodings_are_read(encoding: str) -> None:
    found = read("overall;best\r\n5;Café für Grüße\r\n".encode(encoding))

    assert found.answers == [{"overall": "5", "best": "Café für Grüße"}]


def test_decimal_commas_and_days_that_excel_made_are_told() -> None:
    ages = make_question(
        "age",
        "single",
        "How old are you?",
        choices=(make_choice("5_10", "5-10"), make_choice("more")),
    )
    asked = make_questionnaire(ages, make_question("visits", "number"), make_question("recommend", "nps"))
    found = read("age;visits;recommend\n05-Oct;3,5;9,0\n10/05/2025;3;x\n5-10;1.0;\n", asked)

    assert found.answers == [{"recommend": 9}, {"visits": 3}, {"age": "5_10", "visits": 1}]
    assert found.told == [
        "2 cells of “How old are you?” are no answer that it takes: “05-Oct”, “10/05/2025”. A spreadsheet made days of them.",
        "1 cells of “How was visits?” are no answer that it takes: “3,5”.",
        "1 cells of “How was recommend?” are no answer that it takes: “x”.",
    ]


def test_question_that_is_counted_apart_is_left_out() -> None:
    found = read("overall,Do you have a health problem?\n5,Yes\n")

    assert found.answers == [{"overall": "5"}]
    assert found.told == ["The column “Do you have a health problem?” is no question of this survey: it was left out."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (b"overall,best\n", "headings and no answers"),
        (b"a,b\n1,2\n", "No column of the file is a question of this survey. It asks: “How was overall?”"),
        (b"overall,best\n5,x\noverall,best\n4,y\n", "Row 3 is the headings again: two files"),
        (b"overall,best\n5,x\n5,x,more\n", "Row 3 has 3 cells and the headings are 2"),
        (b"overall,How was overall?\n5,4\n", "2 columns are the same question, “overall”: the file seems to be of two"),
        (b"PK\x03\x04\x00\x00", "save it as CSV first"),
        (bytes(100), "save it as CSV first"),
        (b'overall,best\n5,"' + b"x" * 200_000, "can't be read as CSV"),
        (b"overall\n" + b"5\n" * 50_000_001, "larger than 100 MB"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_answers_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(NotReadError, match=words.replace("?", r"\?").replace(".", r"\.")):
        read(content)
