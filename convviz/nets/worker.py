"""Trainings in the background: threads do the iterations, and the person who started a training looks in.

At most `Pool.running` trainings run at a time and at most `Pool.waiting` wait; a pool refuses more.

=======  =======  =======  =========  ============================
state    start    pause    cancel     a thread
=======  =======  =======  =========  ============================
paused   waiting           cancelled
waiting           paused   cancelled  takes it: running
running           pausing  cancelled  after the last iteration: done
pausing  running           cancelled  after this iteration: paused
=======  =======  =======  =========  ============================

A waiting job whose owner is away is passed over. A running one makes room for a waiting one whose owner is
there, and waits again. Both are cancelled when the owner has been away for too long.

What is not in this table changes nothing. An iteration that raises an exception makes its job failed. A job that
is done, cancelled or failed stays so. Only a waiting job gets a thread, and no thread is in a waiting job: so two
threads are never in one trainer.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Literal, Protocol, TypeVar

from convviz.ops.errors import SpecError

State = Literal["paused", "waiting", "running", "pausing", "done", "cancelled", "failed"]
PEEP = 0.5  # seconds after which a thread without work looks whether an owner has come back
ROOM = 5.0  # seconds that an owner may be away before another takes the thread
BUSY: tuple[State, ...] = ("waiting", "running", "pausing")


class Trains(Protocol):
    """What a job needs of its trainer."""

    @property
    def finished(self) -> bool:
        """Whether no iteration is left."""

    def step(self) -> Any:
        """Do the next iteration, and report it."""


Trained = TypeVar("Trained", bound=Trains)


class Job(Generic[Trained]):
    """One training. Only its pool changes it, and only under the pool's lock.

    Parameters
    ----------
    trainer
        Does the iterations. It belongs to the pool's threads.
    alive
        Whether its owner is still there.

    Attributes
    ----------
    state
        Where it stands; a new job is paused, or done if its trainer has finished.
    records
        What each iteration reported. The pool appends to it.
    error
        Why it failed, or "".
    """

    def __init__(self, trainer: Trained, alive: Callable[[], bool] = lambda: True):
        self.trainer, self.alive = trainer, alive
        self.state: State = "done" if trainer.finished else "paused"
        self.records: list[Any] = []
        self.error = ""
        self.left_since: float | None = None

    @property
    def busy(self) -> bool:
        """Whether it waits for a thread or has one."""
        return self.state in BUSY

    @property
    def ended(self) -> bool:
        """Whether it will do no further iteration."""
        return self.state in ("done", "cancelled", "failed")


class Pool:
    """Threads that train, and a queue of jobs that wait for one.

    Parameters
    ----------
    running
        How many trainings run at a time.
    waiting
        How many may wait.
    patience
        After so many seconds without its owner a training is cancelled. A laptop's lid may open again.
    clock
        Returns seconds that only grow.
    """

    def __init__(
        self,
        running: int = 1,
        waiting: int = 40,
        patience: float = 1800.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.running, self.waiting, self.patience, self.clock = running, waiting, patience, clock
        self._queue: deque[Job[Any]] = deque()
        self._changed = threading.Condition()  # its lock guards the queue and every job
        for _ in range(running):
            threading.Thread(target=self._work, name="training", daemon=True).start()

    def start(self, job: Job[Any]) -> None:
        """Put a paused job at the end of the queue; a pausing one simply runs on.

        Raises
        ------
        SpecError
            If the queue is full.
        """
        with self._changed:
            if job.state == "pausing":
                job.state = "running"
            elif job.state == "paused":
                self._refuse_if_full()
                job.state = "waiting"
                self._queue.append(job)
                self._changed.notify_all()

    def pause(self, job: Job[Any]) -> None:
        """Let a job rest after its present iteration; `start` lets it go on."""
        with self._changed:
            if job.state == "running":
                job.state = "pausing"
            elif job.state == "waiting":
                self._queue.remove(job)
                job.state = "paused"
                self._changed.notify_all()

    def cancel(self, job: Job[Any]) -> None:
        """End a job. If an iteration has begun, a thread still finishes it."""
        with self._changed:
            if job.state == "waiting":
                self._queue.remove(job)
            if not job.ended:
                job.state = "cancelled"
                self._changed.notify_all()

    def hand_over(self, job: Job[Any], alive: Callable[[], bool]) -> None:
        """Give a job to another owner."""
        with self._changed:
            job.alive, job.left_since = alive, None
            self._changed.notify_all()

    def wait_for_rest(self, job: Job[Any], seconds: float) -> None:
        """Return when a job is paused or has ended, at the latest after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not job.busy, seconds)

    def position(self, job: Job[Any]) -> int:
        """Return a job's place in the queue, from 1, without those whose owner is away; 0 if it does not wait."""
        with self._changed:
            if job not in self._queue:
                return 0
            before = [*self._queue][: self._queue.index(job)]
            return sum(each.left_since is None for each in before if not self._has_left(each)) + 1

    def _refuse_if_full(self) -> None:
        here = self._here()
        if len(here) >= self.waiting:
            raise SpecError(
                "training",
                len(here),
                self.waiting,
                "{value} trainings are waiting already",
                "try again in a few minutes",
            )
        if len(self._queue) >= 2 * self.waiting:
            self._drop(next(job for job in self._queue if job not in here))

    def _here(self) -> list[Job[Any]]:
        """The waiting jobs whose owner is there; cancels those whose owner has been away for too long."""
        for job in [*self._queue]:
            if self._has_left(job):
                self._drop(job)
        return [job for job in self._queue if job.left_since is None]

    def _drop(self, job: Job[Any]) -> None:
        self._queue.remove(job)
        job.state = "cancelled"
        self._changed.notify_all()

    def _work(self) -> None:
        """What each thread does."""
        while True:
            job = self._take()
            while self._iterate(job):
                pass

    def _take(self) -> Job[Any]:
        """Wait for a job and take it."""
        with self._changed:
            while not (here := self._here()):
                self._changed.wait(PEEP if self._queue else None)
            self._queue.remove(here[0])
            here[0].state = "running"
            return here[0]

    def _iterate(self, job: Job[Any]) -> bool:
        """Do one iteration; return whether this thread is to do the next one too."""
        try:
            reported, error = [job.trainer.step()], ""
            left = self._has_left(job)
        except Exception as raised:  # its owner reads what went wrong; the thread lives on
            reported, error, left = [], str(raised) or type(raised).__name__, False
        with self._changed:
            job.records.extend(reported)
            if not job.ended:
                job.state, job.error = _state_after(job, error, left), error
            if job.state == "running" and self._makes_room(job):
                job.state = "waiting"
                self._queue.append(job)
            if job.state != "running":
                self._changed.notify_all()
            return job.state == "running"

    def _makes_room(self, job: Job[Any]) -> bool:
        """Whether its owner is away while another is there and waits."""
        away = job.left_since is not None and self.clock() - job.left_since > ROOM
        return away and bool(self._here())

    def _has_left(self, job: Job[Any]) -> bool:
        """Whether its owner has been away for too long."""
        if job.alive():
            job.left_since = None
        elif job.left_since is None:
            job.left_since = self.clock()
        return job.left_since is not None and self.clock() - job.left_since > self.patience


def _state_after(job: Job[Any], error: str, left: bool) -> State:
    """The state of a running or pausing job after an iteration, which may have raised an error."""
    if error:
        return "failed"
    if job.trainer.finished:
        return "done"
    if job.state == "pausing":
        return "paused"
    return "cancelled" if left else "running"
