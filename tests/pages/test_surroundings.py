"""What lies around the region that is stepped through on Convolve: the photo, or padding."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz import conv2d
from convviz.ops.padding import PADDING_MODES
from convviz.photos.samples import sample
from tests.pages.test_arrays import arrays_of
from tests.pages.test_session import checked, opened

STEPS = {"view": "Step through the loop", "channels": "Gray", "rows": "5", "columns": "4"}


@pytest.mark.parametrize("mode", sorted(PADDING_MODES))
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("place", [(0, 0), (7, 3), (11, 12)])
def test_with_the_photo_around_each_number_is_that_of_the_whole_map(
    place: tuple[int, int], stride: int, mode: str
) -> None:
    """In the corners, where padding is left, and in the middle; also between two strides."""
    link = {
        "image": "Checkerboard",
        "row": f"{place[0]}",
        "col": f"{place[1]}",
        "pad": "2",
        "kernel": "4",
    }
    link |= {"stride": f"{stride}", "pad_mode": mode, "filter": "Box blur"}
    given = arrays_of("convolve", {**STEPS, **link})
    photo = sample("checkerboard").pixels[:, :, :1].transpose(2, 0, 1).astype(float)
    whole = conv2d(photo, given["w"], stride=stride, padding=2, padding_mode=mode)[0]
    out = given["out"][0, 0]
    top, left = (at // stride for at in place)
    rows, columns = out.shape
    expected = whole[top : top + rows, left : left + columns]
    np.testing.assert_allclose(out, expected, atol=1e-9)


def test_padding_around_makes_the_region_an_image_of_its_own() -> None:
    given = arrays_of("convolve", {**STEPS, "image": "Cat", "around": "Padding"})
    assert given["x"].shape == (1, 1, 5, 4)
    assert (given["x_pad"][0, 0][[0, -1]] == 0).all()
    np.testing.assert_allclose(
        given["out"], conv2d(given["x"], given["w"], given["b"], padding=1), atol=1e-9
    )


def said(at: AppTest) -> str:
    """All that the page says, in its texts and in its parts."""
    parts = [each.proto for each in at.get("bidi_component")]
    return "".join(
        [*(each.value for each in at.markdown), *(each.json or each.mixed.json for each in parts)]
    )


def test_the_page_says_which_and_asks_only_where_it_matters() -> None:
    at = opened(image="Cat", **STEPS)
    assert at.button_group(key="around").value == "The photo"
    assert "The photo surrounds the region" in said(at)
    at.session_state["around"] = "Padding"
    checked(at.run())
    assert "Padding surrounds the region" in said(at)
    at.session_state["pad"] = 0
    checked(at.run())
    assert "around" not in [each.key for each in at.button_group]
