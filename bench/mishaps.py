"""People answer while things go wrong at random moments; every one of them must be heard exactly once.

A real `surveyapp serve`, a real Chromium with a profile of its own, and a line between them that can be cut and can
lose replies. Mishaps: no signal for a while, the browser killed (SIGKILL), the server killed (SIGKILL), replies lost
after the commit. `python -m bench.mishaps 200 [seed [pace]]` runs so many and prints what was lost or doubled.
"""

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Timer
from typing import Any

from playwright.sync_api import Error, Page, Playwright, sync_playwright

from bench.attendee import survey_in
from bench.line import STATE, Line, Phone, Server
from surveyapp.editing.library import ready_surveys
from tests.npm import node_path

TWO_TAPS_APART = 0.52
WRITTEN_FOR = 2.0  # seconds after which what was written must outlive the browser, on a machine that is busy
PATIENCE = 180.0
READY = ".steps, .receipt"


@dataclass
class World:
    """The server, the line to it, and the phone."""

    server: Server
    line: Line
    phone: Phone
    address: str
    database: Path
    pace: float = 1.0  # below 1, everything comes that much sooner, and people press Enter instead of tapping

    def finished(self, words: str) -> int:
        """How many finished responses hold these words."""
        return sum(words in answers.values() for finished, answers in self.rows() if finished)

    def rows(self) -> list[tuple[bool, dict[str, Any]]]:
        """Every response, waiting or moved: whether it is finished, and its answers.

        A browser's own form sends a line break as CR LF, where the script sends LF (HTML, 4.10.22).
        """
        both = " UNION ALL ".join(f"SELECT finished, answers FROM {table}" for table in ("inbox", "response"))  # noqa: S608 -- our names
        with sqlite3.connect(self.database) as connection:
            found = connection.execute(both).fetchall()
        return [(bool(finished), json.loads(answers.replace("\\r\\n", "\\n"))) for finished, answers in found]


@dataclass
class Person:
    """One person, and what they have done so far."""

    words: str
    written_at: float = 0.0
    sent_at: float = -10.0
    has_sent: bool = False
    is_thanked: bool = False
    notes: Counter[str] = field(default_factory=Counter)


def no_signal(world: World, chance: random.Random) -> list[tuple[float, Callable[[], object]]]:
    """The line is dead for a while."""
    start = chance.uniform(0, 4)
    return [(start, world.line.cut), (start + chance.uniform(0.3, 4), world.line.mend)]


def browser_killed(world: World, chance: random.Random) -> list[tuple[float, Callable[[], object]]]:
    """The browser dies at once, half of the time while there is no signal."""
    start = chance.uniform(0.5, 5)
    cut = [(max(0.0, start - chance.uniform(0, 2)), world.line.cut)] if chance.random() < 0.5 else []
    return [*cut, (start, world.phone.kill), (start + chance.uniform(1, 4), world.line.mend)]


def server_killed(world: World, chance: random.Random) -> list[tuple[float, Callable[[], object]]]:
    """The server dies at once and is started again."""
    start = chance.uniform(0, 4)
    return [(start, world.server.kill), (start + chance.uniform(0.1, 1), world.server.start)]


def replies_lost(world: World, chance: random.Random) -> list[tuple[float, Callable[[], object]]]:
    """What was sent is stored, and the phone doesn't hear of it."""
    return [(chance.uniform(0, 4), lambda: world.line.lose(chance.choice((1, 1, 2))))]


MISHAPS = (no_signal, browser_killed, server_killed, replies_lost)


def answer(world: World, person: Person) -> None:
    """Go on from wherever the page is until thanked, or until it is plain that the answers are stored."""
    until = time.monotonic() + PATIENCE
    while not person.is_thanked and time.monotonic() < until:
        try:
            _do_next(world, person, world.phone.page)
        except Error:
            _come_back(world, person)


def _do_next(world: World, person: Person, page: Page) -> None:
    state = page.evaluate(STATE)
    if state["thanked"] and person.has_sent:
        person.is_thanked = True
    elif state["step"] is None:
        raise Error("this is not the survey")
    elif state["step"] == "start":
        _tap(world, "#go")
    elif state["step"] == "check":
        _send(world, person, state["is"])
    else:
        _answer_question(world, person, state)


def _answer_question(world: World, person: Person, state: dict[str, Any]) -> None:
    page = world.phone.page
    if state["kind"] == "comment" and not person.written_at:
        page.fill(".step.now textarea", person.words, timeout=2_000)
        person.written_at = time.monotonic()
    elif state["kind"] == "choice" and not state["chosen"]:
        page.click(".step.now .tile", timeout=2_000)
    _tap(world, "#next")


