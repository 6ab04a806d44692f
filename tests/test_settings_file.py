"""One settings file is read by the server and by every command; a slip of the pen in it is refused by its line."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

import config
from config import NAMES, Config
from surveyapp.settings import SettingError

KEY = "k" * 32
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- what an operator writes to listen everywhere


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.setattr(config, "ROOT", folder)
    return folder


def write(file: Path, *lines: str) -> None:
    """Write a settings file."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines), encoding="utf-8")


def test_the_file_in_the_instance_folder_is_read_and_the_environment_stands_before_it(root: Path) -> None:
    """SE1: one settings file for server and commands; the environment wins."""
    file = root / "instance" / "settings.env"
    write(file, "# ours", "PORT=9000", "export DEMO=off", 'ORGANISATION="Leeds Carers # and friends"', "", "HOST=::1")

    read = Config.from_environment({"HOST": EVERYWHERE})

    assert (read.port, read.demo, read.organisation, read.host) == (
        9000,
        "off",
        "Leeds Carers # and friends",
        EVERYWHERE,
    )
    assert read.public_url == "http://127.0.0.1:9000"
    assert read.settings_file == file


def test_an_address_with_signs_in_its_password_is_read_as_it_is_written(root: Path) -> None:
    url = "postgresql+psycopg://me:a#b$HOME${x}%21@db/x"
    write(root / "instance" / "settings.env", f"DATABASE_URL={url}", f"SECRET_KEY={KEY}")

    assert make_url(Config.from_environment({}).database_url).password == "a#b$HOME${x}!"


def test_the_instance_folder_brings_its_file_its_database_and_its_key(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "settings.env", "PORT=9000")

    read = Config.from_environment({"INSTANCE": str(tmp_path / "elsewhere")})

    assert (read.port, read.instance) == (9000, tmp_path / "elsewhere")
    assert read.database_url == f"sqlite:///{tmp_path / 'elsewhere' / 'surveyapp.sqlite3'}"
    assert read.signing_key() == (tmp_path / "elsewhere" / "secret_key").read_text()


def test_the_file_that_settings_names_is_read_instead(root: Path, tmp_path: Path) -> None:
    write(root / "instance" / "settings.env", "PORT=9000", "DEMO=off")
    write(tmp_path / "other.env", "PORT=9001", "INSTANCE=data")

    read = Config.from_environment({"SETTINGS": str(tmp_path / "other.env")})

    assert (read.port, read.demo, read.instance) == (9001, "auto", root / "data")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["PORT=9000", "DATABSE_URL=sqlite:///x"], "line 2: there is no setting DATABSE_URL. Is it DATABASE_URL?"),
        (["public_url=https://a.example"], "line 1: there is no setting public_url. Is it PUBLIC_URL?"),
        (["PORT=9000", "", "PORT=9001"], "line 3: PORT stands there twice."),
        (["PORT"], "line 1: write NAME=value."),
        (["PORT 9000"], "line 1: write NAME=value."),
        (['ORGANISATION="Leeds'], "line 1: write NAME=value."),
    ],
)
def test_a_settings_file_with_a_slip_is_refused_by_its_line(root: Path, lines: list[str], sentence: str) -> None:
    file = root / "instance" / "settings.env"
    write(file, *lines)

    with pytest.raises(SettingError) as refused:
        Config.from_environment({})

    assert str(refused.value) == f"The settings file {file}, {sentence}"


def test_what_other_programs_read_may_stand_in_the_file(root: Path) -> None:
    write(root / "instance" / "settings.env", "AWS_ACCESS_KEY_ID=key", "TZ=Europe/London")

    assert Config.from_environment({}).port == 8000


def test_a_settings_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture.env").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingError, match=r"nowhere\.env can't be read: No such file or directory\."):
        Config.from_environment({"SETTINGS": str(tmp_path / "nowhere.env")})
    with pytest.raises(SettingError, match=r"is no text in UTF-8\."):
        Config.from_environment({"SETTINGS": str(tmp_path / "picture.env")})
    with pytest.raises(SettingError, match=r"can't be read: Is a directory\."):
        Config.from_environment({"SETTINGS": str(tmp_path)})


def test_every_setting_has_its_name() -> None:
    assert {"DATABASE_URL", "INSTANCE", "TRUSTED_PROXIES", "METRICS_PORT", "OIDC_CLIENT_SECRET"} <= NAMES
    assert "SETTINGS_FILE" not in NAMES
