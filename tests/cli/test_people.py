"""`surveyapp people`: who organises, in which team and role; a team that has something in it keeps an owner."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from surveyapp.accounts.passwords import is_password
from surveyapp.model.access_token import AccessToken
from surveyapp.model.team import Account, AuditEntry, Membership, SignIn, Team
from tests.cli.conftest import PASSWORD, Run, looked
from tests.factories import make_survey


@pytest.fixture(autouse=True)
def olu(run: Run) -> None:
    """Olu, the owner of a team."""
    run("add-organiser", "olu@example.org", "--name", "Olu", "--password-stdin")


def let_in(database: Path, email: str) -> None:
    """Somebody is signed in, and has a token."""
    with looked(database) as session:
        account = session.scalars(select(Account).where(Account.email == email)).one()
        today = datetime.now(UTC)
        session.add(SignIn(token_hash=email.encode(), account_id=account.id, expires_at=today + timedelta(hours=1)))
        membership = account.memberships[0]
        token = AccessToken(id=account.id, token_hash=email.encode(), name="R", account_id=account.id)
        token.team_id, token.made_on, token.last_day = membership.team_id, today.date(), today.date()
        session.add(token)
        session.commit()


def test_people_are_added_and_listed(run: Run) -> None:
    """CM11: `people` lists, adds, resets, removes and moves."""
    code, said, _ = run("people", "add", "Vic@example.org", "--role", "viewer", "--password-stdin")

    assert (code, said) == (0, "vic@example.org can sign in now, as viewer of “Team of Olu”.\n")
    assert run("people", "list")[1] == (
        "olu@example.org\towner\tTeam of Olu\tOlu\nvic@example.org\tviewer\tTeam of Olu\tvic\n"
    )


def test_a_new_password_signs_out_everywhere(run: Run, database: Path) -> None:
    let_in(database, "olu@example.org")

    code, said, _ = run("people", "reset", "OLU@example.org", "--password-stdin", password="quite another password")

    assert (code, said) == (0, "olu@example.org has the new password, and is signed out everywhere.\n")
    with looked(database) as session:
        account = session.scalars(select(Account)).one()
        assert is_password("quite another password", account.password_hash)
        assert not is_password(PASSWORD, account.password_hash)
        assert session.scalars(select(SignIn)).all() == []


def test_whoever_is_removed_leaves_no_way_in(run: Run, database: Path) -> None:
    run("people", "add", "vic@example.org", "--password-stdin")
    let_in(database, "vic@example.org")

    assert run("people", "remove", "vic@example.org")[0] == 0

    with looked(database) as session:
        assert session.scalars(select(Account.email)).all() == ["olu@example.org"]
        assert [session.scalars(select(table)).all() for table in (SignIn, AccessToken)] == [[], []]
        assert (
            "took vic@example.org out of the team by the command line" in session.scalars(select(AuditEntry.what)).all()
        )


def test_a_team_with_others_or_surveys_keeps_an_owner(run: Run, database: Path) -> None:
    with looked(database) as session:
        make_survey(session, session.scalars(select(Team)).one())
        session.commit()

    for words in (("remove", "olu@example.org"), ("role", "olu@example.org", "editor")):
        code, _, refused = run("people", *words)
        assert (code, refused.startswith("Nobody else owns “Team of Olu”.")) == (1, True)

    run("people", "add", "vic@example.org", "--password-stdin")
    assert run("people", "role", "vic@example.org", "owner")[1] == "vic@example.org is owner of “Team of Olu” now.\n"
    assert run("people", "role", "olu@example.org", "editor")[0] == 0


def test_somebody_moves_to_another_team_and_their_tokens_stay_behind(run: Run, database: Path) -> None:
    """CM11: `people` lists, adds, resets, removes and moves."""
    run("add-organiser", "petra@example.org", "--name", "Petra", "--password-stdin")
    run("people", "add", "vic@example.org", "--team", "Team of Olu", "--password-stdin")
    let_in(database, "vic@example.org")

    code, said, _ = run("people", "move", "vic@example.org", "--to", "Team of Petra", "--role", "viewer")

    assert (code, said) == (0, "vic@example.org is viewer of “Team of Petra” now.\n")
    with looked(database) as session:
        vic = session.scalars(select(Membership).join(Account).where(Account.email == "vic@example.org")).one()
        assert (vic.team.name, vic.role) == ("Team of Petra", "viewer")
        assert session.scalars(select(AccessToken)).all() == []


@pytest.mark.parametrize(
    ("words", "password", "sentence"),
    [
        (("reset", "nobody@example.org"), PASSWORD, "Nobody has the email address “nobody@example.org”."),
        (
            ("reset", "olu@example.org", "--password-stdin"),
            "short",
            "The password is too short: 12 characters or more.",
        ),
        (("remove", "nobody@example.org"), PASSWORD, "Nobody has the email address “nobody@example.org”."),
        (("move", "olu@example.org", "--to", "Team of Olu"), PASSWORD, "olu@example.org is in “Team of Olu” already."),
        (("move", "olu@example.org", "--to", "Nowhere"), PASSWORD, "No team is called “Nowhere”."),
        (("add", "vic@example.org", "--team", "Nowhere"), PASSWORD, "No team is called “Nowhere”."),
        (("add", "vic", "--password-stdin"), PASSWORD, "“vic” is not an email address."),
        (("add", "olu@example.org", "--password-stdin"), PASSWORD, "olu@example.org is an organiser already."),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    run: Run, words: tuple[str, ...], password: str, sentence: str
) -> None:
    before = run("people", "list")

    code, _, refused = run("people", *words, password=password)

    assert (code, refused[: len(sentence)]) == (1, sentence)
    assert run("people", "list") == before


def test_which_team_is_said_where_there_are_several(run: Run) -> None:
    run("add-organiser", "petra@example.org", "--password-stdin")

    code, _, refused = run("people", "add", "vic@example.org", "--password-stdin")

    assert (code, refused) == (1, "Say which team with --team. Teams are named by: surveyapp people list\n")


def test_a_role_that_is_none_is_wrong_usage(run: Run) -> None:
    assert run("people", "role", "olu@example.org", "boss")[0] == 2
