"""Pooling of a region with the photo around it gives the numbers of the whole photo."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from convviz import avg_pool2d, max_pool2d
from convviz.ops.spec import PoolSpec
from convviz.photos.regions import Region
from convviz.photos.surroundings import pooled_around

SIDE = 11
X = np.random.default_rng(0).normal(size=(1, SIDE, SIDE))
POOLS = [(max_pool2d, {}), (avg_pool2d, {}), (avg_pool2d, {"count_include_pad": False})]
WINDOWS = [
    (kernel, stride, padding)
    for kernel, stride, padding in itertools.product((1, 2, 3, 4), (1, 2, 3, 5), (0, 1, 2))
    if padding <= kernel // 2
]


@pytest.mark.parametrize("rounded_up", [False, True])
@pytest.mark.parametrize("rows", [3, 6])
def test_each_number_is_that_of_the_whole_photo_wherever_the_region_lies(
    rows: int, rounded_up: bool
) -> None:
    """At both edges, where padding is left or a window hangs over, and in the middle; also between two strides."""
    for (kernel, stride, padding), top in itertools.product(WINDOWS, range(SIDE - rows + 1)):
        if rows + 2 * padding < kernel:
            continue
        spec = PoolSpec.make(kernel, stride, padding, ceil_mode=rounded_up)
        box, left = pooled_around(Region(top, 0, rows, rows), spec, (SIDE, SIDE))
        window, first = left.window, top // stride
        for pool, counted in POOLS:
            whole = pool(X, kernel, stride, padding, ceil_mode=rounded_up, **counted)[0]
            settings = (window.kernel, window.stride, window.padding)
            out = pool(box.cut(X), *settings, ceil_mode=rounded_up, **counted)[0]
            assert out.shape == spec.output_size((rows, rows))
            expected = whole[first : first + len(out), : out.shape[1]]
            np.testing.assert_allclose(out, expected, atol=1e-12, err_msg=f"{spec} {top}")
