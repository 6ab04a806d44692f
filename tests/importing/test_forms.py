"""What a form's columns, types and quirks become, and what is said of the rest."""

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.model.questionnaire import ShowIf
from tests.importing.workbooks import CHOICES, Rows, only, read, said, workbook

SCALE = ("Very good", "Good", "OK", "Bad", "Very bad")
TYPES = [
    ("text", "comment", None, None),
    ("Integer", "number", None, None),
    ("decimal", "number", None, None),
    ("note", "note", None, None),
    ("select_one drinks", "single", None, None),
    ("select one drinks", "single", None, None),
    ("select1 drinks", "single", None, None),
    ("select_one yes_no", "yes_no", None, None),
    ("select_multiple drinks", "multiple", None, None),
    ("select all that apply from drinks", "multiple", None, None),
    ("dateTime", "comment", None, None),
    ("range", "number", 1, 10),
    ("rank drinks", None, None, None),
    ("rank__level", None, None, None),
    ("Select One From File places.csv", None, None, None),
    ("start-geopoint", None, None, None),
]


@pytest.mark.parametrize(("kind", "becomes", "low", "high"), TYPES)
def test_a_type_becomes_a_kind_or_is_left_out(
    kind: str, becomes: str | None, low: int | None, high: int | None
) -> None:
    questions = read((kind, "a", "Words"), ("text", "b", "More words")).questionnaire.questions[:-1]

    assert [(one.kind, one.minimum, one.maximum) for one in questions] == ([(becomes, low, high)] if becomes else [])


@pytest.mark.parametrize(
    ("parameters", "kind", "low", "high"),
    [
        ("start=0 end=10 step=1", "nps", None, None),
        ("start=0;end=5;step=0.5", "number", 0, 5),
        ("end=5", "number", 1, 5),
    ],
)
def test_a_range_is_a_recommendation_or_a_number(parameters: str, kind: str, low: int | None, high: int | None) -> None:
    question = only(("range", "a", "Words", parameters), head="type name label parameters")

    assert (question.kind, question.minimum, question.maximum) == (kind, low, high)


@pytest.mark.parametrize(
    ("names", "labels", "kind"),
    [
        ("54321", SCALE, "rating5"),
        ("12345", SCALE[::-1], "rating5"),
        ("abcde", SCALE[::-1], "rating5"),
        ("12345", SCALE, "single"),
        ("12345", ("North", "South", "East", "West", "None"), "single"),
        ("54321", ("Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"), "single"),
    ],
)
def test_five_answers_are_a_rating_only_where_words_say_so_and_numbers_agree(
    names: str, labels: tuple[str, ...], kind: str
) -> None:
    choices = [CHOICES[0], *(("s", name, label) for name, label in zip(names, labels, strict=True))]
    imported = read(("select_one s", "a", "How?"), choices=choices)
    (question,) = imported.questionnaire.questions

    assert question.kind == kind
    if kind == "rating5":
        assert [choice.words["en"].standard for choice in question.choices] == list(SCALE)
        assert question.codes == ("5", "4", "3", "2", "1")
    else:
        assert "“How?”" in said(imported)


def test_other_words_are_asked_for() -> None:
    question = only(("select_one drinks or_other", "a", "Which?"))

    assert question.codes == ("tea", "coffee", "other")
    assert question.other_choice is not None


@pytest.mark.parametrize(
    ("rule", "codes"),
    [("${b} = 'Black tea'", ("black_tea",)), ("selected(${b},'x-2') or ${b}='Black tea'", ("x_2", "black_tea"))],
)
def test_a_simple_rule_is_kept_with_the_new_codes(rule: str, codes: tuple[str, ...]) -> None:
    choices = [CHOICES[0], ("l", "Black tea", "Black tea"), ("l", "x-2", "Other")]
    rows = (("select_one l", "b", "B", None), ("text", "c", "C", rule))

    assert only(*rows, head="type name label relevant", choices=choices).show_if == ShowIf("b", codes)


