"""What can be seen on a photo is asked for in each language, and whoever left one out is told what it costs."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.languages import in_languages, offered
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.media import samples
from tests.media.pages import a_file, page_of, send, stored
from tests.visitor import Visitor

WELSH_AND_URDU = in_languages(ready_surveys()["quick_card"], ("cy", "ur"))
WITHOUT = "A language without these words is not offered."


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a form asks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of Olu's team in three languages."""
    return make_survey(session, team, WELSH_AND_URDU, state="draft")


def test_a_photo_is_described_in_every_language_or_its_organiser_knows(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    page = page_of(olu, survey)
    assert WITHOUT in page.text
    fields = {one.get("name"): (one.get("lang"), one.get("dir")) for one in page.tree.iter("input")}
    assert {name: fields[name] for name in ("in_en", "in_cy", "in_ur")} == {
        "in_en": ("en", "ltr"),
        "in_cy": ("cy", "ltr"),
        "in_ur": ("ur", "rtl"),
    }

    sent = {"photo": a_file(samples.photo(), "a.jpg"), "in_en": "A room", "in_ur": "ایک کمرہ"}
    page = olu.follow(send(olu, page, "/photo", sent))

    for path in ("media", "edit", "edit/overall"):
        assert "Photo, without a description in Welsh" in olu.get(f"/surveys/{survey.id}/{path}").text
    assert offered(stored(session, survey).questionnaire).languages == ("en", "ur")
    send(olu, page, "/photo", {"in_cy": "Ystafell"})
    assert offered(stored(session, survey).questionnaire).languages == ("en", "cy", "ur")
    assert "without a description" not in olu.get(f"/surveys/{survey.id}/media").text
