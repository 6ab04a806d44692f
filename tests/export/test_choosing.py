"""Choosing a part: some questions, one edition, the language of words; what was blanked stays so."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.export.checking.check import differences
from surveyapp.model.questionnaire import Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.packages import json_of, package_of, zipped_again
from tests.export.samples import asked_everything, file_of, put, records_of
from tests.factories import EVENT_DAY, make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of two editions whose answers are shown openly."""
    made = make_survey(session, team, asked_everything())
    put(session, made, 1, {"overall": "5", "best": "Tea", "role": ["carer"], "drink": "tea", "visits": 3})
    put(session, made, 2, {"overall": "2", "drink": "coffee", "listened": "no", "why_not": "Loud"})
    made.draft = make_questionnaire(make_question(), make_question("fresh", "comment")).to_json()
    made.publish()
    session.commit()
    put(session, made, 3, {"overall": "4", "fresh": "Nothing"}, edition=2)
    return made


@pytest.mark.parametrize("query", ["?questions=overall,role", "?questions=role&questions=overall"])
def test_only_the_questions_that_were_chosen_are_in_every_file(olu: Visitor, survey: Survey, query: str) -> None:
    (first, *_others) = records_of(file_of(olu, survey, "responses.csv", query))
    long = records_of(file_of(olu, survey, "answers.csv", query))

    assert [name for name in list(first)[len(FIXED_NAMES) :] if "__" not in name] == ["overall"]
    assert {name.partition("__")[0] for name in list(first)[len(FIXED_NAMES) :]} == {"overall", "role"}
    assert {row["question_key"] for row in long} == {"overall", "role"}
    assert records_of(file_of(olu, survey, "comments.csv", query)) == []
    codes = records_of(file_of(olu, survey, "codebook.csv", query))
    assert {row["question_key"] for row in codes} == {"", "overall", "role"}


@pytest.mark.parametrize("query", ["?questions=overall,best,why_not", "?edition=2", "?edition=1&questions=drink"])
def test_package_of_a_part_is_whole_and_says_so(olu: Visitor, survey: Survey, query: str, tmp_path: Path) -> None:
    files = package_of(olu, survey, query)
    (tmp_path / "part.zip").write_bytes(zipped_again(files))

    assert json_of(files, "manifest.json")["part"]
    assert b"This is a part: only" in files["README.txt"].replace(b"\n", b" ")
    assert differences(tmp_path / "part.zip") == []


def test_one_edition_has_its_own_responses(olu: Visitor, survey: Survey) -> None:
    (row,) = records_of(file_of(olu, survey, "responses.csv", "?edition=2"))

    assert (row["edition"], row["overall"], row["fresh"]) == ("2", "4", "Nothing")
    assert "drink" not in row


def test_words_are_in_the_language_that_was_chosen(olu: Visitor, session: Session, team: Team) -> None:
    no = replace(make_choice("no"), words={"en": Wording("No"), "cy": Wording("Na")})
    asked = make_questionnaire(make_question("again", "single", choices=(make_choice("yes"), no)))
    survey = make_survey(session, team, replace(asked, languages=("en", "cy")))
    put(session, survey, 1, {"again": "no"})

    assert "Na" in file_of(olu, survey, "excel.csv", "?labels=cy").decode()
    syntax = package_of(olu, survey, "?labels=cy")["import.sps"].decode()
    assert "VALUE LABELS again\n    1 'Yes'\n    2 'Na'.\n" in syntax
    refused = olu.get(f"/surveys/{survey.id}/export/excel.csv?labels=fr", 404)
    assert "The questions are not in the language “fr”" in refused.text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?questions=overall,nonsense", 404, "never had a question with the key “nonsense”"),
        ("?edition=9", 404, "has no edition 9"),
        ("?edition=two", 404, "has no edition two"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    olu: Visitor, survey: Survey, query: str, status: int, words: str
) -> None:
    assert words in olu.get(f"/surveys/{survey.id}/export/responses.csv{query}", status).text


def test_edition_cannot_be_chosen_where_it_is_blanked(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing="together", released_on=EVENT_DAY)
    put(session, survey, 1, {"overall": "5"})

    page = olu.get(f"/surveys/{survey.id}/export/responses.csv?edition=1", 409)

    assert "Choose it in the full files." in page.text
    assert olu.get(f"/surveys/{survey.id}/export/responses.csv?edition=1&full=1").response.get_data()


def test_nothing_can_be_chosen_in_what_may_be_passed_on(olu: Visitor, survey: Survey) -> None:
    assert "made once and whole" in olu.get(f"/surveys/{survey.id}/export/safe.zip?questions=overall", 409).text


def test_page_offers_what_can_be_chosen(olu: Visitor, survey: Survey) -> None:
    page = olu.get(f"/surveys/{survey.id}/export")

    assert "Take a part of them" in page.text
    for words in ("How was overall?", "What went wrong?", "Which edition of the questions?"):
        assert words in page.text
    given = olu.get(f"/surveys/{survey.id}/export/responses.csv?questions=overall&edition=").response
    assert given.headers["Content-Disposition"] == "attachment; filename=part-responses.csv"
