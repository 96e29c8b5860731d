"""The loop behind one map of a network, forward and backward, with the network's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from convviz.i18n import N_, _
from convviz.nets.layers import Conv2d, MaxPool2d
from convviz.nets.results import gradient_at
from convviz.nets.run import Run
from convviz.ops.spec import PoolSpec
from convviz.ops.window import Window2d
from convviz.ops.windows import pad
from convviz.regions import Region, interesting_region
from convviz.stepper import step_through
from convviz.trace import (
    Scene,
    conv_backward_scene,
    conv_scene,
    max_pool_backward_scene,
    max_pool_scene,
)
from convviz.ui import link
from convviz.ui.exports import offer_steps
from convviz.ui.network_subject import Sample, Subject

SIDE = 8  # cells a side of the region stepped through
FORWARD, BACKWARD = N_("Forward"), N_("Backward")


def can_step(subject: Subject, layer: int, index: int) -> bool:
    """Whether there is such a map, and a loop that computes it."""
    layers, shapes = subject.net.layers, subject.net.shapes
    return (
        layer < len(layers)
        and index < shapes[layer + 1][0]
        and isinstance(layers[layer], Conv2d | MaxPool2d)
    )


def step_view(
    subject: Subject, sample: Sample, run: Run, layer: int, index: int, *, back: Callable[[], None]
) -> None:
    """The loop over the part of the map where it varies most.

    Parameters
    ----------
    subject, sample, run
        The network, and what passed through it.
    layer, index
        Which map.
    back
        Called before the page runs again without the stepper.
    """
    height, width = run.outputs[layer + 1].shape[2:]
    rows, columns = min(SIDE, height), min(SIDE, width)
    region = interesting_region(run.outputs[layer + 1][0, index][None], rows, columns)
    with st.sidebar:
        st.button(_("Back to all layers"), on_click=back, type="primary")
        direction = link.choice(_("Pass"), "pass", [FORWARD, BACKWARD])
        st.markdown(
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
        dout = None
        if direction == BACKWARD:
            label = int(run.scores.argmax()) if sample.label is None else sample.label
            st.markdown(
                _("dout is the gradient of the loss for the class {name}.").format(
                    name=subject.names[label]
                )
            )
            whole = gradient_at(subject.net, run, layer, label)
            dout = region.cut(whole[0, index])[None, None]
    scene = _scene(subject, run, layer, index, region, dout)
    step = step_through(scene, key=f"network stepper {direction}")
    offer_steps(scene, step, "network")


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


def _signed(scene: Scene) -> Scene:
    """The input's numbers are no pixels: they lie around zero."""
    return replace(scene, panels=scene.panels | {"x": replace(scene.panels["x"], colours="signed")})
