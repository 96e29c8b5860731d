"""What other libraries give, as the Convolve page shows it."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.ops.frameworks import same_sides
from convviz.ops.window import Window2d
from tests.pages.test_arrays import arrays_of
from tests.pages.test_session import opened

SIXTEEN = {
    "image": "Numbers",
    "numbers": "1 2 3 4;5 6 7 8;9 10 11 12;13 14 15 16",
    "filter": "Custom",
    "weights": "1 1 1;1 1 1;1 1 1",
    "stride": "2",
}
LIBRARIES = SIXTEEN | {"view": "Libraries"}


def test_the_table_says_padding_size_and_what_differs() -> None:
    at = opened(**LIBRARIES, pad="1")
    (table,) = at.table
    rows = table.value.to_numpy().tolist()
    assert [row[0] for row in rows[:3]] == ["convviz", "PyTorch", "TensorFlow, Keras: SAME"]
    assert [row[3] for row in rows] == ["1×2×2", "1×2×2", "1×2×2", "1×1×1", "1×2×2", "1×2×2"]
    said = ["", "the same", "4 of 4 cells differ", "another size; 1 of 1 cells differ"]
    assert [row[4] for row in rows[:4]] == said
    given = arrays_of("convolve", LIBRARIES | {"pad": "1"})
    np.testing.assert_array_equal(given["out"][0, 0], [[14, 30], [57, 99]])
    np.testing.assert_array_equal(given["out_2"][0, 0], [[54, 45], [72, 54]])


def test_the_size_of_the_map_is_said_as_in_the_other_views() -> None:
    at = opened(**LIBRARIES, pad="1")
    said = " ".join(each.value for each in at.markdown)
    assert "height and width ⌊(4 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = **2**" in said, said


@pytest.mark.parametrize("page", ["convolve", "backward", "as_matrix"])
def test_same_with_a_stride_is_tensorflows(page: str) -> None:
    link = SIXTEEN | {"padding": "Same"}
    if page == "convolve":
        link["view"] = "Step through the loop"
    given = arrays_of(page, link)
    if page == "convolve":
        np.testing.assert_array_equal(given["out"][0, 0], [[54, 45], [72, 54]])
    else:
        assert given["x"].shape == (1, 1, 4, 4)
    assert same_sides((4, 4), Window2d.make(3, 2)) == ((0, 1), (0, 1))


def test_the_page_says_why_pytorch_refuses_same_with_a_stride() -> None:
    at = opened(**LIBRARIES, padding="Same")
    assert "PyTorch refuses it" in " ".join(each.value for each in at.caption)
    (table,) = at.table
    assert "refused" in table.value.to_numpy()[1][4]


@pytest.mark.parametrize(
    "link",
    [
        {"dilation": "64", "view": "Step through the loop"},
        {"dilation": "64", "padding": "Same"},
        {"dilation": "64", "padding": "Same", "pad_mode": "reflect", "image": "Digit"},
        {"filter": "Box blur", "kernel": "15", "view": "Step through the loop"},
        {"dilation": "64", "view": "Libraries", "stride": "3"},
    ],
)
def test_the_largest_settings_can_be_seen(link: dict[str, str]) -> None:
    opened(**link)


def test_a_kernel_may_be_as_large_as_numbers() -> None:
    grid = ";".join([" ".join(["1"] * 20)] * 20)
    link = SIXTEEN | {"numbers": grid, "weights": grid, "kernel": "20", "stride": "1", "pad": "0"}
    given = arrays_of("convolve", link | {"view": "Step through the loop"})
    np.testing.assert_array_equal(given["out"], [[[[400]]]])


LOOPS = [
    ("pooling", "Forward", {}),
    ("convolve", "Step through the loop", {"stride": "2", "pad": "0"}),
    ("convolve", "Step through the loop", {"stride": "2", "pad": "1", "around": "Padding"}),
]


@pytest.mark.parametrize(("page", "loop", "settings"), LOOPS)
def test_the_libraries_compute_the_map_that_the_loop_steps_through(
    page: str, loop: str, settings: dict[str, str]
) -> None:
    """With the photo around its region, the loop begins where a stride does."""
    link = {"image": "Cat", "row": "101", "col": "203", "rows": "6", "columns": "6"} | settings
    of_loop, of_libraries = (arrays_of(page, link | {"view": view}) for view in (loop, "Libraries"))
    np.testing.assert_array_equal(of_libraries["out"], of_loop["out"])
