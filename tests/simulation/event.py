"""An event from its opening to its release, as a seed decides: who sends what, what gets lost, when the power goes."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from config import Config
from surveyapp.answer.opened_token import make_opened_token
from surveyapp.app import create_app
from surveyapp.db import sessions as db
from surveyapp.model.due import run_due
from surveyapp.model.release import NotClosedError, TooFewToReleaseError, release
from surveyapp.model.response import SHOW
from surveyapp.model.survey import LATE_FOR, TOGETHER, Phase, Survey
from tests.factories import card_of, every_kind, make_survey, make_team
from tests.simulation.checks import faults_of, hidden_of
from tests.simulation.disk import Disk, simulated
from tests.simulation.expected import Person

SECRET = "the key of simulated events, not a secret"
SERVERS = 2
PEOPLE = 20  # at the beginning
STEPS = 50
ENOUGH = 10  # from so many sealed responses on, everything is shown at the end
LOSS = {"request": 0.1, "reply": 0.15, "doubled": 0.2, "late": 0.3}
"""How often a request or its reply gets lost, comes again, or is overtaken by a later one."""
LONG = (6, 15, 60)
"""The step at which the power goes is among so many: a save has few, a release has many."""
DATABASE = "answers.sqlite3"
NOT_MADE_YET = UUID(int=0)


class PowerCutError(BaseException):
    """Everything ends in the middle of what it did; no `except Exception` may go on after it."""


class WrongError(AssertionError):
    """Something that must never happen has happened."""


@dataclass(frozen=True)
class Message:
    """What a phone sends: an answer that is begun or sealed, or a receipt."""

    address: str
    person: int
    fields: dict[str, str]
    revision: int = 0

    @property
    def seals(self) -> bool:
        """Whether it sends the answers and not only saves them."""
        return "finish" in self.fields


@dataclass
class Phone:
    """One person's phone: it sends again until it hears that what it sent is kept."""

    id: str
    revision: int = 0
    is_sealed: bool = False
    receipt: str = ""
    unheard: list[Message] = field(default_factory=list)


