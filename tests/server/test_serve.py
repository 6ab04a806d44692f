"""Starting the server: the database is brought up to date, and the terminal says where to go."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from zxingcpp import read_barcodes

from config import Config
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.model.survey import Card, Phase, Survey
from surveyapp.server.serve import prepared_app, print_qr, print_welcome

LOOPBACK = "http://127.0.0.1:8000"


def settings(folder: Path, url: str = "", **more: str | int) -> Config:
    """Settings on an empty database."""
    usual = {"secret_key": "k" * 40, "demo": "auto", "public_url": LOOPBACK}
    return Config(database_url=url or f"sqlite:///{folder / 'answers.sqlite3'}", instance=folder, **(usual | more))  # type: ignore[arg-type]  # the settings' own kinds only


def answered_in(config: Config) -> int:
    """How many people the cards in the prepared database have counted; it must be at the newest migration."""
    engine = prepared_app(config).extensions["engine"]
    with Session(engine) as session:
        assert schema.is_current(session.connection())
        found = session.scalar(select(func.sum(Card.finished_count))) or 0
    engine.dispose()
    return found


def test_an_empty_database_on_this_machine_gets_the_demonstration_once(tmp_path: Path) -> None:
    assert answered_in(settings(tmp_path)) == 37 + 12
    assert answered_in(settings(tmp_path)) == 37 + 12


@pytest.mark.parametrize(
    "more",
    [{"demo": "off"}, {"public_url": "https://surveys.example.org"}, {"host": "0.0.0.0"}, {"host": "192.168.0.7"}],  # noqa: S104 -- what an operator writes to listen everywhere
)
def test_no_demonstration_where_it_is_off_or_others_could_see_it(tmp_path: Path, more: dict[str, str]) -> None:
    assert answered_in(settings(tmp_path, **more)) == 0


def test_no_demonstration_on_postgresql(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    assert answered_in(settings(tmp_path, request.getfixturevalue("postgres").fresh_database())) == 0


def welcome(config: Config) -> str:
    """What the terminal shows."""
    app, out = prepared_app(config), io.StringIO()
    print_welcome(app, config, out)
    app.extensions["engine"].dispose()
    return out.getvalue()


def test_the_welcome_says_where_both_go_and_shows_the_code(tmp_path: Path) -> None:
    said = welcome(settings(tmp_path))

    assert f"Organisers:  {LOOPBACK}/sign-in\n" in said
    assert "demo@example.org  password demo-demo-demo\n" in said
    assert "Stop with Ctrl+C." in said
    (address,) = (line.split()[1] for line in said.splitlines() if line.startswith("Attendees:"))
    assert [one.text for one in read_barcodes(drawn(said))] == [address]
    assert open_at(settings(tmp_path), address.removeprefix(f"{LOOPBACK}/s/"))


def open_at(config: Config, code: str) -> bool:
    """Whether a card leads to an event that is open."""
    engine = prepared_app(config).extensions["engine"]
    with Session(engine) as session:
        survey = session.scalars(select(Survey).join(Card).where(Card.code == code)).one()
        found = survey.times.phase(datetime.now(UTC)) is Phase.OPEN
    engine.dispose()
    return found


def test_the_welcome_without_the_demonstration_names_no_password(tmp_path: Path) -> None:
    said = welcome(settings(tmp_path, demo="off"))

    assert said.startswith(f"\nOrganisers:  {LOOPBACK}/sign-in\nAttendees:   {LOOPBACK}/\n\n")
    assert "password" not in said


def test_the_code_in_the_terminal_leads_phones_of_the_same_network_to_the_server(tmp_path: Path) -> None:
    said = welcome(settings(tmp_path, host="0.0.0.0", public_url="http://192.168.1.20:8000"))  # noqa: S104 -- the recipe

    assert [one.text for one in read_barcodes(drawn(said))] == ["http://192.168.1.20:8000/"]
    assert "password" not in said
    assert "Phones can't open" not in said


def test_an_address_that_phones_cannot_open_is_told(tmp_path: Path) -> None:
    said = welcome(settings(tmp_path, host="0.0.0.0"))  # noqa: S104 -- what an operator writes to listen everywhere

    assert "Phones can't open this address. Set PUBLIC_URL to http://" in said
    assert "password" not in said


def drawn(said: str) -> Image.Image:
    """The half blocks of a terminal as a picture: light is what the terminal's colour fills."""
    lines = [line for line in said.splitlines() if set(line) & set("█▀▄")]
    picture = Image.new("L", (max(map(len, lines)), 2 * len(lines)))
    for row, line in enumerate(lines):
        for column, block in enumerate(line):
            picture.putpixel((column, 2 * row), 255 * (block in "█▀"))
            picture.putpixel((column, 2 * row + 1), 255 * (block in "█▄"))
    return picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST)


def test_a_terminal_that_cannot_show_blocks_gets_no_code() -> None:
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, encoding="ascii")

    print_qr(LOOPBACK, terminal)
    terminal.flush()

    assert raw.getvalue() == b""


def test_a_database_that_is_unsafe_is_refused_at_the_start(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres").fresh_database() + "&options=-c%20synchronous_commit%3Doff"

    with pytest.raises(db.UnsafeDatabaseError):
        prepared_app(settings(tmp_path, url))
