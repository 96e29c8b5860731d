"""A chart of lines that changes in place, as a training that goes on needs it every second.

Plotly checks every number of a figure, and Streamlit lets the browser begin each new figure anew. Both take
processor time from the training that is looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convviz.browser.mount import mount
from convviz.pictures.axis import Axis
from convviz.pictures.chart import Chart
from convviz.pictures.palette import FONT, Palette

_component = mount("chart")


def show_lines(chart: Chart, *, key: str, height: int, colours: Palette) -> None:
    """Draw the lines of a chart, so many screen pixels high; it must have nothing else."""
    lines = [
        {
            "name": line.name,
            "colour": colours.named(line.colour),
            "pale": line.pale,
            "dashed": line.dashed,
            "dotted": line.dotted,
            "count": len(line.across),
        }
        for line in chart.lines
    ]
    _component(
        key=key,
        data={
            "title": chart.title,
            "height": height,
            "font": FONT,
            "text": colours.text,
            "grid": colours.grid,
            "x": _axis(chart.across),
            "y": _axis(chart.up),
            "lines": lines,
            "across": np.concatenate([np.asarray(line.across, np.int32) for line in chart.lines]),
            "up": np.concatenate([np.asarray(line.up, np.float64) for line in chart.lines]),
        },
    )


def _axis(axis: Axis) -> dict[str, Any]:
    return {
        "low": axis.low,
        "high": axis.high,
        "log": axis.log,
        "name": axis.name,
        "ticks": axis.ticks,
    }
