"""Tokens: made on a page, shown once, and good for reading one thing only."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.access_token import AccessToken
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry, Membership, Team
from tests.conftest import signed_in
from tests.factories import make_account, make_survey, make_team
from tests.visitor import Page, Visitor, filled_in

PAGE = "/account/tokens"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of Olu's team."""
    return make_survey(session, team)


def make(visitor: Visitor, opens: str, name: str = "My notebook") -> Page:
    """Fill the form in and send it."""
    return visitor.submit(visitor.get(PAGE), {"name": name, "opens": opens, "days": "90"}, PAGE, 200)


def secret_on(page: Page) -> str:
    """The token that a page shows."""
    return page.tree.findtext(".//p[@class='secret']/code") or ""


def token_of(visitor: Visitor, survey: Survey) -> str:
    """A new token for one survey."""
    return secret_on(make(visitor, f"survey:{survey.id}"))


def read(app: Flask, survey: Survey, token: str | None, ending: str = "results.json", **more: str) -> Page:
    """What a program gets that brings a token."""
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    answer = app.test_client().get(f"/surveys/{survey.id}/{ending}", headers={**headers, **more})
    return Page(answer)


def test_token_is_shown_once_and_kept_as_a_hash(olu: Visitor, survey: Survey, session: Session) -> None:
    page = make(olu, f"survey:{survey.id}")
    secret = secret_on(page)
    kept = session.scalars(select(AccessToken)).one()

    assert secret.startswith("ea_")
    assert len(secret) == 46
    assert f'"Authorization": "Bearer {secret}"' in page.text
    assert secret not in olu.get(PAGE).response.get_data(as_text=True)
    assert kept.token_hash == AccessToken.hash_of(secret)
    assert (kept.name, kept.survey_id, kept.last_day) == ("My notebook", survey.id, TODAY + timedelta(days=90))
    assert session.scalars(select(AuditEntry.what)).all() == ["made the token “My notebook”"]


def test_sending_the_form_twice_makes_one_token(olu: Visitor, survey: Survey, session: Session) -> None:
    page, fields = olu.get(PAGE), {"name": "Mine", "opens": f"survey:{survey.id}"}
    olu.submit(page, fields, PAGE, 200)

    again = olu.follow(olu.submit(page, fields, PAGE))

    assert "This token was made already." in again.text
    assert len(session.scalars(select(AccessToken)).all()) == 1


def test_export_page_leads_to_a_token_for_its_survey(olu: Visitor, survey: Survey) -> None:
    page = olu.get(f"{PAGE}?survey={survey.id}")

    chosen = [option.get("value") for option in page.tree.iter("option") if option.get("selected") is not None]
    assert chosen == [f"survey:{survey.id}"]


