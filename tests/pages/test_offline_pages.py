"""What the page that plays offline says above the stepper: which page of the app it is from, and its settings."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from convviz.ui import step_view
from tests.pages.test_session import opened

STEPPERS = {
    "Convolve · Step through the loop": ("convolve", {"view": "Step through the loop"}),
    "Pooling · Forward": ("pooling", {"view": "Forward"}),
    "Pooling · Backward": ("pooling", {"view": "Backward"}),
    "Backward · The loop": ("backward", {"view": "The loop"}),
    "Backward · As a full correlation": ("backward", {"view": "As a full correlation"}),
    "As a matrix · im2col": ("as-matrix", {"view": "im2col"}),
    "As a matrix · Product": ("as-matrix", {"view": "Product"}),
    "As a matrix · dw": ("as-matrix", {"view": "dw"}),
    "As a matrix · col2im": ("as-matrix", {"view": "col2im"}),
    "Transposed · Stamps": ("transposed", {"view": "Stamps"}),
    "Transposed · Backward": ("transposed", {"view": "Backward"}),
    "Bugs · pad:-pad": ("classic-bugs", {"view": "Step through the right loop"}),
}


@pytest.mark.parametrize("title", STEPPERS)
def test_it_says_the_page_and_the_settings(title: str) -> None:
    address, link = STEPPERS[title]
    with patch.object(step_view, "offer_steps") as offer:
        opened(address, stride="2", **link)
    *_scene, about = offer.call_args.args
    assert about[0] == title
    settings = " ".join(about[1:])
    assert "**" not in settings
    if address != "classic-bugs":
        assert "cat" in settings.lower()
        assert "stride 2" in settings


def test_it_says_the_output_padding_of_a_transposed_convolution() -> None:
    with patch.object(step_view, "offer_steps") as offer:
        opened("transposed", view="Stamps", transposed_stride="3", output_padding="2")
    assert any("Output padding 2" in each for each in offer.call_args.args[-1])
