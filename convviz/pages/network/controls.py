"""The sidebar of the Network page: data, stack and how it is trained."""

from __future__ import annotations

import os

import streamlit as st

from convviz.nets.settings import Settings
from convviz.ops.optimisers import RULES
from convviz.text.i18n import N_, _
from convviz.ui.state import link
from convviz.ui.state.switch import switch
from convviz.ui.training.settings import NetworkSettings

# For example "cifar10:/data/cifar-10-python.tar.gz mnist:/data/mnist".
DATA_VARIABLE = "CONVVIZ_DATA"
KAIMING = "Kaiming"
THREE_LAYERS, OWN = N_("Three layers (CS231n)"), N_("Own stack")
STACKS = {
    THREE_LAYERS: "",
    N_("Two convolutions (PyTorch notes)"): "conv5-32 relu conv3-16 relu",
    N_(
        "Two convolutions, pooled"
    ): "conv5-16 norm relu pool2 conv3-32 norm relu pool2 affine64 relu",
    N_("Linear classifier"): "",
    OWN: "",
}
LINEAR = "Linear classifier"
SCALES = [KAIMING, "0.001", "0.01", "0.1"]
# Measured on shapes and textures: three times fewer dead ReLUs.
START_SCALES = {THREE_LAYERS: "0.01"}
LARGEST_BATCH = 500
RATES = ["0.001", "0.0001", "0.0003", "0.003", "0.01", "0.03", "0.1"]
REGS = ["0", "0.0001", "0.001", "0.01", "0.1", "0.5"]


def network_controls() -> NetworkSettings:
    """Draw the sidebar and return what was chosen."""
    with st.sidebar:
        where, images, standardised = _data_controls()
        stack = _stack_controls()
        scale = _scale_control()
        left, right = st.columns(2)
        with left:
            reg = link.select(_("Weight decay"), "reg", REGS, shown=str)
        with right:
            seed = _seed_control()
        training = _training_controls(seed)
    weight_scale = None if scale == KAIMING else float(scale)
    return NetworkSettings(
        where, images, standardised, stack, weight_scale, float(reg), seed, training
    )


def experiment_controls() -> tuple[str, int]:
    """Draw what the experiments ask for, the data set and the seed, and return it."""
    with st.sidebar:
        where = _data_set_control()
        seed = _seed_control()
    return where, seed


def offered_data() -> dict[str, str]:
    """The data sets this server offers: name, and what `convviz.nets.data.load` takes."""
    offered = {N_("Shapes and textures"): "shapes"}
    titles = {"cifar10": "CIFAR-10", "mnist": "MNIST"}
    for where in os.environ.get(DATA_VARIABLE, "").split():
        offered[titles.get(where.partition(":")[0], where)] = where
    return offered


def _data_set_control() -> str:
    offered = offered_data()
    return offered[link.select(_("Data set"), "data", list(offered))]


def _seed_control() -> int:
    return link.number(_("Seed"), "seed", (0, 9999), 0)


def _data_controls() -> tuple[str, int, bool]:
    where = _data_set_control()
    images = link.select(
        _("Training images"), "images", ["5000", "100", "500", "2000", "50000"], shown=str
    )
    standardised = switch(
        _("Divide by the deviation"),
        "standardised",
        on=True,
        help=_("If off, the network only subtracts the mean image, as in the course."),
    )
    return where, int(images), standardised


def _stack_controls() -> str:
    name = link.select(_("Network"), "network", list(STACKS), on_change=_start_scale)
    if name == LINEAR:
        return ""
    if name == THREE_LAYERS:
        return _three_layers()
    if name != OWN:
        return STACKS[name]
    return st.text_input(
        _("Layers"),
        "conv3-8 relu pool2 conv3-16 relu pool2 affine32 relu",
        key="stack",
        bind="query-params",
        help=_(
            "conv7-32 is 32 kernels of 7×7; conv3-32-g4 is in 4 groups; relu; pool2; norm; affine100; dropout0.5. "
            "An affine layer with a unit for each class is put at the end."
        ),
    )


def _scale_control() -> str:
    """Where Kaiming's weights let the first loss jump and most ReLUs die, the default is the course's 0.01."""
    return link.select(
        _("Initial weights"), "init", SCALES, default=START_SCALES.get(_network(), KAIMING)
    )


def _start_scale() -> None:
    """Another network was chosen: begin with the weights that suit it."""
    st.session_state["init"] = START_SCALES.get(_network(), KAIMING)


def _network() -> str:
    return str(st.session_state["network"])


def _three_layers() -> str:
    left, right = st.columns(2)
    with left:
        filters = link.number(_("Filters"), "filters", (1, 64), 16)
        hidden = link.number(_("Hidden units"), "hidden", (1, 500), 100)
    with right:
        size = link.number(_("Filter size"), "size", (1, 11), 7)
        dropped = link.number(_("Dropout, %"), "dropout", (0, 90), 0)
    norm = " norm" if switch(_("Batch norm"), "norm") else ""
    drop = f" dropout{dropped / 100:g}" if dropped else ""
    return f"conv{size}-{filters}{norm} relu pool2 affine{hidden}{norm} relu{drop}"


def _training_controls(seed: int) -> Settings:
    left, right = st.columns(2)
    with left:
        optimiser = link.select(
            _("Update rule"),
            "rule",
            ["adam", *(name for name in RULES if name != "adam")],
            shown=str,
        )
        batch = link.number(_("Batch size"), "batch", (1, LARGEST_BATCH), 50)
    with right:
        rate = link.select(_("Learning rate"), "rate", RATES, shown=str)
        epochs = link.number(_("Epochs"), "epochs", (1, 100), 4)
    return Settings(
        optimiser,
        float(rate),
        batch_size=batch,
        epochs=epochs,
        measured=500,
        check_every=20,
        seed=seed,
    )
