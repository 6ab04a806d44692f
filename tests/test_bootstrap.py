"""The set-up: the next `.venv` takes its place when it is whole, and what failed is said in a sentence."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pytest

from surveyapp import bootstrap
from tests.house.test_requirements import pinned

LOCKS = ("requirements.txt", "requirements-parquet.txt", "requirements-s3.txt", "tests/requirements.txt")
CLOSED_PORT = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}


@dataclass(frozen=True)
class Project:
    """A project with a registry of its own: a folder of wheels."""

    folder: Path

    @property
    def wheels(self) -> Path:
        """The folder that pip looks into."""
        return self.folder.parent / "wheels"

    def publish(self, version: str, name: str = "greeter") -> Path:
        """Put a package into the registry: a module and a command that say their version."""
        info = f"{name}-{version}.dist-info"
        contents = {
            f"{name}.py": f"def main():\n    print('{version}')\n",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}:main\n",
        }
        record = "".join(f"{path},,\n" for path in [*contents, f"{info}/RECORD"])
        wheel = self.wheels / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in [*contents.items(), (f"{info}/RECORD", record)]:
                archive.writestr(path, text)
        return wheel

    def require(self, *packages: str, digest: str = "", name: str = "requirements.txt") -> None:
        """Pin packages ("greeter==1"), each with the hash that it has in the registry or the one given."""
        lines = []
        for package in packages:
            wheel = self.wheels / f"{package.replace('==', '-')}-py3-none-any.whl"
            found = hashlib.sha256(wheel.read_bytes()).hexdigest() if wheel.exists() else "0" * 64
            lines.append(f"{package} --hash=sha256:{digest or found}\n")
        (self.folder / name).write_text("".join(lines), "utf-8")

    def set_up(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the set-up without uv; other settings of pip than the folder of wheels may be given."""
        where = environment or {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.run(
            [sys.executable, str(self.folder / "surveyapp" / "bootstrap.py"), *words],
            env={"PATH": str(self.wheels), "PIP_CONFIG_FILE": os.devnull, "PYTHONDONTWRITEBYTECODE": "1", **where},
            capture_output=True,
            text=True,
            check=False,
        )

    def greeting(self, name: str = "greeter") -> str:
        """What the installed command says."""
        command = [str(self.folder / ".venv" / "bin" / name)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, list[str]]:
    """A project updated from the first greeter to the second, with an extra that was chosen once, and what was said."""
    project = Project(tmp_path_factory.mktemp("bootstrap") / "project")
    for name in ("cli/main.py", "server/serve.py"):
        module = project.folder / "surveyapp" / name
        module.parent.mkdir(parents=True)
        module.write_text("import greeter\n", "utf-8")
    project.wheels.mkdir()
    (project.folder / "surveyapp" / "bootstrap.py").write_bytes(Path(bootstrap.__file__).read_bytes())
    for name, version in [("greeter", "1"), ("greeter", "2"), ("gone", "1"), ("chosen", "1")]:
        project.publish(version, name)
    project.require("chosen==1", name="requirements-parquet.txt")
    project.require("greeter==1", "gone==1")
    first = project.set_up("requirements-parquet.txt")
    project.require("greeter==2")
    second = project.set_up()
    assert [first.returncode, second.returncode] == [0, 0], first.stderr + second.stderr
    return project, [first.stderr, second.stderr]


@pytest.fixture
def project(updated: tuple[Project, list[str]]) -> Project:
    """A project where the second greeter is installed."""
    return updated[0]


def test_a_long_set_up_says_each_step(updated: tuple[Project, list[str]]) -> None:
    """CM1: a start installs once, says each step, and loads no more than serving needs."""
    said = updated[1][0]

    assert said.startswith("Setting up: ")
    assert "MB to fetch" in said
    assert [line for line in said.splitlines() if line.endswith("…")] == [
        "Making .venv …",
        "Fetching the packages …",
        "Unpacking 3 packages …",
        "Compiling …",
    ]


def test_what_a_start_loads_is_compiled_whatever_the_surroundings_say(project: Project) -> None:
    """A start takes twice as long without, and where they forbid it no start would keep any."""
    compiled = {path.name.partition(".")[0] for path in project.folder.rglob("*.pyc")}

    assert compiled >= {"main", "serve", "greeter"}


def test_what_is_installed_already_takes_no_word(project: Project) -> None:
    """CM1: a start installs once, says each step, and loads no more than serving needs."""
    assert project.set_up().stderr == "Installed.\n"


def test_an_update_replaces_all_and_keeps_what_was_chosen(project: Project) -> None:
    assert [project.greeting(), project.greeting("chosen")] == ["2", "1"]
    assert not (project.folder / ".venv" / "bin" / "gone").exists()


@pytest.mark.parametrize(
    ("digest", "environment", "said"),
    [
        ("", CLOSED_PORT, "can't be reached. Check the connection"),
        ("1" * 64, {}, "isn't the one that was pinned"),
    ],
    ids=["no connection", "another package than the pinned one"],
)
def test_an_update_that_fails_says_why_and_leaves_what_worked(
    project: Project, digest: str, environment: dict[str, str], said: str
) -> None:
    """CM2: an update that fails leaves what worked before."""
    project.require("greeter==1", digest=digest)
    failed = project.set_up(**environment)
    project.require("greeter==2")

    assert failed.returncode == 1
    assert said in failed.stderr
    assert "What was installed before is unchanged" in failed.stderr
    assert project.greeting() == "2"
    assert project.set_up().stderr == "Installed.\n"


def test_a_swap_that_was_cut_short_is_put_right(project: Project) -> None:
    (project.folder / ".venv").rename(project.folder / ".venv.old")

    assert project.set_up().stderr == "Installed.\n"
    assert project.greeting() == "2"
    assert not (project.folder / ".venv.old").exists()


def test_nothing_in_the_environment_names_the_folder_that_it_was_built_in(project: Project) -> None:
    settings = [project.folder / ".venv" / "pyvenv.cfg", *(project.folder / ".venv" / "bin").iterdir()]

    assert [path.name for path in settings if b".venv.new" in path.read_bytes()] == []


def test_a_file_that_is_not_there_is_named(project: Project) -> None:
    done = project.set_up("requirements-nothing.txt")

    assert done.returncode == 1
    assert "requirements-nothing.txt: No such file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for greeter==9", "no ready-made package"),
        ("ERROR: In --require-hashes mode, all requirements must have their versions pinned", "requirement files"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed\nNo matching distribution", "certificate"),
        ("ERROR: HTTP error 403 while getting: 403 Client Error: Forbidden", "doesn't let this machine in"),
        ("503 Server Error: Service Unavailable for url", "a fault of its own"),
        ("[Errno 30] Read-only file system: '/srv/app/.venv.new'", "can't be written"),
        ("something that pip has never said", "What pip said is above."),
    ],
)
def test_the_connection_is_blamed_for_nothing_else(output: str, sentence: str) -> None:
    assert sentence in bootstrap.reason(output)


@pytest.mark.parametrize("name", LOCKS)
def test_the_size_that_is_said_is_about_the_size_on_disk(name: str) -> None:
    files = [file for package in pinned(bootstrap.ROOT / name) for file in distribution(package.name).files or ()]
    sizes = [Path(str(file.locate())).stat().st_size for file in files if file.suffix != ".pyc"]

    megabytes = sum(sizes) / 1e6

    assert bootstrap.SIZES[name][1] == pytest.approx(megabytes, rel=0.25)
