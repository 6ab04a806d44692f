"""Small inputs that once came out wrong: marks of programs, scales, tables, emails, old letters."""

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import NotReadError
from surveyapp.importing.pasted import read_lines, read_pasted
from tests.importing.workbooks import MATERIAL

FAULTS = MATERIAL / "faults"
FIVE = "Very good · Good · OK · Bad · Very bad"
AGREE = "Strongly agree · Agree · Neutral · Disagree · Strongly disagree"
READ = {
    "t01_word_symbol_bullets": [f"rating5 How was the food?: {FIVE}", "single How did you come?: Bus · Car · Train"],
    "t02_boxes_on_one_line": [
        "yes_no Did you feel listened to?: Yes · No · Not sure",
        "yes_no Would you come again?: Yes · No",
        "single How did you come?: Bus · Car · On foot",
    ],
    "t03_wrapped_lines": [
        "comment How easy was it to find the room in which your first group met on the morning of the day?",
        "comment What could we do so that more people who care for somebody can come to the next day?",
        "yes_no Did you have enough time to ask what you wanted to ask?: Yes · No",
    ],
    "t04_word_table": [f"rating5 {row}: {FIVE}" for row in ("The food", "The room", "The talks")],
    "t05_scale_on_one_line": [
        f"rating5 How was the day overall?: {FIVE}",
        "nps How likely are you to tell a friend about us?",
    ],
    "t06_lines_to_write_on": [
        "comment Name of the talk:", "comment What did you like?", "comment What did you not like?",
    ],
    "t07_other_please": ["single How did you hear about us?: A friend · A poster · Other (please say) ___"],
    "t08_email_quote": ["single How was the lunch?: Good · Bad", "comment What else?"],
    "t09_headings_caps": [
        "note ABOUT THE DAY", "comment How was the day?", "note ABOUT YOU", "yes_no Are you a carer?: Yes · No",
    ],
    "t10_instructions": [
        "yes_no Was the room warm enough?: Yes · No",
        "multiple Which talks did you hear?: Morning · Noon · Evening",
    ],
    "t15_arabic_question_mark": ["single كيف كان الطعام؟: جيد · سيئ", "comment ماذا تقترح؟"],
    "t16_numbers_ar": ["comment كيف كان الطعام؟", "comment كيف كانت الغرفة؟"],
    "t17_nested_numbers": [
        "note The food", "comment Was it warm?", "comment Was it enough?",
        "note The room", "comment Was it light?", "comment Was it quiet?",
    ],
    "t19_likert": [
        "single I felt welcome.: Strongly agree · Agree · Neither · Disagree · Strongly disagree",
        "single Staff were kind:: Strongly agree · Agree · Disagree",
    ],
    "t20_yes_no_inline": [
        "yes_no Was the room warm?: Yes · No",
        "yes_no Was it loud?: Yes · No",
        "yes_no Did you eat?: Yes · No · Don't know",
    ],
    "t22_zero_width": ["single How was the day?: Good · Bad", "comment What else?"],
    "t24_html_paste": ["single How was it?: Good · Bad"],
    "t25_parenthesised_scale": [f"rating5 How was the talk?: {FIVE}"],
    "t28_statement_colon": [
        "note Please rate the following:", *(f"rating5 The {what}: {FIVE}" for what in ("venue", "food", "speakers")),
    ],
    "t31_bold_questions": [
        "note Please tell us about the day.",
        "single How warm was the room?: Warm · Cold",
        "yes_no Did you get enough tea?: Yes · No",
    ],
    "t33_scale_below": [
        "single The room was easy to find.: Strongly agree · Agree · Neither · Disagree · Strongly disagree"
    ],
    "t40_word_tabs": [f"rating5 How was the day?: {FIVE}", "comment What should we change?"],
    "t41_word_table_of_statements": [
        *(f"single {row}: {AGREE}" for row in
          ("The speakers were clear", "The venue was accessible", "I felt listened to")),
        "comment Comments",
    ],
    "t42_google_form": [
        f"rating5 Overall experience: {FIVE}",
        "multiple What topics would you like next time?: Housing · Benefits · Other ___",
        "rating5 How easy was it to find the venue?: Very easy · Easy · OK · Difficult · Very difficult",
        "comment Any other comments?",
    ],
    "t43_email_with_signature": [
        "comment Was the room ok?", "yes_no Did you get the papers in time?: Yes · No", "comment Anything else?",
    ],
}  # fmt: skip
REFUSED = {
    "t11_cp1250.txt": "Send an Excel workbook",
    "t12_cp1256.txt": "choose “Save as”, then “UTF-8”",
    "t13_utf16le_no_bom.txt": "Send an Excel workbook",
    "t14_macroman.txt": "choose “Save as”, then “UTF-8”",
    "t18_moodle_gift.txt": "a quiz as Moodle writes it (GIFT)",
    "t27_csv_of_answers.txt": "Copy the questions in its first line",
    "t30_old_word.doc": "an old Word document (.doc)",
    "t34_csv_uneven.csv": "Copy the questions in its first line",
}
OLD = {
    "cp1251": "Как прошёл день?",
    "cp1253": "Πώς ήταν η μέρα;",
    "cp1254": "Gün nasıl geçti, şöyle?",
    "cp1255": "איך היה היום?",
    "cp1256": "كيف كان اليوم؟",
    "mac_roman": "Où était le café ?\n• Là\n• À côté",
}


