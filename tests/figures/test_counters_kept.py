"""Counters through the life of a survey: whatever happens, they hold what its rows say, and nothing twice."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, Select, func, select, update
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.figures.counters import survey_counts
from surveyapp.model import withdrawal
from surveyapp.model.due import run_due
from surveyapp.model.figure_counts import FigureCount, count_released, recounted, that_is_uncounted
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Questionnaire, ShowIf
from surveyapp.model.release import TooFewToReleaseError, _unreleased, join_late, release, write_anew
from surveyapp.model.response import InboxResponse, Response, Sent, Version, few, that_was_begun
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import LATE_FOR, OPENLY, REHEARSAL, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.model.withdrawal import withdraw
from tests.factories import card_of, every_kind, make_question, make_questionnaire, make_survey
from tests.figures.recount import assert_counters_are_right
from tests.model.test_release import CLOSED_AT, TODAY, close, finish

ANY = uuid4()
OPEN_AT = CLOSED_AT - timedelta(hours=8)


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's engine, for transactions that write."""
    found: Engine = app.extensions["engine"]
    return db.writing(found)


def first_edition() -> Questionnaire:
    """One of each kind, a question asked only after one answer, a pair of before and now, and one for a name."""
    why = make_question("why", "comment", "Why?", show_if=ShowIf("listened", ("no", "not_sure")))
    pair = (make_question("sure_before"), make_question("sure_now"))
    name = make_question("name", "comment", "What is your name?", asks_who="accepted")
    return make_questionnaire(*every_kind().questions, why, *pair, name)


def second_edition() -> Questionnaire:
    """Without the drink and with another question in its place."""
    kept = tuple(question for question in first_edition().questions if question.key != "drink")
    return make_questionnaire(*kept, make_question("food"))


class Life:
    """A survey that is answered, taken back, released and opened again at random, and looked at after each of these."""

    def __init__(self, engine: Engine, session: Session, survey: Survey, seed: int) -> None:
        self.engine, self.session, self.survey = engine, session, survey
        self.draw = Random(seed)  # noqa: S311 -- the same life in every run
        self.now = OPEN_AT
        self.sent: list[Sent] = []

    def answer(self) -> None:
        """Some people answer, some of them a second time, some of them late."""
        for _ in range(self.draw.randint(1, 12)):
            again = self.sent and self.draw.random() < 0.1
            id_ = self.draw.choice(self.sent).id if again else str(uuid4())
            edition = self.draw.randint(1, len(self.survey.editions))
            version = Version(None if again else 1, self.draw.random() < 0.9, self.answers(edition))
            view, language = self.draw.choice(["standard", "easy"]), self.draw.choice(["en", "cy"])
            sent = Sent(id_, version, edition, view, language, late=self.survey.state == "closed")
            source = self.draw.choice(["qr", "qr", "qr", REHEARSAL])
            group = self.draw.choice([None, "Morning", "Evening"])
            place = StoredLocation(
                self.survey.id, card_of(self.survey).code, source, group, openly=self.survey.shows_openly
            )
            record(self.session, place, sent, TODAY, receipt=id_.encode()[:32])
            self.sent.append(sent)
        self.session.commit()

    def answers(self, edition: int) -> dict[str, Answer]:
        """What somebody says: some questions are skipped."""
        said: dict[str, Answer] = {}
        for question in self.survey.editions[edition - 1].questionnaire.linked:
            values: Mapping[str, Answer] = {
                "multiple": self.draw.sample(question.codes, min(2, len(question.codes))),
                "comment": self.draw.choice(["None.", f"Words {self.draw.random()}"]),
                "number": self.draw.randint(0, 5),
            }
            offered: list[Answer] = [*question.codes, *kind_of(question).points]
            if self.draw.random() < 0.8:
                kind = question.kind
                said[question.key] = values[kind] if kind in values else self.draw.choice(offered)
        return said

    def take_back(self) -> None:
        """Somebody takes their answers back."""
        if self.sent:
            with Session(self.engine) as writing:
                withdraw(writing, self.draw.choice(self.sent).id.encode()[:32], self.now)
                writing.commit()

    def do_what_is_due(self) -> None:
        """A minute passes, or half a day."""
        self.now += timedelta(minutes=1) if self.draw.random() < 0.7 else timedelta(hours=13)
        run_due(self.engine, self.now, rewrite=self.draw.random() < 0.5)

    def close_and_show(self) -> None:
        """The organiser closes it and presses Show now, or waits."""
        with Session(self.engine) as writing:
            survey = writing.get_one(Survey, self.survey.id)
            survey.close(self.now)
            try:
                if self.draw.random() < 0.6:
                    release(writing, survey, self.now)
            except TooFewToReleaseError:
                pass
            writing.commit()
        self.session.expire_all()

    def open_again(self) -> None:
        """It is opened again, with questions of another edition."""
        with Session(self.engine) as writing:
            survey = writing.get_one(Survey, self.survey.id)
            survey.draft = second_edition().to_json()
            survey.open(self.now, "key", at_once=True)
            writing.commit()
        self.session.expire_all()

    def thirty_days_later(self) -> None:
        """Late ones join."""
        with Session(self.engine) as writing:
            join_late(writing, writing.get_one(Survey, self.survey.id), self.now + LATE_FOR + timedelta(days=1))
            writing.commit()


