"""Questions as people paste them, in all the ways in which they write them down."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import Imported, NotReadError
from surveyapp.importing.paste.parsed_question import RATING
from surveyapp.importing.pasted import MOST_LETTERS, read_pasted
from surveyapp.model.questionnaire import Question
from surveyapp.model.validation import faults
from tests.importing.workbooks import MATERIAL

PLAIN = """\
How was the day?
- Very good
- Good
- OK
- Bad
- Very bad

Did you feel listened to?
- Yes
- No
- Not sure

Which sessions did you come to? (choose all)
- Morning
- Afternoon
- None of these

What was good?
"""
MESSY = """\
\ufeff# Carers\u2019 day

1.  How was the day?
   • Very good
   • Good

   • OK
   • Bad
   • Very bad
Q2) Did you feel listened to?
    [ ] Yes
    [ ] No
    [ ] Not sure

3. Which sessions did you come to? (tick all that apply)
a) Morning
b) Afternoon
c) None of these

4: What was good?
_______________________
"""
NUMBERED = "How was it?\n1. Great\n2. Fine\nWhat was good?"
LINES = st.sampled_from([
    "How was it?", "- Yes", "- No", "1. What?", "  a) tea", "\t", "•", "(choose all)", "# T", "Note: x", "[ ] A / B",
    "- -",
])  # fmt: skip


def asked(text: str) -> tuple[Question, ...]:
    """The questions that are read."""
    return read_pasted(text).questionnaire.questions


def shown(text: str) -> list[tuple[str, str, list[str]]]:
    """Kind, words and answers of each question."""
    return [
        (question.kind, question.words["en"].standard, [choice.words["en"].standard for choice in question.choices])
        for question in asked(text)
    ]


def test_one_question_a_line_with_answers_below() -> None:
    assert shown(PLAIN) == [
        ("rating5", "How was the day?", ["Very good", "Good", "OK", "Bad", "Very bad"]),
        ("yes_no", "Did you feel listened to?", ["Yes", "No", "Not sure"]),
        ("multiple", "Which sessions did you come to?", ["Morning", "Afternoon", "None of these"]),
        ("comment", "What was good?", []),
    ]


def test_numbers_bullets_boxes_and_blank_lines_make_no_difference() -> None:
    messy = read_pasted(MESSY)

    assert messy.questionnaire.questions == asked(PLAIN)
    assert messy.questionnaire.title["en"].standard == "Carers’ day"


def test_known_answers_get_the_codes_and_symbols_that_they_always_have() -> None:
    day, listened, sessions, _good = asked(PLAIN)

    assert day.codes == ("5", "4", "3", "2", "1")
    assert [choice.symbol for choice in day.choices] == ["very_good", "good", "okay", "bad", "very_bad"]
    assert [(choice.code, choice.missing) for choice in listened.choices][2] == ("not_sure", True)
    assert [choice.exclusive for choice in sessions.choices] == [False, False, True]
    assert [question.report for question in asked(PLAIN)] == ["headline", "share", "share", "list"]


@pytest.mark.parametrize(
    ("line", "kind", "answers"),
    [
        ("Would you come again? Yes / No", "yes_no", ["Yes", "No"]),
        ("Would you come again? (yes/no/not sure)", "yes_no", ["yes", "no", "not sure"]),
        ("Drink: tea | coffee | water", "single", ["tea", "coffee", "water"]),
        ("Who are you? (more than one)\n- Patient\n- Carer", "multiple", ["Patient", "Carer"]),
        ("Who are you? Please tick all that apply\n- Patient\n- Carer", "multiple", ["Patient", "Carer"]),
        ("Who are you? (choose one)\n- Patient\n- Carer", "single", ["Patient", "Carer"]),
        ("Who are you?\tPatient\tCarer", "single", ["Patient", "Carer"]),
        ("How was lunch? (rating)", "rating5", ["Very good", "Good", "OK", "Bad", "Very bad"]),
        ("How was lunch?\n- Very poor\n- Poor\n- Neither good nor poor\n- Good\n- Very good\n- N/A", "rating5",
         ["Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "N/A"]),
        ("How was lunch?\nVery good\nGood\nOK\nBad\nVery bad", "rating5", list(RATING)),
        ("I felt welcome\n- Strongly agree\n- Agree\n- Neutral\n- Disagree\n- Strongly disagree", "single",
         ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]),
        ("How many came with you? (number)", "number", []),
        ("How likely are you to recommend us? (0-10)", "nps", []),
        ("How loud was it? (0 to 10)", "number", []),
        ("Note: Now some questions about the food.", "note", []),
    ],
)  # fmt: skip
def test_a_line_says_how_it_is_answered(line: str, kind: str, answers: list[str]) -> None:
    (read,) = shown(f"{line}\n") if kind != "note" else shown(f"{line}\nWhat was good?")[:1]

    assert (read[0], read[2]) == (kind, answers)
    assert not read[1].endswith(")")


def test_a_choice_that_asks_for_other_words_takes_them() -> None:
    (question,) = asked("Who are you?\n- Patient\n- Other (please say): ____")

    assert question.other_choice is not None
    assert question.other_choice.words["en"].standard == "Other (please say)"


def test_numbered_answers_below_a_question_are_answers() -> None:
    assert [kind for kind, _words, _answers in shown(NUMBERED)] == ["single", "comment"]


def test_one_answer_alone_and_one_that_stands_twice_are_told() -> None:
    read = read_pasted("Lunch?\n- Soup\nTea?\n- Yes\n- No\n- Yes")

    assert [question.kind for question in read.questionnaire.questions] == ["comment", "yes_no"]
    assert read.left_out == (
        "“Lunch?” has one answer only, so people write in their own words.",
        "An answer to “Tea?” stands there twice, and is offered once.",
    )


def test_two_questions_with_the_same_words_have_two_keys() -> None:
    assert [question.key for question in asked("Why?\nWhy?\nلماذا؟\nview")] == ["why", "why_2", "question", "q_view"]


@pytest.mark.parametrize("text", ["", "\n\n", "- - -", "# Only a title", "Note: only words to read"])
def test_a_text_without_questions_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(NotReadError, match="Write one question a line"):
        read_pasted(text)


@pytest.mark.parametrize("text", ["x" * (MOST_LETTERS + 1), "Why?\n" * 401, "Why?\n" + "Thanks\n" * 2_000])
def test_a_text_that_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(NotReadError, match=r"more text than|has 401 questions|more than 2,000 lines"):
        read_pasted(text)


def test_a_text_file_in_any_usual_encoding_is_read_alike() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert questionnaire_from_file(MESSY.encode(encoding)).questionnaire == read_pasted(MESSY).questionnaire
    assert (
        questionnaire_from_file("Wie gefällt’s?".encode("cp1252")).questionnaire.questions[0].words["en"].standard
        == "Wie gefällt’s?"
    )


def is_whole(text: str) -> Imported | None:
    """What is read, if it breaks no rule; None for a refusal."""
    try:
        read = read_pasted(text)
    except NotReadError:
        return None
    assert faults(read.questionnaire) == []
    return read


@given(st.lists(LINES | st.text(max_size=30), max_size=12).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_pasted_is_read_or_refused_with_a_sentence(text: str) -> None:
    is_whole(text)


def test_naughty_strings_are_read_or_refused_with_a_sentence() -> None:
    naughty = json.loads((MATERIAL / "text" / "blns.json").read_text(encoding="utf-8"))

    assert len([text for text in naughty if is_whole(f"Why?\n- {text}\n{text}")]) == len(naughty)
