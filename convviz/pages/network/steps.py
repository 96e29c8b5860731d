"""The loop behind one map of a network, forward and backward, with the network's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from convviz.browser.picture import Lattice
from convviz.export.code import Code, ConvBackwardCode, ConvCode, PoolBackwardCode, PoolCode
from convviz.nets.fields import windows
from convviz.nets.layers import Conv2d, MaxPool2d
from convviz.nets.results import gradient_at
from convviz.nets.run import Run
from convviz.ops.padding import pad
from convviz.ops.receptive import receptive_field
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array, Floats
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
from convviz.ui.places import Wholes, placed, shaded, with_signed_input
from convviz.ui.state import link
from convviz.ui.step_view import step_view
from convviz.ui.training.subject import Sample, Subject

SIDE = 8  # cells a side of the region stepped through
FORWARD, BACKWARD = N_("Forward"), N_("Backward")


def can_step(subject: Subject, layer: int, index: int, row: int, column: int) -> bool:
    """Whether there is such a cell, and a loop that computes it."""
    layers, shapes = subject.net.layers, subject.net.shapes
    if layer >= len(layers) or not isinstance(layers[layer], Conv2d | MaxPool2d):
        return False
    maps, height, width = shapes[layer + 1]
    return index < maps and row < height and column < width


def map_steps(
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
        dout: Floats | None = None
        if direction == BACKWARD:
            whole = _arriving(subject, sample, run, layer)[0, index]  # (H, W)
            dout = np.asarray(region.cut(whole), dtype=np.float64)[
                None, None
            ]  # (1, 1, rows, columns)
    scene, code = _loop(subject, run, (layer, index), region, dout)
    start = cell_step(scene, 0, 0, row - region.top, column - region.left)
    name = "network" if dout is None else "network-backward"
    shown = _on_picture(_numbered(scene, index, region), subject, sample, run, place, region)
    title = f"{_('Network')} · {_(direction)}"
    about = [title, _where(subject.net.layers[layer].text, index, region)]
    step_view(shown, name, lambda: code, start=start, about=about)


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
    return gradient_at(subject.net, run, layer, label)


def _loop(
    subject: Subject, run: Run, which: tuple[int, int], region: Region, dout: Floats | None
) -> tuple[Scene, Code]:
    """The loop over a region of a layer's map, and its scripts: forward without `dout`, backward with it."""
    layer, index = which
    kind, x = subject.net.layers[layer], run.outputs[layer][0].astype(np.float64)
    top, left, bottom, right = region.box
    if isinstance(kind, MaxPool2d):
        size, spec = kind.size, PoolSpec.make(kind.size)
        cut = x[index, top * size : bottom * size, left * size : right * size][None, None]
        pool = PoolCode(cut, "max", spec)
        if dout is None:
            return with_signed_input(max_pool_scene(cut, spec)), pool
        scene = max_pool_backward_scene(dout, cut, spec, ties="first")
        return with_signed_input(scene), PoolBackwardCode(dout, pool, "first")
    assert isinstance(kind, Conv2d)
    more, valid = kind.kernel - 1, Conv2dSpec.make(kind.kernel)
    padded = pad(x, Window2d.make(kind.kernel, padding="same").padding)
    own = kind.sees(index, len(x))
    cut = padded[None, own, top : bottom + more, left : right + more]
    names = subject.net.names[layer]
    w, b = (
        subject.net.params[names[name]][index : index + 1].astype(np.float64) for name in ("W", "b")
    )
    if dout is None:
        return with_signed_input(conv_scene(cut, w, b)), ConvCode(cut, w, b, valid)
    return with_signed_input(conv_backward_scene(dout, cut, w)), ConvBackwardCode(
        dout, cut, w, valid
    )


def _numbered(scene: Scene, index: int, region: Region) -> Scene:
    """Say beside the source which map and which of its cells the loop is at: it runs over a part of one map."""
    map_name = f"map_{scene.loops[1][0]}"
    places = (
        Variable(map_name, (0, 0, 0, 0), index),
        Variable("map_i", (0, 0, 1, 0), region.top),
        Variable("map_j", (0, 0, 0, 1), region.left),
    )
    return replace(scene, variables=(*scene.variables, *places))


def _on_picture(
    scene: Scene,
    subject: Subject,
    sample: Sample,
    run: Run,
    place: tuple[int, int, int, int],
    region: Region,
) -> Scene:
    """The loop with its place on the network's picture and on its own map."""
    layer, index, *_cell = place
    sliding = [
        one for one in subject.net.layers[: layer + 1] if isinstance(one, Conv2d | MaxPool2d)
    ]
    field = receptive_field(windows(subject.net)[: len(sliding)])[-1]
    before = field.effective_padding or (0, 0)
    how = Lattice(
        (region.top * field.jump[0] - before[0], region.left * field.jump[1] - before[1]),
        field.jump,
        field.receptive_field,
    )
    values = run.outputs[layer + 1][0, index]
    title = f"{subject.net.layers[layer].text} {index}"
    maps = Wholes((values.shape[0], values.shape[1]), (shaded(values),), (title,))
    return placed(scene, [sample.pixels], [_("Picture")], maps, (region.top, region.left), how)
