"""The colours of figures."""

from __future__ import annotations

import json
import re

import pytest

from convviz.components import read
from convviz.figures.palette import DARK, LIGHT, Palette, palette

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
    table = re.search(rf"{theme}: {{ (low: .*) }},", read("stepper/colour.js"))
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
