"""How often each number occurs in a map, before and after ReLU."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from convviz.ops.layers.relu import relu
from convviz.ops.types import Array
from convviz.pictures.axis import Axis
from convviz.pictures.chart import Bars, Chart
from convviz.text.i18n import _

BESIDE = 70  # screen pixels of the counts beside each chart
BINS = 60


def bin_edges(values: Array, bins: int = BINS) -> Array:
    """Edges of equal bins over all values and 0, which is an edge: no bin holds numbers of both signs.

    At least one bin lies above 0, for what ReLU makes of the rest.

    Examples
    --------
    >>> bin_edges(np.array([-1.0, 3.0]), bins=4).tolist()
    [-1.0, 0.0, 1.0, 2.0, 3.0]
    """
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    width = (high - low) / bins or 1.0
    below, above = math.ceil(-low / width), max(1, math.ceil(high / width))
    edges = width * np.arange(-below, above + 1)
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)  # rounding loses no cell
    return np.asarray(edges)


def relu_histograms(before: Array) -> tuple[Chart, Chart]:
    """A map before ReLU and after it, in the same bins; what is below zero and above it in the two colours.

    Examples
    --------
    >>> [sum(chart.bars.heights) for chart in relu_histograms(np.array([[-2.0, 1.0]]))]
    [2, 2]
    """
    edges = bin_edges(before)
    maps = {_("Before ReLU"): before, _("After ReLU"): relu(before)}
    first, second = (_histogram(title, values, edges) for title, values in maps.items())
    return first, second


def _histogram(title: str, values: Array, edges: Array) -> Chart:
    counts = np.histogram(values, edges)[0].tolist()
    below = edges[:-1] < 0
    places = [f"{low:.5g} … {high:.5g}" for low, high in pairwise(edges)]
    bars = Bars("", edges.tolist(), counts, ["low" if each else "high" for each in below], places)
    across = Axis(float(edges[0]), float(edges[-1]), _("Value"))
    up = Axis.around(counts, _("Cells"), zero=True)
    return Chart(across, up, bars=bars, rules=([0.0], ()), title=title, beside=BESIDE)
