"""Makes `.venv`, installs the pinned packages there and goes on inside it: standard library only, loaded by path.

`wsgi.py` and `tests` run this file with `runpy`, since importing the package would need the packages it is to install.
A new environment is built in `.venv.new` and takes the place of `.venv` when it is whole: an update that fails or is
cut short leaves what worked before. What is installed is written into `installed.json`; while that matches the
requirement files nothing is done.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NEW = ROOT / ".venv.new"  # the next environment while it is built
OLD = ROOT / ".venv.old"  # the one before, for the moment of the swap
STAMP = "installed.json"
BIN = "Scripts" if os.name == "nt" else "bin"
PYTHON = "python.exe" if os.name == "nt" else "python"
OLDEST_PYTHON = (3, 11)
APP = ("requirements.txt",)
APP_AND_TESTS = ("requirements.txt", "tests/requirements.txt")
# Megabytes that each file adds: fetched, on disk. tests/test_bootstrap.py holds the second to what is there.
SIZES = {
    "requirements.txt": (60, 200),
    "requirements-parquet.txt": (50, 165),
    "requirements-s3.txt": (16, 24),
    "tests/requirements.txt": (400, 900),
}
PROGRESS = 25  # packages between two lines while pip fetches
SERVER = "import surveyapp.cli.main, surveyapp.server.serve"
FETCHED = re.compile(r"(Collecting|Processing) \S")
UNPACKING = re.compile(r"Installing collected packages")
NO_CONNECTION = "The package registry can't be reached. Check the connection, then try again."
# What pip says, and what that means for whoever reads it. The first that fits counts: without a connection
# pip ends with "no matching distribution" too.
REASONS = (
    (re.compile(r"No space left on device|Disk quota exceeded"), "The disk is full. Make room, then try again."),
    (
        re.compile(r"DO NOT MATCH THE HASHES"),
        "A package isn't the one that was pinned: it was changed on its way or in the registry.",
    ),
    (
        re.compile(r"must have their versions pinned|Hashes are required"),
        "The requirement files leave a package open: their fault.",
    ),
    (re.compile(r"Permission denied|Read-only file system"), "The folder can't be written to by this user."),
    (re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError"), "The registry's certificate isn't trusted on this machine."),
    (
        re.compile(r"Failed to establish|NameResolution|name resolution|ConnectionError|ConnectTimeout|timed? ?out"),
        NO_CONNECTION,
    ),
    (
        re.compile(r"40[13] Client Error|\b40[13] (?:Forbidden|Unauthorized)"),
        "The package registry doesn't let this machine in.",
    ),
    (
        re.compile(r"No matching distribution found|Could not find a version"),
        "The registry has no ready-made package for this Python and machine; its name is above.",
    ),
    (
        re.compile(r"\b5\d\d (?:Server Error|Bad Gateway|Service)"),
        "The package registry has a fault of its own. Try again later.",
    ),
)


def enter(requirements: Sequence[str] = APP) -> None:
    """Come back only inside `.venv` with the requirement files installed; elsewhere start the program again there."""
    is_new = install(requirements)
    if is_new or Path(sys.prefix).resolve() != VENV.resolve():
        go_on_with(sys.orig_argv[1:])


def install(requirements: Sequence[str] = APP) -> bool:
    """Install the requirement files (paths from the root of the project) into `.venv`; say whether that was needed.

    Leaves by `SystemExit` with a sentence where Python is too old or the packages can't be had.
    """
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"This needs Python 3.11 or newer. This is Python {sys.version.split()[0]}.")
    try:
        if is_installed(requirements):
            return False
        with one_at_a_time():
            finish_swap()
            if not is_installed(requirements):
                build([*dict.fromkeys([*requirements, *installed_before()])])
    except OSError as error:
        sys.exit(f"{failure(error)}\n{what_is_left()}")
    except KeyboardInterrupt:
        sys.exit(f"Stopped. {what_is_left()}")
    return True


def go_on_with(arguments: Sequence[str]) -> NoReturn:
    """Become `.venv`'s Python with these arguments."""
    python = python_in(VENV)
    sys.stdout.flush()
    if os.name == "nt":  # there exec gives the terminal back before the new program ends
        sys.exit(subprocess.call([str(python), *arguments]))
    os.execv(python, [str(python), *arguments])


def python_in(environment: Path) -> Path:
    """Return the path of an environment's Python."""
    return environment / BIN / PYTHON


def digests(requirements: Sequence[str]) -> dict[str, str]:
    """Return what the stamp has to say for these files: their SHA-256, and the Python that the packages are for."""
    files = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in requirements}
    return {"python": "{}.{}".format(*sys.version_info), **files}


