"""The course's experiments: the first loss, a gradient check, and overfitting a few pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from convviz.export.code import Experiments
from convviz.nets.check import check_gradients
from convviz.nets.progress import History
from convviz.nets.settings import Settings
from convviz.nets.stack import stack_text
from convviz.nets.three_layer import ThreeLayerConvNet
from convviz.nets.trainer import Trainer
from convviz.nets.worker import BUSY, Job
from convviz.pages.network.live import accuracy_part, short_line, show_live
from convviz.text.i18n import N_, _
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings, data_set
from convviz.ui.view import ChartPart, TablePart, View

IMAGES, EPOCHS, BATCH = 100, 30, 50
PLAIN = N_("Overfit 100 pictures")
HELPED = N_("The same with batch norm and dropout 0.5")
NAMES = {PLAIN: N_("plain"), HELPED: N_("batch norm, dropout")}  # of their rows
STACKS = {
    PLAIN: "conv7-32 relu pool2 affine100 relu",
    HELPED: "conv7-32 norm relu pool2 affine100 norm relu dropout0.5",
}
_RESULTS = "experiment results"


@dataclass(frozen=True)
class Experiment:
    """What an experiment shows; its result, without rows before it is carried out; the curves of its trainings."""

    said: str
    result: TablePart
    curves: Sequence[ChartPart] = ()


def experiments_view(where: str, seed: int) -> None:
    """Three columns, each with an experiment, its buttons and its result.

    Parameters
    ----------
    where
        The data set, as `convviz.nets.data.load` takes it.
    seed
        Of everything random.
    """
    data = data_set(where, IMAGES, standardised=False)
    first, second, third = st.container(key="experiments").columns([6, 6, 7])
    with first:
        experiments = [_first_loss(where, seed)]
    with second:
        experiments.append(_gradient_check())
    with third:
        experiments.append(_overfit(where, seed))
    curves = [part for each in experiments for part in each.curves]
    _show_curves(curves)
    View(
        [_("Network"), _("Experiments")],
        "experiments",
        [[each.result for each in experiments], curves],
        [f"{_('Seed')} {seed}", *(each.said for each in experiments)],
        code=lambda: Experiments(data, seed),
    ).offer()


def _show_curves(curves: Sequence[ChartPart]) -> None:
    """The accuracies of the trainings carried out, side by side."""
    if curves:
        for column, part in zip(st.columns(len(STACKS)), curves, strict=False):
            with column:
                part.show()


def _introduce(title: str, text: str) -> str:
    """Say what an experiment is."""
    st.markdown(f"**{title}**")
    st.markdown(text)
    return f"{title}: {text}"


def _results() -> dict[Any, Any]:
    """What the experiments computed in this session, by the settings they depend on."""
    results: dict[Any, Any] = st.session_state.setdefault(_RESULTS, {})
    return results


def _first_loss(where: str, seed: int) -> Experiment:
    title = _("The first loss")
    said = _introduce(
        title,
        _(
            "An untrained network knows nothing: each of 10 classes has probability 1/10, and the loss is "
            "ln 10 = {value}. Weight decay adds half of it times the sum of all squared weights."
        ).format(value=f"{np.log(10):.6f}"),
    )
    if st.button(_("Compute it"), key="sanity"):
        _results()["first loss", where, seed] = _first_losses(where, seed)
    rows, more = [], ""
    if found := _results().get(("first loss", where, seed)):
        losses, squares = found
        rows = [[f"{reg:g}", f"{loss:.6f}"] for reg, loss in losses.items()]
        more = _("Expected with 0.5: {loss} + 0.25 · {squares} = {total}").format(
            loss=f"{losses[0.0]:.6f}",
            squares=f"{squares:.6f}",
            total=f"{losses[0.0] + 0.25 * squares:.6f}",
        )
    result = TablePart([_("weight decay"), _("loss")], rows, title=title, foot=more, narrow=True)
    result.show()
    return Experiment(said, result)


def _first_losses(where: str, seed: int) -> tuple[dict[float, float], float]:
    """The first loss for each weight decay, and the sum of all squared weights."""
    data = data_set(where, IMAGES, standardised=False)
    x, y = data.inputs(data.train.images[:BATCH]), data.train.labels[:BATCH]
    net = ThreeLayerConvNet(data.shape, num_classes=len(data.classes), seed=seed)
    losses = {}
    for reg in (0.0, 0.5):
        net.reg = reg
        losses[reg] = net.loss(x, y)[0]
    return losses, sum(float((net.params[name] ** 2).sum()) for name in net.decaying)


def _gradient_check() -> Experiment:
    title = _("Gradient check")
    said = _introduce(
        title,
        _(
            "A small network in float64: 8 pictures of 3×16×16, 3 filters of 3×3, 7 hidden units, weights of 0.1, "
            "step 1e-6. Largest relative error of 60 elements of each parameter. Where a step crosses a kink of "
            "ReLU or max, up to 1e-2 is fine; so is it for b1 and b2 under batch norm, whose gradient is 0."
        ),
    )
    if st.button(_("Check"), key="check"):
        _results()["gradients"] = _gradient_errors(norm=False), _gradient_errors(norm=True)
    rows = []
    if found := _results().get("gradients"):
        plain, normed = found
        for name, error in normed.items():
            rows.append([name, f"{plain[name]:.1e}" if name in plain else "", f"{error:.1e}"])
    head = [_("parameter"), _("plain"), _("batch norm")]
    result = TablePart(head, rows, title=title, narrow=True)
    result.show()
    return Experiment(said, result)


def _gradient_errors(*, norm: bool) -> dict[str, float]:
    """The largest relative error of each parameter's gradient in a small network."""
    rng = np.random.default_rng(231)
    x, y = rng.standard_normal((8, 3, 16, 16)), rng.integers(0, 10, 8)
    net = ThreeLayerConvNet((3, 16, 16), 3, 3, 7, 10, 0.1, dtype=np.float64, batchnorm=norm)
    return check_gradients(net, x, y)


