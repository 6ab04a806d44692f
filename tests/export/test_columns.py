"""Every kind has its columns, and column names are what analysts' programs take."""

import re

from surveyapp.export.columns import columns_of
from surveyapp.export.fixed_columns import FIXED_COLUMNS
from surveyapp.export.responses_csv import question_columns
from surveyapp.model.validation import FIXED_NAMES
from tests.export.samples import asked_everything
from tests.factories import make_choice, make_question, make_questionnaire


def test_every_fixed_column_is_described_in_the_order_that_the_contract_gives() -> None:
    assert tuple(column.name for column in FIXED_COLUMNS) == FIXED_NAMES


def test_column_names_are_plain_and_unique_ignoring_case() -> None:
    names = list(columns_of(asked_everything()))

    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_columns_of_several_editions_follow_the_latest_and_keep_what_was_removed() -> None:
    first = make_questionnaire(make_question("overall"), make_question("gone", "comment"), make_question("best", "nps"))
    second = make_questionnaire(make_question("best", "nps"), make_question("new", "number"), make_question("overall"))

    assert question_columns({("a", 1): first, ("a", 2): second}) == ["best", "new", "overall", "gone"]


def test_choice_that_was_removed_keeps_its_column() -> None:
    tea, milk, water = make_choice("tea"), make_choice("milk"), make_choice("water")
    first = make_questionnaire(make_question("drinks", "multiple", choices=(tea, milk)), make_question())
    second = make_questionnaire(make_question("drinks", "multiple", choices=(tea, water)), make_question())

    assert question_columns({("a", 1): first, ("a", 2): second}) == [
        "drinks__tea",
        "drinks__water",
        "overall",
        "drinks__milk",
    ]
