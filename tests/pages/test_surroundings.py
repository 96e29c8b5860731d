"""What lies around the region that is stepped through on Convolve and Pooling: the photo, or padding."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz import (
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from convviz.ops.padding import PADDING_MODES
from convviz.photos.samples import sample
from tests.pages.test_arrays import arrays_of
from tests.pages.test_session import checked, opened
from tests.parts import text_of

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


@pytest.mark.parametrize("place", [(0, 0), (7, 3), (58, 56)])
@pytest.mark.parametrize("kind", ["Max", "Average"])
@pytest.mark.parametrize("rounded_up", ["false", "true"])
def test_pooling_with_the_photo_around_gives_the_numbers_of_the_whole_photo(
    kind: str, place: tuple[int, int], rounded_up: str
) -> None:
    """Forwards; and backwards, where dout is 0 in the cells that are not stepped through."""
    link = {"image": "Checkerboard", "channels": "Gray", "pool": kind, "ceil": rounded_up}
    link |= {"kernel": "3", "stride": "2", "pad": "1", "rows": "5", "columns": "6"}
    link |= {"row": f"{place[0]}", "col": f"{place[1]}"}
    photo = sample("checkerboard").pixels[:, :, :1].transpose(2, 0, 1).astype(float)
    pool = max_pool2d if kind == "Max" else avg_pool2d
    how = (3, 2, 1)
    whole = pool(photo, *how, ceil_mode=rounded_up == "true")[0]
    top, left = (at // 2 for at in place)
    out = arrays_of("pooling", {"view": "Forward", **link})["out"][0, 0]
    cells = slice(top, top + out.shape[0]), slice(left, left + out.shape[1])
    np.testing.assert_allclose(out, whole[cells], atol=1e-9)
    back = max_pool2d_backward if kind == "Max" else avg_pool2d_backward
    given = arrays_of("pooling", {"view": "Backward", "dout": "Random", **link})
    dout = np.zeros((1, *whole.shape))
    dout[0][cells] = given["dout"][0, 0]
    dx = back(dout, photo, *how, ceil_mode=rounded_up == "true")[0]
    row, column = (max(0, 2 * at - 1) for at in (top, left))
    found = given["dx"][0, 0]
    box = slice(row, row + found.shape[0]), slice(column, column + found.shape[1])
    np.testing.assert_allclose(found, dx[box], atol=1e-9)
    assert abs(dx).sum() == pytest.approx(abs(found).sum())


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate"])
@pytest.mark.parametrize("place", [(0, 0), (7, 3), (59, 59)])
def test_gradients_with_the_photo_around_are_the_whole_photos(
    place: tuple[int, int], mode: str
) -> None:
    """Where dout is 0 in the cells of the map that are not stepped through."""
    link = {"image": "Checkerboard", "channels": "Gray", "around": "The photo", "dout": "Random"}
    link |= {"filter": "Sobel x", "stride": "2", "pad": "1", "pad_mode": mode, "rows": "5"}
    given = arrays_of("backward", {**link, "row": f"{place[0]}", "col": f"{place[1]}"})
    photo = sample("checkerboard").pixels[:, :, :1].transpose(2, 0, 1).astype(float)[None]
    how = {"stride": 2, "padding": 1, "padding_mode": mode}
    dout = np.zeros(conv2d(photo, given["w"], **how).shape)
    top, left = (at // 2 for at in place)
    rows, columns = given["dout"].shape[2:]
    dout[..., top : top + rows, left : left + columns] = given["dout"]
    dx, dw, db = conv2d_backward(dout, photo, given["w"], **how)
    np.testing.assert_allclose(given["dw"], dw, atol=1e-9)
    np.testing.assert_allclose(given["db"], db, atol=1e-9)
    row, column = (max(0, 2 * at - 1) for at in (top, left))
    found = given["dx"]
    box = slice(row, row + found.shape[2]), slice(column, column + found.shape[3])
    np.testing.assert_allclose(found, dx[..., *box], atol=1e-9)
    assert abs(dx).sum() == pytest.approx(abs(found).sum())


def test_on_backward_a_region_is_an_image_of_its_own_to_begin_with() -> None:
    at = opened("backward", image="Cat")
    assert at.button_group(key="backward around").value == "Padding"
    assert "Padding surrounds the region" in said(at)
    at.session_state["backward around"] = "The photo"
    checked(at.run())
    assert "dx, dw and db are the same as for the whole photo" in said(at)


def test_padding_around_makes_the_region_of_pooling_an_image_of_its_own() -> None:
    link = {"image": "Cat", "view": "Forward", "kernel": "3", "stride": "2", "pad": "1"}
    given = arrays_of("pooling", {**link, "around": "Padding"})
    assert given["x"].shape[2:] == (6, 6)
    np.testing.assert_allclose(given["out"], max_pool2d(given["x"], 3, 2, 1), atol=1e-9)
    at = opened("pooling", image="Cat", view="Forward", pooling_kernel="3", pooling_pad="1")
    assert at.button_group(key="around").value == "The photo"
    assert "The photo surrounds the region" in said(at)


def said(at: AppTest) -> str:
    """All that the page says, in its texts and in its parts."""
    parts = [each.proto for each in at.get("bidi_component")]
    return "".join([*(each.value for each in at.markdown), *map(text_of, parts)])


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
