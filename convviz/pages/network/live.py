"""Where a training stands: a line of text and its charts, drawn again and again while it goes on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.nets.progress import Progress
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.text.i18n import _
from convviz.ui.state.language import fragment
from convviz.ui.training import jobs

EVERY = 1.0  # seconds between two looks at a training that is going on
Draw = Callable[[Job[Trainer]], None]
Line = Callable[[Job[Trainer]], str]


def show_live(job: Job[Trainer], was_busy: bool, draw: Draw, line: Line) -> None:
    """Show a training's state, a line on its latest iteration and what `draw` draws, until it rests.

    Parameters
    ----------
    job
        The training.
    was_busy
        Whether the rest of the page was drawn for a training that is going on. It is drawn again at the end.
    draw, line
        Draw the charts, and return the line.
    """
    fragment(_look, EVERY if was_busy else None)(job, was_busy, draw, line)


def _look(job: Job[Trainer], was_busy: bool, draw: Draw, line: Line) -> None:
    """Look once; Streamlit calls this again by itself."""
    busy = job.busy  # read first: what is drawn now is then at least as new
    st.markdown(stand(job, line))
    if job.error:
        st.error(job.error)
    if job.trainer.reached.iteration:
        draw(job)
    if was_busy and not busy:
        st.rerun()


def stand(job: Job[Trainer], line: Line) -> str:
    """A training's state and a line on its latest iteration, as Markdown."""
    begun = job.trainer.reached.iteration > 0
    return f"**{_state(job)}**" + (f" · {line(job)}" if begun else "")


def _state(job: Job[Trainer]) -> str:
    return {
        "waiting": _("Waiting, number {position} in the queue").format(
            position=jobs.pool().position(job)
        ),
        "running": _("Training"),
        "pausing": _("Pausing after this iteration"),
        "paused": _("Paused"),
        "done": _("Trained"),
        "cancelled": _("Cancelled"),
        "failed": _("Failed"),
    }[job.state]


def full_line(job: Job[Trainer]) -> str:
    """The latest iteration's numbers, and the latest accuracies."""
    if not job.records:  # it comes from a file, and the speed here is not known yet
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
        iteration=job.trainer.reached.iteration, iterations=job.trainer.iterations
    )
    return f"{said}  \n{_accuracies(job)}"


def _accuracies(job: Job[Trainer]) -> str:
    history = job.trainer.reached.history
    if not history.measured_at:
        return _("Accuracies are not measured yet.")
    return _(
        "After iteration {iteration}, the network gets **{training}** of the training pictures "
        "right and **{validation}** of the validation pictures"
    ).format(
        iteration=history.measured_at[-1],
        training=f"{history.training[-1]:.1%}",
        validation=f"{history.validation[-1]:.1%}",
    )
