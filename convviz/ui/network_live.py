"""Where a training stands, said in a line and drawn, again and again while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from convviz.i18n import _
from convviz.nets.progress import Progress
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.ui import network_jobs as jobs
from convviz.ui.language import fragment

EVERY = 1.0  # seconds between two looks at a running training
Draw = Callable[[Job[Trainer], Sequence[Progress]], None]


def show_live(job: Job[Trainer], draw: Draw, line: Callable[[Sequence[Progress]], str]) -> None:
    """Show a training's state, a line on its latest iteration and what `draw` draws, until it rests."""
    busy = jobs.is_busy(job)
    fragment(_look, EVERY if busy else None)(job, busy, draw, line)


def _look(
    job: Job[Trainer], was_busy: bool, draw: Draw, line: Callable[[Sequence[Progress]], str]
) -> None:
    """One look; Streamlit runs it again by itself."""
    records = list(job.records)
    st.markdown(f"**{_state(job)}**" + (f" · {line(records)}" if records else ""))
    if job.error:
        st.error(job.error)
    if records:
        draw(job, records)
    if was_busy and not jobs.is_busy(job):
        st.rerun()  # the buttons are outside


def _state(job: Job[Trainer]) -> str:
    if job.state == "waiting":
        return _("Waiting, number {position} in the queue").format(
            position=jobs.pool().position(job)
        )
    return {
        "running": _("Training"),
        "paused": _("Paused"),
        "done": _("Trained"),
        "cancelled": _("Cancelled"),
        "failed": _("Failed"),
    }[job.state]


def full_line(records: Sequence[Progress]) -> str:
    """The latest iteration's numbers, and the latest accuracies."""
    last = records[-1]
    minutes, seconds = divmod(round(last.seconds_left), 60)
    said = _(
        "iteration {iteration} of {iterations} · epoch {epoch} · loss {loss} · learning rate {rate} · "
        "{speed} samples/s · {left} left"
    ).format(
        iteration=last.iteration,
        iterations=last.iterations,
        epoch=last.epoch,
        loss=f"{last.loss:.4f}",
        rate=f"{last.learning_rate:g}",
        speed=f"{last.samples_per_second:.0f}",
        left=f"{minutes}:{seconds:02d}",
    )
    return f"{said}  \n{_accuracies(records)}"


def short_line(records: Sequence[Progress]) -> str:
    """The latest iteration and the latest accuracies."""
    last = records[-1]
    said = _("iteration {iteration} of {iterations}").format(
        iteration=last.iteration, iterations=last.iterations
    )
    return f"{said}  \n{_accuracies(records)}"


def _accuracies(records: Sequence[Progress]) -> str:
    measured = next((each for each in reversed(records) if each.accuracies), None)
    if measured is None or measured.accuracies is None:
        return _("Accuracies are not measured yet.")
    training, validation = measured.accuracies
    return _(
        "Right after iteration {iteration}: **{training}** of the training pictures, **{validation}** of the "
        "validation pictures"
    ).format(
        iteration=measured.iteration, training=f"{training:.1%}", validation=f"{validation:.1%}"
    )
