"""What an organiser reads when few, many or none have answered, and when people write what looks like a page."""

from uuid import uuid4

from sqlalchemy.orm import Session

from surveyapp.model.response import key_of
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_question, make_questionnaire, make_survey
from tests.results.answering import Answers, answer, rate, results_of, withdraw
from tests.visitor import Visitor


def test_nobody_has_answered(olu: Visitor, session: Session, team: Team) -> None:
    page = olu.get(results_of(make_survey(session, team)))
    assert "No answers yet" in page.text
    assert "Table 1: 0 answers" in page.text
    assert "Every question" not in page.text


def test_draft_has_no_results_and_asks_for_none(olu: Visitor, session: Session, team: Team) -> None:
    page = olu.get(results_of(make_survey(session, team, state="draft")))
    assert "No answers yet" in page.text
    assert "Stop updating" not in page.text


def test_no_attendance_gives_no_rate(olu: Visitor, session: Session, team: Team) -> None:
    """FI1: the response rate in whole per cent beside both numbers, and none where it can't be."""
    survey = make_survey(session, team, attendance=None)
    rate(session, survey, [5])
    page = olu.get(results_of(survey))
    assert "1 response" in page.text
    assert "may think differently" not in page.text


def test_more_answers_than_people_give_no_rate(olu: Visitor, session: Session, team: Team) -> None:
    """FI1: the response rate in whole per cent beside both numbers, and none where it can't be."""
    survey = make_survey(session, team, attendance=2)
    rate(session, survey, [5, 4, 4])
    page = olu.get(results_of(survey))
    assert "3 responses, 2 people There are more answers than people: check the attendance." in page.text
    assert "150%" not in page.text
    assert '"response_rate":null' in olu.get(results_of(survey) + ".json").text


def test_unfinished_answers_are_told_and_not_counted(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5])
    answer(session, survey, {"overall": "1"}, {}, finished=False)
    text = olu.get(results_of(survey)).text
    assert "1 of 81 people answered (1%)" in text
    assert "1 person began and has not finished." in text


def test_somebody_who_sent_again_counts_twice_and_is_told(
    olu: Visitor, ana: Visitor, session: Session, team: Team
) -> None:
    """FI13: a response that follows another counts, and is told."""
    survey, sent_id = make_survey(session, team), str(uuid4())
    for rating in ("2", "4"):
        ana.post(f"/s/{card_of(survey).code}", {"response": sent_id, "overall": rating, "finish": "1"})
    text = olu.get(results_of(survey)).text
    assert "2 of 81 people answered (2%)" in text
    assert "1 of these is from somebody who had sent answers before. Both count." in text


def test_withdrawn_answers_are_gone_and_the_cards_number_explained(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5])
    gone = answer(session, survey, {"best": "My secret"})
    assert "My secret" in olu.get(results_of(survey)).text
    withdraw(session, survey, gone)
    text = olu.get(results_of(survey)).text
    assert "My secret" not in text
    assert "1 of 81 people" in text
    assert "Table 1: 2 answers" in text
    assert "A card's number stays as it is when somebody takes their answers back." in text
    assert key_of(gone).hex()[:16] not in olu.get(results_of(survey) + ".json").text


def test_markup_in_a_comment_is_words(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    text = "<img src=x onerror=alert(1)></li><script>alert(2)</script>{{ 7*7 }}"
    answer(session, survey, {"best": text})
    assert text in olu.get(results_of(survey)).text


def test_each_comment_runs_in_its_own_direction(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    said = {"سب لوگ بہت اچھے تھے۔", "الوقت قصير جدا", "Lunch!\n(and cake)"}
    answer(session, survey, *({"best": text} for text in said), {"best": "n/a"})
    page = olu.get(results_of(survey))
    listed = [item for item in page.tree.iter("li") if item.get("id", "").startswith("c-")]
    assert {"".join(item.itertext()) for item in listed} == said
    assert {item.get("dir") for item in listed} == {"auto"}
    assert "3 comments · 1 with nothing to add · 0 skipped" in page.text


def test_every_kind_of_question_has_its_table(olu: Visitor, session: Session, team: Team) -> None:
    """K5: the table with words and counts; a bar only repeats a number that stands in words beside it."""
    survey = make_survey(session, team, every_kind())
    people: list[Answers] = [
        {"overall": "5", "listened": "yes", "drink": "tea", "role": ["patient", "carer"], "visits": visits,
         "recommend": 10 - visits % 3}
        for visits in range(1, 13)
    ]  # fmt: skip
    answer(session, survey, *people)
    page = olu.get(results_of(survey))
    text = page.text
    bars = [one for one in page.tree.iter() if "share-bar" in one.get("class", "")]
    assert {bar.get("aria-hidden") for bar in bars} == {"true"}
    shares = [cell for cell in page.tree.iter("td") if any(one in bars for one in cell.iter())]
    assert len(shares) > 5
    assert all(any(text.strip().endswith("%") for text in cell.itertext()) for cell in shares)
    assert "Average 6.50 Smallest 1 Largest 12" in text
    assert "Score 67: the share of 9 and 10, less the share of 0 to 6." in text
    assert "12 people chose" in text
    assert "Patient 12 100% Carer 12 100% Someone else 0 0%" in text
    assert "Shares are of the people who chose something." in text


def test_friends_and_family_test_is_per_cents_and_never_a_mean(olu: Visitor, session: Session, team: Team) -> None:
    asked = make_question("fft", scoring="fft", report="headline", label="How was our service?")
    survey = make_survey(session, team, make_questionnaire(asked))
    ratings = [*["5"] * 6, *["4"] * 2, "1", "not_applicable"]
    answer(session, survey, *({"fft": rating} for rating in ratings))
    text = olu.get(results_of(survey)).text
    assert "80% positive 10 answers" in text
    assert "10% negative (the worst two answers)." in text
    assert "Average" not in text.split("How this was worked out")[-2]
