"""What a page prints of a questionnaire: three views, languages, notes, and what was typed before."""

from dataclasses import replace

import pytest
from flask import Flask

from surveyapp.model.answers import read_answers
from surveyapp.model.kinds.reading import Unreadable, codes_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Questionnaire, ShowIf, Wording
from surveyapp.rendering.answer_errors import sentence
from surveyapp.rendering.question_view import QuestionView, ViewText, questions_for, raw_of, symbols_of, typed_texts
from surveyapp.web.look import Look
from tests.factories import every_kind, make_question, make_questionnaire

EASY = Look(view="easy")
SYMBOLS = Look(view="symbols")
FOOD = {"en": Wording("How would you rate the food?", "How was the food?", "Food"), "ar": Wording("كيف كان الطعام؟")}
HELP = {"en": Wording("Think of lunch.", "Think about lunch.")}


def one(questionnaire: Questionnaire, key: str, look: Look | None = None, **more: object) -> QuestionView:
    """One question of the page."""
    views = questions_for(questionnaire, look or Look(), **more)  # type: ignore[arg-type]  # raw and errors by name
    return next(view for view in views if view.key == key)


def food(**more: object) -> Questionnaire:
    """A questionnaire of one rating, worded three ways and in Arabic."""
    question = replace(make_question("food"), words=FOOD, help=HELP, **more)  # type: ignore[arg-type]  # its fields
    return replace(make_questionnaire(question), languages=("en", "ar"))


def test_standard_view_has_words_and_no_pictures() -> None:
    view = one(food(), "food")

    assert view.label == ViewText("How would you rate the food?")
    assert view.help == ViewText("Think of lunch.")
    assert symbols_of((view,)) == ()


def test_easy_view_has_easy_words_beside_pictures() -> None:
    view = one(food(), "food", EASY)

    assert (view.label.text, view.help.text, view.symbol) == ("How was the food?", "Think about lunch.", "event")
    assert [choice.symbol for choice in view.choices][:2] == ["very_good", "good"]


def test_symbols_view_has_one_or_two_words_and_nothing_else() -> None:
    view = one(food(), "food", SYMBOLS)

    assert (view.label.text, view.help) == ("Food", ViewText())


def test_symbols_view_keeps_what_numbers_mean() -> None:
    nps = replace(make_question("recommend", "nps"), help={"en": Wording("0 is no, 10 is yes.")})

    assert one(make_questionnaire(nps), "recommend", SYMBOLS).help.text == "0 is no, 10 is yes."


def test_picture_that_nobody_drew_is_left_out() -> None:
    assert one(food(symbol="a_unicorn"), "food", EASY).symbol == ""


def test_every_view_offers_the_same_codes() -> None:
    codes = [
        [(view.key, choice.code) for view in questions_for(every_kind(), look) for choice in view.choices]
        for look in (Look(), EASY, SYMBOLS)
    ]

    assert codes[0] == codes[1] == codes[2]


def test_words_in_the_page_language_are_not_marked_and_others_are() -> None:
    view = one(food(), "food", Look(language="ar"))

    assert view.label == ViewText("كيف كان الطعام؟")
    assert view.help == ViewText("Think of lunch.", "en")
    assert view.choices[0].label == ViewText("Very good", "en")


def test_notes_stand_before_the_question_that_follows_and_the_last_after_all() -> None:
    thanks = make_question("thanks", "note", "Nearly done.")
    questionnaire = make_questionnaire(*every_kind().questions, thanks)

    views = questions_for(questionnaire, SYMBOLS)

    assert "hello" not in [view.key for view in views]
    assert one(questionnaire, "listened", SYMBOLS).notes == (ViewText("Now some more."),)
    assert [view.closing for view in views if view.closing] == [(ViewText("Nearly done."),)]
    assert views[-1].closing


def test_questions_are_numbered_without_gaps() -> None:
    assert [view.number for view in questions_for(every_kind(), Look())] == list(range(1, 10))


