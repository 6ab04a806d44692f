"""A form's words in all their languages and wordings, without the layout of another program."""

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from tests.importing.workbooks import form, read, said


def test_words_stand_in_their_language_and_wording() -> None:
    head = (
        "type",
        "name",
        "label::English (en)",
        "label::Easy read (en-x-easy)",
        "label::Short (en-x-short)",
        "Label : Cymraeg",
    )
    question = questionnaire_from_file(
        form(("text", "a", "In full", "Easy", "Short", "Cymraeg"), head=head)
    ).questionnaire.questions[0]

    assert (question.words["en"].standard, question.words["en"].easy, question.words["en"].short) == (
        "In full", "Easy", "Short",
    )  # fmt: skip
    assert question.words["cy"].standard == "Cymraeg"


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("French (fr)", "fr"),
        ("français", "fr"),
        ("Welsh", "cy"),
        ("pt-br", "pt-BR"),
        ("Sorani (ckb)", "ckb"),
        ("(UR)", "ur"),
    ],
)
def test_a_language_is_known_by_its_tag_or_its_name(language: str, tag: str) -> None:
    imported = questionnaire_from_file(form(("text", "a", "x"), head=("type", "name", f"label::{language}")))

    assert imported.questionnaire.languages == (tag,)


def test_a_language_that_nobody_knows_is_named() -> None:
    head = ("type", "name", "label::English (en)", "label::Klingonese")

    assert "Klingonese" in said(questionnaire_from_file(form(("text", "a", "x", "y"), head=head)))


def test_the_default_language_stands_first() -> None:
    head = ("type", "name", "label::English (en)", "label::Polski (pl)")
    settings = [["form_title", "default_language"], ["Ankieta", "Polski (pl)"]]
    questionnaire = questionnaire_from_file(form(("text", "a", "x", "y"), head=head, settings=settings)).questionnaire

    assert questionnaire.languages == ("pl", "en")
    assert questionnaire.title["pl"].standard == "Ankieta"


def test_easy_words_alone_are_the_words_of_their_language() -> None:
    question = questionnaire_from_file(
        form(("text", "a", "Easy"), head=("type", "name", "label::Easy read"))
    ).questionnaire.questions[0]

    assert (question.words["en"].standard, question.words["en"].easy) == ("Easy", "Easy")


def test_words_lose_markup_and_what_is_filled_in_from_elsewhere() -> None:
    label = (
        '## Hello ${name}<br><span style="color:red">How *was* **it**</span> [here](https://example.org/x)? 1 < 2 & 3'
    )
    imported = read(("text", "a", label))

    assert imported.questionnaire.questions[0].words["en"].standard == (
        "Hello …\nHow was it here (https://example.org/x)? 1 < 2 & 3"
    )
    assert "Words that the form fills in from another answer" in said(imported)
