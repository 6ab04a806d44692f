"""Proves the set-up on a bare machine: no `.venv`, no uv, and the pip of Debian 12 (23.0.1).

A clean clone is set up where it is, and what follows uses it; a tree that has a `.venv` is left alone and copied.

Debian's Python takes the pip for new environments from a folder of wheels (`WHEEL_PKG_DIR` of its ensurepip); here it
does so too. From Python 3.12 on, pip 23.0.1 doesn't run, and Python's own pip is used. Standard library only. Run by
`.ci/run`; needs the registry, and for a copy 2 GB in the temporary folder; leaves nothing there.
"""

import ensurepip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = "23.0.1"
SETUPTOOLS = "66.1.1"  # ensurepip of Python 3.11 wants it beside pip; the one of Debian 12
SAID = "sysconfig.get_config_var('WHEEL_PKG_DIR')"


def main() -> None:
    """Set up the app and start it, then set up the tests and run one; leaves by an error where something fails."""
    with tempfile.TemporaryDirectory(prefix="bare-") as made:
        bare = Path(made)
        project = copy_of_the_project(bare / "project") if (ROOT / ".venv").exists() else ROOT
        environment = bare_environment(bare)
        python = project / ".venv" / "bin" / "python"
        run([sys.executable, "surveyapp/bootstrap.py"], project, environment)
        run([str(python), "-m", "surveyapp", "demo"], project, environment | {"INSTANCE": str(bare / "instance")})
        run([sys.executable, "tests", "--setup-only"], project, environment)
        version = run([str(python), "-m", "pip", "--version"], project, environment)
        if sys.version_info < (3, 12) and f"pip {PIP} " not in version:
            sys.exit(f"The set-up was to be proved with pip {PIP} and used {version}")
        run([sys.executable, "tests", "tests/house/test_requirements.py", "-q"], project, environment)


def copy_of_the_project(target: Path) -> Path:
    """Copy what git knows of or would take up: no `.venv`, nothing that tools made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def bare_environment(folder: Path) -> dict[str, str]:
    """Return the environment without uv on the PATH, and with an ensurepip that brings the old pip."""
    if sys.version_info < (3, 12):
        ensurepip_with_old_pip(folder / "old")
    path = [part for part in os.environ["PATH"].split(os.pathsep) if not shutil.which("uv", path=part)]
    return os.environ | {"PATH": os.pathsep.join(path), "PYTHONPATH": str(folder / "old")}


def ensurepip_with_old_pip(folder: Path) -> None:
    """Put a copy of this Python's ensurepip into the folder, which takes its wheels from there as Debian's does."""
    wheels = folder / "wheels"
    packages = [f"pip=={PIP}", f"setuptools=={SETUPTOOLS}"]
    download = ["-m", "pip", "download", "--quiet", "--no-deps", *packages, "--dest", str(wheels)]
    subprocess.run([sys.executable, *download], check=True)
    shutil.copytree(Path(ensurepip.__file__).parent, folder / "ensurepip")
    module = folder / "ensurepip" / "__init__.py"
    text = module.read_text("utf-8")
    if SAID not in text:
        sys.exit("This Python's ensurepip says in another way where its wheels are: bring SAID up to date.")
    module.write_text(text.replace(SAID, repr(str(wheels))), "utf-8")


def run(command: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    """Run a command in the copy, say which, and return its output; leaves where it fails."""
    print("$", *command, flush=True)
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}The set-up on a bare machine fails here.")
    return done.stdout


if __name__ == "__main__":
    main()
