"""Counting: once over the answers, in any order, over every edition."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.survey_figures import CountedResponse, Facts, Tally, figures_of
from surveyapp.figures.tally import questions_of
from surveyapp.model.questionnaire import ShowIf
from tests.factories import every_kind, make_choice, make_question, make_questionnaire
from tests.figures.samples import ORGANISER, answered

SURVEY = every_kind()
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "overall": st.sampled_from(["5", "4", "3", "2", "1", "not_applicable"]),
        "listened": st.sampled_from(["yes", "no", "not_sure"]),
        "role": st.one_of(st.just(["patient", "carer"]), st.just(["other"]), st.just(["prefer_not_to_say"])),
        "visits": st.integers(0, 52),
        "recommend": st.integers(0, 10),
        "best": st.sampled_from(["Lunch!", "nothing", "-"]),
    },
)
RESPONSES = st.lists(
    st.builds(
        CountedResponse,
        id=st.uuids().map(lambda key: key.hex[:16]),
        answers=ANSWERS,
        group=st.sampled_from([None, "morning", "afternoon"]),
        view=st.sampled_from(["standard", "easy"]),
        follows=st.booleans(),
    ),
    max_size=40,
)


@given(RESPONSES, st.randoms(use_true_random=False))
def test_the_order_of_folding_changes_nothing(responses: list[CountedResponse], shuffler: random.Random) -> None:
    shuffled = shuffler.sample(responses, len(responses))
    by = ("group", "view", "role")
    first = figures_of(Tally(SURVEY, by).fold(responses), Facts(), ORGANISER)
    assert figures_of(Tally(SURVEY, by).fold(shuffled), Facts(), ORGANISER) == first


@given(RESPONSES)
def test_each_response_is_counted_once_in_every_question(responses: list[CountedResponse]) -> None:
    figures = to_results_json(figures_of(Tally(SURVEY).fold(responses), Facts(), ORGANISER))
    for key in ("overall", "listened", "drink"):
        shown = figures["questions"][key]
        rest = sum(shown["not_counted"].values()) + shown["skipped"] + shown["not_shown"]
        assert sum(shown["counts"].values()) == shown["n"]
        assert shown["n"] + rest == len(responses)
    assert figures["questions"]["recommend"]["n"] + figures["questions"]["recommend"]["skipped"] == len(responses)


@given(RESPONSES)
def test_comments_that_are_not_kept_are_counted_all_the_same(responses: list[CountedResponse]) -> None:
    kept, counted = (
        to_results_json(figures_of(Tally(SURVEY, comments=keeps).fold(responses), Facts(), ORGANISER))
        for keeps in (True, False)
    )
    assert not counted["questions"]["best"].pop("comments")
    kept["questions"]["best"].pop("comments")
    assert counted["questions"] == kept["questions"]


def test_a_tally_takes_in_what_is_new() -> None:
    tally = Tally(SURVEY).fold([answered({"overall": "5"})])
    assert figures_of(tally, Facts(), ORGANISER).questions["overall"].n == 1
    tally.add(CountedResponse("a" * 16, {"overall": "4"}, follows=True))
    figures = figures_of(tally, Facts(), ORGANISER)
    assert (figures.responses, figures.follow_ups, figures.questions["overall"].n) == (2, 1, 2)


def test_a_question_that_was_not_shown_was_not_skipped() -> None:
    """FI12: a question that wasn't shown was not skipped."""
    why = make_question("why", "comment", show_if=ShowIf("listened", ("no",)))
    better = make_question("better", "comment", show_if=ShowIf("drink", ("tea",)))
    asked = make_questionnaire(make_question("listened", "yes_no"), make_question("drink", "single"), why, better)
    given_answers = [
        {"listened": "no", "why": "Too loud"},
        {"listened": "no"},
        {"listened": "yes", "why": "left over from before"},
        {},
    ]
    figures = figures_of(Tally(asked).fold(answered(each) for each in given_answers), Facts(), ORGANISER).questions
    assert (figures["why"].n, figures["why"].skipped, figures["why"].not_shown) == (1, 1, 2)
    assert (figures["better"].n, figures["better"].skipped, figures["better"].not_shown) == (0, 0, 4)


def test_an_older_editions_question_is_still_counted_and_a_newer_one_was_not_skipped() -> None:
    first = make_questionnaire(make_question("overall", label="Old words"), make_question("parking", "yes_no"))
    second = make_questionnaire(make_question("food"), make_question("overall", label="New words"))
    tally = Tally([first, second])
    tally.fold([answered({"overall": "5", "parking": "no"}), answered({"food": "4"}, edition=2)])
    assert [question.key for question in tally.questions] == ["food", "overall", "parking"]
    assert tally.questions[1].words["en"].standard == "New words"
    figures = figures_of(tally, Facts(), ORGANISER).questions
    assert [(f.n, f.skipped, f.not_shown) for f in figures.values()] == [(1, 0, 1), (1, 1, 0), (1, 0, 1)]


def test_a_choice_that_was_taken_out_keeps_its_count() -> None:
    tea, coffee, milk = make_choice("tea"), make_choice("coffee"), make_choice("milk")
    editions = [
        make_questionnaire(make_question("drink", "single", choices=(tea, milk))),
        make_questionnaire(make_question("drink", "single", choices=(coffee, tea))),
    ]
    assert questions_of(editions)[0].codes == ("coffee", "tea", "milk")
    tally = Tally(editions).fold([answered({"drink": "milk"}), answered({"drink": "tea"}, edition=2)])
    shown = to_results_json(figures_of(tally, Facts(), ORGANISER))["questions"]["drink"]
    assert shown["counts"] == {"coffee": 0, "tea": 1, "milk": 1}


@pytest.mark.parametrize("edition", [0, 2])
def test_an_edition_that_the_tally_does_not_know_is_refused(edition: int) -> None:
    with pytest.raises(KeyError):
        Tally(SURVEY).add(answered({"overall": "5"}, edition=edition))


def test_a_pair_that_hangs_on_who_somebody_is_has_no_change() -> None:
    hanging = ShowIf("who", ("a",))
    people = make_question("who", "single", choices=(make_choice("a"), make_choice("b")), asks_who="accepted")
    before, now = make_question("calm_before"), make_question("calm_now", show_if=hanging)
    asked = make_questionnaire(people, before, now)

    tally = Tally(asked).fold([answered({"who": "a", "calm_before": "2", "calm_now": "4"})])

    assert figures_of(tally, Facts(), ORGANISER).changes == {}
