"""Every setting that can't be used is refused with a sentence that says what to write instead."""

from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path

import pytest

import config
from config import Config
from surveyapp import settings
from surveyapp.settings import SettingError

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
    """SE2: each setting has its documented default."""
    read = Config.from_environment({})

    assert read == Config(
        database_url=f"sqlite:///{root / 'instance' / 'surveyapp.sqlite3'}",
        secret_key="",
        public_url="http://127.0.0.1:8000",
        host="127.0.0.1",
        port=8000,
        redis_url="",
        instance=root / "instance",
        trusted_proxies=(),
        metrics_port=0,
        log_format="plain",
        smtp_url="",
        mail_from="",
        oidc_issuer="",
        oidc_client_id="",
        oidc_client_secret="",
        small_group=10,
        demo="auto",
        media_url="",
        media_endpoint="",
        speech_program="espeak-ng",
        organisation="",
        accessibility_contact="",
        settings_file=None,
    )
    assert not (root / "instance").exists()
    assert read.is_loopback


def test_everything_set_is_taken(root: Path) -> None:
    read = Config.from_environment(
        {
            "DATABASE_URL": POSTGRES, "SECRET_KEY": KEY, "PUBLIC_URL": "https://surveys.example.org/",
            "HOST": EVERYWHERE, "PORT": "80", "REDIS_URL": "redis://cache", "INSTANCE": "/srv/surveys",
            "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8  fd00::/8", "METRICS_PORT": "9100", "LOG_FORMAT": "json",
            "SMTP_URL": "smtps://me:secret@mail.example.org", "MAIL_FROM": "surveys@example.org",
            "OIDC_ISSUER": "https://login.example.org/realm/", "OIDC_CLIENT_ID": "surveys", "OIDC_CLIENT_SECRET": "s",
            "SMALL_GROUP": "25", "DEMO": "off",
            "MEDIA_URL": "s3://surveys/media", "MEDIA_ENDPOINT": "https://store.example.org",
            "SPEECH_PROGRAM": "espeak",
            "ORGANISATION": " Leeds Carers ", "ACCESSIBILITY_CONTACT": "0113 496 0000",
        }
    )  # fmt: skip

    assert read == Config(
        database_url=POSTGRES,
        secret_key=KEY,
        public_url="https://surveys.example.org",
        host=EVERYWHERE,
        port=80,
        redis_url="redis://cache",
        instance=Path("/srv/surveys"),
        trusted_proxies=(ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")),
        metrics_port=9100,
        log_format="json",
        smtp_url="smtps://me:secret@mail.example.org",
        mail_from="surveys@example.org",
        oidc_issuer="https://login.example.org/realm",
        oidc_client_id="surveys",
        oidc_client_secret="s",
        small_group=25,
        demo="off",
        media_url="s3://surveys/media",
        media_endpoint="https://store.example.org",
        speech_program="espeak",
        organisation="Leeds Carers",
        accessibility_contact="0113 496 0000",
    )
    assert not read.is_loopback


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"DATABASE_URL": "answers"}, "DATABASE_URL is not a database address. Write it like sqlite:///"),
        ({"DATABASE_URL": "postgresql://db:port/x"}, "DATABASE_URL is not a database address."),
        ({"DATABASE_URL": "mysql://db/surveys"}, "DATABASE_URL must be of SQLite or PostgreSQL: sqlite:///… or "),
        ({"DATABASE_URL": "postgresql+asyncpg://db/surveys"}, "DATABASE_URL must be of SQLite or PostgreSQL: sqlite"),
        ({"DATABASE_URL": "sqlite:///file:x?mode=memory&uri=true"}, "DATABASE_URL must name a file"),
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
        ({"PUBLIC_URL": "https://a.example/surveys"}, "PUBLIC_URL must end after the host"),
        ({"PUBLIC_URL": "https://me:secret@a.example"}, "PUBLIC_URL must be without a user and a password."),
        ({"HOST": "http://127.0.0.1"}, "HOST must be an address of this machine like 127.0.0.1, without http://"),
        ({"HOST": "127.0.0.1:80"}, "HOST must be an address of this machine"),
        ({"HOST": "our server"}, "HOST must be an address of this machine"),
        ({"REDIS_URL": "cache"}, "REDIS_URL must be written like redis://host:6379/0."),
        ({"REDIS_URL": "http://cache:6379"}, "REDIS_URL must be written like redis://host:6379/0."),
        ({"REDIS_URL": "redis://cache:port"}, "REDIS_URL must be written like redis://host:6379/0."),
        ({"REDIS_URL": "redis://me:p w@cache"}, "REDIS_URL must be written like redis://host:6379/0."),
        ({"TRUSTED_PROXIES": "proxy.example.org"}, "TRUSTED_PROXIES must be addresses or networks like 127.0.0.1, "),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES must be addresses or networks"),
        ({"TRUSTED_PROXIES": "*"}, "TRUSTED_PROXIES must be addresses or networks"),
        ({"METRICS_PORT": "metrics"}, "METRICS_PORT must be a whole number from 1 to 65535."),
        ({"METRICS_PORT": "0"}, "METRICS_PORT must be a whole number from 1 to 65535."),
        ({"METRICS_PORT": "8000"}, "METRICS_PORT must be another port than PORT."),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT must be one of plain, json."),
        ({"SMTP_URL": "mail.example.org"}, "SMTP_URL must be written like smtp://user:password@host:587."),
        ({"SMTP_URL": "smtp://mail:port"}, "SMTP_URL must be written like smtp://"),
        ({"SMTP_URL": "smtp://mail"}, "MAIL_FROM must be set where SMTP_URL is"),
        ({"MAIL_FROM": "Surveys <surveys@example.org>"}, "MAIL_FROM must be an e-mail address like surveys@"),
        ({"OIDC_ISSUER": "login"}, "OIDC_ISSUER must be a web address like https://login.example.org."),
        ({"OIDC_ISSUER": "http://login.example.org"}, "OIDC_ISSUER must begin with https://."),
        ({"OIDC_CLIENT_ID": "surveys"}, "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together."),
        ({"PORT": "http"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "0"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "65536"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "-1"}, "PORT must be a whole number from 1 to 65535."),
        ({"PORT": "٨"}, "PORT must be a whole number from 1 to 65535."),
        ({"SMALL_GROUP": "9"}, "SMALL_GROUP must be a whole number from 10 to 1000."),
        ({"SMALL_GROUP": "ten"}, "SMALL_GROUP must be a whole number from 10 to 1000."),
        ({"DEMO": "on"}, "DEMO must be one of auto, off."),
        ({"ORGANISATION": "two\nlines"}, "ORGANISATION must be one line of at most 200 letters."),
        ({"ACCESSIBILITY_CONTACT": "x" * 201}, "ACCESSIBILITY_CONTACT must be one line of at most 200 letters."),
        ({"MEDIA_URL": "https://bucket"}, "MEDIA_URL must be written like s3://bucket/folder."),
        ({"MEDIA_URL": "s3://Bucket Of Mine"}, "MEDIA_URL must be written like s3://bucket/folder."),
        ({"MEDIA_ENDPOINT": "store.example.org"}, "MEDIA_ENDPOINT must be a web address like https://"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(settings: dict[str, str], sentence: str) -> None:
    """SE4: a setting that can't be used is refused in a sentence."""
    with pytest.raises(SettingError) as refused:
        Config.from_environment(settings)

    assert str(refused.value).startswith(sentence)


def test_a_bucket_without_boto3_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "find_spec", lambda _name: None)

    with pytest.raises(SettingError, match=r"boto3 is missing for that\. Type: .+ requirements-s3\.txt"):
        Config.from_environment({"MEDIA_URL": "s3://surveys"})


