"""Ids drawn many at a time are each used once, and never by two processes."""

import multiprocessing
from multiprocessing.queues import SimpleQueue
from uuid import UUID

import pytest

from surveyapp.answer.ids import BATCH, new_response_id


def test_every_id_is_a_random_uuid_of_its_own() -> None:
    drawn = [new_response_id() for _ in range(3 * BATCH)]

    assert len(set(drawn)) == len(drawn)
    assert {UUID(one).version for one in drawn} == {4}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork here to test")
def test_forked_process_draws_ids_of_its_own() -> None:
    new_response_id()
    fork = multiprocessing.get_context("fork")
    told: SimpleQueue[list[str]] = fork.SimpleQueue()
    child = fork.Process(target=lambda: told.put([new_response_id() for _ in range(BATCH)]))
    child.start()
    theirs = told.get()
    child.join()

    assert set(theirs).isdisjoint(new_response_id() for _ in range(BATCH))
