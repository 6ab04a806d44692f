"""How fast `responses.csv` is written, beside the least that Python can do with the same rows.

The bare way is sqlite3, orjson and csv.writer on the same file, unguarded and without editions. Both ways run by
turns, and the ratio is the median of the rounds' own; seconds are of the processor, as neither way waits for anything.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select

from bench.bare import sqlite_rows, wide
from surveyapp.db.sessions import make_engine
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import snapshot
from surveyapp.model.base import Base
from surveyapp.model.figure_counts import count_released
from surveyapp.model.installation import Installation
from surveyapp.model.questionnaire import Choice, Question, Questionnaire, Wording
from surveyapp.model.response import Response
from surveyapp.model.survey import Edition, Survey
from surveyapp.model.team import Team

RESPONSES = 100_000
ROUNDS = 5
RATINGS = ("5", "4", "3", "2", "1")
ROLES = ("carer", "patient", "nurse", "other")
COMMENTS = ("The room was cold.", "Thank you, it was kind and clear.", "More time for questions, please, and a break.")


def run(responses: int = RESPONSES) -> dict[str, Any]:
    """Fill a database, write the file both ways by turns; seconds, their ratio, the first byte and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        engine = make_engine(f"sqlite:///{path}")
        survey_id = fill(engine, responses)
        first_byte, grown = _first_byte_and_memory(ours(engine, survey_id))
        assert b"".join(ours(engine, survey_id)) == b"".join(bare(path, survey_id)), "the two files differ"
        rounds = [
            (_seconds(lambda: bare(path, survey_id)), _seconds(lambda: ours(engine, survey_id))) for _ in range(ROUNDS)
        ]
        engine.dispose()
    least, taken = (statistics.median(each) for each in zip(*rounds, strict=True))
    ratio = statistics.median(least / taken for least, taken in rounds)
    figures = {"responses": responses, "bare": least, "ours": taken, "ratio": ratio}
    return {**figures, "first_byte": first_byte, "grown_mb": grown}


def ours(engine: Engine, survey_id: UUID) -> Iterator[bytes]:
    """The export as a route streams it."""
    with snapshot(engine, survey_id) as taken:
        yield from responses_csv(taken)


def bare(path: Path, survey_id: UUID) -> Iterator[bytes]:
    """The same bytes by the shortest way."""
    return wide(sqlite_rows(path, survey_id), [question.key for question in questionnaire().questions])


def fill(engine: Engine, responses: int) -> UUID:
    """A survey of 8 questions with so many finished responses, released and counted: else every file is empty."""
    Base.metadata.create_all(engine)
    team_id, survey_id, today = uuid4(), uuid4(), date(2026, 10, 7)
    document = questionnaire().to_json()
    survey = {"id": survey_id, "team_id": team_id, "title": "Bench", "event_key": "bench", "draft": document}
    dice = random.Random(1)  # noqa: S311 -- the same rows in every run
    with engine.begin() as connection:
        if connection.scalar(select(Installation.id)) is None:
            connection.execute(insert(Installation).values(id=uuid4()))
        connection.execute(insert(Team).values(id=team_id, name="Bench"))
        connection.execute(insert(Survey).values(**survey, created_on=today, version=1))
        connection.execute(insert(Edition).values(survey_id=survey_id, number=1, document=document))
        for start in range(0, responses, 1000):
            rows = [response(survey_id, dice, today) for _ in range(start, min(start + 1000, responses))]
            connection.execute(insert(Response), rows)
        count_released(connection, survey_id)
    return survey_id


def questionnaire() -> Questionnaire:
    """Six ratings, one choice and a comment."""
    ratings = [
        Question(f"rating_{n}", "rating5", _words(f"Rating {n}"), choices=_choices(RATINGS)) for n in range(1, 7)
    ]
    role = Question("role", "single", _words("Role"), choices=_choices(ROLES))
    return Questionnaire(_words("Bench"), (*ratings, role, Question("improve", "comment", _words("Improve"))))


def response(survey_id: UUID, dice: random.Random, today: date) -> dict[str, Any]:
    """One finished response's row."""
    answers = {f"rating_{n}": dice.choice(RATINGS) for n in range(1, 7)}
    answers |= {"role": dice.choice(ROLES), "improve": dice.choice(COMMENTS)}
    return {
        "survey_id": survey_id, "key": dice.randbytes(32), "edition": 1, "group": None, "view": "standard",
        "language": "en", "source": "qr", "revision": 1, "finished": True, "late": False, "withdrawn": False,
        "released": True, "follows": None,
        "day": today + timedelta(days=dice.randrange(3)), "receipt": None, "answers": answers,
    }  # fmt: skip


def _words(text: str) -> dict[str, Wording]:
    return {"en": Wording(text)}


def _choices(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, _words(code)) for code in codes)


def _seconds(make: Callable[[], Iterator[bytes]]) -> float:
    start = time.process_time()
    for _chunk in make():
        pass
    return time.process_time() - start


def _first_byte_and_memory(chunks: Iterator[bytes]) -> tuple[float, float]:
    """Seconds to the first chunk, and the most MB of resident memory beyond those before it."""
    before, start = _resident_mb(), time.perf_counter()
    next(chunks)
    first_byte = time.perf_counter() - start
    return first_byte, max((_resident_mb() for _ in chunks), default=before) - before


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


if __name__ == "__main__":
    result = run()
    print(  # noqa: T201 -- speaks to the terminal
        f"responses.csv, {result['responses']:,} responses: {result['ours']:.2f} s, bare {result['bare']:.2f} s, "
        f"{result['ratio']:.0%} of the bare rate; first byte {result['first_byte']:.3f} s, "
        f"{result['grown_mb']:.1f} MB more memory"
    )
