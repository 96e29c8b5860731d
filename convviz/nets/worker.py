"""Training outside the page: one thread does the iterations, and whoever asked for them looks in.

At most `Pool.running` trainings run at a time and at most `Pool.waiting` wait; the others are refused. A training
whose owner has gone is ended.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Literal, TypeVar

from convviz.ops.errors import SpecError

State = Literal["waiting", "running", "paused", "done", "cancelled", "failed"]
Trained = TypeVar("Trained", bound=Iterable[Any])
ENDED = ("done", "cancelled", "failed")


class Job(Generic[Trained]):
    """One training in a pool.

    Parameters
    ----------
    trainer
        What is trained: each of its items is an iteration, done when it is asked for, and says what it did; a
        `Trainer`, for example. It belongs to the pool's thread while the job is running.
    alive
        Whether its owner is still there.

    Attributes
    ----------
    records
        What each iteration reported; only ever appended to.
    error
        Why it failed, or "".
    at_rest
        Set while no iteration is being done, so that the trainer may be looked at.
    """

    def __init__(self, trainer: Trained, alive: Callable[[], bool]):
        self.trainer, self.alive = trainer, alive
        self.state: State = "waiting"
        self.records: list[Any] = []
        self.error = ""
        self.left_since: float | None = None
        self.at_rest = threading.Event()
        self.at_rest.set()

    @property
    def ended(self) -> bool:
        """Whether it will do no further iteration."""
        return self.state in ENDED


class Pool:
    """Threads that train, and a queue before them.

    Parameters
    ----------
    running
        Trainings at one time.
    waiting
        Longest queue.
    patience
        Seconds after which a training whose owner has gone is ended; a broken connection may come back.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        running: int = 1,
        waiting: int = 40,
        patience: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.running, self.waiting, self.patience, self.clock = running, waiting, patience, clock
        self._queue: deque[Job[Any]] = deque()
        self._changed = threading.Condition()
        for _ in range(running):
            threading.Thread(target=self._work, name="training", daemon=True).start()

    def start(self, job: Job[Any]) -> None:
        """Put a new or paused job at the end of the queue.

        Raises
        ------
        SpecError
            If the queue is full.
        """
        with self._changed:
            if len(self._queue) >= self.waiting:
                raise SpecError(
                    "training",
                    len(self._queue),
                    self.waiting,
                    "{value} trainings are waiting already",
                    "try again in a few minutes",
                )
            job.state = "waiting"
            self._queue.append(job)
            self._changed.notify()

    def pause(self, job: Job[Any]) -> None:
        """Stop after the present iteration; `start` goes on."""
        self._leave(job, "paused")

    def cancel(self, job: Job[Any]) -> None:
        """End after the present iteration."""
        self._leave(job, "cancelled")

    def position(self, job: Job[Any]) -> int:
        """Its place in the queue, from 1; 0 where it does not wait."""
        with self._changed:
            return self._queue.index(job) + 1 if job in self._queue else 0

    def _leave(self, job: Job[Any], state: State) -> None:
        with self._changed:
            if job in self._queue:
                self._queue.remove(job)
            if not job.ended:
                job.state = state

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                job = self._queue.popleft()
                job.state = "running"
                job.at_rest.clear()
            try:
                self._train(job)
            except (
                Exception
            ) as error:  # whatever went wrong is told to its owner; the thread lives on
                job.error, job.state = str(error) or type(error).__name__, "failed"
            finally:
                job.at_rest.set()

    def _train(self, job: Job[Any]) -> None:
        for progress in self._while_running(job):
            job.records.append(progress)
            with self._changed:
                if self._abandoned(job) and job.state == "running":
                    job.state = "cancelled"
        with self._changed:
            if job.state == "running":
                job.state = "done"

    @staticmethod
    def _while_running(job: Job[Any]) -> Iterator[Any]:
        for progress in job.trainer:
            yield progress
            if job.state != "running":
                return

    def _abandoned(self, job: Job[Any]) -> bool:
        if job.alive():
            job.left_since = None
        elif job.left_since is None:
            job.left_since = self.clock()
        return job.left_since is not None and self.clock() - job.left_since > self.patience
