"""A whole form read at once: one bad field never costs the others, and nothing is kept that wasn't asked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.model.answers import ReadAnswers, read_answers
from surveyapp.model.questionnaire import Questionnaire, ShowIf
from surveyapp.model.response import canonical
from tests.factories import every_kind, make_choice, make_question, make_questionnaire
from tests.model.random_questionnaires import questionnaires, raw_answers

FORM = every_kind()


def errors_of(reading: ReadAnswers) -> dict[str, str]:
    """What couldn't be read, by field."""
    return {name: error.code for name, error in reading.errors.items()}


def test_a_form_filled_in_is_read_and_equality_answers_stand_apart() -> None:
    raw = {
        "response": ["…"], "view": ["easy"], "finish": ["1"],
        "overall": ["4"], "role": ["other", "carer"], "role__other_text": ["Volunteer"], "visits": ["3"],
        "recommend": ["9"], "best": [""], "eq_condition": ["yes"], "eq_limits": ["a_little"],
    }  # fmt: skip

    reading = read_answers(FORM, raw)

    assert reading.errors == {}
    assert reading.answers == {
        "overall": "4",
        "role": ["carer", "other"],
        "role__other_text": "Volunteer",
        "visits": 3,
        "recommend": 9,
    }
    assert reading.unlinked == {"eq_condition": "yes", "eq_limits": "a_little"}


def test_one_bad_field_costs_no_other_answer() -> None:
    reading = read_answers(FORM, {"overall": ["4"], "visits": ["many"], "best": ["Tea"]})

    assert errors_of(reading) == {"visits": "not_a_number"}
    assert reading.answers == {"overall": "4", "best": "Tea"}


def test_fields_that_nobody_asked_for_are_passed_over() -> None:
    """Browsers' helpers put fields into forms; a person must not pay for it."""
    raw = {"overal": ["4"], "hello": [""], "drink__other_text": ["milk"], "best__other_text": ["x"], "a\0": ["1"]}

    assert read_answers(FORM, {**raw, "overall": ["4"]}) == ReadAnswers(answers={"overall": "4"})


def test_field_whose_name_is_no_utf_8_is_named() -> None:
    assert errors_of(read_answers(FORM, {"overall\udcff": ["4"]})) == {"overall\udcff": "unknown_field"}


def test_an_empty_form_has_no_answers_and_no_errors() -> None:
    assert read_answers(FORM, {"overall": [""], "role": [], "best": ["", ""]}) == ReadAnswers()


def test_other_words_choose_their_choice() -> None:
    reading = read_answers(FORM, {"role": ["carer"], "role__other_text": ["Volunteer"]})

    assert reading.answers == {"role": ["carer", "other"], "role__other_text": "Volunteer"}


def test_other_words_alone_choose_their_choice() -> None:
    reading = read_answers(FORM, {"role__other_text": ["Volunteer"]})

    assert reading.answers == {"role": ["other"], "role__other_text": "Volunteer"}


def test_other_words_beside_an_answer_that_excludes_others_change_no_answer() -> None:
    reading = read_answers(FORM, {"role": ["prefer_not_to_say"], "role__other_text": ["Volunteer"]})

    assert reading.answers == {"role": ["prefer_not_to_say"], "role__other_text": "Volunteer"}


def test_other_words_beside_another_single_choice_change_no_answer() -> None:
    drinks = (make_choice("tea"), make_choice("other", other_text=True))
    form = make_questionnaire(make_question("drink", "single", choices=drinks))

    reading = read_answers(form, {"drink": ["tea"], "drink__other_text": ["milk"]})

    assert reading.answers == {"drink": "tea", "drink__other_text": "milk"}


def test_other_words_that_cannot_be_read_are_an_error_of_their_question() -> None:
    too_long = read_answers(FORM, {"role": ["other"], "role__other_text": ["x" * 5001]})
    two = read_answers(FORM, {"role__other_text": ["a", "b"]})
    unprintable = read_answers(FORM, {"role__other_text": ["a\0"]})

    assert errors_of(too_long) == {"role": "too_long"}
    assert errors_of(two) == {"role": "one_text_only"}
    assert errors_of(unprintable) == {"role": "characters"}


def test_a_choice_that_asks_for_words_does_not_insist() -> None:
    assert read_answers(FORM, {"role": ["other"]}).answers == {"role": ["other"]}


CHAIN = make_questionnaire(
    make_question("came", "yes_no"),
    make_question("drank", "yes_no", show_if=ShowIf("came", ("yes",))),
    make_question("drink", "multiple", show_if=ShowIf("drank", ("yes", "not_sure"))),
    make_question("why", "comment", show_if=ShowIf("drink", ("tea", "coffee"))),
)


def test_answers_along_a_chain_of_conditions_are_kept() -> None:
    raw = {"came": ["yes"], "drank": ["not_sure"], "drink": ["water", "tea"], "why": ["Warm"]}

    reading = read_answers(CHAIN, raw)

    assert set(reading.answers) == {"came", "drank", "drink", "why"}


def test_a_hidden_question_hides_whatever_hangs_on_it() -> None:
    raw = {"came": ["no"], "drank": ["yes"], "drink": ["tea"], "why": ["Warm"]}

    assert read_answers(CHAIN, raw).answers == {"came": "no"}


def test_a_question_without_its_condition_answered_is_hidden() -> None:
    assert read_answers(CHAIN, {"drank": ["yes"], "why": ["Warm"]}) == ReadAnswers()


def test_an_equality_question_hidden_by_an_equality_question_is_not_counted() -> None:
    limits = make_question("eq_limits", "single", linked=False, show_if=ShowIf("eq_condition", ("yes",)))
    form = make_questionnaire(make_question("eq_condition", "yes_no", linked=False), limits)

    hidden = read_answers(form, {"eq_condition": ["no"], "eq_limits": ["tea"]})
    shown = read_answers(form, {"eq_condition": ["yes"], "eq_limits": ["tea"]})

    assert hidden.unlinked == {"eq_condition": "no"}
    assert shown.unlinked == {"eq_condition": "yes", "eq_limits": "tea"}
    assert hidden.answers == shown.answers == {}


@given(st.data(), questionnaires())
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_only_linked_answers_are_kept_and_all_can_be_stored(
    data: st.DataObject, form: Questionnaire
) -> None:
    raw = data.draw(raw_answers(form))

    reading = read_answers(form, raw)

    linked = {question.key for question in form.linked}
    unlinked = {question.key for question in form.unlinked}
    assert {name.removesuffix("__other_text") for name in reading.answers} <= linked
    assert set(reading.unlinked) <= unlinked
    assert b"\0" not in canonical({**reading.answers, **reading.unlinked})
    assert not set(reading.errors) & set(reading.answers)