@pytest.mark.parametrize(
    "rule", ["${b} != 'yes'", "${b} = 'maybe'", "${c} = 'yes'", "${later} = 'yes'", "count(${b}) = 1"]
)
def test_a_rule_that_cannot_be_kept_is_named_and_everybody_is_asked(rule: str) -> None:
    rows = (("select_one yes_no", "b", "B", None), ("text", "c", "C", rule), ("select_one yes_no", "later", "L", None))
    imported = read(*rows, head="type name label relevant")

    assert imported.questionnaire.question("c").show_if is None
    assert "Everybody is asked, because the rule for when to ask can't be kept: “C”." in imported.left_out


def test_a_groups_rule_holds_for_what_is_in_it_and_two_rules_at_once_for_nothing() -> None:
    rows = (
        ("select_one yes_no", "b", "B", None),
        ("begin group", "g", "Group", "${b} = 'yes'"),
        ("text", "c", "C", None),
        ("text", "d", "D", "${b} = 'no'"),
        ("end group", None, None, None),
        ("begin group", "empty", "Nothing in it", None),
        ("image", "photo", "Photo", None),
        ("end group", None, None, None),
        ("text", "e", "E", None),
    )
    imported = read(*rows, head="type name label relevant")
    rules = {question.key: question.show_if for question in imported.questionnaire.questions}

    assert rules == {"b": None, "g": ShowIf("b", ("yes",)), "c": ShowIf("b", ("yes",)), "d": None, "e": None}
    assert "can't be kept: “D”" in said(imported)


def test_names_that_cannot_be_used_are_new_and_told() -> None:
    rows = (
        ("text", "firstName", "A"),
        ("text", "view", "B"),
        ("text", "a", "C"),
        ("text", "a", "D"),
        ("text", "Öl 2", "E"),
    )
    imported = read(*rows)

    assert [question.key for question in imported.questionnaire.questions] == [
        "first_name",
        "q_view",
        "a",
        "a_2",
        "ol_2",
    ]
    assert "firstName → first_name, view → q_view, a → a_2, Öl 2 → ol_2" in said(imported)


def test_the_quirks_of_spreadsheets_do_no_harm() -> None:
    survey: Rows = [
        ["Our form", None],
        [None, None, None],
        [" Type ", "NAME", "label ", None, None, ""],
        ["integer", "a", 12.0, None],
        [None, None, None],
        ["select_one n", "b", True],
        [None, None, "A remark without a type"],
        ["#text", "c", None],
    ]
    choices: Rows = [["list name", "value", "Label"], ["n", 1.0, "One"], [None, 2, "Two"], ["n", 2.0, "Two again"]]
    imported = questionnaire_from_file(workbook({"notes": [["x"]], "Survey ": survey, "CHOICES": choices}))
    number, chosen = imported.questionnaire.questions

    assert (number.words["en"].standard, chosen.words["en"].standard, chosen.codes) == ("12", "true", ("1", "2"))
    assert "“A remark without a type”" in said(imported)
    assert "Sheets that are not read: notes." in imported.left_out


def test_a_form_with_formulas_is_read_without_working_anything_out() -> None:
    imported = read(("text", "a", "=1+1"), ("text", "b", "Plain"))

    assert [question.words["en"].standard for question in imported.questionnaire.questions] == ["a", "Plain"]
    assert "Nothing was worked out" in said(imported)


def test_every_column_that_cannot_be_kept_is_told() -> None:
    head = "type name label constraint required default choice_filter guidance_hint media::image appearance colour"
    row = (
        "select_one drinks",
        "a",
        "A",
        "count-selected(.) < 2",
        "yes",
        "tea",
        "x=1",
        "Ask slowly",
        "a.png",
        "minimal",
        "red",
    )
    told = said(read(row, ("rank drinks", "b", "B"), ("select_one gone", "c", "C"), ("odd", "d", "D"), head=head))

    for words in (
        "Any answer is taken", "had to be answered in the form (1)", "Starts without an answer here: “A”",
        "All answers are always offered", "Notes for interviewers", "The picture, sound or film", "“appearance”",
        "Columns that mean nothing here: colour", "put answers in order: “B”", "not on the sheet “choices”: “C”",
        "nobody knows its type here: “D”",
    ):  # fmt: skip
        assert words in told
