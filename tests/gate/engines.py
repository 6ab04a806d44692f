"""The gate: everything that a page has to pass in Chromium, as one list of what is wrong with it.

axe-core for WCAG 2.2 A and AA, on attendees' pages its AAA rules for contrast and targets as well; the checks of the
page as sent (`tests.html_checks`); and checks of our own for what neither finds (`own_checks.js`).
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.chromium import axe_source

AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
AAA = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
OWN_CHECKS = (Path(__file__).parent / "own_checks.js").read_text("utf-8")
ATTENDEE_CHECKS = (Path(__file__).parent / "attendee_checks.js").read_text("utf-8")
WITHOUT_A_HAND = 700  # milliseconds in which nobody touches anything
WORDS_SEEN = "document.body.innerText.trim().length"
ATTENDEES_TARGET = 44
ORGANISERS_TARGET = 24


def gate_faults(page: Page, *, is_attendees: bool) -> list[str]:
    """What axe and our own checks find on the page as it stands."""
    return [*axe_faults(page, is_attendees=is_attendees), *own_faults(page, is_attendees=is_attendees)]


def own_faults(page: Page, *, is_attendees: bool) -> list[str]:
    """What our own checks find: targets, reflow, languages, edges, labels, focus, sending by choosing.

    On attendees' pages also: focus that moves by itself, a page that is blank when the phone is turned, zoom, links by
    colour alone, names, order, and what is cut off.
    """
    more = [*_moves_by_itself(page), *_blank_when_turned(page), *page.evaluate(ATTENDEE_CHECKS)] if is_attendees else []
    page.keyboard.press("Shift")  # whoever uses the keyboard is shown the focus
    found: list[str] = page.evaluate(OWN_CHECKS, ATTENDEES_TARGET if is_attendees else ORGANISERS_TARGET)
    return found + more


def _moves_by_itself(page: Page) -> list[str]:
    """Focus that goes somewhere while nobody touches anything (3.2.1, 3.2.5), or was in a field from the beginning."""
    before = page.evaluate_handle("document.activeElement")
    page.wait_for_timeout(WITHOUT_A_HAND)
    told = page.evaluate("before => document.activeElement === before ? '' : document.activeElement.outerHTML", before)
    return [f"takes the focus by itself: {told[:110]}"] if told else []


def _blank_when_turned(page: Page) -> list[str]:
    """Whether the page says less when the phone is held the other way round (1.3.4)."""
    size = page.viewport_size
    if size is None:
        return []
    words = page.evaluate(WORDS_SEEN)
    page.set_viewport_size({"width": max(size["height"], 320), "height": size["width"]})
    turned = page.evaluate(WORDS_SEEN)
    page.set_viewport_size(size)
    return [f"says {turned} letters of {words} when the phone is turned"] if turned < words * 0.9 else []


def axe_faults(page: Page, *, is_attendees: bool) -> list[str]:
    """What axe finds: AA everywhere; on attendees' pages its AAA rules as well."""
    page.evaluate(axe_source())
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": AA}, "resultTypes": ["violations"]}
    if is_attendees:
        options |= {"runOnly": {"type": "tag", "values": [*AA, "wcag2aaa"]}, "rules": AAA}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
