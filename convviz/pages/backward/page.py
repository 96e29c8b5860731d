"""The Backward page: the three gradients of a convolution, one step at a time."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.export.arrays import scene_arrays
from convviz.export.code import ConvBackwardCode, FullCorrelation
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.spec import Conv2dSpec
from convviz.ops.transposed import spread_out
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.trace import Scene, conv_backward_scene, correlation_scene
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.cache import once
from convviz.ui.counts import show_counts
from convviz.ui.inputs.convolve_controls import ConvolveSettings, about_loop, convolve_controls
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.region_controls import picked_step
from convviz.ui.internals import DeltaGenerator
from convviz.ui.parts import show_notes
from convviz.ui.places import feature_maps, of_region
from convviz.ui.state import link
from convviz.ui.step_view import step_view

LOOP, CORRELATION, COUNTS = N_("The loop"), N_("As a full correlation"), N_("Visit counts")
REGION = 5  # with one row of padding every number of all six arrays fits a lecture screen


def render() -> None:
    """Draw the page."""
    link.read_link()
    # What a backward pass begins with stands above the other settings.
    first = st.sidebar.container()
    settings = convolve_controls(side=REGION, with_bias=False)
    view_column, size_column = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [LOOP, CORRELATION, COUNTS], show_label=False)
    show_notes()
    size = (settings.region.rows, settings.region.columns)
    if view != COUNTS:
        show_leftover(settings.spec.window, size)
    x, w, spec = (
        settings.region.batch(settings.photos, settings.channels),
        settings.filters.weights,
        settings.spec,
    )
    out = spec.window.output_size(size)
    with first:
        dout = gradient_controls((len(x), len(w), *out), lambda: conv2d(x, w, **spec.keywords))
    if view == CORRELATION:
        return _correlation(dout, x, w, spec, size_column)
    show_size(size_column, spec.window, size, settings.size)
    if view == COUNTS:
        return _counts(settings, size, out)
    rotated = settings.filters.rotated
    scene = backward_scene(dout, x, w, spec, rotated)
    maps = feature_maps(settings.photos, settings.channels, settings.filters, 0.0, spec)
    loop = ConvBackwardCode(dout, x, w, spec, rotated)

    def arrays() -> dict[str, Floats]:
        made = {**scene_arrays(scene), **loop.arrays, "dx": _dx(dout, x, w, spec)}
        if rotated:  # the gradient of the filters as they were typed, and of those multiplied
            made |= {"dw": made["dw"][:, :, ::-1, ::-1], "dw_turned": made["dw"]}
        return made

    return step_view(
        of_region(scene, settings.photos, settings.channels, settings.region, spec.window, maps),
        "convolution-backward",
        lambda: loop,
        start=picked_step(scene, settings.region, spec.window),
        arrays=arrays,
        about=about_loop(settings, _("Backward"), _(LOOP)),
    )


def _correlation(
    dout: Floats, x: Floats, w: Floats, spec: Conv2dSpec, place: DeltaGenerator
) -> None:
    """The gradient of the input as a convolution, compared with the loop's in the place given."""
    window, size = spec.window, (x.shape[2], x.shape[3])
    scene = full_correlation_scene(dout, w, window, size)
    place.markdown(_comparison(scene, backward_scene(dout, x, w, spec)))
    code = FullCorrelation(dout, w, window, size)

    def arrays() -> dict[str, Floats]:
        made = {"dx_pad": scene.panels["dx"].values, "dx": _dx(dout, x, w, spec)}
        return {**code.arrays, "dout_spread": spread_out(dout, window.stride), **made}

    step_view(scene, "full-correlation", lambda: code, arrays=arrays)


def _dx(dout: Floats, x: Floats, w: Floats, spec: Conv2dSpec) -> Floats:
    """The gradient of x: what its padding received is added to the pixels that it was copied from."""
    return conv2d_backward(dout, x, w, **spec.keywords)[0]


@once()
def backward_scene(
    dout: Floats, x: Floats, w: Floats, spec: Conv2dSpec, rotated: bool = False
) -> Scene:
    """The stepped backward loop."""
    return conv_backward_scene(dout, x, w, spec, rotated=rotated)


@once()
def full_correlation_scene(dout: Floats, w: Floats, window: Window2d, size: Pair) -> Scene:
    """The stepped full correlation."""
    return correlation_scene(dout, w, window, size)


def _comparison(by_correlation: Scene, by_loop: Scene) -> str:
    """What the correlation is, and how far its dx_pad lies from the loop's."""
    difference = np.abs(by_correlation.panels["dx"].values - by_loop.panels["dx"].values).max()
    return _(
        "dout spread out by the stride, correlated with the filter turned by 180°. "
        "**Largest difference from the loop's dx_pad: {difference}**"
    ).format(difference=f"{difference:.2g}")


def _counts(settings: ConvolveSettings, size: Pair, out: Pair) -> None:
    """How many windows each cell of the padded region lies in."""
    said = _(
        "Each number counts the windows that contain a cell of x_pad. The loop adds one term "
        "to dx_pad for each of them, so it needs +=. A cell in no window keeps the gradient 0."
    )
    show_counts(_("Backward"), said, settings.spec.window, size, out)
