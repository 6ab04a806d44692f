"""What the page of tokens reads: what a token may be for, and the tokens there are."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.model.access_token import AccessToken
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, Team

TEAM, SURVEY = "team", "survey"


def openable(session: Session, teams: Iterable[Team]) -> dict[str, str]:
    """What a token may open: `team:<id>` → the team's name, `survey:<id>` → the survey's title."""
    words: dict[str, str] = {}
    for team in teams:
        words[f"{TEAM}:{team.id}"] = team.name
        named = select(Survey.id, Survey.title).where(Survey.team_id == team.id).order_by(Survey.title, Survey.id)
        words |= {f"{SURVEY}:{id_}": title for id_, title in session.execute(named)}
    return words


def opened_by(session: Session, chosen: str) -> tuple[UUID, UUID | None]:
    """The team and, where it is for one alone, the survey of a choice of `openable`."""
    kind, _, id_ = chosen.partition(":")
    if kind == TEAM:
        return UUID(id_), None
    return session.scalars(select(Survey.team_id).where(Survey.id == UUID(id_))).one(), UUID(id_)


def tokens_of(session: Session, account: Account, led: Sequence[Team]) -> Sequence[AccessToken]:
    """The tokens that somebody made, and all of the teams that they lead; the newest first."""
    theirs = or_(AccessToken.account_id == account.id, AccessToken.team_id.in_([team.id for team in led]))
    found = select(AccessToken).where(theirs).options(joinedload(AccessToken.account), joinedload(AccessToken.team))
    return session.scalars(found.order_by(AccessToken.made_on.desc(), AccessToken.name, AccessToken.id)).all()


def titles(session: Session, tokens: Iterable[AccessToken]) -> dict[UUID, str]:
    """The titles of the surveys that tokens are for."""
    ids = {token.survey_id for token in tokens if token.survey_id}
    return dict(session.execute(select(Survey.id, Survey.title).where(Survey.id.in_(ids))).all())
