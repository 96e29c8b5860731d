"""The forward convolution loop as a scene."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.naive import conv_forward_naive, conv_loops
from convviz.ops.spec import Conv2dSpec
from convviz.ops.windows import pad, tap_index
from convviz.trace.scene import Access, Floats, Panel, Phase, Scene, Variable

CHANNEL_NAMES = {1: ("",), 3: ("R", "G", "B")}


def conv_scene(
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    b: npt.ArrayLike | None = None,
    spec: Conv2dSpec | None = None,
    *,
    rotated: bool = False,
) -> Scene:
    """Build the scene of ``out = conv(x, w) + b``, computed by the loops it shows.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Weights as they are multiplied, shape (F, C, KH, KW).
    b
        Bias, shape (F,); zeros if None.
    spec
        Stride, padding, dilation and padding mode; stride 1 without padding if None.
    rotated
        True if `w` was turned by 180° to make the cross-correlation a convolution. It changes labels only.

    Returns
    -------
    Scene
        Loops n, f, i, j; for each cell one step for the window, one for each product, one for the sum.

    Raises
    ------
    SpecError
        If the kernel does not fit the padded input.

    Examples
    --------
    >>> import numpy as np
    >>> scene = conv_scene(np.ones((1, 1, 4, 5)), np.ones((2, 1, 3, 3)))
    >>> scene.loops
    (('n', 1), ('f', 2), ('i', 2), ('j', 3))
    >>> scene.panels["out"].values.shape
    (1, 2, 2, 3)
    """
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    b = np.zeros(len(w)) if b is None else np.asarray(b, dtype=np.float64)
    spec = Conv2dSpec.make(w.shape[-2:]) if spec is None else spec
    out, loop = _run(x, w, b, spec)
    source = _loop_source(loop)
    return Scene(
        title=loop.__name__,
        loops=tuple(zip("nfij", out.shape, strict=True)),
        panels=_panels(x, w, b, out, spec, rotated),
        accesses=_accesses(x, w, out, spec),
        phases=_phases(source),
        tap_grid=(w.shape[1], w.shape[2], w.shape[3]),
        tap_planes=_channels(w.shape[1]),
        source=source,
        variables=_variables(spec),
        **_units(out.shape, w[0].size + 2),
    )


def _is_course_setting(spec: Conv2dSpec) -> bool:
    """Whether the course's ``conv_param``, one stride and one zero padding, can say it."""
    sides = {side for axis in spec.window.padding for side in axis}
    return (
        spec.padding_mode == "zeros"
        and len(sides) == 1
        and len(set(spec.window.stride)) == 1
        and spec.window.dilation == (1, 1)
    )


def _run(x: Floats, w: Floats, b: Floats, spec: Conv2dSpec) -> tuple[Floats, Callable[..., Any]]:
    """Compute with the very function whose source is shown."""
    window = spec.window
    window.output_size((x.shape[2], x.shape[3]))
    if _is_course_setting(spec):
        conv_param = {"stride": window.stride[0], "pad": window.padding[0][0]}
        return conv_forward_naive(x, w, b, conv_param)[0], conv_forward_naive
    x_pad = pad(x, window.padding, spec.padding_mode)
    return conv_loops(x_pad, w, b, window.stride, window.dilation), conv_loops


def _loop_source(function: Callable[..., Any]) -> tuple[str, ...]:
    """The function's own text from its first loop to the line that writes a cell."""
    lines = inspect.getsource(function).rstrip().split("\n")
    first = next(k for k, line in enumerate(lines) if line.lstrip().startswith("for n in"))
    last = next(k for k, line in enumerate(lines) if line.lstrip().startswith("out[n, f, i, j]"))
    indent = len(lines[first]) - len(lines[first].lstrip())
    return tuple(line[indent:] for line in lines[first : last + 1])


def _channels(count: int) -> tuple[str, ...]:
    return CHANNEL_NAMES.get(count, tuple(str(c) for c in range(count)))


