"""What pictures are drawn with: the font, the pen, axes and charts."""

from __future__ import annotations

import numpy as np
import polib
import pytest

from convviz.pictures.axis import Axis
from convviz.pictures.chart import Bars, Chart, Line
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.chart import ChartTile
from convviz.pictures.paper.font import FONTS, missing
from convviz.pictures.paper.pen import Pen, width_of, wrapped
from convviz.text.i18n import LOCALE

BLUE = (26, 95, 180)


def catalogue() -> str:
    """Every character of the texts and their translations."""
    texts = []
    for path in LOCALE.glob("*/LC_MESSAGES/convviz.po"):
        for entry in polib.pofile(str(path)):
            texts += [entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()]
    return "".join(texts)


def test_the_font_has_every_character_of_the_catalogue() -> None:
    """If not: scripts/font.py says how a new one is cut."""
    assert missing("".join(set(catalogue()))) == ""


def test_the_font_has_the_signs_of_formulas() -> None:
    assert missing("⌊(7 + 2·1 − 1)/2⌋ ⌈x⌉ ≤ ≥ × ÷ ± ∞ √ ∂ ∑ → σ 12³ ° f‴") == ""
    assert missing("x_pad[n, :, top:bottom] += dout * w[f]  # (C, HH, WW)", code=True) == ""


def test_a_character_that_the_font_lacks_is_found() -> None:
    assert missing("a龘ꙮ") == "龘ꙮ"


def test_the_fonts_are_small_and_their_licence_lies_beside_them() -> None:
    files = {path.name: path.stat().st_size for path in FONTS.iterdir()}
    assert sum(size for name, size in files.items() if name.endswith(".otf")) < 400_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Where windows overlap, a cell can be the maximum of several: its gradient is added up.",
        "窗口重叠时，一个单元格可能是几个窗口的最大值，因此它的梯度必须累加（+=），不能赋值（=）。",
    ],
)
def test_a_wrapped_text_keeps_its_letters_and_its_width(text: str) -> None:
    lines = wrapped(text, 200)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) > 2
    assert all(width_of(line) <= 200 for line in lines)
    assert not any(line[0] in "，。：）、" for line in lines)


def test_a_pen_measures_in_screen_pixels() -> None:
    for scale in (1, 2, 3):
        pen = Pen.on_page(20, 10, scale)
        pen.box((5, 2, 9, 6), fill=BLUE)
        inside = (np.asarray(pen.picture) == BLUE).all(axis=2)
        rows, columns = np.nonzero(inside)
        assert inside.sum() == 16 * scale**2
        assert (rows.min(), columns.min()) == (2 * scale, 5 * scale)


def test_an_axis_of_counts_has_whole_ticks_and_a_long_one_few() -> None:
    assert [value for value, _ in Axis(1, 4, whole=True).ticks] == [1, 2, 3, 4]
    assert [text for _, text in Axis(0, 240_000).ticks][-1] == "200,000"
    assert len(Axis(1e-13, 1, log=True).ticks) <= 8
    assert [value for value, _ in Axis(0.02, 0.7, log=True).ticks] == pytest.approx(
        [0.02, 0.05, 0.1, 0.2, 0.5]
    )


def drawn(chart: Chart) -> np.ndarray:
    tile = ChartTile(chart)
    pen = Pen.on_page(*tile.size, 1)
    tile.draw(pen, 0, 0)
    return np.asarray(pen.picture)


def middle(chart: Chart, colour: tuple[int, int, int]) -> tuple[float, float]:
    """Mean (x, y) of the pixels of a colour."""
    rows, columns = np.nonzero((drawn(chart) == colour).all(axis=2))
    assert len(rows)
    return float(columns.mean()), float(rows.mean())


def test_points_lie_where_the_axes_say() -> None:
    """Each dot against the dots of the corners, which are the ends of the axes."""

    def dot(x: float, y: float) -> tuple[float, float]:
        return middle(Chart(Axis(0, 10), Axis(-1, 1), (Line("", [x], [y]),)), BLUE)

    (left, low), (right, high), (x, y) = dot(0, -1), dot(10, 1), dot(2.5, 0)
    assert x == pytest.approx(left + (right - left) / 4, abs=1)
    assert y == pytest.approx((low + high) / 2, abs=1)
    assert high < low


def test_bars_are_as_tall_as_their_numbers() -> None:
    bars = Bars("", [0, 1, 2, 3], [1, 4, 2], [0, "low", "high"])
    array = drawn(Chart(Axis(0, 3), Axis(0, 4), bars=bars))
    colours = (BLUE, LIGHT.low, LIGHT.high)
    heights = [(array == colour).all(axis=2).any(axis=1).sum() for colour in colours]
    assert heights[1] / heights[0] == pytest.approx(4, rel=0.05)
    assert heights[2] / heights[0] == pytest.approx(2, rel=0.05)
