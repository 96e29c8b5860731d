"""Slides: what is drawn lies where it should, in the colours of the screen, and nothing is cut off."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convviz.export import Slide, Tile
from convviz.pictures.axis import Axis
from convviz.pictures.cells import Cells, ColourScale, number_cells
from convviz.pictures.chart import Band, Bars, Chart, Line, Rings
from convviz.pictures.overlay import Outline
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper import colours as export_colours
from convviz.pictures.paper.cells import CellTile
from convviz.pictures.paper.chart import ChartTile
from convviz.pictures.paper.grid import TileGrid
from convviz.pictures.paper.grounds import scale_pixels, signed_pixels, veiled, weight_pixels
from convviz.pictures.paper.montage import montage
from convviz.pictures.paper.pen import Pen
from convviz.pictures.paper.raster import Raster, photo, signed_map
from convviz.pictures.paper.scale import ScaleTile
from convviz.pictures.paper.slide import EDGE, GAP, SCALE, Body
from convviz.pictures.paper.tables import CodeTile, Table

RANDOM = np.random.default_rng(3)
PIXELS = RANDOM.integers(0, 256, (8, 12, 3), dtype=np.uint8)
MAP = RANDOM.normal(size=(5, 9))
SMALL = photo(PIXELS, side=60)
LONG = "a title that is much longer than the little that it stands above, and goes on"


def numbers(values: np.ndarray, **options: Any) -> CellTile:
    """A grid of numbers."""
    return CellTile(number_cells(values, **options))


BODIES: dict[str, Body] = {
    "photo": photo(PIXELS, (Outline((2, 3, 5, 7)),), padding=((1, 1), (2, 2))),
    "tiny photo": photo(PIXELS, side=24),
    "map": signed_map(MAP * 1e-4, (Outline((0, 0, 1, 1)),)),
    "small map": signed_map(MAP * 123456.789, side=40, limit=1e4),
    "numbers": numbers(MAP, marked=MAP > 1),
    "colours": numbers(RANDOM.normal(size=(100, 80))),
    "cells": CellTile(
        Cells(
            MAP,
            [["−12"] * 9] * 5,
            (-2, 2),
            rows=["a long name"] * 5,
            columns=["汽车"] * 9,
            lines=([2], [3]),
        )
    ),
    "table": Table(["Layer", "参数"], [["conv1", "1,234"], ["池化", "0"]], marked=1),
    "code": CodeTile("def f(x):\n    return " + "x + " * 40 + "1"),
    "scale": ScaleTile(
        ColourScale("signed", ((0, "−123.456"), (0.5, "0"), (1, "123.456")), ("a", "b"), at=1.0)
    ),
    "lines": ChartTile(
        Chart(
            Axis(1, 30, "step h", whole=True),
            Axis(1e-9, 1, "error", log=True),
            (Line("数", [1, 30], [1e-9, 1]), Line("b", [1, 30], [1, 1], 1, dashed=True)),
            rings=Rings([(1, 1)], "here"),
            rules=([5], [1e-4]),
        )
    ),
    "bars": ChartTile(
        Chart(
            Axis(0, 3),
            Axis(0, 123456),
            bars=Bars("measured", [0, 1, 2, 3], [5, 90000, 123456], ["low"] * 3),
            band=Band(1, 2, 3, "theory"),
        )
    ),
    "grid": TileGrid([[None, Tile("f = 0", SMALL, "±1", 60)], [Tile("", SMALL)] * 2]),
}
MARGIN = 7  # screen pixels that an outline at the edge of a picture reaches out of it


@pytest.mark.parametrize("name", BODIES)
def test_nothing_is_drawn_outside_the_size_that_is_said(name: str) -> None:
    body, out = BODIES[name], 60
    width, height = body.size
    pen = Pen.on_page(width + 2 * out, height + 2 * out, SCALE)
    body.draw(pen, out, out)
    array = np.asarray(pen.picture).copy()
    edge = (out - MARGIN) * SCALE
    inside = array[edge:-edge, edge:-edge].copy()
    array[edge:-edge, edge:-edge] = 255
    assert (array == 255).all()
    assert (inside != 255).any()


@pytest.mark.parametrize("name", BODIES)
def test_a_slide_has_white_around_everything(name: str) -> None:
    tile = Tile(LONG, BODIES[name], "minimum −1.23456, maximum 987.654 and more that is said")
    slide = Slide(
        "Page · View", ["A sentence that is said. " * 9, "窗口重叠" * 30], [[tile, tile], [tile]]
    )
    array = np.asarray(slide.drawn())
    rim = (EDGE - MARGIN - 8) * SCALE
    for side in (array[:rim], array[-rim:], array[:, :rim], array[:, -rim:]):
        assert (side == 255).all()


def test_a_picture_is_twice_as_fine_as_the_screen() -> None:
    slide = Slide("Page", ["One."], [[Tile("x", numbers(MAP))]])
    once, twice = slide.drawn(scale=1), Image.open(io.BytesIO(slide.png()))
    assert twice.size == (2 * once.size[0], 2 * once.size[1])


def test_a_box_lies_around_its_cells() -> None:
    """Pixels of the mark's colour, against where the cells are."""
    body = photo(np.zeros((20, 20, 3), np.uint8), (Outline((5, 8, 10, 12)),), side=200)
    pen = Pen.on_page(*body.size, 2)
    body.draw(pen, 0, 0)
    rows, columns = np.nonzero((np.asarray(pen.picture) == export_colours.MARK).all(axis=2))
    top, left, bottom, right = (10 * 2 * side for side in (5, 8, 10, 12))
    assert 0 < top - rows.min() <= 14
    assert 0 < left - columns.min() <= 14
    assert 0 < rows.max() + 1 - bottom <= 14
    assert 0 < columns.max() + 1 - right <= 14
    inner = np.asarray(pen.picture)[top:bottom, left:right]
    assert (inner == 0).all()


