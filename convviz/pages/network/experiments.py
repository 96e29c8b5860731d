"""The course's experiments: the first loss, a gradient check, and overfitting a few pictures."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.nets.check import check_gradients
from convviz.nets.settings import Settings
from convviz.nets.stack import stack_text
from convviz.nets.three_layer import ThreeLayerConvNet
from convviz.ops.errors import SpecError
from convviz.pages.network.charts import accuracy_chart, accuracy_lines
from convviz.pages.network.experiment import Experiment, introduced, shown
from convviz.pages.network.exports import offer_experiments
from convviz.pages.network.live import short_line, show_live
from convviz.pages.network.training_picture import offer_experiments_picture
from convviz.text.i18n import N_, _, explain
from convviz.ui.training import jobs
from convviz.ui.training.settings import NetworkSettings, data_set

IMAGES = 100
PLAIN = N_("Overfit 100 pictures")
HELPED = N_("The same with batch norm and dropout 0.5")
NAMES = {PLAIN: N_("plain"), HELPED: N_("batch norm, dropout")}  # of their rows
STACKS = {
    PLAIN: "conv7-32 relu pool2 affine100 relu",
    HELPED: "conv7-32 norm relu pool2 affine100 norm relu dropout0.5",
}
SANITY, CHECK = "sanity losses", "gradient errors"


def experiments_view(where: str, seed: int) -> None:
    """Three columns, a button and its result in each.

    Parameters
    ----------
    where
        The data set, as `convviz.nets.data.load` takes it.
    seed
        Of everything random.
    """
    first, second, third = st.container(key="experiments").columns([6, 6, 7])
    experiments = []
    with first:
        experiments.append(_sanity(where, seed))
    with second:
        experiments.append(_gradient_check())
    with third:
        experiments.append(_overfit(where, seed))
    offer_experiments_picture(seed, experiments)
    offer_experiments(data_set(where, IMAGES, standardised=False), seed)


def _sanity(where: str, seed: int) -> Experiment:
    said = introduced(
        _("The first loss"),
        _(
            "An untrained network knows nothing: each of 10 classes has probability 1/10, and the loss is "
            "ln 10 = {value}. Weight decay adds half of it times the sum of all squared weights."
        ).format(value=f"{np.log(10):.6f}"),
    )
    if st.button(_("Compute it"), key="sanity"):
        data = data_set(where, IMAGES, standardised=False)
        x, y = data.inputs(data.train.images[:50]), data.train.labels[:50]
        net = ThreeLayerConvNet(data.shape, num_classes=len(data.classes), seed=seed)
        losses = {}
        for reg in (0.0, 0.5):
            net.reg = reg
            losses[reg] = net.loss(x, y)[0]
        squares = sum(float((net.params[name] ** 2).sum()) for name in net.decaying)
        st.session_state[SANITY] = (losses, squares)
    rows, more = [], ""
    if SANITY in st.session_state:
        losses, squares = st.session_state[SANITY]
        rows = [[f"{reg:g}", f"{loss:.6f}"] for reg, loss in losses.items()]
        more = _("Expected with 0.5: {loss} + 0.25 · {squares} = {total}").format(
            loss=f"{losses[0.0]:.6f}",
            squares=f"{squares:.6f}",
            total=f"{losses[0.0] + 0.25 * squares:.6f}",
        )
    return shown(Experiment(*said, [_("weight decay"), _("loss")], rows, more))


def _gradient_check() -> Experiment:
    said = introduced(
        _("Gradient check"),
        _(
            "A small network in float64: 8 pictures of 3×16×16, 3 filters of 3×3, 7 hidden units, weights of 0.1, "
            "step 1e-6. Largest relative error of 60 elements of each parameter. Where a step crosses a kink of "
            "ReLU or max, up to 1e-2 is fine; so is it for b1 and b2 under batch norm, whose gradient is 0."
        ),
    )
    if st.button(_("Check"), key="check"):
        rng = np.random.default_rng(231)
        x, y = rng.standard_normal((8, 3, 16, 16)), rng.integers(0, 10, 8)
        made = {
            norm: ThreeLayerConvNet((3, 16, 16), 3, 3, 7, 10, 0.1, dtype=np.float64, batchnorm=norm)
            for norm in (False, True)
        }
        st.session_state[CHECK] = {norm: check_gradients(net, x, y) for norm, net in made.items()}
    rows = []
    if CHECK in st.session_state:
        plain, normed = st.session_state[CHECK][False], st.session_state[CHECK][True]
        rows = [[name, _error(plain, name), f"{error:.1e}"] for name, error in normed.items()]
    return shown(Experiment(*said, [_("parameter"), _("plain"), _("batch norm")], rows))


def _error(errors: dict[str, float], name: str) -> str:
    return f"{errors[name]:.1e}" if name in errors else ""


def _overfit(where: str, seed: int) -> Experiment:
    offered = {name: _overfitting(where, seed, name) for name in STACKS}
    said = introduced(
        _("Overfitting"),
        _(
            "A network with enough weights learns {images} pictures by heart and nothing about others. "
            "Batch norm and dropout narrow the gap. Each is a training of {count} iterations."
        ).format(images=IMAGES, count=offered[PLAIN].training.epochs * 2),
    )
    job, lines = jobs.current(), None
    for name, settings in offered.items():
        st.button(_(name), key=name, on_click=_begin, args=(settings,), disabled=jobs.is_busy(job))
    if refused := st.session_state.pop("training refused", None):
        st.error(explain(refused))
    own = next((name for name in offered if job and jobs.made_with() == offered[name]), None)
    if job is not None and own is not None:
        if job.state == "done":
            _kept()[own] = job.records[-1].accuracies
        else:
            st.markdown(stack_text(job.trainer.net.layers))
            show_live(job, accuracy_chart, short_line)
            lines = accuracy_lines(job)
    head, rows, more = _gaps()
    return shown(Experiment(*said, head, rows, more, lines))


def _gaps() -> tuple[list[str], list[list[str]], str]:
    """What came of the trainings done so far: names of the columns, a row each, and where more is to be seen."""
    rows = [
        [_(NAMES[name]), f"{training:.2f}", f"{validation:.2f}", f"{training - validation:.2f}"]
        for name, (training, validation) in _kept().items()
    ]
    more = _("The curves of the last one are under Train, its maps under Every layer.")
    return ["", _("training"), _("validation"), _("gap")], rows, more if rows else ""


def _kept() -> dict[str, tuple[float, float]]:
    kept: dict[str, tuple[float, float]] = st.session_state.setdefault("overfitted", {})
    return kept


def _overfitting(where: str, seed: int, name: str) -> NetworkSettings:
    """The course's: 100 pictures, batches of 50, Adam at 1e-3, weights of 1e-2, the mean image subtracted."""
    return NetworkSettings(
        where,
        IMAGES,
        standardised=False,
        stack=STACKS[name],
        weight_scale=1e-2,
        reg=0.0,
        seed=seed,
        training=Settings(epochs=30, measured=IMAGES, check_every=10, seed=seed),
    )


def _begin(settings: NetworkSettings) -> None:
    try:
        jobs.begin(settings)
    except SpecError as error:
        st.session_state["training refused"] = error
