"""Every loop with a photo behind it is sent with its place: the window on the photo, and the cell on the map."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from convviz.photos.samples import sample
from tests.pages.test_session import opened
from tests.parts import plain_of

LARGEST = 20_000  # bytes of a picture that stands beside the grids
VIEWS = {
    "convolve": ("convolve", {"view": "Step through the loop", "row": "40", "col": "60"}),
    "with a stride, in gray": (
        "convolve",
        {"view": "Step through the loop", "stride": "2", "channels": "Gray", "row": "40"},
    ),
    "pooling": ("pooling", {"view": "Forward", "row": "40", "col": "60"}),
    "pooling backward": ("pooling", {"view": "Backward", "row": "40", "col": "60"}),
    "backward": ("backward", {"row": "40", "col": "60"}),
    "feature maps": ("feature_maps", {"show": "Steps", "map_row": "40"}),
    "feature maps, second stage": ("feature_maps", {"show": "Steps", "after": "3"}),
    "network": ("network", {"map": "0-3", "cell": "15-9", "pass": "Forward"}),
    "network, a later layer": ("network", {"map": "3-7", "cell": "5-9", "pass": "Backward"}),
}


def sent(folder: str, query: dict[str, str]) -> Any:
    """The scene that a page's stepper gets."""

    def script(folder: str) -> None:
        from importlib import import_module

        from convviz.ui.giving.share import begin_bar, end_bar
        from convviz.ui.state.shown import show_page

        show_page(folder)
        bar = begin_bar()
        import_module(f"convviz.pages.{folder}.page").render()
        end_bar(bar, folder, [folder], "")

    at = AppTest.from_function(script, default_timeout=60, kwargs={"folder": folder})
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    for component in at.get("bidi_component"):
        proto = component.proto
        if "scene" in (data := plain_of(proto)):
            return data["scene"]
    raise AssertionError("no stepper")


def picture(address: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))))


@pytest.mark.parametrize("name", VIEWS)
def test_a_loop_comes_with_small_pictures_of_its_photo_and_map(name: str) -> None:
    scene = sent(*VIEWS[name])
    place = scene["place"]
    addresses = [*place["photo"]["wholes"], *place["pixels"], *place["map"]["wholes"]]
    assert max(map(len, addresses)) < LARGEST
    planes = next(panel for panel in scene["panels"] if panel["key"] in ("out", "dout"))["planes"]
    assert len(place["map"]["wholes"]) == len(place["map"]["titles"]) == len(planes)
    top, left, bottom, right = place["photo"]["box"]
    assert 0 <= top < bottom <= place["photo"]["rows"]
    assert 0 <= left < right <= place["photo"]["columns"]
    rows, columns = (loop["length"] for loop in scene["loops"][-2:])
    top, left, bottom, right = place["map"]["box"]
    assert (bottom - top, right - left) == (rows, columns)
    assert bottom <= place["map"]["rows"]
    assert right <= place["map"]["columns"]


def test_the_part_of_the_photo_is_the_region_pixel_by_pixel() -> None:
    place = sent(*VIEWS["convolve"])["place"]
    assert place["photo"]["box"] == [39, 59, 49, 69]  # with what the photo has around the region
    assert (place["start"], place["step"], place["extent"]) == ([39, 59], [1, 1], [3, 3])
    np.testing.assert_array_equal(picture(place["pixels"][0]), sample("cat").pixels[39:49, 59:69])


def test_the_place_of_a_cell_of_feature_maps_is_what_the_cell_sees() -> None:
    """The windows of a second stage are fields on the photo."""
    place = sent(*VIEWS["feature maps, second stage"])["place"]
    assert place["step"] == [2, 2]
    assert place["extent"] == [4, 4]


def test_the_loop_begins_at_the_only_cell_that_has_a_gradient() -> None:
    """Elsewhere all products are 0. The cell in the middle of 5×5 is the thirteenth that is visited."""
    at = opened("backward", image="Digit", dout="One cell")
    (stepper,) = (each.proto for each in at.get("bidi_component") if "stepper" in each.proto.id)
    data = plain_of(stepper)
    assert [loop["length"] for loop in data["scene"]["loops"]] == [1, 1, 5, 5]
    length = data["scene"]["units"][1]["length"]
    assert data["seek"] == 13 * length - 1
