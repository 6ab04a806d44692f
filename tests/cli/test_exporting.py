"""`surveyapp export` and `surveyapp check-export`: a whole package or none, and the truth about it."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select, update

from surveyapp.cli import exporting
from surveyapp.cli.main import main
from surveyapp.export.everything.signature import public_key
from surveyapp.model.codes import shown_card_code
from surveyapp.model.installation import Installation, signing_seed
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import AuditEntry
from tests.cli.conftest import looked
from tests.export.packages import NAMES, json_of, unzipped, zipped_again

Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def code(database: Path, capsys: Told) -> str:
    """The code, as it is printed, of table 3 at the demonstration's last event, in an operator's own database."""
    main(["demo"])
    capsys.readouterr()
    return code_at(database, "closed")


def code_at(database: Path, state: str) -> str:
    """The code of table 3 at the event that is closed, or open."""
    cards = select(Card.code).join(Survey).where(Card.label == "Table 3", Survey.state == state)
    with looked(database) as session:
        return shown_card_code(session.scalars(cards).one())


def test_export_of_any_card_writes_a_whole_package_for_its_owner_alone(code: str, tmp_path: Path, capsys: Told) -> None:
    """CM7: `export CODE` writes a whole package, `check-export` says whether one is."""
    file = tmp_path / "out.zip"

    assert main(["export", code, "--out", str(file)]) == 0

    assert capsys.readouterr().out.endswith(f"\nExported to {file}: whole.\n")
    files = unzipped(file.read_bytes())
    assert list(files) == NAMES
    assert json_of(files, "manifest.json")["responses"] == 37
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.writing"))


def test_check_says_whole_or_what_differs(code: str, tmp_path: Path, capsys: Told) -> None:
    """CM7: `export CODE` writes a whole package, `check-export` says whether one is."""
    file = tmp_path / "out.zip"
    main(["export", code, "--out", str(file)])
    capsys.readouterr()

    assert main(["check-export", str(file)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{file}: whole, an ordinary file: what could single somebody out is blanked."
    assert second.startswith("It is signed with this installation's key, ")
    main(["export", code, "--out", str(tmp_path / "full.zip"), "--full"])
    assert main(["check-export", str(tmp_path / "full.zip")]) == 0
    assert "full.zip: whole, a full file: nothing is blanked.\n" in capsys.readouterr().out

    files = unzipped(file.read_bytes())
    file.write_bytes(zipped_again({name: content for name, content in files.items() if name != "import.sps"}))
    assert main(["check-export", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} is not whole:\nimport.sps is missing.\n"


def test_check_says_by_which_key_it_is_signed(
    code: str, database: Path, tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key_file = tmp_path / "out.zip", tmp_path / "key.txt"
    main(["export", code, "--out", str(file)])
    with looked(database) as session:
        key = public_key(signing_seed(session.connection()))
    key_file.write_text(f"The key\n{key.upper()}\n", encoding="utf-8")
    capsys.readouterr()

    for named in (key, str(key_file)):
        assert main(["check-export", str(file), "--key", named]) == 0
        assert f"It is signed with the key that you named, {key}." in capsys.readouterr().out
    assert main(["check-export", str(file), "--key", "0" * 64]) == 1
    assert f"another key than the one you named: by {key}." in capsys.readouterr().err
    assert main(["check-export", str(file), "--key", "my key"]) == 1
    assert "A key is 64 digits" in capsys.readouterr().err

    with looked(database) as session:
        session.execute(update(Installation).values(comment_key=b"another key since, of 32 bytes.."))
        session.commit()
    assert main(["check-export", str(file)]) == 0
    assert "This installation has another key now" in capsys.readouterr().out

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite3")
    assert main(["check-export", str(file)]) == 0
    assert "Whose it is, /about/key of the server it came from says" in capsys.readouterr().out


def test_file_that_is_there_is_never_overwritten(code: str, tmp_path: Path, capsys: Told) -> None:
    file = tmp_path / "out.zip"
    file.write_bytes(b"something")

    assert main(["export", code, "--out", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} is there already. Name a new file.\n"
    assert file.read_bytes() == b"something"


def test_answers_that_nobody_may_read_yet_are_refused(database: Path, tmp_path: Path, capsys: Told) -> None:
    assert main(["export", code_at(database, "open"), "--out", str(tmp_path / "out.zip")]) == 1
    assert capsys.readouterr().err.startswith("Nobody can see the answers until the survey is over: close it, then")
    assert not (tmp_path / "out.zip").exists()


def test_who_takes_a_file_here_is_written_down(code: str, database: Path, tmp_path: Path) -> None:
    main(["export", code, "--out", str(tmp_path / "out.zip"), "--full"])

    with looked(database) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.what.like("took%"))).all()
        assert [(one.what, one.account_id) for one in entries] == [
            ("took (full) everything.zip by the command line", None)
        ]


@pytest.mark.parametrize("typed", ["zzz-zzz", "not a code"])
def test_unknown_code_is_refused(typed: str, tmp_path: Path, capsys: Told) -> None:
    assert main(["export", typed, "--out", str(tmp_path / "out.zip")]) == 1
    assert capsys.readouterr().err == f"No card has the code “{typed}”.\n"
    assert not (tmp_path / "out.zip").exists()


def test_full_disk_leaves_nothing_behind(
    code: str, tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)

    assert main(["export", code, "--out", str(tmp_path / "out.zip")]) == 1
    assert capsys.readouterr().err.endswith("out.zip can't be written: No space left on device. Nothing was left.\n")
    assert not list(tmp_path.glob("out.zip*"))


def test_package_that_came_out_wrong_is_not_kept(
    code: str, tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "everything_zip", lambda _taken: iter([b"half a pack"]))

    assert main(["export", code, "--out", str(tmp_path / "out.zip")]) == 1
    file = tmp_path / "out.zip"
    assert capsys.readouterr().err == f"{file} is not whole:\nIt is no zip, or one that broke off.\n"
    assert not list(tmp_path.glob("out.zip*"))


def test_check_of_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: Told) -> None:
    assert main(["check-export", str(tmp_path / "none.zip")]) == 1
    assert capsys.readouterr().err.endswith("none.zip can't be read: No such file or directory.\n")


def test_export_into_a_folder_that_is_not_there_is_refused(code: str, tmp_path: Path, capsys: Told) -> None:
    assert main(["export", code, "--out", str(tmp_path / "none" / "out.zip")]) == 1
    assert capsys.readouterr().err.endswith("out.zip can't be written: No such file or directory. Nothing was left.\n")
