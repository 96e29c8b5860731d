"""The person's training: one for each session, in the server's pool."""

from __future__ import annotations

import os

import streamlit as st

from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job, Pool
from convviz.ops.errors import SpecError
from convviz.ui.internals import session_watch
from convviz.ui.training.settings import NetworkSettings, data_set

_JOB, _MADE_WITH = "training job", "training settings"
WHOSE = "network looked at"  # the one last chosen to be looked at
MOST_ITERATIONS = 5000


@st.cache_resource
def pool() -> Pool:
    """The one pool of this process; half of the cores train."""
    return Pool(running=max(1, (os.cpu_count() or 1) // 2))


def current() -> Job[Trainer] | None:
    """The session's training, ended or not."""
    job: Job[Trainer] | None = st.session_state.get(_JOB)
    return job


def is_busy(job: Job[Trainer] | None) -> bool:
    """Whether it waits or runs, and so must not be looked into."""
    return job is not None and job.state in ("waiting", "running")


def made_with() -> NetworkSettings:
    """What the session's training was started with."""
    settings: NetworkSettings = st.session_state[_MADE_WITH]
    return settings


def begin(settings: NetworkSettings) -> Job[Trainer]:
    """Start a training in the place of the session's last.

    Raises
    ------
    SpecError
        If the queue is full, or the settings cannot work.
    """
    data = data_set(settings.where, settings.images, settings.standardised)
    trainer = Trainer(settings.build(data), data, settings.training)
    _check_length(trainer)
    job = Job(trainer, session_watch())
    if (before := current()) is not None:
        pool().cancel(before)
    pool().start(job)
    _put(job, settings)
    return job


def go_on() -> None:
    """Put the session's paused training into the queue again.

    Raises
    ------
    SpecError
        If the queue is full, or too much is left to do.
    """
    job = current()
    assert job is not None  # its button is there only with one
    _check_length(job.trainer)
    pool().start(job)


def take_up(trainer: Trainer, settings: NetworkSettings) -> None:
    """Put a training begun elsewhere in the place of the session's last, paused or done."""
    job = Job(trainer, session_watch())
    job.state = "paused" if trainer.iteration < trainer.iterations else "done"
    if (before := current()) is not None:
        pool().cancel(before)
    _put(job, settings)


def _put(job: Job[Trainer], settings: NetworkSettings) -> None:
    st.session_state[_JOB], st.session_state[_MADE_WITH] = job, settings
    st.session_state.pop(WHOSE, None)  # a new network is the one looked at next


def _check_length(trainer: Trainer) -> None:
    left = trainer.iterations - trainer.iteration
    if left > MOST_ITERATIONS:
        raise SpecError(
            "epochs",
            left,
            MOST_ITERATIONS,
            "that would take {value} iterations",
            "choose fewer epochs or images: at most {limit} iterations are done here",
        )


def trained() -> Sequential | None:
    """The session's network as it is now; None before the first training."""
    job = current()
    return None if job is None else job.trainer.net.snapshot()
