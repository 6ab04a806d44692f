"""The first load of an 8-question survey, in everything a phone fetches before the first tap (gzip, bodies)."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from bench.weight import first_load
from surveyapp.editing.library import ready_surveys
from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Visitor

KB = 1024
LIMITS = {"standard": 12 * KB, "easy": 25 * KB, "symbols": 25 * KB}


@pytest.mark.parametrize("view", LIMITS)
@pytest.mark.parametrize("key", ["carers_event", "patients_carers_conference", "coproduction_workshop"])
def test_first_load_stays_light(ana: Visitor, session: Session, team: Team, key: str, view: str) -> None:
    """A1: 25 KB in all at most, 5 KB of it script; plain words in 12."""
    ready = ready_surveys()[key]
    survey = make_survey(session, team, replace(ready, questions=ready.questions[:8]))

    weighs = first_load(ana.client, f"/s/{card_of(survey).code}?view={view}")

    assert weighs["bytes"] <= LIMITS[view]
    assert weighs["script_bytes"] <= 5 * KB
    assert weighs["requests"] <= 3


@pytest.mark.parametrize("key", sorted(ready_surveys()))
def test_every_ready_survey_is_light_in_its_heaviest_view(ana: Visitor, session: Session, team: Team, key: str) -> None:
    survey = make_survey(session, team, ready_surveys()[key])
    code = card_of(survey).code

    assert max(first_load(ana.client, f"/s/{code}?view={view}")["bytes"] for view in ("easy", "symbols")) <= 25 * KB
