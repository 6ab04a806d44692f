"""An analyst's own line works: pandas reads a file from a running server with a token."""

from urllib.error import HTTPError

import pandas
import pytest
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.access_token import AccessToken
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account
from tests.accounts.test_tokens import TODAY
from tests.factories import EVENT_DAY


@pytest.fixture
def token(session: Session, demonstration: Survey) -> str:
    """A token for the demonstration."""
    secret = AccessToken.new_secret()
    made = {"id": demonstration.id, "name": "pandas", "made_on": EVENT_DAY, "last_day": TODAY}
    maker = session.query(Account.id).scalar()
    of = {"team_id": demonstration.team_id, "survey_id": demonstration.id, "account_id": maker}
    session.add(AccessToken(token_hash=AccessToken.hash_of(secret), **made, **of))
    session.commit()
    return secret


@pytest.fixture
def demonstration(session: Session) -> Survey:
    """The demonstration event."""
    survey = load_demo(session).last_time
    session.commit()
    return survey


def test_pandas_reads_a_file_with_a_token(port: int, demonstration: Survey, token: str) -> None:
    url = f"http://127.0.0.1:{port}/surveys/{demonstration.id}/export/responses.csv"

    read = pandas.read_csv(url, storage_options={"Authorization": f"Bearer {token}"})

    assert len(read) == 37
    assert f"{read['overall'].mean():.2f}" == "4.24"
    with pytest.raises(HTTPError, match="401"):
        pandas.read_csv(url, storage_options={"Authorization": "Bearer ea_wrong"})
    with pytest.raises(HTTPError, match="401"):
        pandas.read_csv(url)
