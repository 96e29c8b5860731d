"""What groups cost: the numbers that textbooks print, and the count of the weights that a layer really has."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import SpecError, conv2d
from convviz.ops.grouping import (
    GroupedConv,
    bottleneck,
    multiply_adds,
    possible_groups,
    separable,
    ways,
    weights_of,
)


def test_the_published_counts() -> None:
    """16 to 32 channels by 3×3; and Inception's 5×5 on 28×28×192, alone and behind a 1×1."""
    assert weights_of((GroupedConv(16, 32, (3, 3)),)) == 4608
    assert weights_of((GroupedConv(16, 32, (3, 3), 16),)) == 288
    assert weights_of(separable(16, 32, (3, 3))) == 656
    assert multiply_adds((GroupedConv(192, 32, (5, 5)),), (28, 28)) == 120_422_400
    assert multiply_adds(bottleneck(192, 32, (5, 5), 16), (28, 28)) == 12_443_648


@pytest.mark.parametrize("name", ways(4, 8, (3, 2), 2, 3))
def test_each_way_runs_and_has_so_many_weights(name: str) -> None:
    x, count = np.ones((1, 4, 5, 6)), 0
    convs = ways(4, 8, (3, 2), 2, 3)[name]
    for conv in convs:
        w = np.ones(conv.factors)
        x = conv2d(x, w, padding="same", groups=conv.groups)
        count += w.size
    assert x.shape == (1, 8, 5, 6)
    assert weights_of(convs) == count


@pytest.mark.parametrize("groups", possible_groups(6, 12))
def test_a_filter_changes_with_the_channels_it_sees_and_with_no_other(groups: int) -> None:
    conv = GroupedConv(6, 12, (1, 1), groups)
    w = np.ones(conv.factors)
    for c in range(6):
        x = np.zeros((1, 6, 1, 1))
        x[0, c] = 1
        out = conv2d(x, w, groups=groups)[0, :, 0, 0]
        assert [f for f in range(12) if c in conv.sees(f)] == np.flatnonzero(out).tolist()


def test_a_depthwise_convolution_needs_as_many_filters_for_each_channel() -> None:
    assert "depthwise" not in ways(4, 6, (3, 3), 2, 2)
    with pytest.raises(
        SpecError, match="4 does not divide 4 channels and 6 filters: use a divisor of 2"
    ):
        GroupedConv(4, 6, (3, 3), 4)
