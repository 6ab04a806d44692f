"""The lock keeps extras: pip before 23.3 takes the newest version of `name[extra]` where only `name` is pinned."""

from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project_files import ROOT

LOCKS = (*sorted(ROOT.glob("requirements*.txt")), ROOT / "tests" / "requirements.txt")


def pinned(lock: Path) -> list[Requirement]:
    """Return the packages that the file pins for this machine, with their extras."""
    lines = [line.removesuffix("\\") for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
    requirements = [Requirement(line.strip()) for line in lines]
    return [each for each in requirements if each.marker is None or each.marker.evaluate()]


def asked_for(package: Requirement) -> list[Requirement]:
    """Return what the installed package asks for itself, with the extras that it is pinned with."""
    own = [Requirement(line) for line in distribution(package.name).requires or ()]
    extras = ["", *package.extras]
    return [
        each for each in own if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras)
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_what_a_locked_package_asks_for_is_pinned_with_the_same_extras(lock: Path) -> None:
    packages = pinned(lock)
    extras = {canonicalize_name(each.name): each.extras for each in packages}

    missing = [
        f"{package.name} asks for {wanted}"
        for package in packages
        for wanted in asked_for(package)
        if not wanted.extras <= extras.get(canonicalize_name(wanted.name), set())
    ]

    assert packages
    assert missing == []


def test_a_package_that_asks_for_an_extra_is_among_the_locked() -> None:
    asking = [each for lock in LOCKS for package in pinned(lock) for each in asked_for(package) if each.extras]

    assert "coverage" in {each.name for each in asking}