def _send(world: World, person: Person, said: str) -> None:
    page = world.phone.page
    if said and time.monotonic() < person.sent_at + 5:
        page.wait_for_timeout(100)
        return
    person.has_sent = True
    _tap(world, "[name=finish]")
    person.sent_at = time.monotonic()
    page.wait_for_timeout(200)


def _tap(world: World, selector: str) -> None:
    """A second tap within half a second does nothing; a key that is pressed always does."""
    if world.pace < 1:
        world.phone.page.press(selector, "Enter", timeout=2_000)
        return
    time.sleep(TWO_TAPS_APART)
    world.phone.page.click(selector, timeout=2_000)


def _come_back(world: World, person: Person) -> None:
    """Open the survey again, in a new browser if need be, and look at what the phone still knows."""
    was_killed = world.phone.open_again()
    stood = world.phone.gone_at - person.written_at if person.written_at else 0.0
    if not was_killed and world.phone.page.url.startswith("http"):
        time.sleep(0.1)  # it was on its way to another page
        return
    with suppress(Error):
        world.phone.page.goto(world.address, timeout=15_000)
        person.notes["opened without signal"] += world.line.is_cut
        if _is_known(world, person):
            person.notes["restored"] += was_killed
        elif person.written_at:
            person.notes["forgotten"] += stood > WRITTEN_FOR
            person.written_at = 0.0


def _is_known(world: World, person: Person) -> bool:
    """Whether the phone shows their words again, or thanks them, or the server has them, within some seconds."""
    page = world.phone.page
    page.locator(READY).first.wait_for(state="attached", timeout=15_000)
    for _ in range(25):
        state = page.evaluate(STATE)
        is_there = world.finished(person.words) > 0
        person.is_thanked = person.has_sent and (state["thanked"] or is_there)
        if person.is_thanked or state["text"] == person.words:
            return True
        page.wait_for_timeout(200)
    return False


def run_one(world: World, number: int, chance: random.Random) -> Counter[str]:
    """One person, one mishap; what came of it."""
    mishap = MISHAPS[number % len(MISHAPS)]
    person = Person(f"Person {number} of Łódź 🍲\nand a second line")
    timers = [Timer(after * world.pace, act) for after, act in mishap(world, chance)]
    for timer in timers:
        timer.start()
    with suppress(Error):
        world.phone.page.goto("about:blank")
        world.phone.page.goto(world.address, timeout=15_000)
    answer(world, person)
    for timer in timers:
        timer.join()
    world.line.mend()
    stored = world.finished(person.words)
    if stored != 1 or not person.is_thanked:
        sys.stderr.write(f"{mishap.__name__}: {person}, stored {stored} times, {world.phone.told()}\n")
    person.notes.update({mishap.__name__: 1, "lost": stored == 0, "doubled": stored > 1})
    person.notes["not told"] += not person.is_thanked
    return person.notes


def run_many(count: int, seed: int, pace: float = 1.0) -> dict[str, int]:
    """So many people, one after another; all counts, and what is stored in the end."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_path())
    chance = random.Random(seed)  # noqa: S311 -- the same moments again for the same seed
    notes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        world = replace(world_in(Path(name), playwright), pace=pace)
        try:
            for number in range(count):
                notes.update(run_one(world, number, chance))
            rows = world.rows()
        finally:
            world.phone.kill()
            world.server.kill()
            world.line.close()
    strays = [answers for _finished, answers in rows if not any("Person" in str(said) for said in answers.values())]
    notes["rows of nobody"] = len(strays)
    stored = {"runs": count, "rows": len(rows), "finished rows": sum(finished for finished, _answers in rows)}
    return stored | {"lost": 0, "doubled": 0} | dict(notes)


def world_in(folder: Path, playwright: Playwright) -> World:
    """A survey of two questions in a new database, its server, its line and a phone."""
    ready = ready_surveys()["carers_event"]
    choice = next(one for one in ready.questions if one.kind == "rating5")
    comment = next(one for one in ready.questions if one.kind == "comment")
    _survey, code = survey_in(folder, replace(ready, questions=(choice, comment)))
    server = Server(folder / "bench.sqlite3")
    server.start()
    line = Line(server.port)
    phone = Phone(playwright, folder / "profile")
    return World(server, line, phone, f"http://127.0.0.1:{line.port}/s/{code}", folder / "bench.sqlite3")


def main(count: str = "200", seed: str = "1", pace: str = "1") -> int:
    """Print what came of so many runs; 1 when anything was lost, doubled or forgotten."""
    figures = run_many(int(count), int(seed), float(pace))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if any(figures.get(name) for name in ("lost", "doubled", "forgotten", "not told", "rows of nobody")) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
