"""What the stride leaves over is called shaded only where it is shaded."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pictures import VIEWS
from tests.pages.test_receptive import page, said
from tests.parts import plain_of

# The window of 3 leaves a row and a column of the photo and of the region over.
STRIDED = {
    "convolve": {"stride": "3", "pad": "0", "rows": "8", "columns": "8"},
    "pooling": {"stride": "3", "kernel": "3", "rows": "8", "columns": "8"},
    "backward": {"stride": "3", "pad": "0", "rows": "7", "columns": "7"},
    "as_matrix": {"stride": "2", "pad": "0", "rows": "4", "columns": "4"},
}
AROUND = ("The photo", "Padding")
CASES = [
    (name, {"view": view["view"], "around": around, "image": image})
    for name in STRIDED
    for view in VIEWS[name]
    for around in AROUND
    for image in ("Cat", "Digit", "Numbers")
]
NUMBERS = ";".join(8 * ["1 2 3 4 5 6 7 8"])


def shaded(at: AppTest) -> bool:
    """Whether a picture or a grid has rows or columns that are shaded."""
    data = [plain_of(element.proto) for element in at.get("bidi_component")]
    return any(any(over) for over in found(data, "leftover"))


def found(data: Any, name: str) -> list[Any]:
    """Every value of that name, however deep."""
    if isinstance(data, list):
        return [each for value in data for each in found(value, name)]
    if not isinstance(data, dict):
        return []
    own = [data[name]] if name in data else []
    return own + [each for value in data.values() for each in found(value, name)]


@pytest.mark.parametrize(("name", "link"), CASES, ids=str)
def test_what_is_called_shaded_is_shaded(name: str, link: dict[str, str]) -> None:
    at = page(name, **STRIDED[name], **link, numbers=NUMBERS)
    assert ("shaded" in said(at)) == ("leaves" in said(at) and shaded(at))


@pytest.mark.parametrize("name", STRIDED)
def test_what_the_stride_leaves_over_is_said(name: str) -> None:
    at = page(name, **STRIDED[name], image="Digit")
    assert "The stride leaves" in said(at)
