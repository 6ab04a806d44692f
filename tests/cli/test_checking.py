"""`surveyapp check`: a line for each thing that the settings name, and exit 1 where something is wrong."""

import socket
import socketserver
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from config import Config
from surveyapp.server.serve import prepared_app
from tests.cli.conftest import Run

LINES = ["settings", "database", "counters", "folders", "media", "proxy", "redis", "mail", "sign-in"]


@pytest.fixture(autouse=True)
def here(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """An installation that is in order, and a port that nobody listens on."""
    run("demo")
    (database.parent / "instance").mkdir(mode=0o700)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    monkeypatch.setenv("PORT", str(port))
    return port


def line_of(run: Run, name: str) -> tuple[int, str]:
    """The exit code, and what one line says."""
    code, said, _ = run("check")
    return code, next(line.partition(":")[2].strip() for line in said.splitlines() if line.startswith(f"{name}:"))


def test_what_is_in_order_has_a_line_each(run: Run) -> None:
    """CM10: `check` has a line for each thing that can be wrong."""
    code, said, refused = run("check")

    assert (code, refused) == (0, "")
    assert [line.partition(":")[0] for line in said.splitlines()] == LINES
    assert "whole and up to date; 1 people, 2 surveys, 5 waiting responses, 44 responses" in said


def test_what_is_wrong_is_named_at_the_end(run: Run, database: Path) -> None:
    """CM10: `check` has a line for each thing that can be wrong."""
    database.chmod(0o644)

    code, said, refused = run("check")

    assert (code, refused) == (1, "Something is wrong: folders.\n")
    assert f"WRONG: others can look into {database}: chmod 600 it." in said


def test_counters_are_compared_with_the_answers(run: Run, database: Path) -> None:
    assert line_of(run, "counters") == (0, "as the answers are, in 2 surveys")
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE figure_count SET n = n + 1")
        (title,) = opened.execute("SELECT title FROM survey WHERE released_on IS NOT NULL").fetchone()

    assert line_of(run, "counters") == (
        1,
        f"WRONG: figures differ from the answers: {title}. The server mends them within a day.",
    )


def test_a_settings_file_that_others_can_read_is_wrong_and_names_that_are_not_ours_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.env"
    file.write_text("TZ=Europe/London\n")
    file.chmod(0o644)
    monkeypatch.setenv("SETTINGS", str(file))

    assert line_of(run, "settings") == (1, f"WRONG: others can read {file}, which may hold passwords: chmod 600 it.")
    file.chmod(0o600)
    assert line_of(run, "settings") == (0, f"{file}; not ours: TZ")


def test_recordings_of_another_installation_are_wrong(run: Run, tmp_path: Path) -> None:
    media = tmp_path / "instance" / "media"
    media.mkdir()
    (media / "installation").write_text("12345678-1234-1234-1234-123456789abc")

    code, said = line_of(run, "media")

    assert (code, said.startswith("WRONG: recordings and photos are of another installation (12345678-")) == (1, True)


@contextmanager
def served(config: Config) -> Iterator[None]:
    """The app on the port of its settings."""
    server = make_server(config.host, config.port, prepared_app(config))
    running = Thread(target=server.serve_forever)
    running.start()
    try:
        yield
    finally:
        server.shutdown()
        running.join()
        server.server_close()


def test_the_printed_address_is_followed_where_a_server_runs(
    run: Run, database: Path, here: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(f"sqlite:///{database}", "k" * 40, port=here, instance=database.parent / "instance")
    with served(config):
        assert line_of(run, "proxy") == (0, f"http://127.0.0.1:{here} leads here")
        monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:1")
        assert line_of(run, "proxy")[1].startswith("WRONG: http://127.0.0.1:1/health/live doesn't lead to this server")
    assert line_of(run, "proxy")[1].startswith("not looked at: no server of ours answers on 127.0.0.1, port ")


class Mail(socketserver.StreamRequestHandler):
    """A mail server that takes whoever says hello."""

    def handle(self) -> None:
        """Say what SMTP asks for."""
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 here\r\n")


def test_the_mail_server_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_FROM", "surveys@example.org")
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    assert line_of(run, "mail") == (1, "WRONG: 127.0.0.1 doesn't take our mail: [Errno 111] Connection refused.")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail) as server:
        Thread(target=server.serve_forever).start()
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
        said = line_of(run, "mail")
        server.shutdown()

    assert said == (0, "127.0.0.1 takes mail from surveys@example.org")


@pytest.mark.parametrize(
    ("settings", "line", "sentence"),
    [
        ({"REDIS_URL": "redis://127.0.0.1:1"}, "redis", "WRONG: REDIS_URL doesn't answer (Error 111 connecting"),
        (
            {"OIDC_ISSUER": "http://127.0.0.1:1", "OIDC_CLIENT_ID": "surveys", "OIDC_CLIENT_SECRET": "secret"},
            "sign-in",
            "WRONG: OIDC_ISSUER doesn't tell how to sign in",
        ),
        (
            {"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/x"},
            "database",
            "WRONG: PostgreSQL refused",
        ),
    ],
)
def test_what_does_not_answer_is_wrong(
    run: Run, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], line: str, sentence: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    code, said = line_of(run, line)

    assert (code, said[: len(sentence)]) == (1, sentence)
    assert "hunter2" not in said
