"""The Convolve page's script, run without a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz.browser.cells import mark_of
from convviz.ops.spec import Conv2dSpec
from convviz.photos.images import to_chw
from convviz.photos.samples import sample
from convviz.ui.cache import filtered_photo
from tests.parts import plain_of


def page() -> AppTest:
    def script():
        from convviz.pages.convolve import page as convolve
        from convviz.ui.parts import say_notes

        convolve.render()
        say_notes()

    return AppTest.from_function(script, default_timeout=60)


def components(at: AppTest) -> list[str]:
    return [element.proto.component_name for element in at.get("bidi_component")]


def test_the_page_opens_on_the_cat_and_its_map():
    at = page().run()
    assert not at.exception
    assert [*pictures(at)] == ["Cat", "Sobel x"]
    assert any(b"= **512**" in each.proto.bytes for each in at.get("bidi_component"))


@pytest.mark.parametrize("image", ["Dog", "Digit", "Checkerboard", "Step edge", "Gradient"])
@pytest.mark.parametrize("view", ["Photo and feature map", "Step through the loop"])
def test_every_image_can_be_shown_and_stepped(image, view):
    at = page()
    at.query_params["image"], at.query_params["view"] = image, view
    at.run()
    assert not at.exception
    assert not at.warning


@pytest.mark.parametrize(
    "link",
    [
        {"kernel": "15", "filter": "Box blur", "image": "Digit"},
        {
            "kernel": "8",
            "filter": "Box blur",
            "image": "Digit",
            "dilation": "6",
            "padding": "Valid",
        },
        {"padding": "Same", "stride": "3"},
        {"pad": "7", "pad_mode": "reflect", "rows": "3", "columns": "3"},
        {"pad": "7", "pad_mode": "circular", "rows": "1", "columns": "1", "image": "Digit"},
        {"filter": "Custom", "weights": "1 2;x"},
        {
            "filter": "Custom",
            "weights": "1 2 3;4 5 6",
            "axes": "true",
            "kernel": "2",
            "kernel_w": "3",
        },
        {"filter": "Course: grayscale", "channels": "Gray"},
        {"row": "9999", "col": "-4", "step": "999999999", "view": "Step through the loop"},
        {"axes": "true", "stride": "2", "stride_w": "5", "pad_bottom": "3", "dilation_w": "4"},
    ],
)
@pytest.mark.parametrize("view", ["Photo and feature map", "Step through the loop"])
def test_no_link_brings_the_page_down(link, view):
    at = page()
    for key, value in ({"view": view} | link).items():
        at.query_params[key] = value
    at.run()
    assert not at.exception


def pictures(at: AppTest) -> dict[str, dict[str, Any]]:
    """What each photo and map was sent, by its title; without the numbers."""
    found = (
        e.proto for e in at.get("bidi_component") if e.proto.component_name.endswith("picture")
    )
    sent = [plain_of(proto) for proto in found]
    return {each["title"]: each for each in sent if "hidden" not in each}


def opened(**settings: str) -> AppTest:
    at = page()
    for key, value in settings.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    assert not at.warning
    return at


def blurred(channels: str, bias: float = 0.0) -> np.ndarray:
    """The dog under a box blur, each channel by itself, as NumPy computes it: (OH, OW, C) as it comes."""
    x = to_chw(sample("dog").pixels, channels).astype(np.float64)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(x, ((0, 0), (1, 1), (1, 1))), (3, 3), (1, 2)
    )
    return (windows.mean(axis=(-2, -1)) + bias).transpose(1, 2, 0)


@pytest.mark.parametrize(
    ("choice", "channels"), [("Gray picture", "gray"), ("Colour picture", "rgb")]
)
def test_a_blur_is_shown_as_a_picture_with_numpys_numbers(choice: str, channels: str) -> None:
    at = opened(filter="Box blur", image="Dog", picture=choice)
    shown = pictures(at)
    assert list(shown) == ["Dog", "Box blur", choice]
    expected = blurred(channels).astype(np.float32)
    photo = replace(sample("dog"), name="Dog")
    kernels = np.full((expected.shape[2], 3, 3), 1 / 9)
    got = filtered_photo(photo, channels, kernels, 0.0, Conv2dSpec.make(3, padding=1))
    np.testing.assert_allclose(got.reshape(expected.shape), expected, rtol=1e-6)
    painted = np.rint(got).clip(0, 255).astype(np.uint8)
    assert shown[choice]["numbers"]["cells"] == mark_of(painted)
    assert shown[choice]["exact"], "the numbers themselves can be asked for"
    assert shown[choice]["planes"] == expected.shape[2]


def test_the_numbers_that_are_clipped_are_counted() -> None:
    at = opened(filter="Box blur", image="Dog", picture="Colour picture", bias="60")
    expected = blurred("rgb", 60.0)
    count = int((expected > 255).sum())
    assert count > 100
    assert pictures(at)["Colour picture"]["note"] == (
        f"Depthwise: each channel by itself. Clipped to 0–255: {count:,} of {expected.size:,} numbers."
    )


def test_a_gray_picture_stands_beside_the_map_where_the_filter_makes_pictures_of_pictures() -> None:
    for name in ("Identity", "Gaussian blur", "Sharpen", "Unsharp mask", "Emboss", "Motion blur"):
        assert "Gray picture" in pictures(opened(filter=name, image="Digit"))
    for name in ("Sobel x", "Laplacian (4)", "High-pass"):
        assert "Gray picture" not in pictures(opened(filter=name, image="Digit"))
    shown = pictures(opened(filter="Sharpen", image="Digit", picture="Signed map only"))
    assert list(shown) == ["Digit", "Sharpen"]


@pytest.mark.parametrize(
    ("preset", "typed"),
    [("Sharpen", "0 -1 0;-1 9 -1;0 -1 0"), ("Sobel x", "-1 0 1;-2 0 2;0 0 1")],
)
def test_the_picture_comes_and_goes_with_the_preset_and_not_with_each_number(
    preset: str, typed: str
) -> None:
    """Also where its link is opened: it says from which preset the numbers were made."""
    at = opened(filter=preset, image="Digit")
    before = ["Gray picture"] if preset == "Sharpen" else []
    made = {"filter": "Custom", "weights": typed, "begun": preset}
    for key, value in made.items():
        at.session_state[key] = value
    at.run()
    assert list(pictures(at)) == ["Digit", "Custom", *before]
    assert list(pictures(opened(image="Digit", **made))) == ["Digit", "Custom", *before]