def _panels(
    x: Floats, w: Floats, b: Floats, out: Floats, spec: Conv2dSpec, rotated: bool
) -> dict[str, Panel]:
    x_pad = pad(x, spec.window.padding, spec.padding_mode)
    (images, filters), channels = out.shape[:2], _channels(w.shape[1])
    each_image = [f"n={n} " if images > 1 else "" for n in range(images)]
    each_filter = [f"f={f} " if filters > 1 else "" for f in range(filters)]
    leftover = spec.window.leftover((x.shape[2], x.shape[3]))
    panels = (
        Panel(
            "x",
            "x_pad",
            "padded input" if x_pad.shape != x.shape else "input",
            x_pad,
            tuple(n + c for n in each_image for c in channels),
            colours="image",
            frame=spec.window.padding,
            leftover=leftover,
        ),
        Panel(
            "w",
            "w[f]",
            "filter, rotated by 180°" if rotated else "filter",
            w,
            tuple(f + c for f in each_filter for c in channels),
            drawn=False,
        ),
        Panel("b", "b[f]", "bias", b.reshape(filters, 1, 1), tuple(each_filter), drawn=False),
        Panel(
            "out",
            "out[n, f]",
            "output",
            out,
            tuple(n + f for n in each_image for f in each_filter),
            fills=True,
        ),
    )
    return {panel.key: panel for panel in panels}


def _accesses(x: Floats, w: Floats, out: Floats, spec: Conv2dSpec) -> dict[str, Access]:
    """The index tables. Each window is one row; channels are planes of the padded input apart."""
    filters, out_h, out_w = out.shape[1:]
    window = tap_index(spec.window, (x.shape[2], x.shape[3]), padded=True)  # (OH, OW, KH, KW)
    padded_h, padded_w = spec.window.padded_size((x.shape[2], x.shape[3]))
    plane = padded_h * padded_w
    channel = np.arange(w.shape[1])[:, None, None] * plane  # (C, 1, 1)
    x_table = (window[:, :, None] + channel).reshape(out_h * out_w, -1)  # (OH*OW, C*KH*KW)
    taps = w[0].size
    cell = (0, 0, out_w, 1)
    return {
        "x": Access("x", x_table.astype(np.int32), cell, (w.shape[1] * plane, 0, 0, 0)),
        "w": Access("w", np.arange(taps, dtype=np.int32)[None], (0, 0, 0, 0), (0, taps, 0, 0)),
        "b": Access("b", np.zeros((1, 1), dtype=np.int32), (0, 0, 0, 0), (0, 1, 0, 0)),
        "out": Access(
            "out",
            np.arange(out_h * out_w, dtype=np.int32)[:, None],
            cell,
            (filters * out_h * out_w, out_h * out_w, 0, 0),
        ),
    }


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    def line(start: str) -> int:
        return next(k for k, text in enumerate(source) if text.lstrip().startswith(start))

    return (
        Phase(
            "window",
            "read",
            line("x_window ="),
            reads=("x",),
            writes=None,
            by_tap=False,
            sentence="Cell out[{n}, {f}, {i}, {j}]: cut out its window "
            "x_pad[{n}, :, {top}:{bottom}, {left}:{right}].",
        ),
        Phase(
            "products",
            "multiply",
            line("products ="),
            reads=("x", "w"),
            writes=None,
            by_tap=True,
            sentence="Tap {tap} of {taps}: {a} × {b} = {product}. Sum so far {running}.",
        ),
        Phase(
            "sum",
            "sum",
            line("out[n, f, i, j] ="),
            reads=("b",),
            writes="out",
            by_tap=False,
            sentence="out[{n}, {f}, {i}, {j}] = sum of {taps} products {sum} + bias {bias} = {result}",
        ),
    )


def _variables(spec: Conv2dSpec) -> tuple[Variable, ...]:
    (stride_h, stride_w), (extent_h, extent_w) = spec.window.stride, spec.window.extent
    down, across = (0, 0, stride_h, 0), (0, 0, 0, stride_w)
    return (
        Variable("top", down),
        Variable("bottom", down, extent_h),
        Variable("left", across),
        Variable("right", across, extent_w),
    )


def _units(out_shape: tuple[int, ...], visit: int) -> dict[str, tuple[Any, ...]]:
    images, filters, out_h, out_w = out_shape
    row, plane = visit * out_w, visit * out_w * out_h
    units = [("tap", 1), ("cell", visit), ("row", row), ("filter", plane)]
    if images > 1:
        units.append(("image", plane * filters))
    return {
        "units": tuple(name for name, _ in units),
        "unit_lengths": tuple(length for _, length in units),
    }
