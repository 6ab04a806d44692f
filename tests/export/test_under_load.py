"""Files are taken while answers come in, 50 a second: every one holds a moment, and in the end all are there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy.orm import Session

from surveyapp.export.checking.check import differences
from surveyapp.model.team import Team
from tests.export.packages import unzipped
from tests.export.samples import put_many, records_of
from tests.export.served import fetched
from tests.factories import card_of, make_survey
from tests.visitor import Visitor

SENDERS, EACH_SECOND, AT_LEAST = 2, 25, 40


class Sender(Thread):
    """Sends answers at a pace; `sent` counts those on the way or acknowledged, `acknowledged` the latter."""

    def __init__(self, port: int, code: str, stop: Event) -> None:
        super().__init__(daemon=True)
        self.port, self.code, self.stop = port, code, stop
        self.sent = self.acknowledged = 0

    def run(self) -> None:
        """Send until told to stop, each answer at its time."""
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.stop.wait(max(0, began + self.sent / EACH_SECOND - time.monotonic())):
            self.sent += 1
            fields = {"response": str(uuid4()), "overall": "4", "best": "Late, \n“quoted”", "finish": "1"}
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", f"/s/{self.code}", urlencode(fields), form)
            answer = connection.getresponse()
            answer.read()
            self.acknowledged += answer.status == 303
        connection.close()


@contextmanager
def sending(port: int, code: str) -> Iterator[list[Sender]]:
    """People who answer meanwhile."""
    stop = Event()
    senders = [Sender(port, code, stop) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    yield senders
    stop.set()
    for sender in senders:
        sender.join(20)


def test_every_file_holds_one_moment_while_answers_come_in(
    olu: Visitor, port: int, session: Session, team: Team, tmp_path: Path
) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)
    before, moments, package = len(rows(olu, port, survey.id)), [], tmp_path / "everything.zip"
    session.rollback()
    with sending(port, card_of(survey).code) as senders:
        while sum(sender.acknowledged for sender in senders) < AT_LEAST:
            least = before + sum(sender.acknowledged for sender in senders)
            package.write_bytes(taken(olu, port, survey.id, "everything.zip"))
            most = before + sum(sender.sent for sender in senders)
            files = unzipped(package.read_bytes())
            found = {row["response_id"] for row in records_of(files["responses.csv"])}
            assert differences(package) == []
            assert found == {row["response_id"] for row in records_of(files["answers.csv"])}
            moments.append((least, len(found), most))

    assert [moment for moment in moments if not moment[0] <= moment[1] <= moment[2]] == []
    assert len(rows(olu, port, survey.id)) == before + sum(sender.acknowledged for sender in senders)
    assert all(sender.sent == sender.acknowledged for sender in senders)


def rows(olu: Visitor, port: int, survey_id: object) -> list[dict[str, str]]:
    """The lines of `responses.csv`."""
    return records_of(taken(olu, port, survey_id, "responses.csv"))


def taken(olu: Visitor, port: int, survey_id: object, name: str) -> bytes:
    """A file, fetched whole."""
    return fetched(olu, port, f"/surveys/{survey_id}/export/{name}")[1]
