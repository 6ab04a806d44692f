"""Makes `.venv`, installs the pinned packages there and goes on inside it: standard library only, loaded by path.

`wsgi.py` and `tests` run this file with `runpy`, since importing the package would need the packages it is to install.
What is installed is written into `.venv/installed.json` last of all. Without that file an earlier try was cut short
and the next call begins afresh; while it matches the requirement files nothing is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST_PYTHON = (3, 11)
APP = ("requirements.txt",)
APP_AND_TESTS = ("requirements.txt", "tests/requirements.txt")


def enter(requirements: Sequence[str] = APP) -> None:
    """Come back only inside `.venv` with the requirement files installed; elsewhere start the program again there."""
    install(requirements)
    if Path(sys.prefix).resolve() != VENV.resolve():
        go_on_with(sys.orig_argv[1:])


def install(requirements: Sequence[str] = APP) -> None:
    """Install the requirement files (paths from the root of the project) into `.venv`, unless they are there already.

    Leaves by `SystemExit` with a sentence where Python is too old or the packages can't be had.
    """
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"This needs Python 3.11 or newer. This is Python {sys.version.split()[0]}.")
    wanted = digests(requirements)
    if is_installed(wanted):
        return
    with one_at_a_time():
        if not is_installed(wanted):
            say("Setting up. This happens once and takes about half a minute.")
            build(wanted)


def go_on_with(arguments: Sequence[str]) -> NoReturn:
    """Become `.venv`'s Python with these arguments."""
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name == "nt":  # there exec gives the terminal back before the new program ends
        sys.exit(subprocess.call(command))
    os.execv(PYTHON, command)


def digests(requirements: Sequence[str]) -> dict[str, str]:
    """Return what the stamp has to say for these files: their SHA-256, and the Python that the packages are for."""
    files = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in requirements}
    return {"python": "{}.{}".format(*sys.version_info), **files}


def stamp() -> dict[str, str]:
    """Return what is installed by name; empty where nothing is, or where an earlier installation was cut short."""
    try:
        installed = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(installed)


def is_installed(wanted: dict[str, str]) -> bool:
    """Say whether `.venv` holds all this, and its Python is still there."""
    return wanted.items() <= stamp().items() and PYTHON.exists()


def build(wanted: dict[str, str]) -> None:
    """Bring `.venv` to what is wanted; the stamp goes first and comes back last."""
    before = stamp()
    STAMP.unlink(missing_ok=True)
    if before.get("python") != wanted["python"] or not PYTHON.exists():
        before = {}
        make_environment()
    install_packages([name for name in wanted if name != "python"])
    write_launchers()
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text(json.dumps({**before, **wanted}, indent=1), "utf-8")
    unfinished.replace(STAMP)


def make_environment() -> None:
    """Make `.venv` anew, without pip, which is only put in where there is no uv."""
    if importlib.util.find_spec("ensurepip") is None and find_uv() is None:
        sys.exit("Python's venv module is missing here. Type this, then try again: sudo apt install python3-venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, symlinks=os.name != "nt")


def install_packages(requirements: Sequence[str]) -> None:
    """Install wheels only, each checked against its hash: by uv where there is one, else by pip.

    Both ask the registry that the machine is set up for. Where uv isn't set up and pip is, pip has the last word.
    """
    files = [word for name in requirements for word in ("-r", str(ROOT / name))]
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", *files]
    uv = find_uv()
    if uv and succeeds([uv, "pip", "install", "--python", str(PYTHON), *options]):
        return
    pip = [str(PYTHON), "-m", "pip"]
    if not succeeds([*pip, "--version"]):
        run_or_leave([str(PYTHON), "-m", "ensurepip"])
    run_or_leave([*pip, "install", "--disable-pip-version-check", "--no-input", "--no-compile", *options])


def find_uv() -> str | None:
    """Return the path of uv: `.venv`'s own, else the machine's."""
    return shutil.which("uv", path=str(BIN)) or shutil.which("uv")


def succeeds(command: Sequence[str]) -> bool:
    """Run a command in silence and say whether it went well."""
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False).returncode == 0


def run_or_leave(command: Sequence[str]) -> None:
    """Run a command; where it fails, show what it said and leave with a sentence."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stdout + done.stderr)
        sys.exit("The packages could not be installed; the reason is above. Check the connection, then try again.")


def write_launchers() -> None:
    """Make `python -m surveyapp` work from any folder, and write `.venv`'s `surveyapp` command."""
    for packages in VENV.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"):
        (packages / "surveyapp.pth").write_text(os.path.relpath(ROOT, packages) + "\n", "utf-8")
    if os.name == "nt":
        (BIN / "surveyapp.cmd").write_text('@"%~dp0python.exe" -m surveyapp %*\n', "utf-8")
        return
    launcher = BIN / "surveyapp"
    launcher.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m surveyapp "$@"\n', "utf-8")
    launcher.chmod(0o755)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock on `.venv`; it falls by itself when its holder ends, however that comes about."""
    with (ROOT / ".venv.lock").open("a+") as lock:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
        else:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(sentence: str) -> None:
    """Tell whoever waits at the terminal."""
    sys.stderr.write(sentence.rstrip() + "\n")
    sys.stderr.flush()


if __name__ == "__main__":  # python3 surveyapp/bootstrap.py requirements-parquet.txt
    install([*APP, *sys.argv[1:]])
    say("Installed.")
