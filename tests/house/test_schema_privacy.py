"""Anonymity is the schema's property: the real tables of both databases have no place for who, where from, or when."""

import re

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp.model.team import AuditEntry, Team
from tests.factories import card_of, make_survey
from tests.visitor import Visitor

STORED = {
    "survey_id": "which survey it answers",
    "key": "SHA-256 of the phone's random id: finds a replay, and says nothing of anybody",
    "edition": "which questions it answers",
    "group": "only where the organiser said 'compare by this', with a warning under 20",
    "view": "which presentation was used: a figure of accessibility",
    "language": "the language of the page",
    "source": "qr, link, shared, paper or rehearsal: never which card",
    "revision": "how often it was saved: any order of saves ends in the same row",
    "finished": "sealed or not",
    "late": "sent after the close from a page opened before it",
    "late_choice": "whether who sent it after the answers were shown wants it shown all the same, or is only counted",
    "withdrawn": "an empty tombstone, so that a replay can't bring it back",
    "follows": "the key of the response that the same phone sent before",
    "day": "the day it was finished, nothing finer",
    "receipt": "HMAC of the receipt that lets whoever holds it withdraw",
    "answers": "what was answered",
}
ALLOWED = {
    "inbox": STORED,
    "response": {
        **STORED,
        "released": "whether it may be read: all of a survey at once",
        "blanked": "which of its columns are empty in the ordinary files",
        "counted": "whether it is in the counters: all of a survey at once, or of a minute where it is shown openly",
        "listed": "whether a page of figures lists a comment of it: the least names, which are drawn by a secret key",
    },
    "unlinked_inbox": {
        "survey_id": "which survey",
        "key": "random, its own: it leads to no response",
        "question": "which equality question",
        "value": "which answer",
    },
    "contact": {
        "survey_id": "which survey",
        "key": "random, its own: it leads to no response",
        "purposes": "what the person wants to be contacted for",
        "name": "who they are: typed to be contacted, and apart from every answer",
        "email": "where to write to",
        "telephone": "where to call",
        "released": "whether the team has it: all of a survey at once",
    },
    "unlinked_count": {
        "survey_id": "which survey",
        "question": "which equality question",
        "value": "which answer",
        "n": "how many gave it: rows would give away their order",
    },
    "figure_count": {
        "survey_id": "which survey",
        "edition": "which questions they answered",
        "dimension": "what is broken down by: nothing, group, view or language",
        "cell": "of which group, view or language: never two of them at once",
        "question": "which question",
        "value": "which answer",
        "n": "how many gave it, of those whose rows may be read",
    },
    "comment_note": {
        "survey_id": "which survey",
        "response_key": "whose comment it is beside: the note goes when that response is withdrawn",
        "question": "which of its comments",
        "status": "what the team did with it",
        "theme": "the team's word for what it is about",
        "is_quote": "whether the team chose it as a quote",
        "action_id": "what was done about it",
        "needs_person": "whether a reader said that somebody should look after this person",
    },
    "paper_sitting": {
        "id": "which sitting: forgotten when it ends",
        "survey_id": "which survey",
        "account_id": "who of the team keys it in",
        "edition": "which questions are on the sheets",
        "view": "how the sheets look",
        "language": "the language of the sheets",
        "card": "the code that is printed on the sheets",
        "pile": "how many sheets there are",
        "touched_at": "when something was last keyed in, so that it ends by itself: nothing of who wrote the sheets",
    },
    "paper_sheet": {
        "sitting_id": "whose pile, until the sitting ends and the sheet is a response like any other",
        "number": "what its keyer wrote on its corner: the place in a pile of paper that lies there",
        "survey_id": "which survey",
        "is_sample": "whether it is keyed in a second time",
        "first": "what was answered",
        "second": "what was answered, keyed in again, until somebody decided",
        "differed": "in how many fields the two were not the same",
    },
    "card": {
        "code": "what is printed",
        "survey_id": "where it leads",
        "position": "the order of cards on the sheet",
        "label": "what the card says: Table 7",
        "sheet": "kept for the poster or the slide",
        "view": "the presentation it opens in",
        "language": "the language it opens in",
        "source": "printed or a link",
        "group": "as in response",
        "finished_count": "how many finished from it, linked to none of them",
    },
}
OF_ORGANISERS = {
    "access_token", "account", "action", "alembic_version", "audit_entry", "deletion", "edition", "former_draft",
    "installation", "membership", "public_report",
    "safe_figures", "sign_in", "survey", "team", "team_card", "team_card_use",
}  # fmt: skip
TRACES = re.compile(
    r"(^|_)(ip|addr|address|agent|ua|device|browser|cookie|fingerprint|phone|referrer|referer|host|session|lat|lon|seat)"
    r"(_|$)"
)
MOMENTS = {
    ("survey", "opens_at"), ("survey", "closes_at"), ("survey", "closed_at"), ("survey", "release_at"),
    ("sign_in", "expires_at"), ("audit_entry", "at"), ("team_card_use", "pointed_at"),
    ("paper_sitting", "touched_at"), ("deletion", "at"),
}  # fmt: skip
FINER_THAN_A_DAY = re.compile(r"time|interval|instant", re.I)


def columns(session: Session) -> dict[str, dict[str, str]]:
    """Every column of every table with its type, as the database itself tells."""
    looked = inspect(session.connection())
    return {
        table: {str(column["name"]): str(column["type"]) for column in looked.get_columns(table)}
        for table in looked.get_table_names()
    }


@pytest.mark.parametrize("table", ALLOWED)
def test_a_table_about_attendees_has_the_columns_that_are_argued_for(session: Session, table: str) -> None:
    assert set(columns(session)[table]) == set(ALLOWED[table])


def test_every_other_table_is_about_organisers(session: Session) -> None:
    assert set(columns(session)) - set(ALLOWED) == OF_ORGANISERS


def test_no_column_is_named_for_a_trace_of_anybody(session: Session) -> None:
    traces = [(table, name) for table, names in columns(session).items() for name in names if TRACES.search(name)]

    assert traces == []


def test_no_response_has_a_time_finer_than_a_day(session: Session) -> None:
    found = columns(session)

    moments = {
        (table, name) for table, names in found.items() for name, kind in names.items() if FINER_THAN_A_DAY.search(kind)
    }

    assert moments == MOMENTS
    assert found["response"]["day"] == "DATE"


def test_a_response_points_at_its_survey_and_at_nothing_else(session: Session) -> None:
    looked = inspect(session.connection())

    assert [key["referred_table"] for key in looked.get_foreign_keys("response")] == ["survey"]
    assert [key["referred_table"] for key in looked.get_foreign_keys("unlinked_count")] == ["survey"]
    assert looked.get_pk_constraint("response")["constrained_columns"] == ["survey_id", "key"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["response", "unlinked_count", "contact", "comment_note", "paper_sheet"])
def test_sqlite_keeps_no_hidden_number_that_tells_the_order(session: Session, table: str) -> None:
    with pytest.raises(OperationalError, match="no such column: rowid"):
        session.execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608 -- two names from this file


def test_finishing_leaves_no_audit_entry(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    ana.submit(ana.get(f"/s/{code}"), {"overall": "5", "finish": "1"})

    assert session.query(AuditEntry).all() == []
