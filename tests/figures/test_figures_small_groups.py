"""What an audience sees of a whole event, by how many answered."""

import pytest

from surveyapp.figures.survey_figures import Audience, CountedResponse, Facts, RatingFigures, Tally, figures_of
from surveyapp.model.questionnaire import ShowIf
from tests.factories import make_question, make_questionnaire
from tests.figures.samples import ORGANISER, OVERALL, PUBLIC, answered, choosing, each, one


def rating(n: int, audience: Audience) -> RatingFigures:
    """The figures of n people who said good."""
    figures: RatingFigures = one(OVERALL, each("overall", ["4"] * n), audience)
    return figures


@pytest.mark.parametrize("audience", [ORGANISER, PUBLIC])
def test_nobody_answered_and_nothing_is_withheld(audience: Audience) -> None:
    figures = rating(0, audience)
    assert (figures.n, figures.mean, figures.positive, figures.withheld) == (0, None, None, False)


@pytest.mark.parametrize(("n", "mean"), [(1, None), (4, None), (5, "4.0"), (9, "4.0")])
def test_an_organiser_sees_counts_of_few_and_a_rough_mean_from_five(n: int, mean: str | None) -> None:
    """FI14: an organiser sees counts of few and a rough mean from five."""
    figures = rating(n, ORGANISER)
    assert (figures.n, figures.counts, figures.mean) == (n, {"5": 0, "4": n, "3": 0, "2": 0, "1": 0}, mean)
    assert (figures.interval, figures.top, figures.positive, figures.negative) == (None, None, None, None)
    assert figures.withheld


@pytest.mark.parametrize("n", [1, 4])
def test_the_public_sees_nothing_of_one_to_four(n: int) -> None:
    """FI15: the public sees nothing of one to four and counts of five to nine."""
    assert rating(n, PUBLIC) == RatingFigures(withheld=True)


@pytest.mark.parametrize("n", [5, 9])
def test_the_public_sees_only_counts_of_five_to_nine(n: int) -> None:
    """FI15: the public sees nothing of one to four and counts of five to nine."""
    figures = rating(n, PUBLIC)
    assert (figures.n, figures.counts, figures.mean) == (n, {"5": 0, "4": n, "3": 0, "2": 0, "1": 0}, None)
    assert (figures.interval, figures.positive, figures.withheld) == (None, None, True)


@pytest.mark.parametrize("audience", [ORGANISER, PUBLIC])
def test_ten_answers_show_everything(audience: Audience) -> None:
    figures = rating(10, audience)
    assert (figures.mean, figures.interval, figures.positive, figures.withheld) == (
        "4.00",
        ("3.41", "4.12"),
        "100",
        False,
    )


@pytest.mark.parametrize(("n", "mean"), [(19, None), (20, "4.00")])
def test_the_public_waits_for_the_small_group_setting(n: int, mean: str | None) -> None:
    assert rating(n, Audience(public=True, small_group=20)).mean == mean
    assert rating(n, Audience(public=False, small_group=20)).mean == "4.00"


@pytest.mark.parametrize(("n", "mean"), [(4, None), (5, "4.0"), (9, "4.0"), (10, "4.00")])
def test_a_lower_setting_shows_the_public_no_more_than_an_organiser(n: int, mean: str | None) -> None:
    figures = rating(n, Audience(public=True, small_group=2))
    assert figures.mean == mean
    assert (figures.positive is None) is (n < 10)
    assert (figures.n is None) is (n < 5)


def test_few_who_could_not_say_are_few_too() -> None:
    figures = one(OVERALL, each("overall", ["not_applicable"] * 3), PUBLIC)
    assert (figures.n, figures.not_counted, figures.skipped, figures.withheld) == (None, None, None, True)


@pytest.mark.parametrize(("n", "shown"), [(9, False), (10, True)])
def test_per_cents_scores_and_ends_need_ten(n: int, shown: bool) -> None:
    again = one(choosing("again", "single", "yes", "no"), each("again", ["yes"] * n))
    score = one(make_question("recommend", "nps"), each("recommend", [10] * n))
    number = one(make_question("age", "number"), each("age", [61] * n))
    assert (again.shares == {"yes": "100", "no": "0"}) is shown
    assert (score.score == "100") is shown
    assert (number.min == 61 and number.max == 61) is shown
    assert number.mean == ("61.00" if shown else "61.0")
    assert again.withheld is score.withheld is number.withheld is not shown


@pytest.mark.parametrize("n", [1, 7, 12])
def test_comments_of_the_whole_event_are_the_organisers_and_never_the_publics(n: int) -> None:
    best = make_question("best", "comment")
    responses = each("best", ["Lunch!"] * n)
    organiser = one(best, responses, ORGANISER)
    public = one(best, responses, PUBLIC)
    assert (len(organiser.comments or ()), organiser.withheld) == (n, False)
    assert (public.comments, public.withheld) == (None, True)
    assert public.n == (None if n < 5 else n)


@pytest.mark.parametrize(("n", "shown"), [(4, False), (5, True)])
def test_the_public_sees_no_change_of_fewer_than_five(n: int, shown: bool) -> None:
    asked = make_questionnaire(make_question("sure_before"), make_question("sure_now"))
    tally = Tally(asked).fold(answered({"sure_before": "2", "sure_now": "4"}) for _ in range(n))
    assert (figures_of(tally, Facts(), PUBLIC).changes["sure"] is not None) is shown
    assert figures_of(tally, Facts(), ORGANISER).changes["sure"] is not None


@pytest.mark.parametrize(("asked", "n"), [(4, None), (7, None), (9, None), (10, 10)])
def test_what_only_some_were_asked_is_a_breakdown_for_the_public(asked: int, n: int | None) -> None:
    """Rule 9 on anonymity: who said no, and what those few rated, is as telling as a group of them."""
    why = make_question("why", show_if=ShowIf("listened", ("no",)))
    tally = Tally(make_questionnaire(make_question("listened", "yes_no"), why))
    tally.fold(CountedResponse(f"no {place}", {"listened": "no", "why": "2"}) for place in range(asked))
    tally.fold(CountedResponse(f"yes {place}", {"listened": "yes"}) for place in range(30))

    shown = figures_of(tally, Facts(), PUBLIC).questions["why"]
    assert (shown.n, shown.withheld) == (n, n is None)
    assert figures_of(tally, Facts(), ORGANISER).questions["why"].n == asked


@pytest.mark.parametrize(("asked", "n"), [(7, None), (10, 10)])
def test_a_change_of_those_few_who_were_asked_is_one_too(asked: int, n: int | None) -> None:
    now = make_question("calm_now", show_if=ShowIf("listened", ("no",)))
    tally = Tally(make_questionnaire(make_question("listened", "yes_no"), make_question("calm_before"), now))
    tally.fold(
        CountedResponse(f"{one}", {"listened": "no", "calm_before": "4", "calm_now": "2"}) for one in range(asked)
    )
    tally.fold(CountedResponse(f"yes {one}", {"listened": "yes", "calm_before": "4"}) for one in range(30))

    change = figures_of(tally, Facts(), PUBLIC).changes["calm"]
    assert (change and change.n) == n
