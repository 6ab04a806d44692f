"""The long table, to the byte."""

from sqlalchemy.orm import Session

from surveyapp.export.guard import unguarded
from surveyapp.model.team import Team
from tests.export.samples import asked_everything, file_of, put, records_of
from tests.export.test_responses_csv import FULL
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

HEADER = "response_id,question_key,item,state,value_code,value_number,value_text"


def test_long_table_is_as_the_layout_says_to_the_byte(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 0x02, FULL)
    put(session, survey, 0x01, {"overall": "not_applicable", "listened": "not_sure", "role": ["prefer_not_to_say"]})

    file = file_of(olu, survey, "answers.csv").decode()

    one, two = "01ababababababab", "02ababababababab"
    assert file == "\r\n".join(
        [
            HEADER,
            f"{one},overall,,not_applicable,not_applicable,,",
            f"{one},listened,,not_sure,not_sure,,",
            f"{one},drink,,skipped,,,",
            f"{one},role,prefer_not_to_say,prefer_not_to_say,prefer_not_to_say,,",
            f"{one},visits,,skipped,,,",
            f"{one},recommend,,skipped,,,",
            f"{one},best,,skipped,,,",
            f"{one},why_not,,not_shown,,,",
            f"{one},heard,,skipped,,,",
            f"{two},overall,,answered,5,5,",
            f"{two},listened,,answered,no,,",
            f"{two},drink,,answered,tea,,",
            f"{two},role,carer,answered,carer,,",
            f"{two},role,other,answered,other,,'=Volunteer",
            f"{two},visits,,answered,,0,",
            f"{two},recommend,,answered,,10,",
            f'{two},best,,answered,,,"The ""tea"",\r\nand the company ❤️"',
            f"{two},why_not,,answered,,,'-1",
            f'{two},heard,,answered,elsewhere,,"A poster\nat work"',
            "",
        ]
    )


def test_question_that_was_shown_but_left_empty_is_skipped(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"listened": "no"})

    states = {each["question_key"]: each["state"] for each in records_of(file_of(olu, survey, "answers.csv"))}

    assert (states["listened"], states["why_not"]) == ("answered", "skipped")


def test_equality_answers_and_notes_never_stand_in_a_file(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"overall": "5", "eq_condition": "yes", "hello": "a note"})

    for name in ("responses.csv", "answers.csv"):
        file = file_of(olu, survey, name)
        assert b"eq_" not in file
        assert b"hello" not in file


def test_words_stay_when_another_choice_was_made_after_all(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {
        "heard": "friend", "heard__other_text": "A poster",
        "role": ["prefer_not_to_say"], "role__other_text": "'Volunteer",
    })  # fmt: skip

    records = [each for each in records_of(file_of(olu, survey, "answers.csv")) if each["state"] != "skipped"]

    found = [(each["question_key"], each["item"], each["value_code"], each["value_text"]) for each in records]
    assert found == [
        ("role", "prefer_not_to_say", "prefer_not_to_say", ""),
        ("role", "other_text", "", "''Volunteer"),
        ("why_not", "", "", ""),
        ("heard", "", "friend", "A poster"),
    ]
    assert unguarded(found[1][3]) == "'Volunteer"


def test_response_has_the_questions_of_its_own_edition(olu: Visitor, session: Session, team: Team) -> None:
    tea, water = make_choice("tea"), make_choice("water")
    survey = make_survey(session, team, make_questionnaire(make_question(), make_question("old", "comment")))
    drink = make_question("drink", "single", choices=(tea, water))
    survey.draft = make_questionnaire(drink, make_question()).to_json()
    survey.publish()
    put(session, survey, 1, {"overall": "5", "old": "Kept"})
    put(session, survey, 2, {"drink": "tea"}, edition=2)

    keys = [each["question_key"] for each in records_of(file_of(olu, survey, "answers.csv"))]

    assert keys == ["overall", "old", "drink", "overall"]