def _overfit(where: str, seed: int) -> Experiment:
    offered = {name: _overfitting(where, seed, stack) for name, stack in STACKS.items()}
    title = _("Overfitting")
    said = _introduce(
        title,
        _(
            "A network with enough weights learns {images} pictures by heart, but nothing about "
            "others. Batch norm and dropout narrow the gap. Each network trains for {count} "
            "iterations."
        ).format(images=IMAGES, count=EPOCHS * IMAGES // BATCH),
    )
    training = jobs.current()
    state = training.job.state if training else None  # read once: it may change meanwhile
    for name, settings in offered.items():
        busy = state in BUSY
        st.button(
            _(name), key=f"overfit {name}", on_click=jobs.begin, args=(settings,), disabled=busy
        )
    jobs.show_refusal()
    ended = {
        name: history for name, settings in offered.items() if (history := jobs.measured(settings))
    }
    rows = [[_(NAMES[name]), *_accuracies(history)] for name, history in ended.items()]
    if training and training.settings in offered.values() and state != "done":
        st.markdown(stack_text(training.reached.net.layers))
        show_live(training.job, state in BUSY, _show_accuracy, short_line)
    more = _("The curves of the last one are under Train, its maps under Every layer.")
    head = ["", _("training"), _("validation"), _("gap")]
    result = TablePart(head, rows, title=title, foot=more, narrow=True)
    result.show()
    return Experiment(said, result, [_curves(name, history) for name, history in ended.items()])


def _curves(name: str, history: History) -> ChartPart:
    """The accuracies of a training, below its name."""
    part = accuracy_part(history)
    chart = replace(part.chart, title=f"{_(NAMES[name])}: {part.chart.title}")
    return replace(part, chart=chart, key=f"overfit chart {name}")


def _show_accuracy(job: Job[Trainer]) -> None:
    accuracy_part(job.trainer.reached.history).show()


def _overfitting(where: str, seed: int, stack: str) -> NetworkSettings:
    """The course's: 100 pictures, batches of 50, Adam at 1e-3, weights of 1e-2, the mean image subtracted."""
    return NetworkSettings(
        where,
        IMAGES,
        standardised=False,
        stack=stack,
        weight_scale=1e-2,
        reg=0.0,
        seed=seed,
        training=Settings(
            batch_size=BATCH, epochs=EPOCHS, measured=IMAGES, check_every=10, seed=seed
        ),
    )


def _accuracies(history: History) -> tuple[str, str, str]:
    """Accuracy on the training and on the validation pictures, and how far they lie apart."""
    training, validation = history.training[-1], history.validation[-1]
    return f"{training:.2f}", f"{validation:.2f}", f"{training - validation:.2f}"
