"""The loops as the course writes them: the source the stepper shows, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.errors import SpecError
from convviz.ops.window import Pair, Window2d

Array = npt.NDArray[Any]
Cache = tuple[Array, Array, Array, Mapping[str, int]]


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, Cache]:
    """Forward pass of a convolution layer, one output cell at a time.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Filters, shape (F, C, HH, WW).
    b
        Biases, shape (F,).
    conv_param
        ``{"stride": int, "pad": int}``; zeros are padded on all four sides.

    Returns
    -------
    out
        Shape (N, F, H_out, W_out), where ``H_out = 1 + (H + 2 * pad - HH) // stride``.
    cache
        ``(x, w, b, conv_param)`` for the backward pass.

    Raises
    ------
    SpecError
        If a key is missing or unknown, or the filter is larger than the padded input.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``cs231n/layers.py``. Where the stride does not divide, the course
    calls the setting invalid; here, as in PyTorch, the division rounds down.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> w = np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_naive(x, w, np.zeros(1), {"stride": 2, "pad": 0})
    >>> out[0, 0]
    array([[10., 18.],
           [42., 50.]])
    """
    stride, pad = read_param("conv_param", conv_param, ("stride", "pad"))
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = Window2d.make((HH, WW), stride, pad).output_size((H, W))
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((N, F, H_out, W_out), dtype=x.dtype)
    for n in range(N):  # every image
        for f in range(F):  # every filter
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + HH, left + WW
                    x_window = x_pad[n, :, top:bottom, left:right]  # (C, HH, WW)
                    products = x_window * w[f]  # (C, HH, WW)
                    out[n, f, i, j] = products.sum() + b[f]
    return out, (x, w, b, conv_param)


def conv_loops(x_pad: Array, w: Array, b: Array, stride: Pair, dilation: Pair) -> Array:
    """The same loops for what the course's function leaves out: a stride and a dilation for each axis.

    Parameters
    ----------
    x_pad
        Input, already padded in whatever way, shape (N, C, H, W).
    w, b
        Filters (F, C, HH, WW) and biases (F,).
    stride, dilation
        (height, width) pairs.

    Returns
    -------
    ndarray
        Shape (N, F, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(12.0).reshape(1, 1, 3, 4)
    >>> conv_loops(x, np.ones((1, 1, 2, 2)), np.zeros(1), (1, 1), (2, 3))[0, 0]
    array([[22.]])
    """
    (stride_h, stride_w), (dilation_h, dilation_w) = stride, dilation
    N, C, H, W = x_pad.shape
    F, _, HH, WW = w.shape
    window = Window2d((HH, WW), stride, dilation=dilation)
    (H_out, W_out), (extent_h, extent_w) = window.output_size((H, W)), window.extent
    out = np.zeros((N, F, H_out, W_out), dtype=x_pad.dtype)
    for n in range(N):  # every image
        for f in range(F):  # every filter
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    x_window = x_pad[n, :, rows, cols]  # (C, HH, WW)
                    products = x_window * w[f]  # (C, HH, WW)
                    out[n, f, i, j] = products.sum() + b[f]
    return out


def read_param(name: str, param: Mapping[str, Any], keys: tuple[str, ...]) -> list[Any]:
    """The values of a ``*_param`` dictionary, which must have exactly these keys.

    Examples
    --------
    >>> read_param("conv_param", {"stride": 2, "pad": 1}, ("stride", "pad"))
    [2, 1]
    """
    for key in keys:
        if key not in param:
            raise SpecError(
                key,
                None,
                keys,
                "{name} has no key {argument!r}",
                "give {keys}",
                name=name,
                keys=", ".join(map(repr, keys)),
            )
    for key in param:
        if key not in keys:
            raise SpecError(
                key,
                param[key],
                keys,
                "{name} has an unknown key {argument!r}",
                "give {keys}",
                name=name,
                keys=", ".join(map(repr, keys)),
            )
    return [param[key] for key in keys]
