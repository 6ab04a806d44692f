"""The scripts' logic, tried in Node by its own test runner (`*.test.js` beside this file)."""

import subprocess

import pytest

from tests.npm import ROOT, node_path, npm_environment

UNITS = sorted((ROOT / "tests" / "scripts").glob("*.test.js"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_unit_tests_pass_in_node(unit: object) -> None:
    command = [str(node_path()), "--test", "--test-reporter=spec", str(unit)]
    done = subprocess.run(command, cwd=ROOT, env=npm_environment(), capture_output=True, text=True, check=False)  # noqa: S603 -- its words stand above

    assert done.returncode == 0, done.stdout
    assert "pass 0" not in done.stdout
