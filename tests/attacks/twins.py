"""Two histories of one event that differ in what one person said: whoever tells them apart knows what that was.

The attack needs no idea of how figures are made: it reads every address in both histories, and compares bytes.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import Engine

from surveyapp.db import sessions as db
from surveyapp.model import release as releasing
from surveyapp.model.due import run_due
from surveyapp.model.saving import StoredLocation
from tests.attacks.crowd import NOON, Person, answer
from tests.visitor import Visitor

ROUTES: Mapping[str, str] = json.loads((Path(__file__).parents[1] / "house" / "routes.json").read_text("utf-8"))
READ = ("viewer", "analyst", "editor", "owner")
TYPESET = "cards.pdf"  # holds the moment at which it was made, and nothing of answers
SINGLE = re.compile("<(key|comment_id|uuid:action_id)>")
CHANGES_BY_ITSELF = re.compile(rb'(name="csrf_token"[^>]*value="|name="csrf-token" content=")[^"]*')
HEADLINE = re.compile(rb'<h3>.*?chosen at random.*?</p>|"headline":(?:null|\{[^}]*\})', re.DOTALL)
Seen = Mapping[str, bytes]


@dataclass
class Poller:
    """An organiser's session and a program's token, which read every address of a survey."""

    app: Flask
    organiser: Visitor
    survey_id: object
    code: str
    token: str

    @property
    def addresses(self) -> Iterator[str]:
        """Every address of this survey that can be read, but for those of single comments and entries."""
        for route, who in ROUTES.items():
            method, _, rule = route.partition(" ")
            if method != "GET" or who not in READ or rule.endswith(TYPESET) or SINGLE.search(rule):
                continue
            path = rule.replace("<uuid:survey_id>", str(self.survey_id)).replace("<code>", self.code)
            if "<name>" not in path:
                yield path.replace("<view>", "easy")
                continue
            yield from (path.replace("<name>", name) for name in ("responses.csv", "comments.csv", "safe.zip"))
            yield from (f"{path.replace('<name>', 'answers.csv')}?{how}=1" for how in ("full", "unfinished"))

    def sees(self) -> Seen:
        """Everything that is there now, without what changes by itself."""
        seen = {path: self.organiser.client.get(path).get_data() for path in self.addresses}
        program = self.app.test_client(use_cookies=False)
        headers = {"Authorization": f"Bearer {self.token}"}
        for ending in ("results.json", "export/responses.csv", "export/safe.zip"):
            path = f"/surveys/{self.survey_id}/{ending}"
            seen[f"token {path}"] = program.get(path, headers=headers).get_data()
        return {path: CHANGES_BY_ITSELF.sub(b"", body) for path, body in seen.items()}


@dataclass(frozen=True, slots=True)
class Twin:
    """What is seen after one person pressed Send, and after what was due was done, in one history."""

    sent: Seen
    moved: Seen


def twin(engine: Engine, poller: Poller, place: StoredLocation, person: Person, seed: int) -> Twin:
    """One history from here on; the same seed draws the same ones to be moved."""
    answer(engine, place, person)
    sent = poller.sees()
    with _drawing(seed):
        run_due(db.writing(engine), NOON, rewrite=False)
    return Twin(sent, poller.sees())


@contextmanager
def gone_back(engine: Engine, beside: Path) -> Iterator[None]:
    """What happens inside is undone at the end: the database's file is what it was."""
    file = Path(str(engine.url.database))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    shutil.copy(file, beside)
    yield
    engine.dispose()
    for name in (f"{file}-wal", f"{file}-shm"):
        Path(name).unlink(missing_ok=True)
    file.write_bytes(beside.read_bytes())  # the same file: the app watches that it isn't another one


def told_apart(one: Seen, other: Seen, *, but_for_the_headline: bool = False) -> list[str]:
    """The addresses at which two histories differ."""
    strip = (lambda body: HEADLINE.sub(b"", body)) if but_for_the_headline else bytes
    return sorted(path for path in one.keys() | other.keys() if strip(one[path]) != strip(other[path]))


def opposite(person: Person) -> Person:
    """The same person, who said something else of everything."""
    rating = str(6 - int(person.rating)) if person.rating != "3" else "1"
    return Person(person.order, person.id, person.table, rating, f"other {person.words}", f"other-{person.secret}")


@contextmanager
def _drawing(seed: int) -> Iterator[None]:
    usual = releasing._RANDOM
    releasing._RANDOM = Random(seed)  # type: ignore[assignment]  # noqa: S311 -- the same ones in both histories
    yield
    releasing._RANDOM = usual
