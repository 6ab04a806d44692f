"""What goes out comes back: JSON whole, XLSForm as far as a spreadsheet can hold it, and pyxform takes every form."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from surveyapp.editing.library import MODULES, module, ready_surveys
from surveyapp.importing.detect import questionnaire_from_file, written_document
from surveyapp.importing.plain import storable_text
from surveyapp.importing.xlsform.writing import written_xlsform
from surveyapp.model.questionnaire import Choice, Question, Questionnaire, Wording, Words
from tests.factories import every_kind
from tests.importing.workbooks import definition
from tests.model.random_questionnaires import questionnaires

READY = [*ready_surveys().values(), *map(module, MODULES), every_kind()]
REAL = ("xlsform_all_question_types.xlsx", "xlsform_projects_de_en.xlsx", "xlsform_socio_economic_en_fr.xlsx")
OURS_ALONE = "do not contain valid machine-readable codes: "


def held(questionnaire: Questionnaire) -> Questionnaire:
    """What of a questionnaire a spreadsheet can hold."""
    return replace(
        questionnaire,
        title=held_words(questionnaire.title),
        questions=tuple(held_question(question) for question in questionnaire.questions),
        key=storable_text(questionnaire.key),
        purpose=storable_text(questionnaire.purpose),
        checked=(),
    )


def held_question(question: Question) -> Question:
    """A question with tidy words, and without pictures and recordings."""
    return replace(
        question,
        words=held_words(question.words),
        help=held_words(question.help),
        symbol=storable_text(question.symbol),
        choices=tuple(held_choice(choice) for choice in question.choices),
        picture=None,
        recordings={},
    )


def held_choice(choice: Choice) -> Choice:
    """A choice with tidy words."""
    return replace(choice, words=held_words(choice.words), symbol=storable_text(choice.symbol))


def held_words(words: Words) -> Words:
    """Words as cells hold them: no space at the ends, nothing where there is nothing."""
    tidy = {
        tag: Wording(storable_text(said.standard), storable_text(said.easy), storable_text(said.short))
        for tag, said in words.items()
    }
    return {tag: said for tag, said in tidy.items() if said != Wording("")}


def warnings_of(questionnaire: Questionnaire) -> list[str]:
    """What pyxform has to say of the form; it raises an error for what is none."""
    warnings: list[str] = []
    convert(io.BytesIO(written_xlsform(questionnaire)), warnings=warnings, file_type=".xlsx")
    return warnings


@given(questionnaires())
@settings(max_examples=30, deadline=None)
def test_any_questionnaire_comes_back_from_a_spreadsheet_as_far_as_it_can_hold_it(written: Questionnaire) -> None:
    if written.questions:
        read = questionnaire_from_file(written_xlsform(held(written)))

        assert read.questionnaire == held(written)
        assert read.left_out == ()


@given(questionnaires())
@settings(max_examples=30, deadline=None)
def test_any_questionnaire_comes_back_whole_from_our_own_document(written: Questionnaire) -> None:
    assert questionnaire_from_file(written_document(written).encode()).questionnaire == written


@pytest.mark.parametrize("questionnaire", READY, ids=lambda one: one.key or "every kind")
def test_a_ready_survey_is_a_form_for_pyxform_and_comes_back_equal(questionnaire: Questionnaire) -> None:
    warnings = warnings_of(questionnaire)

    assert [warning for warning in warnings if OURS_ALONE not in warning] == []
    assert all("(en)" not in warning for warning in warnings)
    assert questionnaire_from_file(written_xlsform(questionnaire)).questionnaire == questionnaire


@pytest.mark.parametrize("name", REAL)
def test_a_real_form_that_was_read_can_be_written_for_pyxform_and_read_again(name: str) -> None:
    questionnaire = questionnaire_from_file(definition(name)).questionnaire

    assert all(OURS_ALONE in warning for warning in warnings_of(questionnaire))
    assert questionnaire_from_file(written_xlsform(questionnaire)).questionnaire == questionnaire


def test_the_same_questions_are_the_same_bytes() -> None:
    assert written_xlsform(every_kind()) == written_xlsform(every_kind())


def test_words_that_look_like_a_formula_stay_words() -> None:
    asked = every_kind()
    trap = {"en": Wording('=HYPERLINK("http://example.org")', "+1", "@x")}

    read = questionnaire_from_file(
        written_xlsform(replace(asked, questions=(replace(asked.questions[0], words=trap),)))
    )

    assert read.questionnaire.questions[0].words == trap
    assert read.left_out == ()
