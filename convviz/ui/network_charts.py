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


def training_charts(job: Job[Trainer]) -> None:
    """Four charts over the iterations, and the first filters as they are now."""
    left, middle, right = st.columns([5, 5, 3])
    with left:
        _loss_chart(job)
        accuracy_chart(job)
    with middle:
        if records := list(job.records):  # none of what was done before a file was opened
            _record_charts(records)
    with right:
        _filters(job)


def _loss_chart(job: Job[Trainer]) -> None:
    losses = list(job.trainer.history.losses)
    iterations = range(1, len(losses) + 1)
    loss = {
        _("each batch"): (iterations, losses),
        _("mean of 25"): (iterations, running_mean(losses)),
    }
    titles = (_("Loss"), _("iteration"))
    _chart(lines_figure(loss, titles, is_dark(), pale=[_("each batch")]), "loss")


def accuracy_chart(job: Job[Trainer]) -> None:
    """The share of training and of validation pictures that are right, where it was measured."""
    measured = job.trainer.history.measured()
    at = [iteration for iteration, _training, _validation in measured]
    accuracy = {
        _("training"): (at, [training for _at, training, _validation in measured]),
        _("validation"): (at, [validation for _at, _training, validation in measured]),
    }
    figure = lines_figure(accuracy, (_("Accuracy"), _("iteration")), is_dark(), top=1.0)
    _chart(figure, "accuracy")


def _record_charts(records: Sequence[Progress]) -> None:
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
    dark, across = is_dark(), _("iteration")
    titles = (_("Gradient length"), across)
    _chart(lines_figure(gradients, titles, dark, log=True), "gradients")
    if dead:
        titles = (_("Dead ReLUs, %"), across)
        _chart(lines_figure(dead, titles, dark, top=100.0), "dead")


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
