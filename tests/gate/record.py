"""Write down for the accessibility statement which programs checked the pages today: `make statement`.

Run only after the gate has passed: make ends before this where it hasn't.
"""

import json
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from playwright.sync_api import sync_playwright

from surveyapp.pages.statement import RECORD
from tests.chromium import AXE, CHROMIUM_FLAGS, chromium_path
from tests.gate.seeded import FAULTS
from tests.npm import node_path


def engines(browser_version: str) -> list[dict[str, str]]:
    """The programs of the gate with their versions."""
    return [
        {"name": "axe-core", "version": AXE.version, "checks": "WCAG 2.2 A and AA; AAA contrast and target size"},
        {"name": "html5lib", "version": version("html5lib"), "checks": "sound HTML"},
        {
            "name": "Chromium",
            "version": browser_version,
            "checks": "reflow, text spacing, focus, languages, edges, whole surveys by keyboard and without script",
        },
    ]


def record(browser_version: str) -> dict[str, Any]:
    """What the statement is made from; every seeded fault was found, or the gate had not passed."""
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "engines": engines(browser_version),
        "faults": {"found": len(FAULTS), "seeded": len(FAULTS)},
    }


def main() -> None:
    """Ask the browser for its version and write the record."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path()), args=list(CHROMIUM_FLAGS))
        written = record(browser.version)
        browser.close()
    RECORD.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    node_path()
    main()
