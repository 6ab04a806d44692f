"""`make test`: the tests of what changed, without a browser and on SQLite alone; or of the folders that are named.

A room of the app is tested by the folder of the same name. Whatever belongs to no room (the wiring, the settings, the
tests' own tools) is tested by the files beside this one.
"""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK = ("-q", "-n", "2", "-m", "not browser and not analysts", "-k", "not postgresql")
NOTHING_COLLECTED = 5  # pytest's exit code where every test of a folder was left out


def changed_files() -> list[str]:
    """What differs from the last commit, with what git does not know yet."""
    commands = (["git", "diff", "--name-only", "HEAD"], ["git", "ls-files", "--others", "--exclude-standard"])
    told = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout for command in commands
    )
    return [line for output in told for line in output.splitlines()]


def folders_of(files: Iterable[str], root: Path = ROOT) -> list[str]:
    """The tests of these files: each room's own folder, and the files beside the rooms for what is in none."""
    found: set[str] = set()
    for name in files:
        first, *rest = Path(name).parts
        if first not in ("surveyapp", "tests", "config.py", "wsgi.py", "migrations"):
            continue
        room = rest[0] if first in ("surveyapp", "tests") and len(rest) > 1 else ""
        if first == "migrations":
            room = "db"
        if room in ("templates", "static"):
            room = rest[1] if (root / "tests" / rest[1]).is_dir() else "web"
        found |= {f"tests/{room}"} if (root / "tests" / room).is_dir() and room else own_files(root)
    return sorted(found)


def own_files(root: Path = ROOT) -> set[str]:
    """The test files beside the rooms' folders."""
    return {f"tests/{path.name}" for path in (root / "tests").glob("test_*.py")}


def main(named: Sequence[str]) -> int:
    """Run them; 0 where they pass, or where nothing that is tested has changed."""
    folders = [*named] or folders_of(changed_files())
    if not folders:
        sys.stdout.write("Nothing that is tested has changed. Name a folder: make test FOLDER=tests/model\n")
        return 0
    code = subprocess.run([sys.executable, "-m", "pytest", *QUICK, *folders], cwd=ROOT, check=False).returncode
    return 0 if code == NOTHING_COLLECTED else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
