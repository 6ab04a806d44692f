"""What a person does with the survey's page, as steps that journeys are made of."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.response import StoredResponse
from tests.stored import stored_responses

TWO_TAPS_APART = 550  # milliseconds
TREMBLING = """(() => {
  let last = 0
  addEventListener('click', tap => {  // the second of two comes a tenth of a second later, however slow the machine is
    if (tap.detail > 1) Object.defineProperty(tap, 'timeStamp', { value: last + 100 })
    last = tap.timeStamp
  }, true)
})()"""


def start(page: Page, address: str) -> None:
    """Open the survey and start it."""
    page.goto(address)
    tap(page, "#go")


def tap(page: Page, selector: str) -> None:
    """Tap once, as somebody who is not in a hurry."""
    page.wait_for_timeout(TWO_TAPS_APART)
    page.click(selector)


def choose(page: Page, words: str) -> None:
    """Choose an answer of the question on the screen by its words."""
    page.locator(".step.now .tile").filter(has_text=re.compile(f"^\\s*{re.escape(words)}\\s*$")).click()


def write(page: Page, text: str) -> None:
    """Write into the question on the screen."""
    page.locator(".step.now textarea, .step.now input[type=text]").first.fill(text)


def go_on(page: Page) -> None:
    """Continue."""
    tap(page, "#next")


def skip_to_check(page: Page) -> None:
    """Continue until there is nothing left but to check."""
    while page.locator("#next").is_visible():
        go_on(page)


def send(page: Page) -> None:
    """Send the answers from the check."""
    tap(page, "[name=finish]")


def send_and_be_thanked(page: Page) -> None:
    """Send, and wait until the server has said that it has the answers."""
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()


def asked(page: Page) -> str:
    """The question on the screen, without the number that is heard before it."""
    return re.sub(r"^Question \d+ of \d+:\s*", "", page.locator(".step.now .ask").inner_text().strip())


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait until something is so that no element shows, half a minute at most."""
    for _ in range(300):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it is not so after half a minute")


def stored(session: Session) -> list[StoredResponse]:
    """Every response in the database, by revision."""
    session.rollback()
    return stored_responses(session)


@contextmanager
def no_signal(page: Page) -> Iterator[None]:
    """The phone has no signal for a while."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
