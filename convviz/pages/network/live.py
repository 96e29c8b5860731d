"""A training as it goes on: a line of text, its charts and its first filters, drawn again and again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.nets.progress import SMOOTHED, History, Progress, running_mean
from convviz.nets.results import filter_grid
from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pictures.chart import Chart, thinned_points
from convviz.pictures.training import accuracy_chart, lines_chart, loss_chart
from convviz.text.i18n import _
from convviz.ui.saying import say_error
from convviz.ui.state.language import fragment
from convviz.ui.training import jobs
from convviz.ui.view import LinesPart, Part, PicturesPart

EVERY = 1.0  # seconds between two looks at a training that is going on
HEIGHT, SIZE = 204, (560, 300)  # screen pixels of a chart, on the page and on a slide
FILTERS = (200, 260)  # screen pixels of the filters: least width on the page, and side on a slide
Draw = Callable[[Job[Trainer]], None]
Line = Callable[[Job[Trainer]], str]


def show_live(job: Job[Trainer], was_busy: bool, draw: Draw, line: Line) -> None:
    """Show a training's state, a line on its latest iteration and what `draw` draws, until it rests.

    If the rest of the page was drawn for a training that is going on, it is drawn again at the end.
    """
    fragment(_look, EVERY if was_busy else None)(job, was_busy, draw, line)


def _look(job: Job[Trainer], was_busy: bool, draw: Draw, line: Line) -> None:
    """Look once; Streamlit calls this again by itself."""
    busy = job.busy  # read first: what is drawn now is then at least as new
    st.markdown(state_text(job, line))
    if job.error:
        say_error(job.error)
    if job.trainer.reached.iteration:
        draw(job)
    if was_busy and not busy:
        st.rerun()


def state_text(job: Job[Trainer], line: Line) -> str:
    """A training's state and a line on its latest iteration, as markdown."""
    state = {
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
    begun = job.trainer.reached.iteration > 0
    return f"**{state}**" + (f" · {line(job)}" if begun else "")


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


def chart_part(chart: Chart) -> LinesPart:
    """A chart of a training: two above one another fit on the page."""
    return LinesPart(chart, f"training {chart.title}", HEIGHT, SIZE)


def training_parts(job: Job[Trainer]) -> list[list[Part]]:
    """Loss and accuracies; gradients, dead ReLUs and the first filters. Empty before the first iteration."""
    reached = job.trainer.reached
    losses = reached.history.losses
    if not losses:
        return []
    loss = loss_chart(losses, running_mean(losses), SMOOTHED)
    return [
        [chart_part(loss), accuracy_part(reached.history)],
        [*map(chart_part, _record_charts(list(job.records))), *_filters(reached.net)],
    ]


def show_training(job: Job[Trainer]) -> None:
    """Draw the charts two above one another, and the first filters beside them."""
    places = st.columns([5, 5, 3])
    for row, place in zip(training_parts(job), places, strict=False):
        for part in row:
            with places[2] if isinstance(part, PicturesPart) else place:
                part.show()


def accuracy_part(history: History) -> LinesPart:
    """The share of training and of validation pictures that are right, where it was measured."""
    measured = history.measured_at, history.training, history.validation
    return chart_part(accuracy_chart(*measured, len(history.losses)))


def _record_charts(records: list[Progress]) -> list[Chart]:
    """Length of each weight's gradient and share of dead ReLUs in this process; none for a file just opened."""
    if not records:
        return []
    records = [records[k] for k in thinned_points(len(records))]
    iterations = [record.iteration for record in records]
    gradients = {
        f"d{name}": (iterations, [record.gradients[name] for record in records])
        for name in records[0].gradients
    }
    dead = {
        _("relu {number}").format(number=place + 1): (
            iterations,
            [100 * record.dead[k] for record in records],
        )
        for place, k in enumerate(records[0].dead)
    }
    charts = [lines_chart(_("Gradient length"), gradients, log=True)]
    return charts + ([lines_chart(_("Dead ReLUs, %"), dead, top=100.0)] if dead else [])


def _filters(net: Sequential) -> list[PicturesPart]:
    """The first convolution's filters as one picture, as the course shows them; none without a convolution."""
    name = next((name for name in net.decaying if net.params[name].ndim == 4), None)
    if name is None:
        return []
    weights = net.params[name]
    caption = _("{count} filters {size}, each from its minimum to its maximum").format(
        count=len(weights), size="×".join(map(str, weights.shape[1:]))
    )
    grid, (wide, side) = filter_grid(weights)[None], FILTERS
    part = PicturesPart(grid, [caption], "filters shown", _("First filters"), wide, side=side)
    return [part]
