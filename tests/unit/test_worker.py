"""Trainings in the background: queue, pause, cancel, and the owner who leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from convviz.nets.worker import Job, Pool
from convviz.ops.errors import SpecError

SECONDS = 20


class Steps:
    """Stands in for a trainer: an iteration happens when the test allows it, and says so."""

    def __init__(self, count: int, fails: bool = False):
        self.left, self.fails = count, fails
        self.allowed, self.done = threading.Semaphore(0), threading.Semaphore(0)

    def __iter__(self) -> Iterator[int]:
        while self.left:
            assert self.allowed.acquire(timeout=SECONDS)
            if self.fails:
                raise ValueError("the loss is not a number")
            self.left -= 1
            yield self.left
            self.done.release()
        self.done.release()

    def allow(self, count: int = 1) -> None:
        """Let iterations happen."""
        for _ in range(count):
            self.allowed.release()


def job(steps: Steps, alive=lambda: True) -> Job:
    return Job(steps, alive)  # type: ignore[arg-type]


def until(condition) -> None:
    """Wait for another thread; gives up, so that a test cannot hang."""
    waiting = threading.Event()
    for _ in range(SECONDS * 200):
        if condition():
            return
        waiting.wait(0.005)
    raise AssertionError("it did not happen")


def test_a_training_runs_to_its_end():
    pool, steps = Pool(), Steps(3)
    mine = job(steps)
    pool.start(mine)
    steps.allow(3)
    until(lambda: mine.state == "done")
    assert mine.records == [2, 1, 0]


def test_one_runs_and_the_others_wait_in_the_order_they_came():
    pool, steps = Pool(running=1), [Steps(1) for _ in range(3)]
    jobs = [job(each) for each in steps]
    pool.start(jobs[0])
    until(lambda: jobs[0].state == "running")
    pool.start(jobs[1])
    pool.start(jobs[2])
    assert [pool.position(each) for each in jobs] == [0, 1, 2]
    steps[0].allow()
    until(lambda: jobs[0].state == "done" and jobs[1].state == "running")
    assert [pool.position(each) for each in jobs] == [0, 0, 1]
    for each in steps[1:]:
        each.allow()
    until(lambda: all(each.state == "done" for each in jobs))


def test_a_full_queue_refuses_with_a_sentence():
    pool, first = Pool(waiting=1), Steps(1)
    running = job(first)
    pool.start(running)
    until(lambda: running.state == "running")
    pool.start(job(Steps(1)))
    with pytest.raises(SpecError, match="1 trainings are waiting already"):
        pool.start(job(Steps(1)))
    first.allow()


def test_paused_it_gives_its_place_to_another_and_goes_on_where_it_was():
    pool, mine, other = Pool(), Steps(4), Steps(1)
    first, second = job(mine), job(other)
    pool.start(first)
    pool.start(second)
    mine.allow()
    until(lambda: len(first.records) == 1)
    pool.pause(first)
    mine.allow()  # the iteration that had begun is still finished
    other.allow()
    until(lambda: second.state == "done")
    assert first.state == "paused"
    assert first.at_rest.is_set()
    pool.start(first)
    mine.allow(3)
    until(lambda: first.state == "done")
    assert first.records == [3, 2, 1, 0]


@pytest.mark.parametrize("when", ["waiting", "running", "paused"])
def test_cancelled_it_never_goes_on(when):
    pool, blocker, steps = Pool(), Steps(1), Steps(5)
    held, mine = job(blocker), job(steps)
    if when == "waiting":
        pool.start(held)
        until(lambda: held.state == "running")
    pool.start(mine)
    if when != "waiting":
        until(lambda: mine.state == "running")
    if when == "paused":
        pool.pause(mine)
    pool.cancel(mine)
    steps.allow()
    blocker.allow()
    if when == "waiting":
        until(lambda: held.state == "done")
    assert mine.state == "cancelled"
    assert mine.ended
    assert pool.position(mine) == 0
    after = job(Steps(0))
    pool.start(after)
    until(lambda: after.state == "done")  # the thread is free for the next
    assert len(mine.records) <= 1


def test_a_training_that_fails_says_why_and_the_next_one_runs():
    pool, steps = Pool(), Steps(1, fails=True)
    broken, after = job(steps), job(Steps(0))
    pool.start(broken)
    pool.start(after)
    steps.allow()
    until(lambda: after.state == "done")
    assert (broken.state, broken.error) == ("failed", "the loss is not a number")


def test_it_ends_when_its_owner_has_been_gone_for_longer_than_the_patience():
    now, there = [0.0], [True]
    pool, steps = Pool(patience=20, clock=lambda: now[0]), Steps(9)
    mine = job(steps, lambda: there[0])
    pool.start(mine)

    def step(seen: int) -> None:
        steps.allow()
        until(lambda: len(mine.records) == seen)
        assert steps.done.acquire(timeout=SECONDS) or True

    step(1)
    there[0] = False
    step(2)
    now[0] = 15.0
    step(3)
    there[0] = True  # the connection came back
    step(4)
    there[0] = False
    step(5)
    now[0] = 34.0
    step(6)
    assert mine.state == "running"
    now[0] = 36.0
    steps.allow()
    until(lambda: mine.state == "cancelled")
    assert len(mine.records) == 7
