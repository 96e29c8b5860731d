"""The Convolve page's script, run without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


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
    assert components(at).count("convviz.picture") == 2
    assert any("= **512**" in markdown.value for markdown in at.markdown)


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
