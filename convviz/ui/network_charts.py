"""What is drawn of a training: loss, accuracies, gradients, dead units, and the filters."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.figures.training import lines_figure
from convviz.i18n import _
from convviz.nets.curves import running_mean
from convviz.nets.progress import Progress
from convviz.nets.results import filter_grid
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.network.pictures import show_pictures
from convviz.ui.theme import is_dark

FILTERS_SIDE = 200  # screen pixels


def training_charts(job: Job[Trainer], records: Sequence[Progress]) -> None:
    """Four charts over the iterations, and the first filters as they are now."""
    dark = is_dark()
    iterations = [record.iteration for record in records]
    losses = [record.loss for record in records]
    left, middle, right = st.columns([5, 5, 3])
    loss = {
        _("each batch"): (iterations, losses),
        _("mean of 25"): (iterations, running_mean(losses)),
    }
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
    with left:
        _chart(
            lines_figure(loss, (_("Loss"), _("iteration")), dark, pale=[_("each batch")]), "loss"
        )
        accuracy_chart(records)
    with middle:
        _chart(
            lines_figure(gradients, (_("Gradient length"), _("iteration")), dark, log=True),
            "gradients",
        )
        if dead:
            _chart(
                lines_figure(dead, (_("Dead ReLUs, %"), _("iteration")), dark, top=100.0), "dead"
            )
    with right:
        _filters(job)


def accuracy_chart(records: Sequence[Progress]) -> None:
    """The share of training and of validation pictures that are right, where it was measured."""
    measured = [(record.iteration, record.accuracies) for record in records if record.accuracies]
    at = [iteration for iteration, _pair in measured]
    accuracy = {
        _("training"): (at, [pair[0] for _iteration, pair in measured]),
        _("validation"): (at, [pair[1] for _iteration, pair in measured]),
    }
    figure = lines_figure(accuracy, (_("Accuracy"), _("iteration")), is_dark(), top=1.0)
    _chart(figure, "accuracy")


def _chart(figure: object, key: str) -> None:
    st.plotly_chart(figure, key=f"training {key}", config={"displayModeBar": False}, theme=None)


def _filters(job: Job[Trainer]) -> None:
    """The first convolution's filters, each stretched to the full range, as the course shows them."""
    net = job.trainer.net
    name = next((name for name in net.decaying if net.params[name].ndim == 4), None)
    if name is None:
        return
    size = "×".join(map(str, net.params[name].shape[1:]))
    caption = _("{count} filters {size}, each from its minimum to its maximum").format(
        count=len(net.params[name]), size=size
    )
    grid = filter_grid(net.params[name])[None]
    show_pictures(grid, [caption], key="filters shown", label=_("First filters"), wide=FILTERS_SIDE)
