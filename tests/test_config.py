"""Every setting that can't be used is refused with a sentence that says what to write instead."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import config
from config import Config, SettingError

KEY = "k" * 32
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- what an operator writes to listen everywhere
POSTGRES = "postgresql+psycopg://surveys@db/surveys"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of the test's own, while the shell stands somewhere else."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.setattr(config, "ROOT", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def test_nothing_set_means_the_documented_defaults(root: Path) -> None:
    read = Config.from_environment({})

    assert read == Config(
        database_url=f"sqlite:///{root / 'instance' / 'surveyapp.sqlite3'}",
        secret_key=(root / "instance" / "secret_key").read_text(),
        public_url="http://127.0.0.1:8000",
        host="127.0.0.1",
        port=8000,
        redis_url="",
        small_group=10,
        demo="auto",
        media_url="",
        media_endpoint="",
        speech_program="espeak-ng",
        organisation="",
        accessibility_contact="",
        instance=root / "instance",
    )
    assert read.is_loopback


def test_everything_set_is_taken() -> None:
    read = Config.from_environment(
        {
            "DATABASE_URL": POSTGRES, "SECRET_KEY": KEY, "PUBLIC_URL": "https://surveys.example.org/",
            "HOST": EVERYWHERE, "PORT": "80", "REDIS_URL": "redis://cache", "SMALL_GROUP": "25", "DEMO": "off",
            "MEDIA_URL": "s3://surveys/media", "MEDIA_ENDPOINT": "https://store.example.org",
            "SPEECH_PROGRAM": "espeak",
            "ORGANISATION": " Leeds Carers ", "ACCESSIBILITY_CONTACT": "0113 496 0000",
        }
    )  # fmt: skip

    assert (read.database_url, read.secret_key, read.public_url) == (POSTGRES, KEY, "https://surveys.example.org")
    assert (read.host, read.port, read.redis_url, read.small_group) == (EVERYWHERE, 80, "redis://cache", 25)
    assert (read.media_url, read.media_endpoint) == ("s3://surveys/media", "https://store.example.org")
    assert (read.demo, read.speech_program) == ("off", "espeak")
    assert (read.organisation, read.accessibility_contact) == ("Leeds Carers", "0113 496 0000")
    assert not read.is_loopback


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DATABASE_URL": "answers"}, "DATABASE_URL is not a database address. Write it like sqlite:///"),
        ({"DATABASE_URL": "postgresql://db:port/x"}, "DATABASE_URL is not a database address."),
        ({"DATABASE_URL": "mysql://db/surveys"}, "DATABASE_URL must be of SQLite or PostgreSQL."),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL must name a file: answers kept in memory are lost."),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL must name a file"),
        ({"DATABASE_URL": POSTGRES}, "SECRET_KEY must be set when DATABASE_URL is not SQLite"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short. Write 32 characters or more."),
        ({"PUBLIC_URL": "surveys.example.org"}, "PUBLIC_URL must be a web address like https://"),
        ({"PUBLIC_URL": "ftp://surveys.example.org"}, "PUBLIC_URL must be a web address"),
        ({"PUBLIC_URL": "https://"}, "PUBLIC_URL must be a web address"),
        ({"PUBLIC_URL": "https://a.example/?x=1"}, "PUBLIC_URL must be a web address"),
        ({"PUBLIC_URL": "https://a.example/#x"}, "PUBLIC_URL must be a web address"),
        ({"PUBLIC_URL": "https://[a.example"}, "PUBLIC_URL must be a web address"),
        ({"PUBLIC_URL": "https://a.example:99999"}, "PUBLIC_URL must be a web address"),
        ({"PORT": "http"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "65536"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "-1"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "٨"}, "PORT must be a whole number from 1 to 65535."),
        ({"SMALL_GROUP": "4"}, "SMALL_GROUP must be a whole number from 5 to 1000."),
        ({"SMALL_GROUP": "ten"}, "SMALL_GROUP must be a whole number from 5 to 1000."),
        ({"DEMO": "on"}, "DEMO must be one of auto, off."),
        ({"ORGANISATION": "two\nlines"}, "ORGANISATION must be one line of at most 200 letters."),
        ({"ACCESSIBILITY_CONTACT": "x" * 201}, "ACCESSIBILITY_CONTACT must be one line of at most 200 letters."),
        ({"MEDIA_URL": "https://bucket"}, "MEDIA_URL must be written like s3://bucket/folder."),
        ({"MEDIA_URL": "s3://Bucket Of Mine"}, "MEDIA_URL must be written like s3://bucket/folder."),
        ({"MEDIA_ENDPOINT": "store.example.org"}, "MEDIA_ENDPOINT must be a web address like https://"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingError) as refused:
        Config.from_environment(settings)

    assert str(refused.value).startswith(sentence)


def test_a_bucket_without_boto3_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "find_spec", lambda _name: None)

    with pytest.raises(SettingError, match=r"boto3 is missing for that\. Type: .+ pip install boto3"):
        Config.from_environment({"MEDIA_URL": "s3://surveys"})


def test_a_password_in_a_bad_database_address_is_not_repeated() -> None:
    with pytest.raises(SettingError) as refused:
        Config.from_environment({"DATABASE_URL": "mysql://me:hunter2@db/x"})

    assert "hunter2" not in str(refused.value)


def test_a_password_in_a_good_database_address_is_kept() -> None:
    url = "postgresql+psycopg://me:hunter2@db/x"

    assert Config.from_environment({"DATABASE_URL": url, "SECRET_KEY": KEY}).database_url == url


def test_a_relative_path_is_taken_from_the_projects_folder(root: Path) -> None:
    read = Config.from_environment({"DATABASE_URL": "sqlite:///data/answers.sqlite3", "SECRET_KEY": KEY})

    assert read.database_url == f"sqlite:///{root / 'data' / 'answers.sqlite3'}"
    assert (root / "data").is_dir()


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "answers.sqlite3"

    read = Config.from_environment({"DATABASE_URL": f"sqlite:///{path}", "SECRET_KEY": KEY})

    assert read.database_url == f"sqlite:///{path}"


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(root: Path) -> None:
    first, second = Config.from_environment({}), Config.from_environment({})

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (root / "instance" / "secret_key").stat().st_mode & 0o077 == 0


def test_processes_that_start_at_once_have_one_secret_key_and_leave_nothing_else(root: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: Config.from_environment({}).secret_key, range(32)))

    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert [path.name for path in (root / "instance").iterdir()] == ["secret_key"]


def test_printed_addresses_follow_the_port() -> None:
    assert Config.from_environment({"PORT": "9000"}).public_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("url", "only_here"),
    [
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.0.7:8000", False),
        ("https://127.0.0.1.example.org", False),
    ],
)
def test_only_this_machine_reaches_a_loopback_address(url: str, only_here: bool) -> None:
    assert Config.from_environment({"PUBLIC_URL": url}).is_loopback is only_here
