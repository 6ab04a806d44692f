"""The operators' command line: 0 done, 1 refused with a sentence, 2 wrong usage."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveyapp.cli.commands import COMMANDS
from surveyapp.cli.main import main
from surveyapp.model.response import Response
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Account, Membership
from tests.cli.conftest import PASSWORD, looked
from tests.factories import every_kind
from tests.importing.workbooks import definition


def add(email: str, monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD) -> int:
    """Add an organiser whose password comes in by a pipe."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return main(["add-organiser", email, "--name", "Olu", "--password-stdin"])


@pytest.mark.parametrize("words", [[], ["dance"], ["import"], ["backup"], ["serve", "--port", "http"]])
def test_wrong_usage_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """CM5: a command exits with 0, 1 and a sentence, or 2 for wrong usage."""
    assert main(words) == 2
    assert "Usage: surveyapp" in capsys.readouterr().err


def test_an_organiser_is_added_once(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add("Olu@Example.org", monkeypatch) == 0
    assert add("olu@example.org", monkeypatch) == 1

    said = capsys.readouterr()
    first = f"Database: {database}\n"
    assert said.out == f"{first}olu@example.org can sign in now.\n{first}"
    assert said.err == "olu@example.org is an organiser already.\n"
    with looked(database) as session:
        account = session.scalars(select(Account)).one()
        assert (account.email, account.name) == ("olu@example.org", "Olu")
        assert PASSWORD not in account.password_hash
        assert session.scalars(select(Membership.role)).all() == ["owner"]


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("olu", PASSWORD, "“olu” is not an email address."),
        ("olu@", PASSWORD, "“olu@” is not an email address."),
        ("olu@example.org", "short", "The password is too short: 12 characters or more."),
    ],
)
def test_an_organiser_who_cannot_be_added_is_refused(
    email: str, password: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CM5: a command exits with 0, 1 and a sentence, or 2 for wrong usage."""
    assert add(email, monkeypatch, password) == 1
    assert capsys.readouterr().err == f"{sentence}\n"


def test_the_demonstration_is_loaded_once(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert main(["demo"]) == 1

    assert capsys.readouterr().err == "The demonstration is here already.\n"
    with looked(database) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 37 + 7
        assert session.scalar(select(func.sum(Card.finished_count))) == 37 + 12


def test_a_document_becomes_a_draft_of_the_only_team(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CM6: a document, a spreadsheet or pasted text becomes a draft of the only team."""
    add("olu@example.org", monkeypatch)
    document = tmp_path / "survey.json"
    document.write_text(json.dumps(every_kind().to_json()), encoding="utf-8")

    assert main(["import", str(document)]) == 0

    assert capsys.readouterr().out.endswith("“Feedback” is a draft now, with 9 questions.\n")
    with looked(database) as session:
        survey = session.scalars(select(Survey)).one()
        assert (survey.state, survey.questionnaire) == ("draft", every_kind())


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("xlsform_projects_de_en.xlsx", "“from elsewhere” is a draft now, with 39 questions.\n- Left out"),
        ("xlsform_socio_economic_en_fr.xlsx", "“Socio-economic Survey” is a draft now, with 15 questions.\n- Left out"),
    ],
)
def test_a_spreadsheet_becomes_a_draft_and_what_it_lost_is_printed(
    name: str, made: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """CM6: a document, a spreadsheet or pasted text becomes a draft of the only team."""
    main(["demo"])
    file = tmp_path / "from elsewhere.txt"
    file.write_bytes(definition(name))

    assert main(["import", str(file), "--organiser", "demo@example.org"]) == 0

    assert made in capsys.readouterr().out


def test_pasted_text_becomes_a_draft(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CM6: a document, a spreadsheet or pasted text becomes a draft of the only team."""
    main(["demo"])
    file = tmp_path / "questions.txt"
    file.write_text("Did you come by bus?\n- Yes\n- No\n", encoding="utf-8")

    assert main(["import", str(file)]) == 0

    assert capsys.readouterr().out.endswith("“questions” is a draft now, with 1 question.\n")
    with looked(database) as session:
        survey = session.scalars(select(Survey).where(Survey.state == "draft")).one()
        assert survey.questionnaire.questions[0].codes == ("yes", "no")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("type,name,label\ntext,a,A", "Or copy the questions and paste them instead."),
        ("{", "This is not a questionnaire document: it is not JSON."),
        (None, "No such file or directory."),
    ],
)
def test_a_file_that_is_no_document_is_refused(
    content: str | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "survey.json"
    Path(tmp_path / "other.json" if content is None else file).write_text(content or "")
    main(["demo"])

    assert main(["import", str(file)]) == 1
    assert capsys.readouterr().err.endswith(f"{sentence}\n")


def test_a_document_for_nobody_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo"])
    add("olu@example.org", monkeypatch)
    document = tmp_path / "survey.json"
    document.write_text(json.dumps(every_kind().to_json()), encoding="utf-8")

    assert main(["import", str(document)]) == 1
    assert "--organiser" in capsys.readouterr().err


def test_a_backup_brings_back_what_was_there(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CM8: `backup` and `restore`; nothing is restored under a running server."""
    main(["demo"])
    assert main(["backup", str(tmp_path / "copy.sqlite3")]) == 0
    add("late@example.org", monkeypatch)

    assert main(["restore", str(tmp_path / "copy.sqlite3")]) == 0

    assert " What was there is in answers.sqlite3.before-restore-" in capsys.readouterr().out
    with looked(database) as session:
        assert session.scalars(select(Account.email)).all() == ["demo@example.org"]
        assert session.scalar(select(func.count()).select_from(Response)) == 37 + 7


def test_a_backup_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "copy.sqlite3"
    file.write_bytes(b"something")
    main(["demo"])

    assert main(["backup", str(file)]) == 1
    assert file.read_bytes() == b"something"
    assert "Name a new file." in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, whatever its name says"])
def test_what_is_no_backup_is_not_restored(
    content: bytes | None, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo"])
    file = tmp_path / "copy.sqlite3"
    Path(tmp_path / "other" if content is None else file).write_bytes(content or b"")

    assert main(["restore", str(file)]) == 1
    with looked(database) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 37 + 7


def test_a_setting_that_cannot_be_used_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMALL_GROUP", "two")

    assert main(["purge"]) == 1
    assert capsys.readouterr().err == "SMALL_GROUP must be a whole number from 10 to 1000.\n"


def test_every_command_has_its_words() -> None:
    assert {"demo", "add-organiser", "import", "backup", "restore", "purge", "serve"} <= set(COMMANDS)
