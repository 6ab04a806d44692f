"""Each kind's figures, where everything may be shown."""

import pytest

from surveyapp.figures.survey_figures import Facts, Tally, figures_of
from surveyapp.model.kinds.reading import Answer
from tests.factories import make_question, make_questionnaire
from tests.figures.samples import ORGANISER, OVERALL, answered, choosing, each, one, seen


def test_a_rating_leaves_out_what_does_not_count() -> None:
    """FI2: a mean over 5 to 1 alone, two places from ten answers, half up from the exact fraction."""
    values = ["5"] * 6 + ["4"] * 3 + ["2"] * 3 + ["not_applicable"] * 2
    figures = one(OVERALL, [*each("overall", values), answered({"other": "x"})])
    assert (figures.n, figures.counts) == (12, {"5": 6, "4": 3, "3": 0, "2": 3, "1": 0})
    assert (figures.not_counted, figures.skipped) == ({"not_applicable": 2}, 1)
    assert (figures.mean, figures.interval) == ("4.00", ("3.12", "4.56"))
    assert (figures.top, figures.positive, figures.negative) == ("50", "75", "25")


def test_a_rating_with_one_half_exactly_is_rounded_up() -> None:
    values = ["5"] * 6 + ["4"] * 6 + ["3"] * 4
    assert one(OVERALL, each("overall", values)).mean == "4.13"


def test_the_friends_and_family_test_has_no_mean_and_counts_all_answers() -> None:
    """FI8: the Friends and Family Test is per cents of all answers and never a mean."""
    fft = choosing("fft", "rating5", "5", "4", "3", "2", "1", "dont_know")
    fft = make_question("fft", choices=fft.choices, scoring="fft", fixed_wording=True)
    values = ["5"] * 8 + ["4"] * 2 + ["2"] * 4 + ["1"] + ["dont_know"] * 5
    figures = one(fft, each("fft", values))
    assert (figures.n, figures.not_counted) == (20, {"dont_know": 5})
    assert (figures.mean, figures.interval, figures.withheld) == (None, None, False)
    assert (figures.top, figures.positive, figures.negative) == ("40", "50", "25")


def test_several_answers_are_shares_of_people_and_may_pass_a_hundred() -> None:
    """FI5: several answers are shares of people and may pass a hundred."""
    role = choosing("role", "multiple", "patient", "carer", "other", "prefer_not_to_say")
    values = [["patient", "carer"]] * 6 + [["patient"]] * 4 + [["prefer_not_to_say"]] * 2
    figures = one(role, [*each("role", values), answered({})])
    assert (figures.n, figures.skipped, figures.not_counted) == (10, 1, {"prefer_not_to_say": 2})
    assert figures.counts == {"patient": 10, "carer": 6, "other": 0}
    assert figures.shares == {"patient": "100", "carer": "60", "other": "0"}


def test_a_share_is_of_those_who_gave_an_answer_that_counts() -> None:
    """FI4: a share is of those who gave a counting answer."""
    listened = choosing("listened", "yes_no", "yes", "no", "not_sure")
    figures = one(listened, each("listened", ["yes"] * 7 + ["no"] * 4 + ["not_sure"] * 3))
    assert (figures.n, figures.shares) == (11, {"yes": "64", "no": "36"})
    assert figures.share_intervals == {"yes": ("35.4", "84.8"), "no": ("15.2", "64.6")}


def test_a_number_shows_its_mean_and_ends() -> None:
    figures = one(make_question("sessions", "number"), each("sessions", [1] * 5 + [8] * 5))
    assert (figures.n, figures.mean, figures.min, figures.max) == (10, "4.50", 1, 8)


@pytest.mark.parametrize(
    ("values", "score"),
    [([10] * 5 + [8] * 5, "50"), ([9] * 2 + [7] * 3 + [6] * 5, "-30"), ([10] * 84 + [7] * 33 + [0] * 7, "62")],
)
def test_a_recommendation_is_promoters_less_detractors(values: list[Answer], score: str) -> None:
    """FI6: a recommendation's score is 9 and 10 less 0 to 6."""
    figures = one(make_question("recommend", "nps"), each("recommend", values))
    assert (figures.n, figures.score) == (len(values), score)
    assert list(figures.counts or {}) == [str(value) for value in range(10, -1, -1)]


def test_comments_with_nothing_to_add_are_counted_and_not_listed() -> None:
    """FI19: comments with nothing to add are counted and not listed."""
    best = make_question("best", "comment")
    responses = [*each("best", ["Lunch!", "n/a", "The quiet room", " "]), answered({})]
    figures = one(best, responses)
    assert (figures.n, figures.nothing_to_add, figures.skipped) == (4, 2, 1)
    assert {comment.text for comment in figures.comments or ()} == {"Lunch!", "The quiet room"}


def test_comments_come_in_an_order_that_tells_nothing_of_who_came_first() -> None:
    best = make_question("best", "comment")
    comments = one(best, each("best", [f"Words {number}" for number in range(30)])).comments or ()
    assert [comment.id for comment in comments] == sorted(comment.id for comment in comments)
    assert [comment.text for comment in comments] != [f"Words {number}" for number in range(30)]


def test_before_and_now_are_paired_within_one_response() -> None:
    """FI7: before and now are paired within one response."""
    asked = make_questionnaire(make_question("sure_before"), make_question("sure_now"))
    pairs = [("2", "4"), ("3", "4"), ("4", "4"), ("5", "3"), ("1", "not_applicable"), ("1", "2")]
    responses = [answered({"sure_before": before, "sure_now": now}) for before, now in pairs]
    responses.append(answered({"sure_now": "5"}))
    change = figures_of(Tally(asked).fold(responses), Facts(), ORGANISER).changes["sure"]
    assert change is not None
    assert (change.n, change.up, change.same, change.down) == (5, 3, 1, 1)


@pytest.mark.parametrize(
    ("attendance", "rate", "others"),
    [(81, 46, 44), (None, None, None), (0, None, None), (37, 100, 0), (36, None, None)],
)
def test_the_response_rate_needs_a_likely_attendance(
    attendance: int | None, rate: int | None, others: int | None
) -> None:
    """FI1: the response rate in whole per cent beside both numbers, and none where it can't be."""
    figures = seen(OVERALL, each("overall", ["5"] * 37), facts=Facts(attendance=attendance))
    assert (figures.response_percent, figures.others_may_differ) == (rate, others)
    assert figures.has_more_answers_than_people is (attendance in (0, 36))
