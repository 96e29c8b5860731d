"""Every view of every page offers a picture, in every language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from convviz.lessons.lesson import LESSONS
from convviz.pictures.paper import pen
from convviz.pictures.paper.font import missing
from convviz.text.i18n import languages

VIEWS = {
    "convolve": [
        {"view": "Photo and feature map"},
        {"view": "Step through the loop"},
        {"view": "Libraries"},
    ],
    "pooling": [
        {"view": "Photo", "pool": "Average", "stride": "3"},
        {"view": "Forward", "pad": "1"},
        {"view": "Backward", "pad": "1"},
        {"view": "Visit counts"},
        {"view": "Libraries"},
    ],
    "backward": [
        {"view": "The loop"},
        {"view": "As a full correlation"},
        {"view": "Visit counts"},
    ],
    "as_matrix": [
        {"view": "Matrices"},
        {"view": "im2col"},
        {"view": "Product"},
        {"view": "dw"},
        {"view": "col2im"},
    ],
    "transposed": [
        {"view": "Stamps"},
        {"view": "Backward", "output_padding": "1"},
        {"view": "Checkerboard"},
        {"view": "Not the inverse", "output_padding": "1"},
    ],
    "groups": [
        {"view": "Connections", "groups": "2"},
        {"view": "Connections", "groups": "Depthwise, then 1×1"},
        {"view": "Forward", "groups": "4"},
        {"view": "Backward", "groups": "2"},
        {"view": "1×1 at each pixel"},
    ],
    "gradient_check": [
        {"view": "Each element", "layer": "Convolution"},
        {"view": "Error against h", "layer": "Affine"},
    ],
    "bugs": [{"bug": lesson.name} for lesson in LESSONS],
    "feature_maps": [
        {"show": "All maps"},
        {"show": "All maps", "colours": "Gray, each map min to max"},
        {"show": "One map"},
        {"show": "Histogram"},
        {"show": "Difference"},
        {"show": "Steps"},
    ],
    "receptive_field": [
        {"view": "Field on the photo"},
        {"view": "Table and growth"},
        {"view": "Layer by layer"},
    ],
    "effective_field": [
        {"view": "On the photo", "depth": "4"},
        {"view": "Gradient and growth", "depth": "4"},
        {"view": "Gradient and growth", "weights": "Trained"},
    ],
    "sharing": [
        {"view": "Connections"},
        {"view": "Connections", "example": "AlexNet conv1"},
        {"view": "The book's edges"},
    ],
    "equivariance": [{}],
    "network": [
        {"view": "Every layer"},
        {"view": "Every layer", "map": "0-3"},
        {"view": "Every layer", "map": "3-0"},
        {"view": "Every layer", "map": "4-1"},
        {"view": "Every layer", "map": "5-7"},
        {"view": "Scores"},
        {"view": "Scores", "source": "A photo"},
        {"view": "Mistakes"},
        {"view": "Train"},
        {"view": "Experiments"},
        {"view": "PyTorch"},
    ],
}
CASES = [(page, view) for page, views in VIEWS.items() for view in views]


def script(name: str) -> None:
    """A page with the bar's list of offers, of which the pictures are made."""
    from importlib import import_module

    import streamlit as st

    from convviz.text.i18n import _, use_language
    from convviz.ui.giving import share

    use_language(st.session_state["spoken"])
    share._offers.set(share._Offers())
    import_module(f"convviz.pages.{name}.page").render()
    label, offers = _("Picture (.png)"), share._offers.get()
    st.session_state["names"] = [file.name for file in offers.files]
    st.session_state["made"] = [file.make() for file in offers.files if file.label == label]
    use_language("en")


@pytest.fixture
def written() -> Iterator[set[str]]:
    """Every text drawn meanwhile."""
    texts: set[str] = set()
    letters = pen._letters

    def note(text: str, size: int, anchor: str, code: bool):
        if not code:
            texts.add(text)
        return letters(text, size, anchor, code)

    with patch.object(pen, "_letters", note):
        yield texts


@pytest.mark.parametrize(("page", "view"), CASES, ids=str)
def test_every_view_offers_a_picture_in_every_language(page, view, written) -> None:
    at = AppTest.from_function(script, kwargs={"name": page}, default_timeout=120)
    for key, value in view.items():
        at.query_params[key] = value
    pictures = {}
    for language in languages():
        at.session_state["spoken"] = language
        at.run()
        assert not at.exception
        assert all(re.fullmatch(r"[\w.-]+", name) for name in at.session_state["names"])
        (png,) = at.session_state["made"]
        pictures[language] = Image.open(io.BytesIO(png))
        assert (np.asarray(pictures[language])[:8] == 255).all()  # white at its edge
        assert all(side > 300 for side in pictures[language].size)
    assert len({picture.tobytes() for picture in pictures.values()}) == len(languages())
    assert missing("".join(written)) == ""
