"""Nobody is known by a figure: small groups and small totals are withheld, and all hidden cells look alike."""

from typing import Any
from xml.etree.ElementTree import Element

from sqlalchemy.orm import Session

from surveyapp.model.response import UnlinkedCount
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import every_kind, make_questionnaire, make_survey
from tests.figures.samples import choosing
from tests.results.answering import Answers, answer, rate, results_of
from tests.visitor import Visitor


def by_group(visitor: Visitor, survey: Survey, key: str) -> list[list[str]]:
    """A table of groups as rows of words, its head first."""
    found = visitor.get(results_of(survey)).tree.find(f".//div[@id='by-{key}']")
    assert found is not None
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.iter("tr")]


def figures(visitor: Visitor, survey: Survey) -> Any:
    """The survey's `results.json`."""
    return visitor.get(results_of(survey) + ".json").response.get_json()


def panel(visitor: Visitor, survey: Survey, key: str) -> str:
    """What one question's panel says."""
    found = visitor.get(results_of(survey)).tree.find(f".//div[@id='q-{key}']")
    assert isinstance(found, Element)
    return " ".join(" ".join(found.itertext()).split())


def test_groups_are_compared_and_small_ones_withheld(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 12, "Morning")
    rate(session, survey, [4] * 7, "Afternoon")
    rate(session, survey, [1] * 3, "Evening")
    head, *rows = by_group(olu, survey, "scores")
    # Evening alone would be found by subtraction, so Afternoon is hidden along, and looks the same.
    assert head == ["Question", "Afternoon withheld", "Evening withheld", "Morning 12 responses"]
    assert rows == [["How was overall?", "withheld", "withheld", "5.00 (12)"]]
    groups = figures(olu, survey)["groups"]
    assert groups["Evening"]["responses"] is None
    assert groups["Evening"]["withheld"]
    assert groups["Evening"]["questions"]["overall"]["n"] is None
    assert groups["Evening"] == groups["Afternoon"]


def test_groups_without_small_ones_show_everything(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind())
    tea: Answers = {"drink": "tea", "recommend": 10}
    answer(session, survey, *[tea] * 10, group="Room A")
    answer(session, survey, *[{"drink": "coffee", "overall": "4"}] * 6)
    head, *_ = by_group(olu, survey, "scores")
    assert head == ["Question", "Room A 10 responses", "No group 6 responses"]
    assert ["How was overall?", "0 answers", "4.0 (6)"] in by_group(olu, survey, "scores")
    assert ["Would you tell a friend?", "100 (10)", "0 answers"] in by_group(olu, survey, "scores")
    assert by_group(olu, survey, "drink")[1:] == [
        ["Tea", "10 (100%)", "0"],
        ["Coffee", "0 (0%)", "6"],
        ["Water", "0 (0%)", "0"],
    ]


def test_survey_without_groups_has_no_such_part(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 12)
    assert "By group" not in olu.get(results_of(survey)).text


def test_few_answers_show_counts_only(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5, 4, 4, 1])
    said = panel(olu, survey, "overall")
    assert "Very good 1" in said
    assert "%" not in said
    assert "Average" not in said
    assert "There is an average from 5 answers on." in said
    rate(session, survey, [5])
    said = panel(olu, survey, "overall")
    assert "Average 3.8 out of 5." in said
    assert "%" not in said
    assert "There are shares from 10 answers on." in said


def counted_apart(session: Session, survey: Survey, **totals: int) -> None:
    """So many gave each answer to the question “eq”."""
    session.add_all(UnlinkedCount(survey_id=survey.id, question="eq", value=code, n=n) for code, n in totals.items())
    session.commit()


def test_equality_totals_are_withheld_in_words(olu: Visitor, session: Session, team: Team) -> None:
    asked = make_questionnaire(choosing("eq", "single", "yes", "no", "maybe", linked=False))
    few, many = make_survey(session, team, asked), make_survey(session, team, asked)
    for survey in (few, many):
        answer(session, survey, {})
    counted_apart(session, few, yes=4, no=5)
    counted_apart(session, many, yes=40, no=3, maybe=12)
    assert panel(olu, few, "eq") == "How was eq? Withheld: fewer than 10 people answered."
    said = panel(olu, many, "eq")
    assert "Yes 40 73%" in said
    assert "No withheld" in said
    assert "Maybe withheld" in said
    assert "Numbers from 1 to 9 are withheld, and any that would give one away." in said
    assert figures(olu, many)["questions"]["eq"]["counts"] == {"yes": 40, "no": None, "maybe": None}


def test_views_that_few_used_are_withheld(olu: Visitor, ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5] * 6)
    code = next(card.code for card in survey.cards)
    for view in ("easy", "symbols", "symbols"):
        ana.post(f"/s/{code}", {"overall": "4", "view": view, "finish": "1"})
    said = panel(olu, survey, "view")
    assert "Words 6 Easy words and pictures withheld Mostly pictures withheld" in said
