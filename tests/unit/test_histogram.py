"""The histogram of a map before and after ReLU."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.pictures.histogram import bin_edges, relu_histograms
from convviz.pictures.palette import DARK, LIGHT
from convviz.pictures.screen.chart import chart_figure

MAPS = [
    np.random.default_rng(0).normal(-3, 50, (20, 30)),
    np.linspace(-1020, 1148, 77).reshape(7, 11),
    np.arange(12.0).reshape(3, 4),
    -np.arange(1.0, 13).reshape(3, 4),
    np.zeros((2, 2)),
    np.full((2, 2), 5.0),
    np.array([[-1e-9, 1e6]]),
]


@pytest.mark.parametrize("x", MAPS)
def test_no_bin_holds_negative_and_positive_numbers_and_every_cell_is_counted(x):
    edges = bin_edges(x)
    assert (np.diff(edges) > 0).all()
    assert 0 in edges
    before, after = (chart.bars for chart in relu_histograms(x))
    assert sum(before.heights) == sum(after.heights) == x.size


@pytest.mark.parametrize("x", MAPS[:4])
def test_bars_below_zero_count_the_negative_cells_and_are_gone_after_relu(x):
    before, after = (chart.bars for chart in relu_histograms(x))
    below = [k for k, edge in enumerate(before.edges[:-1]) if edge < 0]
    assert sum(before.heights[k] for k in below) == (x < 0).sum()
    assert sum(after.heights[k] for k in below) == 0


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_bars_have_the_colours_of_signed_numbers(dark, colours):
    chart = relu_histograms(MAPS[0])[0]
    bars = chart_figure(chart, 250, dark=dark).data[0]
    assert bars.marker.color[0] == f"rgb{colours.low}"
    assert bars.marker.color[-1] == f"rgb{colours.high}"
