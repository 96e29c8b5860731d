"""The loop behind one map of a network, forward and backward, with the network's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.stepper import step_through
from convviz.nets.layers import Conv2d, MaxPool2d
from convviz.nets.results import gradient_at
from convviz.nets.run import Run
from convviz.ops.padding import pad
from convviz.ops.spec import PoolSpec
from convviz.ops.window import Window2d
from convviz.photos.regions import Region, moved_to
from convviz.text.i18n import N_, _
from convviz.trace import (
    Scene,
    Variable,
    conv_backward_scene,
    conv_scene,
    max_pool_backward_scene,
    max_pool_scene,
)
from convviz.trace.steps import cell_step
from convviz.ui.giving.exports import offer_steps
from convviz.ui.state import history, link
from convviz.ui.training.subject import Sample, Subject

Array = npt.NDArray[np.floating]
SIDE = 8  # cells a side of the region stepped through
FORWARD, BACKWARD = N_("Forward"), N_("Backward")


def can_step(subject: Subject, layer: int, index: int, row: int, column: int) -> bool:
    """Whether there is such a cell, and a loop that computes it."""
    layers, shapes = subject.net.layers, subject.net.shapes
    if layer >= len(layers) or not isinstance(layers[layer], Conv2d | MaxPool2d):
        return False
    maps, height, width = shapes[layer + 1]
    return index < maps and row < height and column < width


def step_view(
    subject: Subject,
    sample: Sample,
    run: Run,
    place: tuple[int, int, int, int],
    *,
    back: Callable[[], None],
) -> None:
    """The loop around one cell of a map, at that cell.

    Parameters
    ----------
    subject, sample, run
        The network, and what passed through it.
    place
        Layer, map, row and column.
    back
        Called before the page runs again without the stepper.
    """
    layer, index, row, column = place
    height, width = run.outputs[layer + 1].shape[2:]
    size = (min(SIDE, height), min(SIDE, width))
    region = moved_to(Region(0, 0, *size), (row, column), (height, width))
    with st.sidebar:
        st.button(_("Back to all layers"), on_click=back, type="primary")
        direction = link.choice(_("Pass"), "pass", [FORWARD, BACKWARD])
        st.markdown(_where(subject.net.layers[layer].text, index, region))
        dout = None
        if direction == BACKWARD:
            whole = _arriving(subject, sample, run, layer)[0, index]  # (H, W)
            dout = region.cut(whole)[None, None]  # (1, 1, rows, columns)
    scene = _placed(_scene(subject, run, layer, index, region, dout), index, region)
    last = cell_step(scene, 0, 0, row - region.top, column - region.left)
    _show(scene, last, f"network stepper {direction}")


def _where(layer: str, index: int, region: Region) -> str:
    """Which part of a map is stepped through."""
    top, left, bottom, right = region.box
    return _(
        "{layer}, map {index}: rows {top} to {bottom}, columns {left} to {right} of its output"
    ).format(layer=layer, index=index, top=top, bottom=bottom - 1, left=left, right=right - 1)


def _arriving(subject: Subject, sample: Sample, run: Run, layer: int) -> Array:
    """The gradient at a layer's output, (1, F, H, W), after a line that says of which loss."""
    label = int(run.scores.argmax()) if sample.label is None else sample.label
    st.markdown(
        _("dout is the gradient of the loss for the class {name}.").format(
            name=subject.names[label]
        )
    )
    return np.asarray(gradient_at(subject.net, run, layer, label))


def _show(scene: Scene, last: int, key: str) -> None:
    """The stepper, at the step the link asks for; else at the last of the cell chosen."""
    count = scene.visits * scene.steps_per_visit
    asked = link.step(count)
    step = step_through(
        scene,
        key=key,
        seek=last if asked is None else asked,
        nonce=f"{last} {history.count()}",
    )
    kept = link.keep_step(step, count)
    offer_steps(scene, last if kept is None else kept, "network")


def _scene(
    subject: Subject, run: Run, layer: int, index: int, region: Region, dout: object
) -> Scene:
    """The region's loop: forward without `dout`, backward with it."""
    kind, x = subject.net.layers[layer], run.outputs[layer][0]
    top, left, bottom, right = region.box
    if isinstance(kind, MaxPool2d):
        size, spec = kind.size, PoolSpec.make(kind.size)
        cut = x[index, top * size : bottom * size, left * size : right * size][None, None]
        if dout is None:
            return _signed(max_pool_scene(cut, spec))
        return _signed(max_pool_backward_scene(np.asarray(dout), cut, spec, ties="first"))
    assert isinstance(kind, Conv2d)
    more = kind.kernel - 1
    padded = pad(x, Window2d.make(kind.kernel, padding="same").padding)
    cut = padded[None, :, top : bottom + more, left : right + more]
    names = subject.net.names[layer]
    w, b = (subject.net.params[names[name]][index : index + 1] for name in ("W", "b"))
    if dout is None:
        return _signed(conv_scene(cut, w, b))
    return _signed(conv_backward_scene(np.asarray(dout), cut, w))


def _placed(scene: Scene, index: int, region: Region) -> Scene:
    """Say beside the source which map and which of its cells the loop is at: it runs over a part of one map."""
    map_name = f"map_{scene.loops[1][0]}"
    places = (
        Variable(map_name, (0, 0, 0, 0), index),
        Variable("map_i", (0, 0, 1, 0), region.top),
        Variable("map_j", (0, 0, 0, 1), region.left),
    )
    return replace(scene, variables=(*scene.variables, *places))


def _signed(scene: Scene) -> Scene:
    """The input's numbers are no pixels: they lie around zero."""
    return replace(scene, panels=scene.panels | {"x": replace(scene.panels["x"], colours="signed")})
