"""Every layer at once, how one map came about, and the loop that computed it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from convviz.i18n import _
from convviz.nets.layers import Conv2d, MaxPool2d
from convviz.nets.overview import detail, views
from convviz.nets.run import Run
from convviz.network import Actions, show_network
from convviz.ops.spec import PoolSpec
from convviz.ops.window import Window2d
from convviz.ops.windows import pad
from convviz.regions import Region, interesting_region
from convviz.stepper import step_through
from convviz.trace import Scene, conv_scene, max_pool_scene
from convviz.ui.network_subject import Sample, Subject, pass_through, probabilities

_OPEN, _STEPS = "network map open", "network map stepped"
SIDE = 8  # cells a side of the region stepped through


def overview_view(subject: Subject, sample: Sample) -> None:
    """The overview, or the stepper on the map the person chose in it."""
    run = pass_through(subject, sample)
    stepped = st.session_state.get(_STEPS)
    if stepped is not None and not _can_step(subject, *stepped):
        del st.session_state[_STEPS]
        stepped = None
    if stepped is not None:
        _step_view(subject, run, *stepped)
    else:
        st.fragment(_overview)(subject, sample, run)


def _overview(subject: Subject, sample: Sample, run: Run) -> None:
    """A part of its own, so that opening a map computes nothing else again."""
    opened: tuple[int, int] | None = st.session_state.get(_OPEN)
    if opened is not None and not _exists(subject, *opened):
        opened = None
    show_network(
        views(subject.net, run),
        sample.pixels,
        probabilities(run),
        subject.names,
        key="network overview",
        actions=Actions(_open, _step, _close),
        label=sample.label,
        detail=None if opened is None else detail(subject.net, run, *opened),
    )
    if _STEPS in st.session_state:
        st.rerun()  # the stepper takes the place of all this


def _open(layer: int, index: int) -> None:
    st.session_state[_OPEN] = (layer, index)


def _step(layer: int, index: int) -> None:
    st.session_state[_STEPS] = (layer, index)


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _exists(subject: Subject, layer: int, index: int) -> bool:
    return layer < len(subject.net.layers) and index < subject.net.shapes[layer + 1][0]


def _can_step(subject: Subject, layer: int, index: int) -> bool:
    return _exists(subject, layer, index) and subject.net.layers[layer].kind in ("conv", "pool")


def _step_view(subject: Subject, run: Run, layer: int, index: int) -> None:
    """The loop over the part of the map where it varies most, with the network's own numbers."""
    height, width = run.outputs[layer + 1].shape[2:]
    rows, columns = min(SIDE, height), min(SIDE, width)
    own = run.outputs[layer + 1][0, index]
    region = interesting_region(own[None], rows, columns)
    back, text = st.columns([1, 5], vertical_alignment="center")
    back.button(_("Back to all layers"), on_click=lambda: st.session_state.pop(_STEPS, None))
    text.markdown(
        _(
            "{layer}, map {index}: rows {top} to {bottom}, columns {left} to {right} of its output"
        ).format(
            layer=subject.net.layers[layer].text,
            index=index,
            top=region.top,
            bottom=region.top + rows - 1,
            left=region.left,
            right=region.left + columns - 1,
        )
    )
    step_through(_scene(subject, run, layer, index, region), key="network stepper")


def _scene(subject: Subject, run: Run, layer: int, index: int, region: Region) -> Scene:
    kind, x = subject.net.layers[layer], run.outputs[layer][0]
    top, left, bottom, right = region.box
    if isinstance(kind, MaxPool2d):
        size = kind.size
        cut = x[index, top * size : bottom * size, left * size : right * size]
        return _signed(max_pool_scene(cut[None, None], PoolSpec.make(size)))
    assert isinstance(kind, Conv2d)
    window = Window2d.make(kind.kernel, padding="same")
    more = kind.kernel - 1
    cut = pad(x, window.padding)[:, top : bottom + more, left : right + more]
    names = subject.net.names[layer]
    w, b = (subject.net.params[names[name]][index : index + 1] for name in ("W", "b"))
    return _signed(conv_scene(cut[None], w, np.asarray(b)))


def _signed(scene: Scene) -> Scene:
    """The input's numbers are no pixels: they lie around zero."""
    return replace(scene, panels=scene.panels | {"x": replace(scene.panels["x"], colours="signed")})
