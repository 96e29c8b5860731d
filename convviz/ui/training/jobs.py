"""The session's training: one at a time, in the pool that all sessions of this server share."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from convviz.nets.progress import History
from convviz.nets.trainer import Reached, Trainer
from convviz.nets.worker import Job, Pool
from convviz.ops.errors import SpecError
from convviz.text.limits import MOST_ITERATIONS, PATIENCE, TRAININGS_WAITING
from convviz.ui.internals.session import session_watch
from convviz.ui.saying import say_error
from convviz.ui.state import visit
from convviz.ui.training.settings import NetworkSettings

WHOSE = "whose"  # which network the pages look at: the setting of this name
_TRAINING, _MEASURED, _REFUSED = "training", "trainings measured", "training refused"
REST = 0.5  # seconds that a press of Pause waits for the iteration to end


@dataclass(frozen=True)
class Training:
    """A training, and the settings it was started with."""

    job: Job[Trainer]
    settings: NetworkSettings

    @property
    def reached(self) -> Reached:
        """The network and what was measured, after the last whole iteration."""
        return self.job.trainer.reached


@st.cache_resource
def pool() -> Pool:
    """The one pool of this process; half of the cores train."""
    return Pool(max(1, (os.cpu_count() or 1) // 2), TRAININGS_WAITING, PATIENCE)


def current() -> Training | None:
    """The session's training, ended or not; None before the first."""
    training: Training | None = st.session_state.get(_TRAINING)
    return training


def is_busy() -> bool:
    """Whether the session's training waits or runs."""
    training = current()
    return training is not None and training.job.busy


def measured(settings: NetworkSettings) -> History | None:
    """What a training with these settings measured, if the session has carried one out to its end."""
    training = current()
    if training is not None and training.settings == settings and training.job.state == "done":
        return training.reached.history
    found: dict[NetworkSettings, History] = st.session_state.get(_MEASURED, {})
    return found.get(settings)


# What the buttons ask for. Each asks for one thing, so a press that the browser delivers twice does no harm.


def begin(settings: NetworkSettings) -> None:
    """Start a training, in the place of the session's last; `show_refusal` says why if it cannot start."""
    if is_busy():
        return
    try:
        job = Job(Trainer(settings.build(), settings.data(), settings.training), session_watch())
        _start(job)
    except SpecError as error:
        st.session_state[_REFUSED] = error
    else:
        put(Training(job, settings))


def pause() -> None:
    """Let the training rest after its present iteration."""
    if training := current():
        pool().pause(training.job)
        pool().wait_for_rest(training.job, REST)


def go_on() -> None:
    """Let the paused training go on; `show_refusal` says why if it cannot."""
    if training := current():
        try:
            _start(training.job)
        except SpecError as error:
            st.session_state[_REFUSED] = error


def cancel() -> None:
    """End the training."""
    if training := current():
        pool().cancel(training.job)


def show_refusal() -> None:
    """Say once why a training could not start or go on."""
    if refused := st.session_state.pop(_REFUSED, None):
        say_error(refused)


def put(training: Training) -> None:
    """Make a training the session's own; of the one before, keep what it measured."""
    before = current()
    if before is not None:
        pool().cancel(before.job)
        if before.job.state == "done":
            kept = st.session_state.setdefault(_MEASURED, {})
            kept[before.settings] = before.reached.history
    st.session_state[_TRAINING] = training
    visit.keep(_TRAINING, training)
    st.session_state.pop(WHOSE, None)  # a new network is the one looked at next


def take_over(key: str) -> None:
    """Let the training of the visit with this key go on here: its tab was loaded again."""
    if current() is not None:
        return
    training: Training | None = visit.take_over(key, _TRAINING)
    if training is not None:
        pool().hand_over(training.job, session_watch())
        put(training)


def _start(job: Job[Trainer]) -> None:
    left = job.trainer.iterations - job.trainer.reached.iteration
    if left > MOST_ITERATIONS:
        raise SpecError(
            "epochs",
            left,
            MOST_ITERATIONS,
            "that would take {value} iterations",
            "choose fewer epochs or images: the page trains for at most {limit} iterations",
        )
    pool().start(job)
