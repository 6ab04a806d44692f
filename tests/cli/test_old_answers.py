"""`surveyapp import-answers`: old answers in a closed survey, marked, with the file's own figures."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from surveyapp.cli.main import main
from surveyapp.figures.counters import survey_counts
from surveyapp.model.response import Response
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import AuditEntry, Team
from surveyapp.results.waiting import answered
from tests.cli.conftest import Run, looked
from tests.factories import make_questionnaire, make_survey

ROWS = [("Very good", "Kind"), ("Good", ""), ("Good", "Tea"), ("Bad", ""), ("I did not do this", ""), ("5", "Cake")]
FILE = "Timestamp,How was overall?,What was good?\n" + "".join(f"2025-05-01,{a},{b}\n" for a, b in ROWS)


@pytest.fixture
def code(database: Path) -> str:
    """The code of a card of a closed survey that nobody answered."""
    main(["demo"])
    with looked(database) as session:
        team = session.scalars(select(Team)).first()
        assert team is not None
        survey = make_survey(session, team, make_questionnaire(), state="closed", title="Before", sharing="together")
        return survey.cards[0].code


def test_old_answers_are_there_with_the_files_own_figures(code: str, database: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(FILE, encoding="utf-8")

    status, said, wrong = run("import-answers", str(tmp_path / "old.csv"), "--survey", code)

    assert (status, wrong) == (0, "")
    assert said.splitlines() == [
        "6 people's answers are now in “Before”, from 2 columns.",
        "- The column “Timestamp” is no question of this survey: it was left out.",
    ]
    with looked(database) as session:
        survey = session.scalars(select(Survey).where(Survey.title == "Before")).one()
        rows = session.scalars(select(Response).where(Response.survey_id == survey.id)).all()
        tally = survey_counts(session.connection(), survey.id).tally
        assert {(row.source, row.released, row.day) for row in rows} == {("import", True, None)}
        assert tally.whole.counts["overall"].values == Counter({"5": 2, "4": 2, "2": 1, "not_applicable": 1})
        assert survey.is_released
        assert answered(session, survey) == 6
        assert "imported 6 old answers" in str(session.scalars(select(AuditEntry.what)).all())


def test_trial_changes_nothing(code: str, database: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text(FILE, encoding="utf-8")

    _status, said, _wrong = run("import-answers", str(tmp_path / "old.csv"), "--survey", code, "--dry-run")

    assert "6 people's answers would be in “Before”" in said
    with looked(database) as session:
        assert not session.scalars(select(Response).where(Response.source == "import")).all()


def test_what_cannot_be_is_refused_in_a_sentence(code: str, database: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    with looked(database) as session:
        answered = session.scalars(
            select(Card.code).join(Survey).where(Survey.state == "closed", Survey.title != "Before")
        ).first()
        running = session.scalars(select(Card.code).join(Survey).where(Survey.state == "open")).first()
    for survey, content, words in (
        (code, "", "The file is empty."),
        (code, FILE.split("2025-05-01,Bad")[0], "five or more have answered: here are fewer"),
        (str(answered), FILE, "People have answered this survey here"),
        (str(running), FILE, "Old answers go into a closed survey"),
        ("zzzzzz", FILE, "No card has the code"),
    ):
        file.write_text(content, encoding="utf-8")
        status, _said, wrong = run("import-answers", str(file), "--survey", survey)
        assert (status, words in wrong) == (1, True), (words, wrong)
    assert "can't be read" in run("import-answers", str(tmp_path / "none.csv"), "--survey", code)[2]
