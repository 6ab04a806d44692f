"""Whoever copies an example gets what the project has: files, settings, commands, limits. No engine runs it."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import NAMES
from surveyapp.cli.commands import COMMANDS
from surveyapp.server.body import LIMIT
from surveyapp.server.listening import STOP_SECONDS
from tests.house.project_files import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text("utf-8"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
OURS = "/srv/event-answers/"
PROGRAMS_OWN = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "SETTINGS"}


def instructions(name: str) -> list[str]:
    """What stands in the Dockerfile after an instruction, lines put together."""
    text = (DEPLOY / "container" / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return [line.partition(" ")[2].strip() for line in text.splitlines() if line.startswith(f"{name} ")]


class Unit(configparser.ConfigParser):
    """A unit of systemd: names as they are written, `%` for itself."""

    def __init__(self, path: Path) -> None:
        super().__init__(interpolation=None, strict=False, delimiters=("=",))
        self.read(path, "utf-8")

    def optionxform(self, optionstr: str) -> str:
        """Leave a name as it is."""
        return optionstr


def test_an_image_is_made_of_files_that_are_there_and_pinned() -> None:
    copied = [source for line in instructions("COPY") for source in line.split()[:-1]]

    assert all((ROOT / source).exists() for source in copied)
    assert "--require-hashes" in instructions("RUN")[1]


def test_an_image_starts_a_command_that_there_is_as_nobody_in_particular() -> None:
    assert instructions("CMD") == ['["python3", "-m", "surveyapp", "serve"]']
    assert "serve" in COMMANDS
    assert instructions("USER") == ["answers"]
    assert instructions("STOPSIGNAL") == ["SIGTERM"]


def test_an_image_takes_no_answers_along() -> None:
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()

    assert {".git", "instance", "*.sqlite3*"} <= set(left_out)


def test_every_setting_of_the_examples_is_one() -> None:
    example = (DEPLOY / "container" / "settings.env.example").read_text("utf-8")
    of_units = [value for path in UNITS for value in Unit(path).get("Service", "Environment", fallback="").split()]
    named = [
        *re.findall(r"^(\w+)=", example, re.MULTILINE),
        *re.findall(r"(\w+)=", " ".join(instructions("ENV"))),
        *COMPOSE["services"]["app"]["environment"],
        *(value.partition("=")[0] for value in of_units),
    ]

    assert set(named) - NAMES <= PROGRAMS_OWN
    assert {"PUBLIC_URL", "SECRET_KEY", "INSTANCE", "DATABASE_URL", "TRUSTED_PROXIES"} <= set(named)


def test_the_composition_holds_together() -> None:
    services = COMPOSE["services"]
    mounted = [volume.partition(":")[0] for one in services.values() for volume in one.get("volumes", ())]

    assert set(mounted) - {"./Caddyfile"} == set(COMPOSE["volumes"])
    assert (DEPLOY / "container" / "Caddyfile").exists()
    built = services["app"]["build"]
    context = (DEPLOY / "container" / built["context"]).resolve()
    assert context == ROOT
    assert (context / built["dockerfile"]).is_file()
    for name, one in services.items():
        assert set(one.get("depends_on", ())) <= set(services), name
        assert one["networks"] == ["inside"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    proxies = COMPOSE["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert services["app"]["environment"]["TRUSTED_PROXIES"] == proxies
    assert int(services["app"]["stop_grace_period"].removesuffix("s")) > STOP_SECONDS


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_sound(path: Path) -> None:
    unit = Unit(path)
    if path.suffix == ".timer":
        assert unit["Timer"]["Persistent"] == "true"
        assert path.with_suffix(".service") in UNITS
        return
    service = unit["Service"]
    ours = [word.removeprefix(OURS) for word in service["ExecStart"].split() if word.startswith(OURS)]

    assert all((ROOT / name).exists() or name == ".venv/bin/surveyapp" for name in ours)
    commands = re.findall(r"bin/surveyapp ([\w-]+)", service["ExecStart"])
    assert set(commands) <= set(COMMANDS)
    assert service["UMask"] == "0077"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_understands_every_line() -> None:
    command = ["systemd-analyze", "verify", *map(str, UNITS)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own words

    said = [line for line in done.stderr.splitlines() if "is not executable: No such file" not in line]
    assert not [line for line in said if any(unit.name in line for unit in UNITS)]


def test_a_proxy_lets_through_what_the_server_takes_and_writes_no_log() -> None:
    nginx = (DEPLOY / "proxy" / "nginx.conf").read_text("utf-8")
    limit = re.search(r"client_max_body_size (\d+)m", nginx)

    assert limit is not None
    assert int(limit[1]) * 1024 * 1024 >= LIMIT
    assert nginx.count("access_log off;") == nginx.count("server {")
    for folder in ("proxy", "container"):
        caddy = (DEPLOY / folder / "Caddyfile").read_text("utf-8")
        assert "log" not in caddy.partition("{\n")[2]
        assert "max_size" not in caddy


@pytest.mark.parametrize("name", sorted(path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*.*")))
def test_every_example_is_told_in_the_operators_page(name: str) -> None:
    folder = name.rpartition("/")[0]
    assert name in OPERATOR or f"({folder})" in OPERATOR or f"../{folder}" in OPERATOR


OPERATOR = (ROOT / "docs" / "operator.md").read_text("utf-8")
