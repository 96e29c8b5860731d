"""Every array that a page offers is what the operation of its name returns, for every padding mode."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convviz import (
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    im2col,
    max_pool2d,
    max_pool2d_backward,
)
from convviz.ops.padding import PADDING_MODES, pad
from convviz.ops.transposed import full_correlation, spread_out
from convviz.ops.window import Window2d
from tests.pages.test_codes import taken_away

Arrays = dict[str, np.ndarray]
MODES = sorted(PADDING_MODES)
STRIDED = [(mode, stride) for mode in MODES for stride in (1, 2)]


def arrays_of(page: str, link: dict[str, Any]) -> Arrays:
    """The arrays in the file that a view offers."""
    with np.load(io.BytesIO(taken_away(page, link)["Arrays (.npz)"])) as file:
        return dict(file)


def agree(given: Arrays, expected: Arrays) -> None:
    """The same names, and under each the same numbers."""
    assert set(given) == set(expected)
    for name, values in expected.items():
        scale = max(1.0, float(np.abs(values[np.isfinite(values)]).max(initial=0)))
        np.testing.assert_allclose(
            given[name], values, rtol=0, atol=1e-6 * scale, err_msg=name, strict=False
        )


@pytest.mark.parametrize(("mode", "stride"), STRIDED)
@pytest.mark.parametrize("view", ["Photo and feature map", "Step through the loop"])
def test_convolve(view: str, mode: str, stride: int) -> None:
    link = {
        "view": view,
        "pad_mode": mode,
        "pad": "1",
        "stride": str(stride),
        "bias": "2.5",
        "around": "Padding",
    }
    given = arrays_of("convolve", {**link, "image": "Digit", "channels": "Gray", "rows": "6"})
    x, w, b = (given[name] for name in "xwb")
    x_pad = pad(x, ((1, 1), (1, 1)), mode)
    out = conv2d(x, w, b, stride=stride, padding=1, padding_mode=mode)
    more = {"x_pad": x_pad} if "Step" in view else {}
    agree(given, {"x": x, "w": w, "b": np.array([2.5]), "out": out, **more})


@pytest.mark.parametrize(("mode", "stride"), STRIDED)
def test_as_a_matrix(mode: str, stride: int) -> None:
    """All three matrices and the map; backward, both products and what col2im makes of one."""
    link = {"pad_mode": mode, "pad": "1", "stride": str(stride), "rows": "6", "columns": "5"}
    given = arrays_of("as_matrix", link)
    x, w, b = (given[name] for name in "xwb")
    x_pad = pad(x, ((1, 1), (1, 1)), mode)
    x_cols, w_rows = im2col(x_pad, w.shape[2:], stride), w.reshape(len(w), -1)
    out = conv2d(x, w, stride=stride, padding=1, padding_mode=mode)
    agree(given, {"x": x, "w": w, "b": b, "x_cols": x_cols, "w_rows": w_rows, "out": out})
    given = arrays_of("as_matrix", {**link, "view": "col2im", "dout": "Random"})
    dout = given["dout"]
    dx_pad, dw, _db = conv2d_backward(dout, x_pad, w, stride)
    dx, *_rest = conv2d_backward(dout, x, w, stride, 1, padding_mode=mode)
    dx_cols = w_rows.T @ dout.reshape(len(dout), len(w), -1)
    expected = {"dout": dout, "x": x, "w": w, "dw": dw, "dx": dx, "dx_pad": dx_pad}
    agree(given, expected | {"dx_cols": dx_cols})


@pytest.mark.parametrize(("mode", "stride"), STRIDED)
def test_backward(mode: str, stride: int) -> None:
    link = {"pad_mode": mode, "pad": "1", "stride": str(stride), "dout": "Random"}
    given = arrays_of("backward", {**link, "dilation": "2", "rows": "6", "columns": "7"})
    x, w, dout = (given[name] for name in ("x", "w", "dout"))
    settings = {"stride": stride, "dilation": 2}
    dx, dw, db = conv2d_backward(dout, x, w, padding=1, padding_mode=mode, **settings)
    x_pad = pad(x, ((1, 1), (1, 1)), mode)
    dx_pad = conv2d_backward(dout, x_pad, w, **settings)[0]
    agree(
        given,
        {
            "x": x,
            "x_pad": x_pad,
            "w": w,
            "dout": dout,
            "dx_pad": dx_pad,
            "dx": dx,
            "dw": dw,
            "db": db,
        },
    )


@pytest.mark.parametrize(("mode", "stride"), STRIDED)
def test_backward_as_a_full_correlation(mode: str, stride: int) -> None:
    link = {"pad_mode": mode, "pad": "1", "stride": str(stride), "dout": "Random", "rows": "6"}
    given = arrays_of("backward", {**link, "view": "As a full correlation"})
    w, dout = given["w"], given["dout"]
    window, x = Window2d.make(3, stride, 1), np.zeros((1, 3, 6, 5))
    expected = {
        "dout": dout,
        "dout_spread": spread_out(dout, (stride, stride)),
        "w": w,
        "dx_pad": full_correlation(dout, w, window, (6, 5)),
        "dx": conv2d_backward(dout, x, w, stride, 1, padding_mode=mode)[0],
    }
    agree(given, expected)


@pytest.mark.parametrize("view", ["Photo", "Forward", "Backward"])
@pytest.mark.parametrize("kind", ["Max, shared", "Max, first", "Average", "Average, inside"])
@pytest.mark.parametrize("rounded", [False, True])
def test_pooling(view: str, kind: str, rounded: bool) -> None:
    link = {"view": view, "kernel": "3", "stride": "2", "pad": "1", "image": "Digit", "rows": "6"}
    link |= (
        {"pool": "Max", "ties": "First"} if kind == "Max, first" else {"pool": kind.split(",")[0]}
    )
    link |= {"dout": "Random"} if view == "Backward" else {}
    link |= {"counted": "false"} if "inside" in kind else {}
    link |= {"ceil": "true"} if rounded else {}
    link["around"] = "Padding"
    given = arrays_of("pooling", link)
    x, settings = given["x"], {"kernel": 3, "stride": 2, "padding": 1, "ceil_mode": rounded}
    pool: Callable[..., np.ndarray] = max_pool2d if "Max" in kind else avg_pool2d
    backward: Callable[..., np.ndarray] = (
        max_pool2d_backward if "Max" in kind else avg_pool2d_backward
    )
    counted = {} if "Max" in kind else {"count_include_pad": "inside" not in kind}
    expected = {"x": x, "out": pool(x, **settings, **counted)}
    if view == "Backward":
        counted |= {"ties": "first" if "first" in kind else "split"} if "Max" in kind else {}
        dx = backward(given["dout"], x, **settings, **counted)
        expected = {"x": x, "dout": given["dout"], "dx": dx, "dx_pad": given["dx_pad"]}
        np.testing.assert_allclose(
            given["dx_pad"][..., 1 : 1 + dx.shape[2], 1 : 1 + dx.shape[3]], dx, atol=1e-12
        )
    if view != "Photo":
        expected["x_pad"] = given["x_pad"]
    agree(given, expected)


@pytest.mark.parametrize("channels", ["RGB", "Gray"])
@pytest.mark.parametrize("cell", [(0, 0), (63, 40)])
@pytest.mark.parametrize("after", ["1", "3"])
def test_feature_maps_steps(after: str, cell: tuple[int, int], channels: str) -> None:
    """The block that is stepped through, of a convolution and of a pooling, at the border and inside."""
    link = {"images": ["Checkerboard"], "show": "Steps", "channels": channels, "after": after}
    link |= {"map_row": str(cell[0] // int(after)), "map_col": str(cell[1] // int(after))}
    given = arrays_of("feature_maps", link)
    if after == "1":
        x, w, b = (given[name] for name in "xwb")
        agree(given, {"x": x, "w": w, "b": b, "out": conv2d(x, w, b)})
        assert x.shape[1] == (3 if channels == "RGB" else 1)
    else:
        agree(given, {"x": given["x"], "out": max_pool2d(given["x"], 2)})
