"""One moment is what a file holds, and a file that nobody wants any more leaves nothing open."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export import rows
from surveyapp.export.answers_csv import answers_csv
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import snapshot
from surveyapp.model.team import Team
from tests.export.samples import MANY, connections_in_use, engine_of, put, put_many, records_of
from tests.factories import make_survey
from tests.visitor import Visitor


def test_answers_that_come_in_meanwhile_are_in_no_file_of_the_snapshot(
    app: Flask, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team)
    monkeypatch.setattr(rows, "FETCH", 1)
    monkeypatch.setattr(rows, "BATCH", 1)
    for start in (10, 20, 30):
        put(session, survey, start, {"overall": "5"})

    with snapshot(engine_of(app), survey.id) as taken:
        batches = taken.batches()
        seen = [*next(batches).ids]
        put(session, survey, 25, {"overall": "1"})
        seen += [id_ for batch in batches for id_ in batch.ids]
        long = records_of(b"".join(answers_csv(taken)))

    assert [id_[:2] for id_ in seen] == ["0a", "14", "1e"]
    assert list(dict.fromkeys(record["response_id"] for record in long)) == seen


def test_every_response_is_in_the_file_whatever_the_batches(app: Flask, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)

    with snapshot(engine_of(app), survey.id) as taken:
        chunks = list(responses_csv(taken))

    assert len(records_of(b"".join(chunks))) == MANY
    assert all(len(chunk) >= 64 * 1024 for chunk in chunks[1:-1])
    assert chunks[0].startswith(b"response_id,")


def test_connection_is_given_back_when_the_reader_goes_away(
    app: Flask, olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)
    before = connections_in_use(app)

    answer = olu.client.get(f"/surveys/{survey.id}/export/responses.csv")
    chunks = iter(answer.response)
    next(chunks)
    assert connections_in_use(app) == before + 1
    answer.close()

    assert connections_in_use(app) == before


def test_head_opens_no_snapshot_and_tells_no_length(app: Flask, olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    before = connections_in_use(app)

    answer = olu.client.head(f"/surveys/{survey.id}/export/responses.csv")

    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert "Content-Length" not in answer.headers
    assert connections_in_use(app) == before
