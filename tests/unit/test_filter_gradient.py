"""The two ways to the gradient of the filters give the same numbers."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import conv2d, conv2d_backward
from convviz.ops import lines
from convviz.ops.rows import rows_pay

CASES = {
    "padded": ((2, 3, 20, 300), (8, 3, 3, 3), {"padding": 1}),
    "strided": ((1, 3, 33, 601), (4, 3, 7, 7), {"stride": 2, "padding": 3}),
    "grouped, dilated": ((2, 4, 21, 280), (6, 2, 3, 2), {"groups": 2, "dilation": 3}),
    "reflected": ((1, 2, 12, 270), (3, 2, 5, 5), {"padding": 2, "padding_mode": "reflect"}),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("tile", [1 << 12, lines.TILE])
def test_wide_rows_give_what_narrow_ones_give(name, tile, monkeypatch):
    shape, filters, how = CASES[name]
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=shape), rng.normal(size=filters)
    dout = rng.normal(size=conv2d(x, w, **how).shape)
    monkeypatch.setattr(lines, "TILE", tile)
    assert rows_pay(w[None], dout.shape[3])
    _, by_rows, _ = conv2d_backward(dout, x, w, **how)
    monkeypatch.setattr("convviz.ops.conv.rows_pay", lambda *_: False)
    _, by_planes, _ = conv2d_backward(dout, x, w, **how)
    np.testing.assert_allclose(by_rows, by_planes, atol=1e-9)
