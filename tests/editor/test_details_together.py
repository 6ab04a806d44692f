"""Two organisers save the same survey at the same moment: one is saved, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.conftest import signed_in
from tests.factories import make_survey
from tests.visitor import Visitor, filled_in


def test_one_of_two_is_saved_and_the_other_is_told(app: Flask, olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    path = f"/surveys/{survey.id}/details"
    visitors = {"First title": olu, "Second title": signed_in(app, "olu@example.org")}
    forms = {title: filled_in(visitor.get(path).form("/details")) for title, visitor in visitors.items()}
    together = Barrier(2)

    def save(title: str) -> int:
        together.wait(10)
        return visitors[title].client.post(path, data=forms[title] | {"title": title}).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = dict(zip(visitors, pool.map(save, visitors), strict=True))
    assert sorted(statuses.values()) == [303, 409]
    session.expire_all()
    saved = session.get_one(Survey, survey.id).title
    assert statuses[saved] == 303
