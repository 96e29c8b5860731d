"""Trainings in the background: queue, pause, cancel, and the owner who leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from convviz.nets.worker import Job, Pool
from convviz.ops.errors import SpecError

SECONDS = 20


class Steps:
    """Stands in for a trainer: a step ends when the test allows it. Counts the threads that are inside at once."""

    def __init__(self, count: int, during: Callable[[], None] = lambda: None):
        self.left, self.during = count, during
        self.begun, self.allowed = threading.Semaphore(0), threading.Semaphore(0)
        self.inside, self.most_inside, self._counting = 0, 0, threading.Lock()

    @property
    def finished(self) -> bool:
        return self.left == 0

    def step(self) -> int:
        with self._counting:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
        self.begun.release()
        try:
            assert self.allowed.acquire(timeout=SECONDS)
            self.during()
            self.left -= 1
            return self.left
        finally:
            with self._counting:
                self.inside -= 1

    def wait_until_begun(self) -> None:
        """Return when one more step has begun."""
        assert self.begun.acquire(timeout=SECONDS)

    def allow(self, count: int = 1) -> None:
        """Let as many steps end."""
        self.allowed.release(count)


def fail() -> None:
    raise ValueError("the loss is not a number")


def until(condition: Callable[[], bool]) -> None:
    """Wait for another thread; give up at last, so that a test cannot hang."""
    waiting = threading.Event()
    for _ in range(SECONDS * 200):
        if condition():
            return
        waiting.wait(0.005)
    raise AssertionError("it did not happen")


def job(steps: Steps, alive: Callable[[], bool] = lambda: True) -> Job[Steps]:
    return Job(steps, alive)


def test_a_training_runs_to_its_end():
    pool, steps = Pool(), Steps(3)
    mine = job(steps)
    pool.start(mine)
    steps.allow(3)
    until(lambda: mine.state == "done")
    assert mine.records == [2, 1, 0]


def test_paused_and_gone_on_within_one_iteration_no_second_thread_comes_in():
    """With two threads: the second passes by the training whose iteration is not over, and does another."""
    pool, steps, other = Pool(running=2), Steps(3), Steps(1)
    mine, after = job(steps), job(other)
    other.allow()
    pool.start(mine)
    steps.wait_until_begun()
    pool.pause(mine)
    pool.start(mine)
    pool.start(after)
    until(lambda: after.state == "done" or steps.most_inside > 1)
    steps.allow(3)
    until(lambda: mine.state == "done")
    assert steps.most_inside == 1
    assert mine.records == [2, 1, 0]


def test_a_training_rests_only_when_its_iteration_is_over():
    pool, steps = Pool(), Steps(2)
    mine = job(steps)
    pool.start(mine)
    steps.wait_until_begun()
    pool.pause(mine)
    assert mine.state == "pausing"
    steps.allow()
    pool.wait_for_rest(mine, SECONDS)
    assert (mine.state, mine.records, steps.inside) == ("paused", [1], 0)


@pytest.mark.parametrize("asked", ["start", "pause", "cancel"])
def test_asking_twice_is_as_asking_once(asked):
    pool, steps = Pool(running=2), Steps(4)
    mine = job(steps)
    pool.start(mine)
    steps.wait_until_begun()
    getattr(pool, asked)(mine)
    getattr(pool, asked)(mine)
    steps.allow(4)
    expected = {"start": "done", "pause": "paused", "cancel": "cancelled"}[asked]
    until(lambda: steps.inside == 0 and mine.state == expected)
    assert len(mine.records) == (4 if asked == "start" else 1)
    assert steps.most_inside == 1


def test_a_pause_in_the_last_iteration_leaves_a_training_that_is_done():
    """There is nothing to go on with: "Paused" beside the last number would be wrong."""
    pool, steps = Pool(), Steps(1)
    mine = job(steps)
    pool.start(mine)
    steps.wait_until_begun()
    pool.pause(mine)
    steps.allow()
    until(lambda: mine.state == "done")


def test_nothing_changes_a_training_that_has_ended():
    pool, steps = Pool(), Steps(3)
    mine = job(steps)
    pool.start(mine)
    steps.wait_until_begun()
    pool.cancel(mine)
    steps.allow()
    for ask in (pool.start, pool.pause, pool.cancel):
        ask(mine)
        assert mine.state == "cancelled"
        assert pool.position(mine) == 0
    until(lambda: steps.inside == 0)
    assert steps.left == 2


def test_a_training_cancelled_in_an_iteration_that_fails_stays_cancelled():
    pool, after = Pool(), job(Steps(1))
    steps = Steps(2, during=fail)
    mine = job(steps)
    pool.start(mine)
    steps.wait_until_begun()
    pool.cancel(mine)
    steps.allow()
    pool.start(after)
    after.trainer.allow()
    until(lambda: after.state == "done")
    assert (mine.state, mine.error) == ("cancelled", "")


def test_one_runs_and_the_others_wait_in_the_order_they_came():
    pool, steps = Pool(running=1), [Steps(1) for _ in range(3)]
    jobs = [job(each) for each in steps]
    for each in jobs:
        pool.start(each)
    steps[0].wait_until_begun()
    assert [pool.position(each) for each in jobs] == [0, 1, 2]
    steps[0].allow()
    steps[1].wait_until_begun()
    assert [pool.position(each) for each in jobs] == [0, 0, 1]
    for each in steps[1:]:
        each.allow()
    until(lambda: all(each.state == "done" for each in jobs))


def test_a_full_queue_refuses_with_a_sentence():
    pool, first = Pool(waiting=1), Steps(1)
    pool.start(job(first))
    first.wait_until_begun()
    pool.start(job(Steps(1)))
    refused = job(Steps(1))
    with pytest.raises(SpecError, match="1 trainings are waiting already"):
        pool.start(refused)
    assert refused.state == "paused"
    first.allow()


def test_paused_it_gives_its_place_to_another_and_goes_on_where_it_was():
    pool, mine, other = Pool(), Steps(4), Steps(1)
    first, second = job(mine), job(other)
    pool.start(first)
    pool.start(second)
    mine.wait_until_begun()
    pool.pause(first)
    mine.allow()  # the iteration that has begun is finished
    other.allow()
    until(lambda: second.state == "done")
    assert (first.state, first.records) == ("paused", [3])
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
        blocker.wait_until_begun()
    pool.start(mine)
    if when != "waiting":
        steps.wait_until_begun()
    if when == "paused":
        pool.pause(mine)
        steps.allow()
        until(lambda: mine.state == "paused")
    pool.cancel(mine)
    steps.allow()
    blocker.allow()
    after = job(Steps(1))
    after.trainer.allow()
    pool.start(after)
    until(lambda: after.state == "done")  # the thread is free for the next
    assert mine.state == "cancelled"
    assert pool.position(mine) == 0
    assert len(mine.records) <= 1


def test_a_training_that_fails_says_why_and_the_next_one_runs():
    pool, steps = Pool(), Steps(1, during=fail)
    broken, after = job(steps), job(Steps(1))
    pool.start(broken)
    pool.start(after)
    steps.allow()
    after.trainer.allow()
    until(lambda: after.state == "done")
    assert (broken.state, broken.error) == ("failed", "the loss is not a number")


def test_it_ends_when_its_owner_has_been_gone_for_longer_than_the_patience():
    now, there = [0.0], [True]
    pool, steps = Pool(patience=20, clock=lambda: now[0]), Steps(9)
    mine = job(steps, lambda: there[0])
    pool.start(mine)
    steps.wait_until_begun()

    def step(time: float, *, connected: bool) -> None:
        now[0], there[0] = time, connected
        steps.allow()
        steps.wait_until_begun()

    step(0, connected=True)
    step(0, connected=False)
    step(15, connected=False)
    step(15, connected=True)  # the connection came back
    step(15, connected=False)
    step(34, connected=False)
    assert mine.state == "running"
    now[0] = 36
    steps.allow()
    until(lambda: mine.state == "cancelled")
    assert len(mine.records) == 7


def test_a_training_whose_person_has_gone_leaves_the_queue():
    """Twenty pages press Start and are closed: the next person's training begins at once."""
    here = [True]
    pool, first = Pool(), Steps(1)
    pool.start(job(first))
    first.wait_until_begun()
    gone = [job(Steps(1), lambda: here[0]) for _ in range(20)]
    for each in gone:
        pool.start(each)
    here[0] = False
    steps = Steps(1)
    mine = job(steps)
    pool.start(mine)
    assert pool.position(mine) == 1
    first.allow()
    steps.wait_until_begun()
    assert {each.state for each in gone} == {"waiting"}
    steps.allow()
    until(lambda: mine.state == "done")
    here[0] = True  # back again, they go on waiting where they were
    for each in gone:
        each.trainer.allow()
    until(lambda: all(each.state == "done" for each in gone))


