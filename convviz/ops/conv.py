"""Convolution (in the deep-learning sense: cross-correlation), vectorised.

The whole work is one matrix product for each output row. What makes it fast is that the matrix of windows,
which holds each input number KH * KW times, is never built: see `_gather`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from convviz.ops.errors import SpecError
from convviz.ops.spec import Conv2dSpec
from convviz.ops.window import PaddingLike, Pair
from convviz.ops.windows import pad

Array = npt.NDArray[Any]
TILE = 1 << 20  # bytes of window columns held at a time: what a core's cache holds


def conv2d(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Array:
    """Slide F filters over an input and sum the products under each.

    ``out[n, f, i, j] = b[f] + sum over c, u, v of x_pad[n, c, i*s + u*d, j*s + v*d] * w[f, c, u, v]``

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W); float32 or float64.
    w
        Filters, shape (F, C // groups, KH, KW), of the same dtype.
    b
        Biases, shape (F,), or None.
    stride, dilation
        Int or (height, width).
    padding
        Int, (height, width), ((top, bottom), (left, right)), "same" or "valid".
    groups
        Channels and filters are split into this many independent convolutions.
    padding_mode
        "zeros", "reflect", "replicate" or "circular".

    Returns
    -------
    ndarray
        Shape (N, F, OH, OW), or (F, OH, OW) for one image, of the input's dtype, with
        ``OH = floor((H + top + bottom - dilation * (KH - 1) - 1) / stride) + 1``.

    Raises
    ------
    SpecError
        If a setting is out of range, shapes disagree, or the kernel exceeds the padded input.
    TypeError
        If `x` is not float32 or float64, or the others have another dtype.

    Notes
    -----
    Equals ``torch.nn.functional.conv2d`` and ``torch.nn.Conv2d(padding_mode=...)`` up to rounding.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 4, 4)
    >>> sobel_x = np.array([[[[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]]])
    >>> conv2d(x, sobel_x, padding=1)[0]
    array([[  7.,   6.,   6., -10.],
           [ 20.,   8.,   8., -24.],
           [ 36.,   8.,   8., -40.],
           [ 35.,   6.,   6., -38.]])
    """
    spec = Conv2dSpec.make(
        (w.shape[-2], w.shape[-1]), stride, padding, dilation, groups, padding_mode
    )
    _check_arrays(x, w, b, spec)
    if x.ndim == 3:
        return _conv(x[None], w, b, spec)[0]  # type: ignore[no-any-return]
    return _conv(x, w, b, spec)


def _conv(x: Array, w: Array, b: Array | None, spec: Conv2dSpec) -> Array:
    out_h, out_w = spec.window.output_size((x.shape[2], x.shape[3]))
    x_pad = pad(x, spec.window.padding, spec.padding_mode)
    out = np.empty((len(x), len(w), out_h, out_w), dtype=x.dtype)
    channels, filters = w.shape[1], len(w) // spec.groups
    for n in range(len(x)):
        for g in range(spec.groups):
            mine = slice(g * filters, (g + 1) * filters)
            _gather(x_pad[n, g * channels : (g + 1) * channels], w[mine], out[n, mine], spec)
    if b is not None:
        out += b[:, None, None]
    return out


def _gather(x: Array, w: Array, out: Array, spec: Conv2dSpec) -> None:
    """One image, one group: x (C, H, W), w (F, C, KH, KW), written into out (F, OH, OW).

    For each input row, `rows` holds KW copies of it, each shifted by one tap and thinned by the stride:

        rows[h, c, v, j] = x[c, h, j * stride + v * dilation]

    The windows of output row i are then input rows i*s, i*s + d, ... of `rows`: a matrix (KH * C * KW, OW)
    that is a *view*, because those rows already lie in memory at equal distances. So each number is copied
    KW times instead of KH * KW times, and one matrix product gives one row of every filter's map.
    """
    (kh, kw), (sh, sw), (dh, dw) = spec.window.kernel, spec.window.stride, spec.window.dilation
    channels, (filters, out_h, out_w) = len(x), out.shape
    weights = np.ascontiguousarray(w.transpose(0, 2, 1, 3)).reshape(filters, -1)  # (F, KH*C*KW)
    row_bytes = channels * kw * out_w * x.itemsize
    tile = max(1, min(out_h, (TILE // row_bytes - spec.window.extent[0]) // sh + 1))
    rows = np.empty((sh * (tile - 1) + spec.window.extent[0], channels, kw, out_w), dtype=x.dtype)
    across = sw * (out_w - 1) + 1
    for first in range(0, out_h, tile):
        count = min(tile, out_h - first)
        height = sh * (count - 1) + spec.window.extent[0]
        block = x[:, first * sh : first * sh + height].transpose(1, 0, 2)  # (height, C, W)
        for v in range(kw):
            rows[:height, :, v] = block[:, :, v * dw : v * dw + across : sw]
        per_row, *_, item = rows.strides
        columns = as_strided(
            rows,
            shape=(count, kh, channels * kw, out_w),
            strides=(sh * per_row, dh * per_row, out_w * item, item),
            writeable=False,
        ).reshape(count, kh * channels * kw, out_w)  # still a view, unless dilated vertically
        out[:, first : first + count] = np.matmul(weights, columns).transpose(1, 0, 2)


def _check_arrays(x: Array, w: Array, b: Array | None, spec: Conv2dSpec) -> None:
    for name, array in (("x", x), ("w", w), ("b", b)):
        if array is not None and array.dtype not in (np.float32, np.float64):
            raise TypeError(f"{name} has dtype {array.dtype}: use float32 or float64")
        if array is not None and array.dtype != x.dtype:
            raise TypeError(f"{name} has dtype {array.dtype} but x has {x.dtype}: use one dtype")
    if x.ndim not in (3, 4) or w.ndim != 4:
        raise SpecError(
            "x",
            x.shape,
            w.shape,
            "x has shape {value} and w {limit}",
            "use (N, C, H, W) or (C, H, W), and (F, C, KH, KW)",
        )
    channels, filters, groups = x.shape[-3], len(w), spec.groups
    if channels % groups or filters % groups:
        raise SpecError(
            "groups",
            groups,
            (channels, filters),
            "groups {value} does not divide {channels} channels and {filters} filters",
            "use a common divisor of both",
            channels=channels,
            filters=filters,
        )
    if w.shape[1] != channels // groups:
        raise SpecError(
            "w",
            w.shape,
            channels,
            "w has {given} channels but x has {limit} in {groups} groups",
            "use w of shape {shape}",
            given=w.shape[1],
            groups=groups,
            shape=(filters, channels // groups, *w.shape[2:]),
        )
    if b is not None and b.shape != (filters,):
        raise SpecError(
            "b",
            b.shape,
            filters,
            "b has shape {value} for {limit} filters",
            "use shape ({limit},)",
        )
