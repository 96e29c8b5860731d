"""Where a training stands, said in a line and drawn, again and again while it goes on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.nets.progress import Progress
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.text.i18n import _
from convviz.ui.state.language import fragment
from convviz.ui.training import jobs

EVERY = 1.0  # seconds between two looks at a running training
Draw = Callable[[Job[Trainer]], None]
Line = Callable[[Job[Trainer]], str]


def show_live(job: Job[Trainer], draw: Draw, line: Line) -> None:
    """Show a training's state, a line on its latest iteration and what `draw` draws, until it rests."""
    busy = jobs.is_busy(job)
    fragment(_look, EVERY if busy else None)(job, busy, draw, line)


def _look(job: Job[Trainer], was_busy: bool, draw: Draw, line: Line) -> None:
    """One look; Streamlit runs it again by itself."""
    begun = bool(job.trainer.history.losses)
    st.markdown(stand(job, line))
    if job.error:
        st.error(job.error)
    if begun:
        draw(job)
    if was_busy and not jobs.is_busy(job):
        st.rerun()  # the buttons are outside


def stand(job: Job[Trainer], line: Line) -> str:
    """A training's state and a line on its latest iteration, as Markdown."""
    begun = bool(job.trainer.history.losses)
    return f"**{_state(job)}**" + (f" · {line(job)}" if begun else "")


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


def full_line(job: Job[Trainer]) -> str:
    """The latest iteration's numbers, and the latest accuracies."""
    if not job.records:  # taken up from a file: the speed is not known yet
        return short_line(job)
    last: Progress = job.records[-1]
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
    return f"{said}  \n{_accuracies(job)}"


def short_line(job: Job[Trainer]) -> str:
    """The latest iteration and the latest accuracies."""
    said = _("iteration {iteration} of {iterations}").format(
        iteration=len(job.trainer.history.losses), iterations=job.trainer.iterations
    )
    return f"{said}  \n{_accuracies(job)}"


def _accuracies(job: Job[Trainer]) -> str:
    measured = job.trainer.history.measured()
    if not measured:
        return _("Accuracies are not measured yet.")
    iteration, training, validation = measured[-1]
    return _(
        "Right after iteration {iteration}: **{training}** of the training pictures, **{validation}** of the "
        "validation pictures"
    ).format(iteration=iteration, training=f"{training:.1%}", validation=f"{validation:.1%}")