@dataclass
class Event:
    """Phones, network, organiser, clock, two servers and a disk."""

    chance: Random
    folder: Path
    history: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    network: list[Message] = field(default_factory=list)
    steps: int = 0
    cut_at: int | None = None
    servers: list[Flask] = field(default_factory=list)
    survey_id: UUID = NOT_MADE_YET
    is_over: bool = False
    addresses: list[str] = field(default_factory=list)
    found: dict[Path, bytes] = field(default_factory=dict)
    disk: Disk = field(init=False)

    def __post_init__(self) -> None:
        """Put the disk under it."""
        self.disk = Disk(self.folder, self.step)

    # The machine

    def prepare(self) -> None:
        """Start two servers and open a survey."""
        self.start_servers()
        with Session(self.engine) as session:
            survey = make_survey(session, make_team(session), every_kind(), sharing=TOGETHER)
            self.survey_id = survey.id
            self.addresses = [f"/s/{card_of(survey, label).code}" for label in ("Link", "Table 1")]

    def start_servers(self) -> None:
        """Start the servers on what is on the disk."""
        url = f"sqlite:///{self.folder / DATABASE}"
        config = Config(
            database_url=url, secret_key=SECRET, public_url="http://localhost", demo="off",
            instance=self.folder.parent / "instance",
        )  # fmt: skip
        self.servers = [create_app(config, testing=True) for _ in range(SERVERS)]
        for server in self.servers:
            made: Engine = server.extensions["engine"]
            for name in ("before_cursor_execute", "commit"):
                event.listen(made, name, self.step_or_die)

    def stop_servers(self) -> None:
        """Close their files."""
        for server in self.servers:
            server.extensions["engine"].dispose()

    @property
    def engine(self) -> Engine:
        """The engine of the first server."""
        engine: Engine = self.servers[0].extensions["engine"]
        return engine

    def step(self) -> None:
        """Count a step of the machine; at the one that is drawn the power goes."""
        self.steps += 1
        if self.cut_at is not None and self.steps >= self.cut_at and not self.disk.is_off:
            is_power_cut = self.chance.random() < 0.7
            self.note("the power goes" if is_power_cut else "the server is killed")
            self.found = self.disk.cut(self.chance, is_power_cut=is_power_cut)

    def step_or_die(self, *_about: Any) -> None:
        """A step at which what runs can be ended at once. Raises PowerCutError."""
        self.step()
        if self.disk.is_off:
            raise PowerCutError

    def run(self, act: Callable[[], None], *, cut: float = 0.12) -> bool:
        """Do something during which the power may go; False where it went, and everything was started again."""
        is_to_fail = self.chance.random() < cut
        self.cut_at = self.steps + self.chance.randint(1, self.chance.choice(LONG)) if is_to_fail else None
        try:
            act()
        except PowerCutError:
            pass
        except Exception as error:
            if not self.disk.is_off:
                raise WrongError(f"{type(error).__name__}: {error}") from error
        self.cut_at = None
        if not self.disk.is_off:
            return True
        self.recover()
        return False

    def recover(self) -> None:
        """Start again on what is left on the disk."""
        self.stop_servers()
        self.disk.start_again(self.found)
        self.start_servers()
        with self.engine.connect() as connection:
            if connection.scalar(text("PRAGMA integrity_check")) != "ok":
                raise WrongError("the database is broken")
        self.check()

    # The people

    def somebody_comes(self) -> None:
        """A phone opens the survey."""
        id_ = str(UUID(int=self.chance.getrandbits(128)))
        self.phones.append(Phone(id_))
        self.people.append(Person())

    def somebody_writes(self) -> None:
        """One of them saves, sends or takes back; now and then a second tab sends something else after the first."""
        number = self.chance.randrange(len(self.phones))
        phone, person = self.phones[number], self.people[number]
        if phone.receipt and self.chance.random() < 0.4:
            self.take_back(number)
            return
        if phone.is_sealed and self.chance.random() < 0.8:
            return
        phone.revision += 1
        words = f"p{number} v{phone.revision}"
        seals = self.chance.random() < (0.7 if phone.is_sealed else 0.75)
        phone.is_sealed = phone.is_sealed or seals
        opened = make_opened_token(SECRET.encode(), self.survey_id, 1, datetime.now(UTC) - timedelta(hours=1))
        fields = {
            "response": phone.id,
            "revision": str(phone.revision),
            "opened": opened,
            "best": words,
            "overall": str(self.chance.randint(1, 5)),
            "eq_condition": self.chance.choice(["yes", "no"]),
        }
        person.sent[words] = phone.revision
        self.put(
            Message(
                self.chance.choice(self.addresses), number, fields | ({"finish": "1"} if seals else {}), phone.revision
            )
        )

    def take_back(self, number: int) -> None:
        """Somebody types their receipt."""
        self.people[number].asks_back = True
        self.put(Message("/withdraw", number, {"receipt": self.phones[number].receipt, "sure": "1"}))

    def put(self, message: Message) -> None:
        """Give a message to the network; the phone keeps it until it has heard.

        What a second tab only saves, after the first has sent, is not kept: no phone waits to hear of it.
        """
        phone = self.phones[message.person]
        if message.seals or not phone.is_sealed or message.address == "/withdraw":
            phone.unheard.append(message)
        self.network.append(message)

    def deliver(self) -> None:
        """The network brings one message, the oldest or another, or brings it twice, or not at all."""
        if not self.network:
            return
        place = self.chance.randrange(len(self.network)) if self.chance.random() < LOSS["late"] else 0
        message = self.network[place]
        if self.chance.random() >= LOSS["doubled"]:
            self.network.pop(place)
        if self.chance.random() >= LOSS["request"]:
            self.send(message, is_heard=self.chance.random() >= LOSS["reply"])

    def send(self, message: Message, *, is_heard: bool) -> None:
        """A server gets a message; where its reply is heard, the person knows that it is kept."""
        server = self.chance.choice(self.servers)
        replies = []
        is_up = self.run(lambda: replies.append(server.test_client().post(message.address, data=message.fields)))
        self.note(f"{message.address} {message.fields.get('best', 'takes back')}: {is_up and replies[0].status_code}")
        if is_up and message.address == "/withdraw":  # also where it is refused: then it has been done before
            self.people[message.person].is_withdrawn = True
        if is_up and is_heard:
            self.hear(message, replies[0])

    def hear(self, message: Message, reply: Any) -> None:
        """Believe what a reply says."""
        phone, person = self.phones[message.person], self.people[message.person]
        if reply.headers.get("X-Saved", "").startswith(phone.id):
            person.acknowledged = max(person.acknowledged, message.revision)
            if message.seals:
                person.finished.add(message.fields["best"])
                phone.receipt = reply.location.partition("receipt=")[2].partition("&")[0] or phone.receipt
        elif message.address != "/withdraw":
            if reply.status_code == 200:  # few come so late: they are asked, and want their answers shown all the same
                message.fields["late_choice"] = SHOW
            return
        phone.unheard = [one for one in phone.unheard if one is not message]

    # The organiser and the clock

    def survey(self, session: Session) -> Survey:
        """The survey, to be changed."""
        return session.get_one(Survey, self.survey_id)

    def close_or_open(self) -> None:
        """The organiser closes it, or opens it again."""
        self.run(self._close_or_open)

    def _close_or_open(self) -> None:
        now = datetime.now(UTC)
        with Session(db.writing(self.engine)) as session:
            survey = self.survey(session)
            if survey.times.phase(now) is Phase.OPEN:
                survey.close(now)
            else:
                survey.open(now, "", at_once=True)
            session.commit()
            self.note(survey.state)

    def show_now(self) -> None:
        """The organiser presses Show now."""
        self.run(self._show_now)

    def _show_now(self) -> None:
        with Session(db.writing(self.engine)) as session:
            try:
                shown = release(session, self.survey(session), datetime.now(UTC))
            except (NotClosedError, TooFewToReleaseError) as refused:
                self.note(f"not shown: {type(refused).__name__}")
                return
            session.commit()
            self.note(f"{shown} are shown")

    def routine(self) -> None:
        """What is due is done, by a clock that may be wrong by days."""
        days = self.chance.choice([-1, 0, 0, 1, 2, 35])
        self.note(f"what is due {days} days from now is done")
        rewrite = self.chance.random() < 0.3
        now = datetime.now(UTC) + timedelta(days=days)
        if days > LATE_FOR.days:
            self.begun_may_go()
        if self.run(lambda: self._do_what_is_due(now, rewrite=rewrite)):
            self.check()

    def begun_may_go(self) -> None:
        """A month after the close what nobody has sent is deleted, and nobody is promised that it stays."""
        with Session(self.engine) as session:
            if self.survey(session).times.phase(datetime.now(UTC)) is Phase.CLOSED:
                self.is_over = True
                for person in self.people:
                    person.acknowledged = 0

    def _do_what_is_due(self, now: datetime, *, rewrite: bool) -> None:
        engine: Engine = self.chance.choice(self.servers).extensions["engine"]
        run_due(db.writing(engine), now, rewrite=rewrite)

    # What must be true

    def note(self, what: str) -> None:
        """Write down what happens."""
        self.history.append(f"{len(self.history)} {what}")

    def check(self) -> None:
        """Hold what is stored against the model. Raises WrongError."""
        with Session(self.engine) as session:
            if session.get(Survey, self.survey_id) is None:
                raise WrongError("the survey itself is lost")
            faults = [*faults_of(session, self.survey(session), self.people, may_be_gone=self.is_over)]
        if faults:
            raise WrongError("; ".join(faults))

    def end(self) -> None:
        """Everybody sends until they have heard; then it is closed, and everything comes that is due."""
        for number, phone in enumerate(self.phones):
            for message in [*phone.unheard]:
                if not self.people[number].is_withdrawn or message.address == "/withdraw":
                    self.insist(message)
        self.check()
        with Session(db.writing(self.engine)) as session:
            survey = self.survey(session)
            if survey.times.phase(datetime.now(UTC)) is Phase.OPEN:
                survey.close(datetime.now(UTC))
            session.commit()
        self.begun_may_go()
        for days in (2, 40):
            now = datetime.now(UTC) + timedelta(days=days)
            while not self.run(partial(self._do_what_is_due, now, rewrite=True), cut=0.5):
                pass
            self.check()
        with Session(self.engine) as session:
            hidden = hidden_of(session)
        if hidden >= ENOUGH:
            raise WrongError(f"{hidden} responses are never shown")

    def insist(self, message: Message) -> None:
        """Send again and again, until it is heard or taking late ones has ended."""
        phone = self.phones[message.person]
        for _ in range(20):
            if not any(one is message for one in phone.unheard):
                return
            self.send(message, is_heard=True)
        raise WrongError(f"{message.fields.get('best', 'a receipt')} is never acknowledged")

    def happen(self) -> None:
        """From the first phone to the last release."""
        for _ in range(PEOPLE):
            self.somebody_comes()
        for _ in range(PEOPLE):  # a hall answers, so that enough wait to be moved
            self.somebody_writes()
            self.deliver()
        acts: list[Callable[[], None]] = [
            self.somebody_comes, self.somebody_writes, self.deliver,
            self.close_or_open, self.show_now, self.routine,
        ]  # fmt: skip
        for _ in range(STEPS):
            (act,) = self.chance.choices(acts, weights=(6, 50, 55, 2, 3, 6))
            act()
            if self.chance.random() < 0.1:
                self.check()
        self.end()


def simulate(seed: int, migrated: Path, folder: Path) -> Event:
    """Let one event happen in an empty folder. Raises WrongError, with the seed and what had happened."""
    disk_folder = folder / "disk"
    disk_folder.mkdir(parents=True)
    shutil.copy(migrated, disk_folder / DATABASE)
    happening = Event(Random(seed), disk_folder)  # noqa: S311 -- the same by the same seed
    with simulated(happening.disk):
        try:
            happening.prepare()
            happening.happen()
        except WrongError as wrong:
            last = "\n".join(happening.history[-40:])
            raise WrongError(f"seed {seed}: {wrong}\n{last}\nagain: python -m tests.simulation {seed}") from wrong
        finally:
            happening.stop_servers()
    return happening
