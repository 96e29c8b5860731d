"""The gradient of a convolution's input as the scene of a convolution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from convviz.i18n import N_
from convviz.ops.spec import Conv2dSpec
from convviz.ops.transposed import full_padding, spread_out, turned_filters
from convviz.ops.window import Pair, Window2d
from convviz.trace.conv import conv_scene
from convviz.trace.scene import Scene


def correlation_scene(dout: npt.ArrayLike, w: npt.ArrayLike, window: Window2d, size: Pair) -> Scene:
    """Build the scene of `convviz.ops.transposed.full_correlation`: its output is dx_pad.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    w
        Filters, shape (F, C, KH, KW).
    window, size
        Kernel, stride, padding and dilation of the forward pass, and (H, W) of its input.

    Examples
    --------
    >>> scene = correlation_scene(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), Window2d.make(2), (3, 3))
    >>> scene.panels["out"].values[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    dout, w = np.asarray(dout, dtype=np.float64), np.asarray(w, dtype=np.float64)
    spec = Conv2dSpec.make(
        window.kernel, padding=full_padding(window, size), dilation=window.dilation
    )
    scene = conv_scene(spread_out(dout, window.stride), turned_filters(w), None, spec)
    panels = scene.panels | {
        "x": replace(scene.panels["x"], label=N_("dout, spread out"), colours="signed"),
        "w": replace(scene.panels["w"], label=N_("w, turned 180°")),
        "out": replace(scene.panels["out"], label="dx_pad"),
    }
    return replace(scene, panels=panels)