def test_token_without_a_name_or_for_another_teams_survey_is_refused(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    others = make_survey(session, make_team(session, "Others"))

    nameless = olu.submit(olu.get(PAGE), {"opens": f"survey:{survey.id}"}, PAGE, 422)
    foreign = olu.submit(olu.get(PAGE), {"name": "Mine", "opens": f"survey:{others.id}"}, PAGE, 422)
    odd = olu.submit(olu.get(PAGE), {"name": "Mine", "id": "1", "days": "9000"}, PAGE, 422)

    assert "Give it a name, so that you know it again." in nameless.text
    assert "Choose one from the list." in foreign.text
    assert "Choose one of these." in odd.text
    assert session.scalars(select(AccessToken)).all() == []


def test_token_reads_figures_and_every_file_and_opens_no_session(app: Flask, olu: Visitor, survey: Survey) -> None:
    token = token_of(olu, survey)

    figures, file = read(app, survey, token), read(app, survey, token, "export/answers.csv")

    assert figures.response.get_json()["responses"] == 0
    assert file.response.get_data().startswith(b"response_id,")
    for page in (figures, file):
        assert page.status == 200
        assert "Set-Cookie" not in page.response.headers
        assert page.response.headers["Cache-Control"] == "no-store"


def test_a_viewers_token_reads_figures_and_no_rows(app: Flask, vic: Visitor, survey: Survey) -> None:
    """EX3: a viewer's token reads figures and no rows."""
    token = token_of(vic, survey)

    assert read(app, survey, token).status == 200
    assert read(app, survey, token, "export/safe.zip").status == 200
    assert read(app, survey, token, "export/answers.csv").status == 403


def test_no_token_reads_full_files(app: Flask, olu: Visitor, survey: Survey) -> None:
    """EX2: full files are the owner's and an allowed analyst's, never a token's."""
    assert read(app, survey, token_of(olu, survey), "export/answers.csv?full=1").status == 403


def test_day_of_the_last_use_is_kept_and_nothing_finer(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    token = token_of(olu, survey)
    assert "Never used" in olu.get(PAGE).text
    read(app, survey, token)
    read(app, survey, token)

    assert session.scalars(select(AccessToken.last_used_on)).one() == TODAY
    assert "Never used" not in olu.get(PAGE).text


@pytest.mark.parametrize(
    ("method", "ending"),
    [("GET", ""), ("GET", "/results"), ("GET", "/export"), ("POST", "/close"), ("POST", "/edit")],
)
def test_token_opens_no_page_and_sends_no_form(
    app: Flask, olu: Visitor, survey: Survey, method: str, ending: str
) -> None:
    bearer = {"Authorization": f"Bearer {token_of(olu, survey)}"}

    answer = app.test_client().open(f"/surveys/{survey.id}{ending}", method=method, headers=bearer)

    assert answer.status_code == (303 if method == "GET" else 400)
    assert survey.title not in answer.get_data(as_text=True)


@pytest.mark.parametrize("ending", ["results.json", "export/responses.csv"])
def test_nothing_is_told_about_other_surveys(app: Flask, petra: Visitor, survey: Survey, ending: str) -> None:
    theirs = secret_on(make(petra, petra.get(PAGE).tree.findall(".//option")[0].get("value", "")))
    nowhere = Survey(id=survey.team_id)

    answers = [read(app, survey, theirs, ending), read(app, nowhere, theirs, ending)]

    assert [answer.status for answer in answers] == [404, 404]
    assert len({answer.response.get_data() for answer in answers}) == 1


def test_token_of_one_survey_opens_no_other_and_a_teams_opens_all(
    app: Flask, olu: Visitor, session: Session, survey: Survey, team: Team
) -> None:
    other = make_survey(session, team, title="Another day")
    one, all_ = token_of(olu, survey), secret_on(make(olu, f"team:{team.id}"))

    assert [read(app, survey, token).status for token in (one, all_)] == [200, 200]
    assert [read(app, other, token).status for token in (one, all_)] == [404, 200]


@pytest.mark.parametrize("token", [None, "", "ea_never-made", "a b", "ümlaut", "x" * 5000])
def test_program_without_a_token_that_works_is_told_so(app: Flask, survey: Survey, token: str | None) -> None:
    answer = read(app, survey, token)

    assert answer.status == 401
    assert answer.response.headers["WWW-Authenticate"].startswith("Bearer ")
    assert answer.response.mimetype == "text/plain"
    assert "token" in answer.response.get_data(as_text=True)


def test_expired_and_revoked_tokens_are_refused_alike(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    over, revoked = token_of(olu, survey), token_of(olu, survey)
    kept = {one.token_hash: one for one in session.scalars(select(AccessToken))}
    kept[AccessToken.hash_of(over)].last_day = TODAY - timedelta(days=1)
    session.commit()
    gone = kept[AccessToken.hash_of(revoked)].id
    olu.submit(olu.get(PAGE), {}, f"{PAGE}/{gone}/revoke")

    answers = [read(app, survey, token) for token in (over, revoked)]

    assert [answer.status for answer in answers] == [401, 401]
    assert len({answer.response.get_data() for answer in answers}) == 1
    assert "Over since" in olu.get(PAGE).text
    assert "revoked the token “My notebook”" in session.scalars(select(AuditEntry.what)).all()


def test_token_ends_when_its_maker_leaves_the_team(
    app: Flask, vic: Visitor, survey: Survey, session: Session, team: Team
) -> None:
    token = token_of(vic, survey)
    session.delete(session.scalars(select(Membership).where(Membership.team_id == team.id)).one())
    session.commit()

    assert read(app, survey, token).status == 401


def test_owner_sees_and_revokes_the_teams_tokens(olu: Visitor, vic: Visitor, survey: Survey, session: Session) -> None:
    make(vic, f"survey:{survey.id}", "Vic's board")

    page = olu.get(PAGE)
    assert "Made by Vic on" in page.text
    olu.submit(page, {}, "/revoke")

    assert session.scalars(select(AccessToken)).all() == []


@pytest.mark.parametrize("role", ["editor", "stranger"])
def test_others_neither_see_nor_revoke_it(
    app: Flask, vic: Visitor, survey: Survey, session: Session, role: str
) -> None:
    team = session.get_one(Team, survey.team_id) if role == "editor" else make_team(session)
    make_account(session, team, "eddy@example.org", "editor")
    eddy = signed_in(app, "eddy@example.org")
    make(vic, f"survey:{survey.id}", "Vic's board")
    id_ = session.scalars(select(AccessToken.id)).one()
    session.rollback()

    page = eddy.get(PAGE)
    eddy.post(f"{PAGE}/{id_}/revoke", {"csrf_token": filled_in(page.form(PAGE))["csrf_token"]}, 404)

    assert "Vic's board" not in page.text
    assert session.scalars(select(AccessToken.id)).all() == [id_]


def test_wrong_tokens_are_slowed_down_and_right_ones_are_not(app: Flask, olu: Visitor, survey: Survey) -> None:
    token = token_of(olu, survey)
    client = app.test_client()
    wrong = {"Authorization": "Bearer ea_guess"}

    statuses = [client.get(f"/surveys/{survey.id}/results.json", headers=wrong).status_code for _ in range(101)]

    assert statuses == [401] * 100 + [429]
    refused = client.get(f"/surveys/{survey.id}/results.json", headers=wrong)
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert read(app, survey, token).status == 200


def test_browser_that_brings_another_sites_scheme_goes_on_by_its_cookie(olu: Visitor, survey: Survey) -> None:
    olu.get(f"/surveys/{survey.id}/results.json", headers={"Authorization": "Basic b2x1OnNlY3JldA=="})


def test_cookie_adds_nothing_to_a_token(app: Flask, olu: Visitor, petra: Visitor, survey: Survey) -> None:
    theirs = secret_on(make(petra, petra.get(PAGE).tree.findall(".//option")[0].get("value", "")))

    olu.get(f"/surveys/{survey.id}/results.json", 404, headers={"Authorization": f"Bearer {theirs}"})