def test_a_training_without_its_owner_makes_room_for_another_and_goes_on_when_he_is_back():
    now, there = [0.0], [True]
    pool, steps, other = Pool(clock=lambda: now[0]), Steps(4), Steps(1)
    mine, waits = job(steps, lambda: there[0]), job(other)
    pool.start(mine)
    steps.wait_until_begun()
    pool.start(waits)
    there[0] = False
    steps.allow()
    steps.wait_until_begun()  # a broken connection may be back in a moment
    now[0] = 6
    steps.allow()
    other.wait_until_begun()
    assert (mine.state, pool.position(mine)) == ("waiting", 1)
    other.allow()
    until(lambda: waits.state == "done")
    assert mine.state == "waiting"
    there[0] = True
    steps.allow(2)
    until(lambda: mine.state == "done")
    assert mine.records == [3, 2, 1, 0]


def test_waiting_without_its_owner_it_is_cancelled_after_the_patience():
    now = [0.0]
    pool, first = Pool(patience=20, clock=lambda: now[0]), Steps(1)
    pool.start(job(first))
    first.wait_until_begun()
    gone = job(Steps(1), lambda: False)
    pool.start(gone)
    pool.start(job(Steps(1)))
    now[0] = 21
    first.allow()
    until(lambda: gone.state == "cancelled")
    assert not gone.records


def test_those_who_have_gone_do_not_fill_the_queue():
    pool, first = Pool(waiting=2), Steps(1)
    pool.start(job(first))
    first.wait_until_begun()
    gone = [job(Steps(1), lambda: False) for _ in range(6)]
    for each in gone:
        pool.start(each)
    assert [each.state for each in gone] == ["cancelled", "cancelled", *["waiting"] * 4]
    pool.start(job(Steps(1)))
    first.allow()


def test_handed_over_it_goes_on_for_its_new_owner():
    now, old, new = [0.0], [True], [True]
    pool, steps = Pool(patience=20, clock=lambda: now[0]), Steps(4)
    mine = job(steps, lambda: old[0])
    pool.start(mine)
    steps.wait_until_begun()
    old[0] = False
    steps.allow()
    steps.wait_until_begun()
    pool.hand_over(mine, lambda: new[0])
    now[0] = 100
    steps.allow(3)
    until(lambda: mine.state == "done")
    assert mine.records == [3, 2, 1, 0]
