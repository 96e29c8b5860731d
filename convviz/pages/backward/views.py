"""The views of the Backward page: the loop, dx as a correlation, and how many windows each cell lies in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.export.arrays import scene_arrays
from convviz.export.code import ConvBackwardCode, FullCorrelation
from convviz.ops.conv import conv2d_backward_input
from convviz.ops.spec import Conv2dSpec
from convviz.ops.transposed import spread_out
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.trace import Scene, conv_backward_scene, correlation_scene
from convviz.trace.steps import cell_step
from convviz.ui.arithmetic import size_lines
from convviz.ui.cache import once
from convviz.ui.counts import show_counts
from convviz.ui.inputs.convolve_controls import ConvolveSettings, about_loop
from convviz.ui.inputs.region_controls import picked_step
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.places import as_given, feature_maps, of_region
from convviz.ui.step_view import step_view

LOOP, CORRELATION, COUNTS = N_("The loop"), N_("As a full correlation"), N_("Visit counts")
PART = N_(
    "dout is 0 in the cells of the map that are not stepped through, so dx, dw and db are the same as for the "
    "whole photo."
)


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


def loop_said(chosen: Chosen, *, shaded: bool = True) -> list[str]:
    """The size of the output, and what the gradients of a part of the photo are."""
    settings = chosen.settings
    size, window = settings.region.size, settings.spec.window
    by_photo = settings.by_photo
    said = size_lines(window, size, settings.size, by_photo=by_photo, shaded=shaded)
    return [*said, f":small[{_(PART)}]"] if settings.by_photo else said


def loop_view(chosen: Chosen) -> None:
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


def correlation_view(chosen: Chosen, place: DeltaGenerator) -> None:
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


def counts_view(chosen: Chosen) -> None:
    """How many windows each cell of the padded region lies in."""
    said = _(
        "Each number counts the windows that contain a cell of x_pad. The loop adds one term "
        "to dx_pad for each of them, so it needs +=. A cell in no window keeps the gradient 0."
    )
    out = (chosen.dout.shape[2], chosen.dout.shape[3])
    show_counts(_("Backward"), said, chosen.operands[2].window, chosen.settings.stepped.size, out)