def test_nps_is_eleven_choices_from_nought_to_ten() -> None:
    view = one(every_kind(), "recommend", raw={"recommend": ["10"]})

    assert [choice.code for choice in view.choices] == [str(point) for point in range(11)]
    assert view.choosing == "one"
    assert [choice.code for choice in view.choices if choice.checked] == ["10"]
    assert view.value == ""


def test_whatever_a_page_offers_is_read_as_its_own_code() -> None:
    for view in questions_for(every_kind(), Look()):
        question = every_kind().question(view.key)
        for choice in view.choices:
            assert codes_of(kind_of(question).read(question, [choice.code])) == (choice.code,)


def test_choice_that_says_nothing_stands_apart() -> None:
    role = one(every_kind(), "role")

    assert [(choice.code, choice.apart, choice.exclusive) for choice in role.choices][-1] == (
        "prefer_not_to_say", True, True,
    )  # fmt: skip
    assert [choice.other_text for choice in role.choices] == [False, False, True, False]
    assert role.other_name == "role__other_text"


def test_ids_are_unique_and_errors_have_a_place_to_lead_to() -> None:
    views = questions_for(every_kind(), Look())
    ids = [choice.id for view in views for choice in view.choices]
    ids += [view.field_id for view in views if not view.choices]

    assert len(ids) == len(set(ids))
    assert all(view.field_id in ids for view in views)


def test_condition_is_handed_to_the_page() -> None:
    follow_up = make_question("why", "comment", show_if=ShowIf("overall", ("1", "2")))
    view = one(make_questionnaire(make_question(), follow_up), "why")

    assert (view.show_if_key, view.show_if_codes) == ("overall", ("1", "2"))


def test_everything_typed_comes_back_however_wrong() -> None:
    raw = {"visits": ["many"], "role": ["patient", "other"], "role__other_text": ["<b>"], "best": ["\nhello"]}
    errors = {"visits": Unreadable("not_a_number")}

    visits = one(every_kind(), "visits", raw=raw, errors=errors)
    role = one(every_kind(), "role", raw=raw)

    assert (visits.value, visits.error) == ("many", errors["visits"])
    assert [choice.code for choice in role.choices if choice.checked] == ["patient", "other"]
    assert role.other_value == "<b>"
    assert one(every_kind(), "best", raw=raw).value == "\nhello"
    assert not one(every_kind(), "overall", raw=raw).is_answered


def test_stored_answers_come_back_as_they_were_sent() -> None:
    raw = {"overall": ["4"], "role": ["patient", "carer"], "visits": ["3"], "recommend": ["0"], "best": ["a\nb"]}

    answers = read_answers(every_kind(), raw).answers

    assert raw_of(answers) == raw


def test_typed_texts_say_question_and_answer_in_words() -> None:
    raw = {"overall": ["5"], "role": ["patient", "other"], "role__other_text": ["a friend"], "best": [""]}

    assert typed_texts(every_kind(), Look(), raw) == (
        (ViewText("How was overall?"), "Very good"),
        (ViewText("Who are you?"), "Patient, Someone else, a friend"),
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unreadable("out_of_range", low=1, high=52), "Write a number from 1 to 52."),
        (Unreadable("out_of_range", low=0, high=999_999_999), "Write a number that is 0 or more."),
        (Unreadable("out_of_range", low=-999_999_999, high=52), "Write a number that is 52 or less."),
        (Unreadable("too_long", limit=5000, over=7), "Make your answer shorter: at most 5000 letters. It is 7 over."),
        (Unreadable("not_a_number"), "Write a whole number in digits, for example 3."),
    ],
)
def test_sentence_says_what_to_do(app: Flask, error: Unreadable, told: str) -> None:
    with app.test_request_context():
        assert sentence(error, make_question("visits", "number")) == told


def test_sentence_about_a_scale_of_numbers_asks_to_choose(app: Flask) -> None:
    with app.test_request_context():
        told = sentence(Unreadable("out_of_range", low=0, high=10), make_question("recommend", "nps"))

    assert told == "Choose one of the answers on the page."
