"""What pages load is made of the modules as they stand, and stays light."""

import gzip
import json
from pathlib import Path

import pytest

from surveyapp.web.assets import SOURCES
from tests.npm import LOCK, ROOT, run_npm

STATIC = ROOT / "surveyapp" / "static"
BUNDLES = sorted((STATIC / "bundles").glob("*.js"))
KB = 1024


def test_bundles_are_made_of_the_modules_as_they_stand(tmp_path: Path) -> None:
    made = run_npm(["run", "--silent", "bundle", "--", f"--outdir={tmp_path}"])

    assert made.returncode == 0, made.stderr
    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name: path.read_bytes() for path in BUNDLES} == fresh, "type: make bundles"


def test_every_script_that_pages_load_has_its_bundle() -> None:
    entries = {path.name for path in (STATIC / SOURCES).glob("*.js")}

    assert {path.name for path in BUNDLES} == entries


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_a_bundle_is_light(bundle: Path) -> None:
    """A1: the first load's script, the service worker and what loads on a tap: 5 KB each at most."""
    assert len(gzip.compress(bundle.read_bytes())) <= 5 * KB


def test_lock_file_names_no_registry_and_pins_every_package() -> None:
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    pinned = [about for name, about in packages.items() if name]

    assert len(pinned) > 50
    assert not [about for about in pinned if "resolved" in about or not about.get("integrity")]
