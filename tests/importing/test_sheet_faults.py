"""Spreadsheets that once came out wrong, and the oracle: every cell is kept or named."""

import io
import json
from random import Random

import openpyxl
import pytest

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import Imported
from tests.importing.workbooks import MATERIAL, Rows, form, said, workbook

FAULTS = MATERIAL / "faults"
HEADS = ("label::English (en)", "label::Cymraeg (cy)", "hint::English (en)", "hint::Cymraeg (cy)", "note to self",
         "constraint_message", "label::English (en)")  # fmt: skip
TYPES = (
    "text", "integer", "note", "select_one list", "select_multiple list", "select_one list or_other", "date", "",
    "geopoint", "calculate", "image", "begin group", "end group", "begin repeat", "end repeat", "wonder",
)  # fmt: skip


def read(name: str) -> Imported:
    """One of the faulty spreadsheets, read."""
    return questionnaire_from_file((FAULTS / f"{name}.xlsx").read_bytes())


def answers(imported: Imported, place: int = 0) -> list[list[str]]:
    """The answers of a question in all their languages."""
    return [[words.standard for words in one.words.values()] for one in imported.questionnaire.questions[place].choices]


def questions(imported: Imported) -> list[str]:
    """The words of each question, in its first language."""
    return [next(iter(one.words.values())).standard for one in imported.questionnaire.questions]


def test_the_second_of_two_columns_with_one_name_is_named() -> None:
    assert "Of columns with one name only the first is read" in said(read("x01_two_label_columns"))
    assert "label (2)" in said(read("x01_two_label_columns"))


def test_days_that_a_spreadsheet_program_made_of_bands_are_shown_as_it_shows_them_and_told() -> None:
    bands = read("x02_excel_made_dates_of_bands")

    assert answers(bands) == [["5-Oct"], ["11-Dec"], ["more than 12"]]
    assert "Mend them if they were something else, such as 5-10: “5-Oct”, “11-Dec”." in said(bands)


def test_a_hidden_sheet_is_passed_over_for_the_one_that_is_shown() -> None:
    assert questions(read("x09_hidden"))[0] == "A shown question?"
    assert "Sheets that are not read: Survey" in said(read("x09_hidden"))


def test_one_question_that_cannot_be_asked_takes_no_other_with_it() -> None:
    assert questions(read("x12_range")) == ["How many of ten?", "How old?", "How many?"]
    assert "put answers in order: “Order?”" in said(read("x12_range"))


@pytest.mark.parametrize("name", ["x16_names_only", "x41_no_labels_at_all"])
def test_answers_without_words_are_called_by_their_names(name: str) -> None:
    assert answers(read(name)) == [["Monday"], ["Tuesday"]]


def test_cells_that_show_an_error_count_as_empty_and_are_named() -> None:
    assert not any("#" in words for words in questions(read("x23_error_cells")))
    assert "survey C2 (#REF!), survey C4 (#N/A)" in said(read("x23_error_cells"))


def test_another_answer_has_words_in_all_languages_of_the_form() -> None:
    assert answers(read("x30_or_other_in_four_languages"), 1)[-1] == ["Other", "أخرى", "অন্যান্য", "دیگر"]


def test_a_strict_workbook_is_read_like_any() -> None:
    assert questions(read("x50_strict_open_xml"))[0] == "Did you have lunch?"


@pytest.mark.parametrize(
    "name",
    [path.stem for path in sorted(FAULTS.glob("x*.xlsx"))],
)
def test_every_faulty_spreadsheet_is_read(name: str) -> None:
    assert read(name).questionnaire.questions


def test_per_cents_stand_as_they_are_shown() -> None:
    sheets: dict[str, Rows] = {"survey": [("type", "name", "label"), ("select_one p", "q", "How much?")],
              "choices": [("list_name", "name", "label"), ("p", "a", 0.25), ("p", "b", 0.5)]}  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    book["choices"]["C2"].number_format, book["choices"]["C3"].number_format = "0%", "0.0%"
    content = io.BytesIO()
    book.save(content)

    assert answers(questionnaire_from_file(content.getvalue())) == [["25%"], ["50.0%"]]


@pytest.mark.parametrize("seed", range(100))
def test_every_word_of_a_form_is_kept_or_named(seed: int) -> None:
    """A form of anything: a word that is in no question, answer or title stands in a sentence, or its column does."""
    chance = Random(seed)  # noqa: S311 -- only forms are drawn
    width = chance.randint(1, len(HEADS))
    heads = ("type", "name", *HEADS[:width])
    rows = [_row(chance, number, width) for number in range(chance.randint(1, 9))]
    choices = [("list_name", "name", "label::English (en)"), ("list", "a", "Choice-a"), ("list", "b", "Choice-b")]
    imported = questionnaire_from_file(form(*rows, ("text", "last", "Last?"), head=heads, choices=choices))
    kept = json.dumps(imported.questionnaire.to_json(), ensure_ascii=False)
    told = said(imported)

    lost = [
        (row, text)
        for row in rows
        for head, text in zip(heads[2:], row[2:], strict=True)
        if text and text not in kept and text not in told and not _is_told(row, head, told)
    ]
    assert lost == []


def _row(chance: Random, number: int, width: int) -> list[str]:
    words = [f"Words-{number}-{place}-x" if chance.random() < 0.7 else "" for place in range(width)]
    return [chance.choice(TYPES), f"name_{number}" if chance.random() < 0.9 else "", *words]


def _is_told(row: list[str], head: str, told: str) -> bool:
    """Whether a sentence names the column, or the row by its label, else its name, else its hint."""
    by_place = dict(enumerate(row))
    own = next(filter(None, (by_place.get(place, "") for place in (2, 8, 3, 1, 4, 5))), "")
    return head in told or (bool(own) and own in told)
