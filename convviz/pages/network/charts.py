"""What is drawn of a training: loss, accuracies, gradients, dead units, and the filters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.pictures import show_pictures
from convviz.nets.progress import SMOOTHED, History, Progress, running_mean
from convviz.nets.results import filter_grid
from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pictures.chart import Chart
from convviz.pictures.training import accuracy_chart, lines_chart, loss_chart
from convviz.text.i18n import _
from convviz.ui.view import ChartPart

FILTERS_SIDE, HEIGHT, SIZE = 200, 204, (560, 300)  # screen pixels; the size is a chart's on a slide


def training_charts(job: Job[Trainer]) -> None:
    """Up to four charts over the iterations, and the first filters as they are now."""
    left, middle, right = st.columns([5, 5, 3])
    for k, chart in enumerate(training_lines(job)):
        with (left, middle)[k // 2]:
            chart_part(chart).show()
    with right:
        _filters(job)


def training_lines(job: Job[Trainer]) -> list[Chart]:
    """Loss and accuracies, and lengths of the gradients and dead ReLUs of what was done in this process."""
    history, records = job.trainer.reached.history, list(job.records)
    loss = loss_chart(history.losses, running_mean(history.losses), SMOOTHED)
    charts = [loss, accuracy_lines(history)]
    return charts + (_record_lines(records) if records else [])  # a file that was opened has none


def accuracy_lines(history: History) -> Chart:
    """The share of training and of validation pictures that are right, where it was measured."""
    measured = history.measured_at, history.training, history.validation
    return accuracy_chart(*measured, len(history.losses))


def show_accuracy(job: Job[Trainer]) -> None:
    """Draw the accuracies."""
    chart_part(accuracy_lines(job.trainer.reached.history)).show()


def chart_part(chart: Chart) -> ChartPart:
    """One of the charts, on the page as high as two above one another may be."""
    return ChartPart(chart, f"training {chart.title}", HEIGHT, SIZE)


def _record_lines(records: Sequence[Progress]) -> list[Chart]:
    """Each weight's gradient, and the relus that let nothing through."""
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


def _filters(job: Job[Trainer]) -> None:
    """The first convolution's filters, as the course shows them."""
    if shown := first_filters(job.trainer.reached.net):
        grid, caption = shown
        label = _("First filters")
        show_pictures(grid[None], [caption], key="filters shown", label=label, wide=FILTERS_SIDE)


def first_filters(net: Sequential) -> tuple[npt.NDArray[np.uint8], str] | None:
    """The first convolution's filters as one picture, each stretched to the full range, and what it shows.

    None where the network has no convolution.
    """
    name = next((name for name in net.decaying if net.params[name].ndim == 4), None)
    if name is None:
        return None
    size = "×".join(map(str, net.params[name].shape[1:]))
    caption = _("{count} filters {size}, each from its minimum to its maximum").format(
        count=len(net.params[name]), size=size
    )
    return filter_grid(net.params[name]), caption