def shown(content: bytes) -> list[str]:
    """Each question on a line: kind, words, answers; three low lines where other words are taken."""
    return [
        f"{question.kind} {question.words['en'].standard}"
        + (": " if question.choices else "")
        + " · ".join(choice.words["en"].standard + " ___" * choice.other_text for choice in question.choices)
        for question in questionnaire_from_file(content).questionnaire.questions
    ]


@pytest.mark.parametrize("name", READ)
def test_a_text_that_was_read_wrong_comes_out_right(name: str) -> None:
    assert shown((FAULTS / f"{name}.txt").read_bytes()) == READ[name]


def test_a_long_question_is_kept_whole() -> None:
    (question,) = questionnaire_from_file((FAULTS / "t26_long_line.txt").read_bytes()).questionnaire.questions

    assert question.kind == "yes_no"
    assert len(question.words["en"].standard) > 600


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_makes_no_questionnaire_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(NotReadError) as refused:
        questionnaire_from_file((FAULTS / name).read_bytes())

    assert REFUSED[name] in str(refused.value)


@pytest.mark.parametrize("name", ["t18_moodle_gift.txt", "t27_csv_of_answers.txt", "t34_csv_uneven.csv"])
def test_what_is_refused_as_a_file_is_refused_as_a_paste(name: str) -> None:
    with pytest.raises(NotReadError):
        read_pasted((FAULTS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("encoding", OLD)
def test_no_old_letters_become_rubbish(encoding: str) -> None:
    with pytest.raises(NotReadError):
        questionnaire_from_file(OLD[encoding].encode(encoding))


@pytest.mark.parametrize(
    "said",
    ["Où étiez-vous ? Déjà là…", "¿Qué te gustó? ½ hora", "Wie gefällt’s? Größe", "Não, coração?", "MÜNCHEN £5?"],
)
def test_letters_of_the_west_are_read_in_their_old_encoding(said: str) -> None:
    assert questionnaire_from_file(said.encode("cp1252")).questionnaire.questions[0].words["en"].standard == said


@pytest.mark.parametrize("name", [*READ, "t26_long_line"])
def test_no_line_that_was_pasted_is_missing_from_what_is_shown(name: str) -> None:
    text = (FAULTS / f"{name}.txt").read_text(encoding="utf-8")
    read = read_lines(text)

    pasted = {number for number, line in enumerate(text.split("\n")) if line.strip(" \t\u200b\u2060>")}
    shown = [line.number for taken in read.taken for line in (taken.line, *taken.line.rest)]
    assert sorted(shown) == sorted(set(shown))
    assert pasted <= set(shown)
