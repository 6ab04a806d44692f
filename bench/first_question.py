"""How long it takes to a question that can be answered, in Chromium on a slow phone and a slow network.

Slow 3G (400 ms round trip, 400 kbit/s) and a processor four times slower, as the browser's own tools set them. A step
is measured from the tap to the next question on the screen, both at the processor's own pace and on the slow phone;
the page that lists all answers for checking is no question, and is told apart. Layout shift as browsers count it.
"""

import os
import statistics
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.attendee import serving, survey_in
from surveyapp.editing.library import ready_surveys
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.npm import node_path

ROUNDS = 5
LATENCY_MS = 400
BYTES_PER_SECOND = 400_000 / 8
SLOWER = 4
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Shifts right after a tap are what the person asked for (hadRecentInput); a step lasts until its next frame is made.
WATCH = """
  window.shift = 0
  window.steps = []
  new PerformanceObserver(list => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shift += value
  }).observe({ type: 'layout-shift', buffered: true })
  addEventListener('click', tap => tap.target.closest('#go, #next') && requestAnimationFrame(() => setTimeout(() =>
    steps.push(performance.now() - tap.timeStamp))), true)
"""
USABLE = """async () => {
  while (!document.documentElement.classList.contains('steps')) await new Promise(done => setTimeout(done, 5))
  document.getElementById('go').click()
  return new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))
}"""


def run() -> dict[str, Any]:
    """Seconds to the first question at both visits, milliseconds of steps and to the check, layout shift.

    `step_ms` is the slowest step at the processor's own pace; the slow phone tells the usual and the slowest.
    Each is the median of the visits, the layout shift the worst.
    """
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_path())
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        _survey_id, code = survey_in(Path(name), ready_surveys()["carers_event"])
        browser = playwright.chromium.launch(executable_path=str(chromium_path()), args=list(CHROMIUM_FLAGS))
        with serving("ours", name) as server:
            visits = [visit(browser, f"http://127.0.0.1:{server.port}/s/{code}?view=easy") for _ in range(ROUNDS)]
        browser.close()
    *steps, _check = medians(visit.steps for visit in visits)
    *slow_steps, slow_check = medians(visit.slow_steps for visit in visits)
    return {
        "first_visit": statistics.median(visit.first for visit in visits),
        "second_visit": statistics.median(visit.second for visit in visits),
        "step_ms": max(steps),
        "slow_phone_step_ms": statistics.median(slow_steps),
        "slow_phone_slowest_step_ms": max(slow_steps),
        "slow_phone_check_ms": slow_check,
        "layout_shift": max(visit.shift for visit in visits),
    }


class Visit(NamedTuple):
    """Seconds to the first question, twice; milliseconds of each step, at both paces; the layout shift."""

    first: float
    second: float
    steps: list[float]
    slow_steps: list[float]
    shift: float


def medians(visits: Iterable[list[float]]) -> list[float]:
    """The median of each step."""
    return [statistics.median(times) for times in zip(*visits, strict=True)]


def visit(browser: Browser, address: str) -> Visit:
    """One phone that comes twice; and two more that go through the survey, tap by tap."""
    with closing(browser.new_context(**PHONE)) as context:
        page = opened(context, SLOWER)
        first = first_question(page, address)
        page.wait_for_timeout(4_000)  # the worker comes after the page, and counts for neither visit
        second = first_question(page, address)
    with closing(browser.new_context(**PHONE)) as context:
        steps = walked(opened(context, 1), address)
    with closing(browser.new_context(**PHONE)) as context:
        page = opened(context, SLOWER)
        slow_steps = walked(page, address)
        shift: float = page.evaluate("window.shift")
    return Visit(first, second, steps, slow_steps, shift)


def opened(context: BrowserContext, slower: int) -> Page:
    """A page on a phone so many times slower than this machine, with a slow network."""
    page = context.new_page()
    page.add_init_script(WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    network = {"latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **network})
    return page


def first_question(page: Page, address: str) -> float:
    """Seconds from setting out to the first question on the screen, with its script at work."""
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#go", state="attached")
    milliseconds: float = page.evaluate(USABLE)
    return milliseconds / 1_000


def walked(page: Page, address: str) -> list[float]:
    """Milliseconds of each step to the next question by its taps; the last one leads to the check."""
    page.goto(address, wait_until="load")
    tap(page, "#go")
    while page.locator("#next").is_visible():
        page.locator(".step.now label").first.click()
        tap(page, "#next")
    steps: list[float] = page.evaluate("window.steps")
    return steps


def tap(page: Page, selector: str) -> None:
    """Tap as somebody who is not in a hurry: a second tap within half a second does nothing."""
    page.wait_for_timeout(600)
    page.click(selector)
