"""The colours of figures."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from convviz.browser.bundle import read
from convviz.pictures.cells import count_cells, number_cells
from convviz.pictures.errors import error_cells
from convviz.pictures.ink import colour_at
from convviz.pictures.palette import DARK, LIGHT, Palette, palette
from convviz.pictures.screen.cells import cells_figure

BACKGROUND = {"light": "#ffffff", "dark": "#14171c"}
BOTH = [pytest.param(LIGHT, "light", id="light"), pytest.param(DARK, "dark", id="dark")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dim, bright = sorted((luminance(first), luminance(second)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize(("colours", "theme"), BOTH)
def test_signed_numbers_have_the_steppers_colours(colours: Palette, theme: str):
    table = re.search(rf"{theme}: {{ (low: .*) }},", read("browser/shared/colour.js"))
    assert table
    ends = json.loads("{" + re.sub(r"(\w+):", r'"\1":', table[1]) + "}")
    assert ends == {"low": [*colours.low], "zero": [*colours.zero], "high": [*colours.high]}


@pytest.mark.parametrize(("colours", "theme"), BOTH)
def test_every_series_stands_out_from_the_page_and_text_can_be_read(colours: Palette, theme: str):
    assert all(contrast(colour, BACKGROUND[theme]) >= 3 for colour in colours.series)
    assert contrast(colours.text, BACKGROUND[theme]) >= 4.5


def test_the_scale_is_neutral_at_zero_and_reaches_both_ends():
    scale = LIGHT.signed
    assert [place for place, _ in scale] == sorted(place for place, _ in scale)
    assert (scale[0][0], scale[len(scale) // 2][0], scale[-1][0]) == (0, 0.5, 1)
    assert scale[-1][1] == "rgb(200, 80, 8)"


def test_a_dark_page_has_the_dark_colours():
    assert (palette(True), palette(False)) == (DARK, LIGHT)


@pytest.mark.parametrize("dark", [False, True])
def test_every_number_in_a_heat_map_can_be_read_on_its_cell(dark: bool):
    """At least 4.5 to 1 against the colour Plotly gives the cell, along every scale."""
    values, errors = np.linspace(-1, 1, 201), np.geomspace(1e-13, 1, 200)
    for cells in (
        number_cells(values.reshape(3, 67), limit=1),
        error_cells("dx", {"error": errors.reshape(2, 100)}),
        count_cells(np.arange(64).reshape(8, 8), "abcdefgh", ("", "")),
    ):
        heat = cells_figure(cells, dark=dark).data[0]
        places = (heat.z - heat.zmin) / (heat.zmax - heat.zmin)
        for place, text in zip(places.ravel(), np.ravel(heat.text), strict=True):
            cell = "#{:02x}{:02x}{:02x}".format(*colour_at(heat.colorscale, place))
            ink = re.match('<span style="color:#(...)">', text)[1]
            assert contrast(cell, "#" + "".join(2 * digit for digit in ink)) >= 4.5


def test_a_colour_between_stops_is_their_mean():
    assert colour_at(LIGHT.signed, 0.5) == LIGHT.zero
    assert colour_at([(0, "rgb(0, 10, 20)"), (0.5, "#64c8ff"), (1, "#000000")], 0.25) == (
        50,
        105,
        138,
    )
