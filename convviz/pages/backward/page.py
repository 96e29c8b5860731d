"""The Backward page: the three gradients of a convolution, one step at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from convviz.export.arrays import scene_arrays
from convviz.export.code import ConvBackwardCode, FullCorrelation
from convviz.ops.conv import conv2d, conv2d_backward, conv2d_backward_input
from convviz.ops.spec import Conv2dSpec
from convviz.ops.transposed import spread_out
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.trace import Scene, conv_backward_scene, correlation_scene
from convviz.trace.steps import cell_step
from convviz.ui.arithmetic import show_leftover, size_lines
from convviz.ui.cache import once
from convviz.ui.counts import show_counts
from convviz.ui.inputs.convolve_controls import ConvolveSettings, about_loop, convolve_controls
from convviz.ui.inputs.filter_controls import show_kernel
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import image_batch
from convviz.ui.inputs.published import show_published
from convviz.ui.inputs.region_controls import AROUND, picked_step
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.parts import show_notes
from convviz.ui.places import as_given, feature_maps, of_region
from convviz.ui.state import link, live
from convviz.ui.step_view import step_view

LOOP, CORRELATION, COUNTS = N_("The loop"), N_("As a full correlation"), N_("Visit counts")
PART = N_(
    "dout is 0 in the cells of the map that are not stepped through, so dx, dw and db are the same as for the "
    "whole photo."
)
REGION = 5  # with one row of padding every number of all six arrays fits a lecture screen


@dataclass(frozen=True, eq=False)
class Chosen:
    """What the Backward page shows."""

    settings: ConvolveSettings
    dout: Floats  # where the gradients begin, (N, F, OH, OW)

    @property
    def operands(self) -> tuple[Floats, Floats, Conv2dSpec]:
        """What the loop reads of every photo, the filters, and how they are convolved."""
        stepped = self.settings.stepped
        return stepped.x, self.settings.filters.weights, stepped.spec


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        # What a backward pass begins with stands above the other settings.
        published, first, photos = st.container(), st.container(), image_batch()
        further, numbers = st.container(), st.container()
    view_column, sizes = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [LOOP, CORRELATION, COUNTS], show_label=False)
    show_notes()

    def choose() -> Chosen:
        # A region is an image of its own to begin with: then its gradients are whole, and the padding takes part.
        settings = convolve_controls(photos, further, numbers, side=REGION, around=AROUND[1])
        with numbers:
            show_kernel(settings.filters, settings.planes)
        with first:
            chosen = Chosen(settings, _arriving(settings))
        with published:
            show_published("backward", photos[0], lambda: _computed(chosen))
        return chosen

    if view == LOOP:
        live.show(choose, _loop, _say, sizes)
        return
    chosen = choose()
    if view == CORRELATION:
        show_leftover(chosen.operands[2].window, chosen.settings.stepped.size, shaded=False)
        _correlation(chosen, sizes)
    else:
        with sizes:
            st.markdown("  \n".join(_say(chosen, shaded=False)))
        _counts(chosen)


def _computed(chosen: Chosen) -> dict[str, Floats]:
    """The three gradients, by name."""
    x, w, spec = chosen.operands
    return dict(
        zip(("dx", "dw", "db"), conv2d_backward(chosen.dout, x, w, **spec.keywords), strict=True)
    )


def _arriving(settings: ConvolveSettings) -> Floats:
    """The gradient that arrives, dout, as chosen."""
    x, w, spec = Chosen(settings, np.zeros(())).operands
    shape = (len(x), len(w), *spec.window.output_size((x.shape[2], x.shape[3])))
    return gradient_controls(shape, lambda: conv2d(x, w, settings.filters.biases, **spec.keywords))


def _say(chosen: Chosen, *, shaded: bool = True) -> list[str]:
    """The size of the output, and what the gradients of a part of the photo are."""
    settings = chosen.settings
    size, window = settings.region.size, settings.spec.window
    by_photo = settings.by_photo
    said = size_lines(window, size, settings.size, by_photo=by_photo, shaded=shaded)
    return [*said, f":small[{_(PART)}]"] if settings.by_photo else said


def _loop(chosen: Chosen) -> None:
    """The three gradients, one step at a time."""
    settings, dout = chosen.settings, chosen.dout
    x, w, spec = chosen.operands
    rotated = settings.filters.rotated
    scene = backward_scene(dout, x, w, spec, rotated)
    stepped, whole, channels = settings.stepped, settings.spec, settings.channels
    maps = feature_maps(settings.photos, channels, settings.filters, whole)
    loop = ConvBackwardCode(dout, x, w, spec, rotated)

    def arrays() -> dict[str, Floats]:
        made = {
            **scene_arrays(scene),
            **loop.arrays,
            "dx": conv2d_backward_input(dout, w, x.shape, spec),
        }
        if rotated:  # the gradient of the filters as they were typed, and of those multiplied
            made |= {"dw": made["dw"][:, :, ::-1, ::-1], "dw_turned": made["dw"]}
        return made

    step_view(
        of_region(
            scene, settings.photos, channels, stepped.region, whole.window, maps, stepped.box.box
        ),
        "convolution-backward",
        lambda: loop,
        about_loop(settings, _("Backward"), _(LOOP)),
        start=_first_step(scene, settings, dout),
        arrays=arrays,
    )


def _first_step(scene: Scene, settings: ConvolveSettings, dout: Floats) -> int | None:
    """The step at the cell picked, or at the only one that has a gradient; None for the first cell."""
    picked = picked_step(scene, settings.region, settings.spec.window)
    places = np.argwhere(dout[0, 0])
    if picked is not None or len(places) != 1:
        return picked
    row, column = map(int, places[0])
    return cell_step(scene, 0, 0, row, column)


def _correlation(chosen: Chosen, place: DeltaGenerator) -> None:
    """The gradient of the input as a convolution, compared with the loop's in the place given."""
    dout, (x, w, spec) = chosen.dout, chosen.operands
    window, size = spec.window, (x.shape[2], x.shape[3])
    scene = full_correlation_scene(dout, w, window, size)
    place.markdown(_comparison(scene, backward_scene(dout, x, w, spec)))
    shown = as_given(scene, chosen.settings.photos[0], x.shape[1])
    code = FullCorrelation(dout, w, window, size)

    def arrays() -> dict[str, Floats]:
        made = {
            "dx_pad": scene.panels["dx"].values,
            "dx": conv2d_backward_input(dout, w, x.shape, spec),
        }
        return {**code.arrays, "dout_spread": spread_out(dout, window.stride), **made}

    about = about_loop(chosen.settings, _("Backward"), _(CORRELATION))
    step_view(shown, "full-correlation", lambda: code, about, arrays=arrays)


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


def _counts(chosen: Chosen) -> None:
    """How many windows each cell of the padded region lies in."""
    said = _(
        "Each number counts the windows that contain a cell of x_pad. The loop adds one term "
        "to dx_pad for each of them, so it needs +=. A cell in no window keeps the gradient 0."
    )
    out = (chosen.dout.shape[2], chosen.dout.shape[3])
    show_counts(_("Backward"), said, chosen.operands[2].window, chosen.settings.stepped.size, out)
