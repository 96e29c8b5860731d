"""What the grid of feature maps sends to the browser, and what comes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.load.parts import data_of
from convviz.browser.mapgrid import ShownFilter
from convviz.pictures.scales import near_all, signed_limit, thinned, thinning
from tests.parts import plain_of


def grid() -> None:
    """Two photos of other sizes under a flat and a deep filter."""
    import numpy as np
    import streamlit as st

    from convviz.browser.mapgrid import (
        Content,
        MapGrid,
        ShownFilter,
        ShownImage,
        ShownMap,
        picked_cell,
    )
    from convviz.browser.picture import Lattice

    def shown(start: float, rows: int, columns: int) -> ShownMap:
        values = start + np.arange(rows * columns, dtype=np.float32).reshape(rows, columns)
        return ShownMap(values, 2, (2 * rows, 2 * columns), -99.5, float(values.max()), 7.0)

    def image(name: str, rows: int, columns: int, start: float) -> ShownImage:
        pixels = np.full((rows, columns, 3), int(start), np.uint8)
        maps = [shown(start, rows, columns), shown(start + 100, rows, columns)]
        return ShownImage(name, f"{name} caption", pixels, (2 * rows, 2 * columns), maps)

    deep = np.arange(12.0).reshape(3, 2, 2)
    filters = [
        ShownFilter("f = 0", "flat", np.broadcast_to(deep[:1], (3, 2, 2)), 7.0),
        ShownFilter("f = 1", "deep", deep, None),
    ]
    content = Content([image("A", 2, 3, 10), image("B", 4, 1, 20)], filters)
    lattice = Lattice((-1, -1), (2, 2), (3, 3))
    take = lambda: st.session_state.__setitem__("taken", picked_cell("grid"))  # noqa: E731
    MapGrid(content, lattice, "said", "grid", take).show()


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(grid, default_timeout=60).run()
    assert not app.exception
    return app


def sent(app: AppTest) -> tuple[dict[str, Any], Any, Any]:
    """The plain data, and the numbers of maps and photos."""
    numbers: dict[str, Any] = {}
    for element in app.get("bidi_component"):
        if element.proto.component_name == "convviz.cells":
            mark = plain_of(element.proto)["mark"]
            numbers[mark] = data_of(element.proto)["cells"]
        else:
            data = plain_of(element.proto, parse_constant=pytest.fail)  # NaN is not JSON
    marks = data["numbers"]
    return data, numbers[marks["cells"]], numbers[marks["pixels"]]


def test_every_map_is_found_where_the_data_says_it_begins(app: AppTest):
    data, cells, _ = sent(app)
    assert cells.dtype == np.float32
    starts = [10, 110, 20, 120]
    maps = [each for image in data["images"] for each in image["maps"]]
    for place, start in zip(maps, starts, strict=True):
        count = place["rows"] * place["columns"]
        found = cells[place["from"] : place["from"] + count]
        np.testing.assert_array_equal(found, start + np.arange(count))
    assert [(each["rows"], each["columns"]) for each in maps] == [(2, 3), (2, 3), (4, 1), (4, 1)]
    assert {(each["minimum"], each["every"], each["limit"]) for each in maps} == {(-99.5, 2, 7.0)}


def test_every_photo_is_found_where_the_data_says_it_begins(app: AppTest):
    data, _, pixels = sent(app)
    assert pixels.dtype == np.uint8
    for image, value in zip(data["images"], (10, 20), strict=True):
        count = image["rows"] * image["columns"] * image["planes"]
        np.testing.assert_array_equal(pixels[image["from"] : image["from"] + count], value)


def test_a_filter_equal_in_every_channel_is_drawn_once_and_a_deep_one_channel_by_channel(app):
    data, cells, _ = sent(app)
    flat, deep = data["filters"]
    assert (len(flat["kernel"]), len(deep["kernel"])) == (1, 3)
    last = deep["kernel"][2]["from"]
    np.testing.assert_array_equal(cells[last : last + 4], [8, 9, 10, 11])
    assert (flat["limit"], deep["limit"], deep["kernelLimit"]) == (7.0, None, 11.0)


def test_a_filter_with_many_channels_or_none_is_not_drawn():
    rng = np.random.default_rng(0)
    assert ShownFilter("f = 0", "many", rng.normal(size=(5, 3, 3)), None).planes.size == 0
    assert ShownFilter("f = 0", "four", rng.normal(size=(4, 3, 3)), None).planes.shape == (4, 3, 3)
    assert ShownFilter("f = 0", "pooled", None, None).planes.size == 0


def test_a_pick_names_image_filter_and_cell(app: AppTest):
    app.session_state["grid"] = {"picked": {"n": 1, "f": 0, "row": 6, "column": 0}}
    app.run()
    assert not app.exception


def test_thinned_maps_hold_the_maps_own_numbers():
    x = np.random.default_rng(1).normal(size=(2, 7, 10))
    np.testing.assert_array_equal(thinned(x, 3)[:, 2, 1], x[:, 6, 3])
    assert thinned(x, 3).shape == (2, 3, 4)
    np.testing.assert_array_equal(thinned(x, 1), x)


@pytest.mark.parametrize("most", [1, 10, 100, 10_000])
@pytest.mark.parametrize("size", [(30, 41), (17, 9), (1, 1)])
def test_thinning_is_the_least_that_keeps_within_the_limit(size: tuple[int, int], most: int):
    every = thinning(size, most)
    assert thinned(np.zeros(size), every).size <= most
    assert every == 1 or thinned(np.zeros(size), every - 1).size > most


def test_limits_see_both_signs_and_pass_over_what_is_not_finite():
    assert signed_limit(np.array([1.0, -4.0, np.nan, np.inf])) == 4
    assert signed_limit(np.zeros(3)) == 0
    x = np.concatenate([np.full(99, -1.0), [50.0]])
    assert near_all(x) == 1
    assert near_all(x, 100) == 50