@pytest.mark.parametrize("sharing", [TOGETHER, OPENLY])
@pytest.mark.parametrize("seed", range(3))
def test_counters_hold_what_rows_say_at_any_moment(
    engine: Engine, session: Session, team: Team, sharing: str, seed: int
) -> None:
    survey = make_survey(session, team, first_edition(), sharing=sharing)
    life = Life(engine, session, survey, seed)
    seldom = (life.close_and_show, life.open_again, life.thirty_days_later)

    for _ in range(30):
        life.draw.choice((life.answer, life.answer, life.take_back, life.do_what_is_due, life.draw.choice(seldom)))()
        assert_counters_are_right(session, survey)

    run_due(engine, life.now, rewrite=True)
    assert recounted(session.connection(), survey.id).counts_are_right
    assert session.scalars(select(func.count()).select_from(FigureCount).where(FigureCount.n < 1)).one() == 0


def stored(session: Session) -> dict[tuple[str, str], int]:
    """The counters of the whole event."""
    session.rollback()
    rows = session.scalars(select(FigureCount).where(FigureCount.dimension == ""))
    return {(row.question, row.value): row.n for row in rows}


def test_nothing_is_counted_before_the_final_release(engine: Engine, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER)
    finish(session, survey, 40)
    run_due(engine, OPEN_AT, rewrite=True)
    assert stored(session) == {}

    close(session, survey)
    release(session, survey, CLOSED_AT)
    session.commit()

    assert stored(session)["overall", "5"] == 8
    assert stored(session)["", "(responses)"] == 40


