"""What is drawn of a training: loss, accuracies, gradients, dead units, and the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.pictures import show_pictures
from convviz.nets.progress import History, Progress, running_mean
from convviz.nets.results import filter_grid
from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pictures.paper.lines import Series
from convviz.pictures.screen.training import lines_figure
from convviz.text.i18n import _
from convviz.ui.theme import is_dark

FILTERS_SIDE = 200  # screen pixels


@dataclass(frozen=True)
class Lines:
    """One of the charts.

    Parameters
    ----------
    key
        Of its element.
    title
        In the language in use.
    series
        Name of each line: iterations and values.
    options
        "pale", "top" and "log", as `lines_figure` takes them.
    """

    key: str
    title: str
    series: Series
    options: dict[str, Any] = field(default_factory=dict)


def training_charts(job: Job[Trainer]) -> None:
    """Up to four charts over the iterations, and the first filters as they are now."""
    left, middle, right = st.columns([5, 5, 3])
    for k, lines in enumerate(training_lines(job)):
        with (left, middle)[k // 2]:
            _chart(lines)
    with right:
        _filters(job)


def training_lines(job: Job[Trainer]) -> list[Lines]:
    """Loss and accuracies, and lengths of the gradients and dead ReLUs of what was done in this process."""
    history, records = job.trainer.reached.history, list(job.records)
    lines = [_loss_lines(history), accuracy_lines(history)]
    return lines + (_record_lines(records) if records else [])  # a file that was opened has none


def _loss_lines(history: History) -> Lines:
    losses = history.losses
    iterations = range(1, len(losses) + 1)
    each, mean = _("each batch"), _("mean of 25")
    loss = {each: (iterations, losses), mean: (iterations, running_mean(losses))}
    return Lines("loss", _("Loss"), loss, {"pale": [each]})


def accuracy_lines(history: History) -> Lines:
    """The share of training and of validation pictures that are right, where it was measured."""
    accuracy = {
        _("training"): (history.measured_at, history.training),
        _("validation"): (history.measured_at, history.validation),
    }
    return Lines("accuracy", _("Accuracy"), accuracy, {"top": 1.0})


def accuracy_chart(job: Job[Trainer]) -> None:
    """Draw the accuracies."""
    _chart(accuracy_lines(job.trainer.reached.history))


def _record_lines(records: Sequence[Progress]) -> list[Lines]:
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
    charts = [Lines("gradients", _("Gradient length"), gradients, {"log": True})]
    return charts + ([Lines("dead", _("Dead ReLUs, %"), dead, {"top": 100.0})] if dead else [])


def _chart(lines: Lines) -> None:
    titles = (lines.title, _("iteration"))
    figure = lines_figure(lines.series, titles, is_dark(), **lines.options)
    key = f"training {lines.key}"
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, theme=None)


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