def stamp() -> dict[str, str]:
    """Return what is installed by name; empty where nothing is."""
    try:
        installed = json.loads((VENV / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(installed)


def is_installed(requirements: Sequence[str]) -> bool:
    """Say whether `.venv` holds all this, and its Python is still there."""
    return digests(requirements).items() <= stamp().items() and python_in(VENV).exists()


def installed_before() -> list[str]:
    """Return the requirement files that somebody installed and the project still has: an update keeps them."""
    return [name for name in stamp() if name != "python" and (ROOT / name).exists()]


def build(requirements: Sequence[str]) -> None:
    """Build the next environment and put it in place of `.venv`."""
    fetched, on_disk = (sum(sizes) for sizes in zip(*(SIZES.get(name, (0, 0)) for name in requirements), strict=True))
    say(f"Setting up: {fetched} MB to fetch, {on_disk} MB on disk, {duration(fetched)}. This happens once.")
    remove_folder(NEW)
    make_environment()
    install_packages(requirements)
    write_launchers()
    compile_server()
    write_final_paths()
    (NEW / STAMP).write_text(json.dumps(digests(requirements), indent=1), "utf-8")
    swap()
    say("The packages are installed.")


def duration(megabytes: int) -> str:
    """Return about how long fetching and unpacking takes, at 2 MB a second."""
    return "about half a minute" if megabytes < 100 else f"{megabytes // 240 + 1} to {megabytes // 60 + 1} minutes"


def make_environment() -> None:
    """Make the next environment, without pip, which is only put in where there is no uv."""
    if importlib.util.find_spec("ensurepip") is None and find_uv() is None:
        sys.exit("Python's venv module is missing here. Type this, then try again: sudo apt install python3-venv")
    say("Making .venv …")
    venv.create(NEW, symlinks=os.name != "nt", prompt=VENV.name)


def install_packages(requirements: Sequence[str]) -> None:
    """Install wheels only, each checked against its hash: by uv where there is one, else by pip.

    Both ask the registry that the machine is set up for. Where uv isn't set up and pip is, pip has the last word.
    """
    python = str(python_in(NEW))
    files = [word for name in requirements for word in ("-r", str(ROOT / name))]
    options = ["--require-hashes", "--only-binary", ":all:", *files]
    say("Fetching the packages …")
    uv = find_uv()
    if uv and succeeds([uv, "pip", "install", "--quiet", "--python", python, *options]):
        return
    run([python, "-m", "ensurepip"])
    run(
        [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-compile", *options], steps()
    )


def find_uv() -> str | None:
    """Return the path of uv: `.venv`'s own, else the machine's."""
    return shutil.which("uv", path=str(VENV / BIN)) or shutil.which("uv")


def succeeds(command: Sequence[str]) -> bool:
    """Run a command in silence and say whether it went well."""
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, check=False).returncode == 0


def run(command: Sequence[str], tell: Callable[[str], None] = lambda line: None) -> None:
    """Run a command, tell of each line; where it fails, show what it said and leave with a sentence."""
    piped, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=nothing, stdout=piped, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as running:
        output = []
        for line in running.stdout or ():
            output.append(line)
            tell(line)
    if running.returncode:
        say("".join(output[-15:]))
        sys.exit(f"The packages could not be installed. {reason(''.join(output))}\n{what_is_left()}")


def steps() -> Callable[[str], None]:
    """Return what tells of the steps in pip's lines."""
    fetched = 0

    def tell(line: str) -> None:
        nonlocal fetched
        if FETCHED.match(line):
            fetched += 1
            if fetched % PROGRESS == 0:
                say(f"  {fetched} packages …")
        elif UNPACKING.match(line):
            say(f"Unpacking {fetched} packages …")

    return tell


def reason(output: str) -> str:
    """Return what pip's words mean, for whoever has to do something about it."""
    fitting = (sentence for pattern, sentence in REASONS if pattern.search(output))
    return next(fitting, "What pip said is above.")


def failure(error: OSError) -> str:
    """Return what an error of the file system means."""
    return f"The set-up stopped. {reason(os.strerror(error.errno or 0))} ({error.filename}: {error.strerror})"


def what_is_left() -> str:
    """Say what state a set-up that didn't end well leaves behind."""
    if stamp():
        return "What was installed before is unchanged: the version of the code that it was for still starts."
    return "Nothing is installed yet."


def write_launchers() -> None:
    """Make `python -m surveyapp` work from any folder, and write the environment's `surveyapp` command."""
    for packages in NEW.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"):
        (packages / "surveyapp.pth").write_text(os.path.relpath(ROOT, packages) + "\n", "utf-8")
    if os.name == "nt":
        (NEW / BIN / "surveyapp.cmd").write_text('@"%~dp0python.exe" -m surveyapp %*\n', "utf-8")
        return
    launcher = NEW / BIN / "surveyapp"
    launcher.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m surveyapp "$@"\n', "utf-8")
    launcher.chmod(0o755)


def compile_server() -> None:
    """Load once what a start loads, so that its bytecode is kept: it takes twice as long without.

    Where PYTHONDONTWRITEBYTECODE is set, as in many containers, or the server may not write here, no start keeps any.
    """
    say("Compiling …")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    command = [str(python_in(NEW)), "-c", SERVER]
    subprocess.run(command, cwd=ROOT, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, check=False)


def write_final_paths() -> None:
    """Let commands, activation and settings of the next environment name the place that it will have."""
    built, final = os.fsencode(NEW), os.fsencode(VENV)
    for path in [NEW / "pyvenv.cfg", *(NEW / BIN).iterdir()]:
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if built in content:
            path.write_bytes(content.replace(built, final))


def swap() -> None:
    """Put the next environment in place of `.venv`."""
    remove_folder(OLD)
    if VENV.exists():
        VENV.rename(OLD)
    NEW.rename(VENV)
    shutil.rmtree(OLD, ignore_errors=True)


def finish_swap() -> None:
    """Put back what a swap that was cut short took away."""
    if OLD.exists() and not VENV.exists():
        OLD.rename(VENV)


def remove_folder(path: Path) -> None:
    """Remove a folder or a link to one, if it is there."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock on `.venv`; it falls by itself when its holder ends, however that comes about."""
    with (ROOT / ".venv.lock").open("a+") as lock:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
        else:
            wait_for_lock(lock.fileno())
        yield


def wait_for_lock(lock: int) -> None:
    """Take the lock, with a word where somebody else has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up is at work here. Waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)


def say(sentence: str) -> None:
    """Tell whoever waits at the terminal."""
    sys.stderr.write(sentence.rstrip() + "\n")
    sys.stderr.flush()


if __name__ == "__main__":  # python3 surveyapp/bootstrap.py requirements-parquet.txt
    install([*APP, *sys.argv[1:]])
    say("Installed.")