def test_what_is_shown_openly_is_counted_by_the_routine_and_seen_before(
    engine: Engine, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    finish(session, survey, 5)
    assert stored(session) == {}
    assert survey_counts(session.connection(), survey.id).tally.whole.responses == 5

    run_due(engine, OPEN_AT, rewrite=False)

    assert stored(session)["", "(responses)"] == 5
    assert survey_counts(session.connection(), survey.id).tally.whole.responses == 5


def test_taking_back_is_one_transaction_with_the_counters(
    engine: Engine, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    ids = finish(session, survey, 5)
    run_due(engine, OPEN_AT, rewrite=False)

    def power_cut(*_: Any) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as cut, Session(engine) as writing:
        cut.setattr(withdrawal, "_entry", power_cut)
        with pytest.raises(OSError, match="power"):
            withdraw(writing, ids[4].encode()[:32], OPEN_AT)
    assert stored(session)["overall", "5"] == 1

    with Session(engine) as writing:
        withdraw(writing, ids[4].encode()[:32], OPEN_AT)
        writing.commit()
    assert ("overall", "5") not in stored(session)
    assert stored(session)["", "(responses)"] == 4
    assert_counters_are_right(session, survey)


def test_a_listed_comment_that_is_taken_back_goes_and_another_comes_by_night(
    engine: Engine, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveyapp.model.counting.LISTED", 3)
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    ids = finish(session, survey, 8)
    run_due(engine, OPEN_AT, rewrite=False)

    def listed() -> list[str]:
        session.rollback()
        return [
            text for _name, text in survey_counts(session.connection(), survey.id).tally.whole.counts["best"].comments
        ]

    before = listed()
    gone = next(id_ for id_ in ids if f"Words of {id_}" in before)
    session.rollback()
    with Session(engine) as writing:
        withdraw(writing, gone.encode()[:32], OPEN_AT)
        writing.commit()
    assert sorted(listed()) == sorted(set(before) - {f"Words of {gone}"})

    session.rollback()
    run_due(engine, OPEN_AT + timedelta(days=1), rewrite=False)
    assert len(listed()) == 3


def test_the_routine_recounts_once_a_day_and_mends_what_differs(
    engine: Engine, session: Session, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    finish(session, survey, 5)
    run_due(engine, OPEN_AT, rewrite=False)
    session.execute(update(FigureCount).where(FigureCount.value == "5").values(n=7))
    session.commit()

    def routine(now: datetime) -> int:
        session.rollback()
        run_due(engine, now, rewrite=False)
        return stored(session)["overall", "5"]

    with caplog.at_level(logging.ERROR):
        assert routine(OPEN_AT + timedelta(hours=1)) == 7
        assert caplog.messages == []
        assert routine(OPEN_AT + timedelta(days=1)) == 1
    assert caplog.messages == [
        f"the counters of survey {survey.id} were not as its answers are; they were counted anew"
    ]


def test_writing_anew_keeps_the_counters(engine: Engine, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    finish(session, survey, 20)
    run_due(engine, OPEN_AT, rewrite=False)
    before = stored(session)

    write_anew(session, survey)
    session.commit()

    assert stored(session) == before
    assert recounted(session.connection(), survey.id).is_right


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_processes_that_count_and_take_back_at_once_count_nothing_twice(
    engine: Engine, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY)
    ids = finish(session, survey, 60)
    survey_id, together = survey.id, Barrier(4)

    def counts() -> None:
        together.wait(10)
        run_due(engine, OPEN_AT, rewrite=True)

    def releases() -> None:
        with Session(engine) as writing:
            closing = writing.get_one(Survey, survey_id)
            closing.close(CLOSED_AT)
            writing.commit()
            together.wait(10)
            release(writing, writing.get_one(Survey, survey_id), CLOSED_AT)
            writing.commit()

    def takes_back(some: list[str]) -> list[bool]:
        together.wait(10)
        return [_taken_back(engine, id_) for id_ in some]

    session.rollback()
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(counts), pool.submit(releases)]
        taken = [pool.submit(takes_back, ids[start:30:2]) for start in (0, 1)]
        for job in jobs:
            job.result()
        assert all(all(one.result()) for one in taken)

    run_due(engine, CLOSED_AT, rewrite=False)
    assert_counters_are_right(session, survey)
    assert stored(session)["", "(responses)"] == 30


def _taken_back(engine: Engine, id_: str) -> bool:
    with Session(engine) as writing:
        done = withdraw(writing, id_.encode()[:32], CLOSED_AT)
        writing.commit()
    return done


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_phone_saves_while_a_survey_is_being_released(engine: Engine, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER)
    finish(session, survey, 12)
    close(session, survey)
    survey_id, code = survey.id, card_of(survey).code
    session.rollback()

    with Session(engine) as releasing:
        release(releasing, releasing.get_one(Survey, survey_id), CLOSED_AT)
        with Session(engine) as phone:
            phone.connection().exec_driver_sql("SET lock_timeout = '1s'")
            sent = Sent(str(uuid4()), Version(1, False, {"overall": "5"}), 1, "easy", "en")
            record(phone, StoredLocation(survey_id, code, "qr"), sent, TODAY)
            phone.commit()
        releasing.commit()

    assert session.scalars(select(func.count()).select_from(InboxResponse)).one() == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (select(Response.answers).where(*few(*that_is_uncounted(ANY))), "ix_response_uncounted"),
        (
            select(Response.source, func.count()).where(*_unreleased(ANY)).group_by(Response.source),
            "ix_response_uncounted",
        ),
        (select(func.count()).select_from(Response).where(*that_was_begun(ANY)), "ix_response_begun"),
        (
            select(Response.answers).where(*few(Response.survey_id == ANY, Response.listed.is_(True))),
            "ix_response_listed",
        ),
        (select(func.count()).where(Response.survey_id == ANY, Response.withdrawn.is_(True)), "ix_response_withdrawn"),
    ],
)
def test_the_few_are_found_without_reading_all(engine: Engine, wanted: Select[Any], index: str) -> None:
    with engine.connect() as connection:
        sql = str(wanted.compile(engine, compile_kwargs={"literal_binds": True}))
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall())

    assert index in plan
    assert "PRIMARY KEY (survey_id=?)" not in plan


def test_counters_stay_where_the_answers_were_deleted(engine: Engine, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=OPENLY, keep_until=TODAY)
    finish(session, survey, 5)
    assert count_released(session.connection(), survey.id) == 5
    session.commit()
    counted = stored(session)

    run_due(db.writing(engine), OPEN_AT + timedelta(days=2), rewrite=False)
    run_due(db.writing(engine), OPEN_AT + timedelta(days=4), rewrite=True)

    assert stored(session) == counted != {}
    assert session.scalars(select(func.count()).select_from(Response)).one() == 0