def test_padding_is_a_frame_around_the_photo() -> None:
    body = photo(np.full((4, 6, 3), 9, np.uint8), padding=((1, 0), (0, 2)), side=160)
    pen = Pen.on_page(*body.size, 1)
    body.draw(pen, 0, 0)
    rows, columns = np.nonzero((np.asarray(pen.picture) == 9).all(axis=2))
    assert (rows.min(), rows.max() + 1) == (20, 100)
    assert (columns.min(), columns.max() + 1) == (0, 120)


def test_a_map_has_the_colours_of_the_screen() -> None:
    values = np.array([[-2.0, 0.0], [1.0, 2.0]])
    body = signed_map(values, side=200)
    pen = Pen.on_page(*body.size, 1)
    body.draw(pen, 0, 0)
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            seen = pen.picture.getpixel((column * 100 + 50, row * 100 + 50))
            assert seen == export_colours.signed_colour(float(value), 2.0)


def test_what_lies_beyond_a_scale_is_said_and_has_the_colour_of_its_end() -> None:
    body = signed_map(np.array([[-9.0, 1.0]]), limit=2.0)
    assert body.beyond == (True, False)
    assert tuple(body.pixels[0, 0]) == LIGHT.low


def test_cells_have_the_colours_of_the_scale_and_marked_ones_a_frame() -> None:
    values = np.array([[-3.0, 0.0, 3.0]])
    grid = numbers(values, limit=3, marked=np.array([[False, True, False]]))
    pen = Pen.on_page(*grid.size, 1)
    grid.draw(pen, 0, 0)
    for column, value in enumerate(values[0]):
        left, top, *_ = grid.place(0, column, 0, 0)
        corner = (round(left) + 4, round(top) + 4)
        assert pen.picture.getpixel(corner) == export_colours.signed_colour(float(value), 3.0)
    left, top, *_ = grid.place(0, 1, 0, 0)
    assert pen.picture.getpixel((round(left) + 1, round(top) + 1)) == (156, 53, 135)


def test_signed_pixels_are_the_steppers_colours() -> None:
    values = RANDOM.normal(size=(6, 7)) * 3
    pixels = signed_pixels(values, 2.0)
    for place, value in np.ndenumerate(values):
        assert tuple(pixels[place]) == export_colours.signed_colour(float(value), 2.0)


def test_a_veil_darkens_what_is_not_lit() -> None:
    pixels = np.full((3, 3, 3), 100, np.uint8)
    shown = veiled(pixels, (1, 1, 3, 2), np.array([[1.0], [0.5]]), dark=0.5)
    assert shown[..., 0].tolist() == [[50, 50, 50], [50, 100, 50], [50, 75, 50]]
    assert (pixels == 100).all()


def test_a_scale_passes_through_its_stops() -> None:
    stops = [(0.0, "#000000"), (0.25, "rgb(40, 80, 120)"), (1.0, "#ffffff")]
    assert scale_pixels(np.array([0.25, 1.0]), stops).tolist() == [[40, 80, 120], [255] * 3]


def test_equal_weights_have_one_colour_and_others_another() -> None:
    colours = weight_pixels(np.arange(300)[None])[0]
    assert (np.diff(colours.astype(int), axis=0) != 0).any(axis=1).all()
    assert (weight_pixels(np.array([[7, 7, -1]]))[0] == [colours[7], colours[7], [255] * 3]).all()


def test_a_row_that_is_too_wide_goes_on_below() -> None:
    tiles = [Tile("", photo(PIXELS, side=400)) for _ in range(5)]
    width, height = Slide("Page", [], [tiles]).drawn(scale=1).size
    assert width == 2 * EDGE + 4 * 400 + 3 * GAP
    assert height > 2 * tiles[0].size[1]


def test_long_lines_of_code_go_on_in_the_next_line_and_lose_nothing() -> None:
    text = "    total = " + " + ".join(f"weights[{k}] * x[{k}]" for k in range(20))
    code = CodeTile(text)
    assert "".join(code._lines).replace(" ", "") == text.replace(" ", "")
    assert code.size[0] < 900


def test_columns_of_numbers_are_set_to_the_right() -> None:
    table = Table(["name", "size"], [["a", "1,234"], ["b", "×2.5"]])
    assert table._right == [False, True]


def test_every_map_of_a_montage_lies_in_its_place() -> None:
    """Maps of one number each: downwards first, white between them."""
    numbers = np.array([3.0, -1.0, 2.0])
    shown = montage(numbers[:, None, None] * np.ones((3, 4, 4)), cell=40, tall=2)
    pen = Pen.on_page(*shown.size, 1)
    shown.draw(pen, 0, 0)
    for (x, y), number in zip([(20, 20), (20, 65), (65, 20)], numbers, strict=True):
        assert pen.picture.getpixel((x, y)) == export_colours.signed_colour(float(number), 3.0)
    assert pen.picture.getpixel((65, 65)) == (255, 255, 255)
    assert pen.picture.getpixel((42, 20)) == (255, 255, 255)


def test_an_empty_range_of_numbers_can_be_drawn() -> None:
    """All equal to 0, or not finite at all."""
    for values in (np.zeros((3, 3)), np.full((2, 2), np.nan)):
        slide = Slide("Page", [], [[Tile("", signed_map(values)), Tile("", numbers(values))]])
        assert slide.drawn().size[0] > 0


def test_a_photo_of_one_pixel_can_be_drawn() -> None:
    assert Raster(np.zeros((1, 1, 3), np.uint8)).size == (440, 440)
