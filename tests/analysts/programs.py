"""The programs that `make analysts` installs, and how a test runs one."""

import shutil
import subprocess
from pathlib import Path

TIME = 120


def run(folder: Path, *command: str) -> str:
    """What a program prints in a folder; it has to be there and to end well."""
    program = shutil.which(command[0])
    assert program, f"{command[0]} is missing: `make analysts` installs it"
    ran = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, timeout=TIME, check=False)  # noqa: S603 -- a fixed command
    said = (ran.stdout + ran.stderr).decode()
    assert ran.returncode == 0, said
    return said


def soffice(folder: Path, *words: str) -> str:
    """LibreOffice without a window, with a profile of its own in the folder."""
    return run(folder, "soffice", f"-env:UserInstallation=file://{folder}/profile", *words)
