"""A paste is shown line by line with what each was taken for, and one tap changes it."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.editor.start.pasted_lines import chosen_of
from tests.editor.test_start import finished, paste
from tests.visitor import Page, Visitor

EMAIL = """\
Hi Sam,

The day
1. How was the room?
- Good
- Bad
- Too warm
2. Was it loud? (Y/N)
Tick one box.
3. How easy was it to find the room in which your first group met on the
morning of the day?
________________
Thanks
Jo
"""
CHANGE = "/surveys/new/paste/line"


def lines(page: Page) -> list[tuple[str, str]]:
    """Each line as it was pasted, and what it was taken for."""
    shown = page.tree.findall(".//ol[@class='pasted']/li")
    return [tuple(" ".join("".join(part.itertext()).split()) for part in line.findall("p")[:2]) for line in shown]  # type: ignore[misc]  # two each


def taken(page: Page, words: str) -> str:
    """What the line that begins with these words was taken for."""
    return next(take for pasted, take in lines(page) if pasted.startswith(words))


def tap(olu: Visitor, page: Page, words: str, button: str) -> Page:
    """Press one button beside the line that begins with these words."""
    found = [
        one.get("value", "")
        for line in page.tree.findall(".//ol[@class='pasted']/li")
        for one in line.iter("button")
        if "".join(line.findall("p")[0].itertext()).startswith(words) and (one.text or "") == button
    ]
    return olu.submit(page, {"change": found[0]}, CHANGE, 200)


def test_every_line_stands_there_with_what_it_was_taken_for(olu: Visitor) -> None:
    assert lines(paste(olu, EMAIL)) == [
        ("Hi Sam,", "Left out: from the email"),
        ("The day", "What the survey is called"),
        ("1. How was the room?", "Question · Choose one: Good · Bad · Too warm"),
        ("- Good", "Answer"),
        ("- Bad", "Answer"),
        ("- Too warm", "Answer"),
        ("2. Was it loud? (Y/N)", "Question · Choose one: Yes · No"),
        ("Tick one box.", "Left out: how to fill in paper"),
        (
            "3. How easy was it to find the room in which your first group met on the",
            "Question · Write in your own words",
        ),
        ("morning of the day?", "Goes on with the line above"),
        ("________________", "Left out: a line to write on or to look at"),
        ("Thanks", "Left out: from the email"),
        ("Jo", "Left out: from the email"),
    ]


@pytest.mark.parametrize(
    ("words", "button", "take"),
    [
        ("The day", "Question", "Question · Write in your own words"),
        ("- Too warm", "Heading", "Words to read"),
        ("1. How", "Several", "Question · Choose all that fit: Good · Bad · Too warm"),
        ("1. How", "Own words", "Question · Write in your own words"),
        ("2. Was", "Faces", "Question · Choose one of 5 faces: Very good · Good · OK · Bad · Very bad"),
        ("3. How", "0 to 10", "Question · Choose a number from 0 to 10"),
        ("3. How", "Number", "Question · Write a number"),
        ("3. How", "Yes or no", "Question · Choose one: Yes · No"),
        ("morning of", "Question", "Question · Write in your own words"),
        ("morning of", "Leave out", "Left out: you chose so"),
        ("Jo", "Answer", "Answer"),
        ("2. Was", "Leave out", "Left out: you chose so"),
    ],
)
def test_one_tap_makes_something_else_of_a_line(olu: Visitor, words: str, button: str, take: str) -> None:
    before = paste(olu, EMAIL)
    after = tap(olu, before, words, button)

    assert taken(after, words) == take
    assert [pasted for pasted, _take in lines(after)] == [pasted for pasted, _take in lines(before)]


def test_taps_add_up_and_the_survey_is_made_of_them(olu: Visitor, session: Session) -> None:
    page = tap(olu, paste(olu, EMAIL), "The day", "Leave out")
    page = tap(olu, page, "- Too warm", "Leave out")
    page = tap(olu, page, "2. Was", "Own words")
    questions = finished(olu, session, page).questionnaire.questions

    assert [(one.kind, len(one.choices)) for one in questions] == [("single", 2), ("comment", 0), ("comment", 0)]


def test_the_pressed_button_is_what_the_line_is(olu: Visitor) -> None:
    page = paste(olu, EMAIL)
    pressed = [one.text for one in page.tree.iter("button") if one.get("aria-pressed") == "true"]

    assert pressed[:6] == ["Leave out", "Heading", "Question", "One", "Answer", "Answer"]


def test_a_paste_without_any_question_left_still_shows_its_lines(olu: Visitor) -> None:
    page = paste(olu, "How was it?\nThanks\nJo")
    page = tap(olu, page, "How was it?", "Leave out")

    assert "No line is a question now." in page.text
    assert "Go on with these questions" not in page.text
    assert taken(tap(olu, page, "Jo", "Question"), "Jo") == "Question · Write in your own words"


def test_a_question_that_we_know_has_our_words_symbol_and_answers(olu: Visitor, session: Session) -> None:
    page = paste(
        olu, "Did you feel listened to?\nHow good was the venue?\n- Very good\n- Good\n- OK\n- Bad\n- Very bad"
    )
    listened, venue = finished(olu, session, page).questionnaire.questions

    assert "Questions that we know, with our easy words and symbols filled in: “Did you feel listened to?”" in page.text
    assert (listened.symbol, listened.words["en"].easy) == ("listened", "Did people listen to you?")
    assert listened.codes == ("yes", "partly", "no", "not_applicable")
    assert (venue.symbol, venue.words["en"].short, venue.choices[2].words["en"].standard) == (
        "building",
        "The building",
        "OK",
    )


def test_a_question_that_asks_who_somebody_is_says_so_beside_its_line(olu: Visitor) -> None:
    page = paste(olu, "What is your name?\nHow was the day?")

    assert page.text.count("It seems to ask who somebody is.") == 1


@pytest.mark.parametrize(
    ("text", "change", "chosen"),
    [
        ("", "3:out", {3: "out"}),
        ("3:out 5:question.multiple", "3:answer", {3: "answer", 5: "question.multiple"}),
        ("x:out 3 ²:out 99999999:out 4:nonsense 5:question.note", "", {}),
        ("3:out " * 9_000, "", {3: "out"}),
    ],
)
def test_what_a_form_says_of_lines_is_read_and_nothing_else(text: str, change: str, chosen: dict[int, str]) -> None:
    assert chosen_of(text, change) == chosen
