"""Figures by counters are those that are counted from the rows, whatever people answered and whatever was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.counters import DIMENSIONS, list_comments, tally_from
from surveyapp.figures.tally import CountedResponse, Tally
from surveyapp.model.answers import read_answers
from surveyapp.model.counting import LISTED, ResponseCounter
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.questionnaire import MISSING_CODES, Question, Questionnaire
from surveyapp.model.response import id_of, key_of
from tests.factories import make_choice, make_question, make_questionnaire
from tests.figures.recount import in_plain
from tests.model.random_questionnaires import questionnaires, raw_answers

KEY = b"a key"
Person = tuple[int, str | None, str, str, bool, Mapping[str, Answer]]


@st.composite
def two_editions(draw: st.DrawFn) -> tuple[Questionnaire, Questionnaire]:
    """A questionnaire, and one in which questions and choices were taken out and added, and codes count otherwise."""
    first, other = draw(questionnaires()), draw(questionnaires())
    kept = tuple(changed(draw, question) for question in first.questions if draw(st.booleans()))
    added = tuple(question for question in other.questions if question.key not in {one.key for one in first.questions})
    return first, replace(first, questions=(*kept, *added))


def changed(draw: st.DrawFn, question: Question) -> Question:
    """The same question with a choice less, or with one that counts now and didn't."""
    choices = [choice for choice in question.choices if draw(st.integers(0, 4))]
    flipped = [
        replace(choice, missing=draw(st.booleans()))
        if question.kind == "multiple" and choice.code in MISSING_CODES
        else choice
        for choice in choices
    ]
    return replace(question, choices=tuple(flipped))


@st.composite
def events(draw: st.DrawFn) -> tuple[Sequence[Questionnaire], list[Person]]:
    """Two editions and the people who answered one of them."""
    editions = draw(two_editions())
    people: list[Person] = []
    for _ in range(draw(st.integers(0, 12))):
        number = draw(st.sampled_from([1, 2]))
        answers = read_answers(editions[number - 1], draw(raw_answers(editions[number - 1]))).answers
        where = (draw(st.sampled_from([None, "", "a", "b"])), draw(st.sampled_from(["standard", "easy"])))
        people.append((number, *where, draw(st.sampled_from(["en", "cy"])), draw(st.booleans()), answers))
    return editions, people


def by_rows(editions: Sequence[Questionnaire], people: Sequence[Person]) -> Tally:
    tally = Tally(editions, DIMENSIONS, comment_key=KEY)
    for row, (edition, group, view, language, follows, answers) in zip(rows_of(people), people, strict=True):
        tally.add(CountedResponse(id_of(row[0]), answers, group, view, language, follows, edition))
    return tally


def rows_of(people: Sequence[Person]) -> list[tuple[Any, ...]]:
    return [
        (key_of(str(place)), edition, group, view, language, b"1" if follows else None, orjson.dumps(answers).decode())
        for place, (edition, group, view, language, follows, answers) in enumerate(people)
    ]


def by_counters(editions: Sequence[Questionnaire], people: Sequence[Person]) -> Tally:
    counted = ResponseCounter(editions, KEY).fold(rows_of(people))
    tally = tally_from(editions, counted.counts, DIMENSIONS)
    list_comments(tally, counted.emptied(), rows_of(people))
    return tally


@given(events())
def test_random_editions_and_answers_are_counted_as_row_by_row(
    event: tuple[Sequence[Questionnaire], list[Person]],
) -> None:
    assert in_plain(by_counters(*event)) == in_plain(by_rows(*event))


def test_before_and_now_are_paired_in_one_response() -> None:
    asked = [make_questionnaire(make_question("sure_before"), make_question("sure_now"))]
    said = [("2", "4"), ("4", "4"), ("5", "1"), ("3", "not_applicable")]
    people = [person({"sure_before": before, "sure_now": now}) for before, now in said] + [person({"sure_now": "3"})]

    tally = by_counters(asked, people)

    assert tally.whole.changes["sure"] == {"up": 1, "same": 1, "down": 1}
    assert in_plain(tally) == in_plain(by_rows(asked, people))


def test_who_chose_only_what_is_left_out_counts_once_it_is_left_in() -> None:
    codes = (make_choice("tea"), make_choice("not_sure", missing=True), make_choice("dont_know", missing=True))
    first = make_questionnaire(make_question("drink", "multiple", choices=codes))
    second = make_questionnaire(
        make_question("drink", "multiple", choices=(codes[0], replace(codes[1], missing=False), codes[2]))
    )
    people = [person({"drink": ["not_sure"]}), person({"drink": ["dont_know"]}), person({"drink": ["tea", "not_sure"]})]

    assert by_counters([first], people).whole.counts["drink"].n == 1
    assert by_counters([first, second], people).whole.counts["drink"].n == 2
    assert in_plain(by_counters([first, second], people)) == in_plain(by_rows([first, second], people))


def test_of_names_nothing_is_counted_but_how_many_gave_one() -> None:
    first = make_questionnaire(make_question("who", "comment", "What is this?", asks_who="no"))
    second = make_questionnaire(make_question("who", "comment", "What is your name?", asks_who="accepted"))
    people = [person({"who": "Ana"}), person({"who": "None."}), person({})]

    assert "Ana" in str(by_counters([first], people).whole.counts["who"])
    for editions in ([second], [first, second]):
        tally = by_counters(editions, people)
        assert (tally.whole.counts["who"].answered, tally.whole.counts["who"].wrote) == (2, 0)
        assert tally.whole.counts["who"].comments == []
        assert in_plain(tally) == in_plain(by_rows(editions, people))


def test_counters_made_before_a_question_asked_for_a_name_show_no_more_than_how_many_answered() -> None:
    choices = (make_choice("ana"), make_choice("olu"))
    first = make_questionnaire(make_question("who", "multiple", "Who?", choices=choices, asks_who="no"))
    second = make_questionnaire(make_question("who", "multiple", "Who?", choices=choices, asks_who="accepted"))
    people = [person({"who": ["ana"]}), person({"who": ["ana", "olu"]})]
    before = ResponseCounter([first], KEY).fold(rows_of(people)).counts

    tally = tally_from([first, second], before, DIMENSIONS)

    assert in_plain(tally) == in_plain(by_rows([first, second], people))


def test_of_very_many_comments_the_least_names_are_kept_and_all_are_counted() -> None:
    asked = [make_questionnaire()]
    people = [person({"best": f"Comment {n}"}) for n in range(LISTED + 50)]

    count = by_counters(asked, people).whole.counts["best"]

    assert (count.wrote, len(count.comments)) == (LISTED + 50, LISTED)
    assert sorted(count.comments) == sorted(by_rows(asked, people).whole.counts["best"].comments)[:LISTED]


def person(answers: Mapping[str, Answer]) -> Person:
    """Somebody who answered the first edition."""
    return 1, None, "standard", "en", False, answers
