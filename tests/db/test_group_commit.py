"""Saves that wait together are committed together, and each is told only its own outcome."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.db.group_commit import GroupCommit

PATIENCE = 60


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file with one small table, whose words are unique."""
    made = db.writing(db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}"))
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (words TEXT UNIQUE)")
    yield made
    made.dispose()


def stored(engine: Engine) -> list[str]:
    """The words in the table."""
    with engine.connect() as connection:
        return sorted(connection.execute(text("SELECT words FROM note")).scalars())


def note(words: str) -> Callable[[Session], str]:
    """A function that stores words and returns them."""

    def run(session: Session) -> str:
        session.execute(text("INSERT INTO note VALUES (:words)"), {"words": words})
        return words

    return run


def at_once(queue: GroupCommit, jobs: list[Callable[[Session], str]]) -> list[str]:
    """Run the jobs in threads that all wait behind a slow first one; what each came to, an error as its name."""
    slow_began, go_on = threading.Event(), threading.Event()
    outcomes = [""] * len(jobs)

    def slow(session: Session) -> str:
        slow_began.set()
        assert go_on.wait(PATIENCE)
        return note("slow")(session)

    def ask(place: int) -> None:
        try:
            outcomes[place] = queue.commit(jobs[place])
        except Exception as error:
            outcomes[place] = type(error).__name__

    first = threading.Thread(target=queue.commit, args=[slow])
    first.start()
    assert slow_began.wait(PATIENCE)
    others = [threading.Thread(target=ask, args=[place]) for place in range(len(jobs))]
    for thread in others:
        thread.start()
    while len(queue._waiting) < len(jobs):  # the moment when all of them wait is seen nowhere else
        pass
    go_on.set()
    for thread in (first, *others):
        thread.join(PATIENCE)
    return outcomes


def test_those_who_wait_together_share_one_commit(engine: Engine) -> None:
    commits: list[int] = []
    event.listen(engine, "commit", lambda _connection: commits.append(1))

    outcomes = at_once(GroupCommit(engine), [note(words) for words in "abcdef"])

    assert outcomes == list("abcdef")
    assert stored(engine) == [*"abcdef", "slow"]
    assert len(commits) == 2  # the slow one's, and theirs


def test_one_that_fails_costs_nobody_else_their_answer(engine: Engine) -> None:
    outcomes = at_once(GroupCommit(engine), [note("a"), note("b"), note("b"), note("c")])

    assert sorted(outcomes) == ["IntegrityError", "a", "b", "c"]
    assert stored(engine) == ["a", "b", "c", "slow"]


def test_nobody_is_told_stored_before_it_is_on_disk(engine: Engine) -> None:
    queue = GroupCommit(engine)
    seen: list[list[str]] = []
    outcomes: list[str] = []
    event.listen(engine, "commit", lambda _connection: seen.append(list(outcomes)))

    for words in "abc":
        outcomes += [queue.commit(note(words))]

    assert seen == [[], ["a"], ["a", "b"]]


def test_a_leader_that_is_stopped_leaves_the_others_to_store_theirs(engine: Engine) -> None:
    queue = GroupCommit(engine)

    def stopped(_session: Session) -> str:
        raise SystemExit

    with pytest.raises(SystemExit):
        queue.commit(stopped)

    assert queue.commit(note("after")) == "after"
    assert stored(engine) == ["after"]


def test_a_hundred_writers_lose_nothing_and_double_nothing(engine: Engine) -> None:
    queue = GroupCommit(engine)
    words = [f"{number:03}" for number in range(100)]
    threads = [threading.Thread(target=queue.commit, args=[note(each)]) for each in words]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert stored(engine) == words
