"""What the image starts, as the composition holds it: without any right, on a disk that takes nothing but in `/data`.

No engine is needed: a mount namespace makes the disk read-only, and `setpriv` takes the rights away.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.deploy.test_examples import COMPOSE, instructions
from tests.own_disk import OwnDisk, own_disk
from tests.postgres import PostgresServer
from tests.server.phones import PATIENCE, finish, free_port, open_survey, wait_until_it_answers

WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
APP = COMPOSE["services"]["app"]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[OwnDisk]:
    """`/data`, which alone can be written."""
    with own_disk(tmp_path / "data") as disk:
        disk.run("mount", "-o", "remount,bind,ro", "/").check_returncode()
        disk.run("mkdir", str(disk.folder / "tmp")).check_returncode()
        yield disk


def environment(disk: OwnDisk, url: str, port: int) -> dict[str, str]:
    """What image and composition set, at the places that they have here."""
    image = dict(word.split("=", 1) for line in instructions("ENV") for word in shlex.split(line))
    composition: dict[str, str] = APP["environment"] | {"DATABASE_URL": url}
    del composition["REDIS_URL"]  # counts of sign-ins are each process's own then
    here = {"INSTANCE": str(disk.folder), "TMPDIR": str(disk.folder / "tmp"), "HOST": "127.0.0.1", "PORT": str(port)}
    settings = {"PUBLIC_URL": "https://feedback.example.org", "SECRET_KEY": "k" * 40, "LOG_FORMAT": "json"}
    return os.environ | image | composition | settings | here


def test_the_image_serves_with_a_read_only_disk_and_without_rights(data: OwnDisk, postgres: PostgresServer) -> None:
    url, port = postgres.fresh_database(), free_port()
    _python, *command = json.loads(instructions("CMD")[0])
    checked = json.loads(instructions("HEALTHCHECK")[0].partition("CMD")[2])[1:]
    given = environment(data, url, port)
    words = [*data.before, *WITHOUT_RIGHTS, sys.executable, *command]
    with subprocess.Popen(words, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:  # noqa: S603 -- our words
        try:
            wait_until_it_answers(server, port)
            health = data.run(sys.executable, *(word.replace(":8000/", f":{port}/") for word in checked))
            code = open_survey(url)
            statuses = [finish(port, code, str(uuid4())) for _ in range(3)]
            began = time.monotonic()
            server.send_signal(signal.SIGTERM)
            ended, took = server.wait(PATIENCE), time.monotonic() - began
        finally:
            server.kill()
        assert server.stderr is not None
        said = server.stderr.read().decode()

    assert APP["read_only"]
    assert (APP["cap_drop"], APP["tmpfs"]) == (["ALL"], ["/tmp"])  # noqa: S108 -- the container's own
    assert (health.returncode, health.stderr) == (0, "")
    assert statuses == [200] * 3
    assert (ended, took < int(APP["stop_grace_period"].removesuffix("s"))) == (0, True)
    assert {json.loads(line)["level"] for line in said.splitlines()} == {"info"}
    assert "Read-only file system" in data.run("touch", "/written").stderr
