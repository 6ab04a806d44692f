"""Ordinary files blank what singles people out, full ones don't, and only some may take them."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.library import module
from surveyapp.export.checking.check import checked
from surveyapp.model.questionnaire import ShowIf
from surveyapp.model.release import release
from surveyapp.model.response import Response
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Account, AuditEntry, Membership, Team
from tests.conftest import signed_in
from tests.export.samples import DAY, file_of, put, records_of
from tests.factories import CHEAP_HASH, make_choice, make_question, make_questionnaire, make_survey
from tests.model.test_release import CLOSED_AT
from tests.visitor import Visitor

FILES = ("responses.csv", "answers.csv", "comments.csv", "codebook.csv", "excel.csv", "excel.xlsx", "everything.zip")
ROLES = (make_choice("carer"), make_choice("patient"), make_choice("other", other_text=True))
ASKED = make_questionnaire(
    make_question("overall"),
    make_question("role", "single", "Who are you?", choices=ROLES),
    make_question("caring_for", "single", "For how long?", show_if=ShowIf("role", ("carer",))),
    make_question("best", "comment", "What was good?"),
).extended_by(module("quote_permission"))
PEOPLE: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (6, "A", {"overall": "5", "role": "patient", "quote_ok": "yes"}),
    (3, "A", {"overall": "4", "role": "carer", "caring_for": "tea"}),
    (4, "B", {"overall": "4", "role": "carer", "caring_for": "coffee", "best": "Lunch"}),
    (6, "B", {"overall": "3", "role": "patient"}),
    (1, "B", {"overall": "1", "role": "other", "role__other_text": "The mayor", "best": "=Cake", "quote_ok": "no"}),
)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """Twenty people in two rooms have answered a survey of the kind together, and it was released."""
    made = make_survey(session, team, ASKED, sharing=TOGETHER)
    number = 0
    for people, group, answers in PEOPLE:
        for _ in range(people):
            number += 1
            put(session, made, number, answers, group=group, day=DAY, late=number == 1)
    for row in session.scalars(select(Response)):
        row.released = False
    made.close(CLOSED_AT)
    session.commit()
    release(session, made, CLOSED_AT)
    session.commit()
    return made


def test_day_edition_late_follows_and_words_are_blank_in_every_row(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv"))

    assert len(rows) == 20
    for column in ("edition", "finished_on", "late", "follows", "best", "role__other_text"):
        assert {row[column] for row in rows} == {""}


def test_group_and_role_stay_where_five_share_them(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv"))

    seen = sorted((row["group"], row["role"], row["caring_for"], row["overall"]) for row in rows)
    assert seen.count(("A", "patient", "", "5")) == 6
    assert [row for row in seen if row[1] == "carer"] == []
    assert {row[3] for row in seen if row[1] == ""} >= {"1", "4"}
    assert all(row[2] == "" for row in seen if row[1] == "")


def test_answers_say_blanked_whether_somebody_answered_or_not(olu: Visitor, survey: Survey) -> None:
    answers = records_of(file_of(olu, survey, "answers.csv"))

    assert {row["state"] for row in answers if row["question_key"] == "best"} == {"blanked"}
    blanked = {row["response_id"] for row in answers if (row["question_key"], row["state"]) == ("role", "blanked")}
    hanging = {
        row["response_id"] for row in answers if (row["question_key"], row["state"]) == ("caring_for", "blanked")
    }
    assert len(blanked) >= 5
    assert hanging == blanked
    assert "The mayor" not in file_of(olu, survey, "answers.csv").decode()


def test_words_are_in_a_file_of_their_own_that_joins_with_nothing(olu: Visitor, survey: Survey) -> None:
    file = file_of(olu, survey, "comments.csv")
    comments = records_of(file)

    assert file.startswith(b"comment_id,question_key,text,quote_ok,theme,status,action_id\r\n")
    assert sorted(row["text"] for row in comments) == ["'=Cake", "Lunch", "Lunch", "Lunch", "Lunch", "The mayor"]
    assert [row["comment_id"] for row in comments] == sorted(row["comment_id"] for row in comments)
    ids = {row["response_id"] for row in records_of(file_of(olu, survey, "responses.csv"))}
    assert not ids & {row["comment_id"] for row in comments}


def test_leave_to_quote_that_few_gave_is_blank_beside_the_row(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv"))

    assert {row["quote_ok"] for row in rows} == {""}


def test_every_format_blanks_the_same(olu: Visitor, survey: Survey) -> None:
    plain = records_of(file_of(olu, survey, "responses.csv"))
    excel = records_of(file_of(olu, survey, "excel.csv").removeprefix("\ufeff".encode()))
    sheet = load_workbook(io.BytesIO(file_of(olu, survey, "excel.xlsx")))["Answers"]

    place = list(plain[0]).index("role")
    words = [list(row.values())[place] for row in excel]
    assert [bool(word) for word in words] == [bool(row["role"]) for row in plain]
    assert [cell.value or "" for cell in list(sheet.columns)[place]][1:] == words


def test_parquet_blanks_the_same(olu: Visitor, survey: Survey) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    plain = records_of(file_of(olu, survey, "responses.csv"))

    table = parquet.read_table(io.BytesIO(file_of(olu, survey, "responses.parquet")))

    assert [value or "" for value in table["role"].to_pylist()] == [row["role"] for row in plain]
    assert set(table["best"].to_pylist()) == set(table["finished_on"].to_pylist()) == {None}


@pytest.mark.parametrize(("query", "rows"), [("", "ordinary"), ("?full=1", "full")])
def test_package_is_whole_and_says_which_it_is(
    olu: Visitor, survey: Survey, tmp_path: Path, query: str, rows: str
) -> None:
    package = tmp_path / "everything.zip"
    package.write_bytes(file_of(olu, survey, "everything.zip", query))

    found = checked(package)
    assert (found.differences, found.rows) == ([], rows)
    with zipfile.ZipFile(package) as archive:
        told = json.loads(archive.read("datapackage.json"))["resources"]
    comments = next(one for one in told if one["name"] == "comments")
    assert ("foreignKeys" in comments["schema"]) == (rows == "full")


def test_full_files_blank_nothing(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv", "?full=1"))
    comments = records_of(file_of(olu, survey, "comments.csv", "?full=1"))

    assert sorted({(row["group"], row["role"]) for row in rows}) == sorted(
        {(group, answers["role"]) for _n, group, answers in PEOPLE}
    )
    assert {row["finished_on"] for row in rows} == {"2026-10-07"}
    assert {"Lunch", "'=Cake"} == {row["text"] for row in comments}
    assert all(row["response_id"] for row in comments)


def test_what_was_blanked_is_the_same_in_the_next_file(olu: Visitor, survey: Survey) -> None:
    assert file_of(olu, survey, "responses.csv") == file_of(olu, survey, "responses.csv")


def test_rows_that_nothing_was_worked_out_for_are_blanked_whole(olu: Visitor, session: Session, survey: Survey) -> None:
    for row in session.scalars(select(Response)):
        row.blanked = None
    session.commit()

    rows = records_of(file_of(olu, survey, "responses.csv"))

    assert {(row["group"], row["role"], row["view"], row["language"], row["source"]) for row in rows} == {("",) * 5}


def test_editions_are_not_told_by_what_was_asked(olu: Visitor, session: Session, survey: Survey) -> None:
    survey.draft = ASKED.extended_by(make_questionnaire(make_question("lunch"))).to_json()
    survey.publish()
    session.commit()

    lunch = [row for row in records_of(file_of(olu, survey, "answers.csv")) if row["question_key"] == "lunch"]

    assert len(lunch) == 20
    assert {row["state"] for row in lunch} == {"blanked"}


def test_nothing_is_there_before_the_release(olu: Visitor, session: Session, team: Team) -> None:
    waiting = make_survey(session, team, ASKED, sharing=TOGETHER)

    for name in FILES:
        for query in ("", "?full=1"):
            olu.get(f"/surveys/{waiting.id}/export/{name}{query}", 409)


@pytest.mark.parametrize("name", FILES)
def test_viewer_has_figures_and_no_rows(vic: Visitor, survey: Survey, name: str) -> None:
    vic.get(f"/surveys/{survey.id}/export/{name}", 403)


def test_viewer_reads_no_comment_anywhere(vic: Visitor, survey: Survey) -> None:
    vic.get(f"/surveys/{survey.id}/comments", 403)
    figures = vic.get(f"/surveys/{survey.id}/results.json").response.json

    assert figures is not None
    assert figures["questions"]["best"]["comments"] == []
    assert "Lunch" not in vic.get(f"/surveys/{survey.id}/results").text
    assert "responses.csv" not in vic.get(f"/surveys/{survey.id}/export").text


@pytest.mark.parametrize(("role", "status"), [("analyst", 403), ("analyst allowed", 200), ("editor", 403)])
def test_full_files_are_the_owners_and_an_allowed_analysts(
    app: Flask, session: Session, survey: Survey, role: str, status: int
) -> None:
    """EX2: full files are the owner's and an allowed analyst's, never a token's."""
    name, _, allowed = role.partition(" ")
    made = Account(email="ada@example.org", name="Ada", password_hash=CHEAP_HASH)
    session.add_all([made, Membership(team_id=survey.team_id, account=made, role=name, full_files=bool(allowed))])
    session.commit()
    ada = signed_in(app, "ada@example.org")

    ada.get(f"/surveys/{survey.id}/export/responses.csv")
    ada.get(f"/surveys/{survey.id}/export/responses.csv?full=1", status)
    ada.get(f"/surveys/{survey.id}/export?full=1", status)


