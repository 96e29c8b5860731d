"""What the picture sends to the browser, and what comes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.load.parts import data_of
from convviz.browser.picture import Lattice, MapPicture
from convviz.ops.index import tap_index
from convviz.ops.window import Window2d
from tests.parts import plain_of


def photo_and_map() -> None:
    """A photo of 5×7 pixels and its map under stride 2, as a page shows them."""
    import numpy as np
    import streamlit as st

    from convviz.browser.picture import Lattice, MapPicture, PhotoPicture

    lattice = Lattice(start=(-1, -1), step=(2, 2), extent=(3, 3))
    pixels = np.arange(105, dtype=np.uint8).reshape(5, 7, 3)
    values = np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4)
    values[0, 0] = np.nan
    photo = PhotoPicture(
        pixels,
        "photo",
        "Cat",
        lattice,
        box=(1, 2, 4, 5),
        padding=((1, 0), (1, 2)),
        leftover=(0, 1),
    )
    st.session_state.on_photo = photo.show()
    st.session_state.on_map = MapPicture(values, "map", "Sobel", lattice, limit=0.5).show()


def gray() -> None:
    """A photo without colours."""
    import numpy as np

    from convviz.browser.picture import Lattice, PhotoPicture

    PhotoPicture(np.eye(4, dtype=np.uint8), "g", "Eye", Lattice((0, 0), (1, 1), (2, 2))).show()


def sent(app: AppTest) -> list[dict[str, Any]]:
    """What each picture was sent, its numbers among it, in the order of the page."""
    pictures: list[dict[str, Any]] = []
    cells: Any = None
    for element in app.get("bidi_component"):
        if element.proto.component_name == "convviz.cells":
            cells = data_of(element.proto)["cells"]
            mark = plain_of(element.proto)["mark"]
        else:
            data = plain_of(element.proto, parse_constant=pytest.fail)  # NaN is not JSON
            assert data["numbers"] == {"cells": mark}
            pictures.append(data | {"cells": cells})
    return pictures


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(photo_and_map, default_timeout=60).run()
    assert not app.exception
    return app


def test_every_pixel_of_a_photo_is_sent_as_it_is(app: AppTest):
    photo, _ = sent(app)
    assert photo["cells"].dtype == np.uint8
    np.testing.assert_array_equal(photo["cells"], np.arange(105))
    assert (photo["rows"], photo["columns"], photo["planes"]) == (5, 7, 3)


def test_padding_leftover_and_region_of_a_photo_are_sent(app: AppTest):
    photo, _ = sent(app)
    assert (photo["padding"], photo["leftover"]) == ([[1, 0], [1, 2]], [0, 1])
    assert photo["box"] == [1, 2, 4, 5]


def test_every_value_of_a_map_is_sent_as_it_is_nan_included(app: AppTest):
    _, feature_map = sent(app)
    expected = np.linspace(-1, 1, 12, dtype=np.float32)
    expected[0] = np.nan
    assert feature_map["cells"].dtype == np.float32
    np.testing.assert_array_equal(feature_map["cells"], expected)
    assert (feature_map["limit"], feature_map["box"]) == (0.5, None)


def test_the_description_says_what_it_is_and_which_keys_work(app: AppTest):
    photo, _ = sent(app)
    assert photo["description"] == "Cat 5×7. Arrow keys move the region, Enter chooses it."


def test_a_gray_photo_has_one_plane():
    (photo,) = sent(AppTest.from_function(gray, default_timeout=60).run())
    assert photo["planes"] == 1
    np.testing.assert_array_equal(photo["cells"], np.eye(4).ravel())


def test_nothing_is_picked_at_first(app: AppTest):
    assert app.session_state.on_photo is None
    assert app.session_state.on_map is None


def test_a_pick_on_the_photo_is_that_pixel(app: AppTest):
    app.session_state["photo"] = {"picked": {"row": 3, "column": 6, "clicked": False}}
    assert app.run().session_state.on_photo == (3, 6)


def test_a_pick_on_the_map_is_the_pixel_in_the_middle_of_its_window(app: AppTest):
    app.session_state["map"] = {"picked": {"row": 2, "column": 0, "clicked": False}}
    assert app.run().session_state.on_map == (4, 0)


@pytest.mark.parametrize("kernel", [(3, 3), (5, 1), (3, 7)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_the_middle_of_a_window_is_its_middle_tap(kernel: tuple[int, int], dilation: int):
    """For every map cell whose middle tap is a pixel, in the table that drives the arithmetic."""
    window = Window2d.make(kernel, stride=(2, 3), padding=((1, 2), (0, 3)), dilation=dilation)
    lattice = Lattice((-1, 0), window.stride, window.extent, window.dilation)
    table = tap_index(window, (16, 21))
    middle = table[:, :, kernel[0] // 2, kernel[1] // 2]
    for row, column in np.argwhere(middle >= 0):
        assert lattice.middle(row, column) == divmod(middle[row, column], 21)


@pytest.mark.parametrize("limit", [0, -1.0, float("nan"), float("inf")])
def test_a_limit_that_is_no_scale_is_refused(limit: float):
    lattice = Lattice((0, 0), (1, 1), (1, 1))
    with pytest.raises(ValueError, match="use a positive number"):
        MapPicture(np.zeros((2, 2), dtype=np.float32), "m", "", lattice, limit=limit)