@pytest.mark.parametrize(
    "setting",
    [
        {"DATABASE_URL": "mysql://me:hunter2@db/x"},
        {"DATABASE_URL": "postgresql://me:hunter2@db:port/x"},
        {"REDIS_URL": "redis://:hunter2@cache:port"},
        {"SMTP_URL": "smtp://me:hunter2@mail:port"},
        {"PUBLIC_URL": "https://me:hunter2@surveys.example.org"},
        {"OIDC_CLIENT_SECRET": "hunter2"},
    ],
)
def test_a_password_in_a_setting_that_cannot_be_used_is_not_repeated(setting: dict[str, str]) -> None:
    with pytest.raises(SettingError) as refused:
        Config.from_environment(setting)

    assert "hunter2" not in str(refused.value)


def test_a_password_in_a_good_database_address_is_kept() -> None:
    url = "postgresql+psycopg://me:hunter2@db/x"

    assert Config.from_environment({"DATABASE_URL": url, "SECRET_KEY": KEY}).database_url == url


def test_a_relative_path_is_taken_from_the_projects_folder(root: Path) -> None:
    read = Config.from_environment({"DATABASE_URL": "sqlite:///data/answers.sqlite3", "SECRET_KEY": KEY})

    assert read.database_url == f"sqlite:///{root / 'data' / 'answers.sqlite3'}"
    assert not (root / "data").exists()


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "answers.sqlite3"

    read = Config.from_environment({"DATABASE_URL": f"sqlite:///{path}", "SECRET_KEY": KEY})

    assert read.database_url == f"sqlite:///{path}"


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(root: Path) -> None:
    """SE3: the secret key is made once, for its owner alone."""
    first, second = Config.from_environment({}), Config.from_environment({})

    assert first.signing_key() == second.signing_key()
    assert len(first.signing_key()) >= 32
    assert (root / "instance" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", [b"", b"short", bytes(range(200, 250))], ids=["empty", "short", "no text"])
def test_a_secret_key_that_was_damaged_is_refused_and_left_as_it_is(root: Path, kept: bytes) -> None:
    file = root / "instance" / "secret_key"
    file.parent.mkdir(parents=True)
    file.write_bytes(kept)

    with pytest.raises(SettingError, match="secret_key holds no key"):
        Config.from_environment({}).signing_key()

    assert file.read_bytes() == kept


def test_processes_that_start_at_once_have_one_secret_key_and_leave_nothing_else(root: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: Config.from_environment({}).signing_key(), range(32)))

    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert [path.name for path in (root / "instance").iterdir()] == ["secret_key"]


def test_printed_addresses_follow_the_port() -> None:
    assert Config.from_environment({"PORT": "9000"}).public_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("host", "url", "only_here"),
    [
        ("127.0.0.1", "http://localhost:8000", True),
        ("localhost", "http://127.0.0.1:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("127.0.0.2", "http://127.8.9.10:8000", True),
        ("127.0.0.1", "http://192.168.0.7:8000", False),
        ("127.0.0.1", "https://127.0.0.1.example.org", False),
        (EVERYWHERE, "http://127.0.0.1:8000", False),
        ("::", "http://localhost:8000", False),
        ("192.168.0.7", "http://127.0.0.1:8000", False),
        ("server.example.org", "http://localhost:8000", False),
    ],
)
def test_only_this_machine_comes_where_both_addresses_are_its_own(host: str, url: str, only_here: bool) -> None:
    assert Config.from_environment({"HOST": host, "PUBLIC_URL": url}).is_loopback is only_here
