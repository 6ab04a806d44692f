"""A port that somebody else holds is told in a sentence."""

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_port_in_use_is_refused_with_what_to_do(tmp_path: Path) -> None:
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'answers.sqlite3'}",
        "SECRET_KEY": "a secret that is long enough for every test",
        "DEMO": "off",
    }
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "surveyapp", "serve", "--port", port]

        done = subprocess.run(  # noqa: S603 -- its words stand above
            command, env=os.environ | settings, capture_output=True, text=True, timeout=60, check=False
        )

    assert done.returncode == 1
    assert f"port {port}: address already in use. Set HOST or PORT" in done.stderr
    assert "Traceback" not in done.stderr