def test_full_files_are_behind_a_page_that_says_what_they_hold(olu: Visitor, survey: Survey) -> None:
    ordinary = olu.get(f"/surveys/{survey.id}/export")
    full = olu.get(f"/surveys/{survey.id}/export?full=1")

    address = f"/surveys/{survey.id}/export/responses.csv?full=1"
    assert address not in {link.get("href") for link in ordinary.tree.iter("a")}
    assert address in {link.get("href") for link in full.tree.iter("a")}
    assert "your way of writing may recognise your answers in the full file" in full.text


def test_every_download_of_rows_is_written_down(olu: Visitor, session: Session, survey: Survey) -> None:
    file_of(olu, survey, "responses.csv")
    file_of(olu, survey, "everything.zip", "?full=1")
    file_of(olu, survey, "safe.zip")

    entries = session.execute(select(AuditEntry.what, AuditEntry.account_id).order_by(AuditEntry.at)).all()
    assert [what for what, who in entries if who] == ["downloaded responses.csv", "downloaded (full) everything.zip"]


def test_people_who_did_not_send_hide_nobody_who_did(olu: Visitor, session: Session, team: Team) -> None:
    made = make_survey(session, team, ASKED, sharing=TOGETHER)
    answers = {"overall": "4", "role": "patient"}
    for start in range(9):
        put(session, made, start, answers, group="A" if start < 6 else "B", day=DAY)
    for row in session.scalars(select(Response)):
        row.released = False
    for start in range(20, 25):
        put(session, made, start, answers, group="B", finished=False, day=None)
    made.close(CLOSED_AT)
    session.commit()
    release(session, made, CLOSED_AT)
    session.commit()

    rows = records_of(file_of(olu, made, "responses.csv"))

    assert len(rows) == 9
    assert "B" not in {row["group"] for row in rows}


def test_page_offers_no_file_before_there_is_one(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing=TOGETHER)

    page = olu.get(f"/surveys/{survey.id}/export")

    assert "There are no files yet" in page.text
    assert not [link for link in page.links() if "/export/" in link]
