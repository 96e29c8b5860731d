"""The table of padding modes: one row is all that a mode is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz import conv2d, conv2d_backward
from convviz.browser.lens import Convolved
from convviz.export.code import ConvBackwardCode, ConvCode, numpy_script
from convviz.ops.padding import PADDING_MODES, PaddingMode, copied_from, pad, unpad
from convviz.ops.spec import Conv2dSpec
from tests.oracles import MIRROR

RNG = np.random.default_rng(0)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> str:
    """The mode that PyTorch lacks, mirrored together with its edge, as one more row of the table."""
    mode = PaddingMode(
        "symmetric", "the image mirrored with its edge", "symmetric", "none", beyond=0
    )
    monkeypatch.setitem(PADDING_MODES, mode.name, mode)
    return mode.name


@pytest.mark.parametrize("mode", PADDING_MODES)
@pytest.mark.parametrize("sides", [(0, 0), (3, 1), (0, 4)], ids=str)
def test_a_place_in_the_padding_is_copied_from_where_pytorch_says(mode, sides) -> None:
    before, after = sides
    places = [MIRROR[mode](k, 5) for k in range(-before, 5 + after)]
    assert copied_from(5, sides, mode).tolist() == [-1 if k is None else k for k in places]


@pytest.mark.parametrize("mode", PADDING_MODES)
def test_the_largest_padding_and_the_smallest_image_are_each_others_limits(mode) -> None:
    """Exactly: padding and image at the limit work, one cell beyond is refused."""
    for length in range(1, 9):
        most = PADDING_MODES[mode].most(length)
        if most is not None:
            pad(np.ones((1, length)), ((0, 0), (most, 0)), mode)
            with pytest.raises(ValueError, match="too large for input width"):
                pad(np.ones((1, length)), ((0, 0), (0, most + 1)), mode)
    for padding in range(9):
        least = PADDING_MODES[mode].least(padding)
        pad(np.ones((1, least)), ((0, 0), (padding, padding)), mode)
        most = PADDING_MODES[mode].most(least - 1)
        assert least == 0 or (most is not None and most < max(padding, 1))


def test_a_mode_added_to_the_table_works_in_both_directions(added: str) -> None:
    x, w = RNG.normal(size=(2, 3, 5, 6)), RNG.normal(size=(2, 3, 3, 3))
    sides = ((2, 1), (0, 3))
    x_pad = np.pad(x, ((0, 0), (0, 0), *sides), mode="symmetric")
    out = conv2d(x, w, padding=sides, padding_mode=added)
    np.testing.assert_allclose(out, conv2d(x_pad, w))
    dout = RNG.normal(size=out.shape)
    dx, _, _ = conv2d_backward(dout, x, w, padding=sides, padding_mode=added)
    dx_pad, _, _ = conv2d_backward(dout, x_pad, w)
    np.testing.assert_allclose(dx, unpad(dx_pad, sides, added))
    assert (dx * x).sum() == pytest.approx((dx_pad * x_pad).sum())


def test_a_mode_added_to_the_table_is_in_the_scripts(added: str) -> None:
    x, w = RNG.normal(size=(1, 1, 5, 6)), RNG.normal(size=(1, 1, 3, 3))
    spec = Conv2dSpec.make(3, padding=2, padding_mode=added)
    names: dict[str, Any] = {}
    exec(numpy_script(ConvCode(x, w, np.zeros(1), spec)), names)
    np.testing.assert_allclose(names["out"], conv2d(x, w, padding=2, padding_mode=added))
    exec(numpy_script(ConvBackwardCode(names["out"], x, w, spec)), names)
    expected = conv2d_backward(names["out"], x, w, padding=2, padding_mode=added)[0]
    np.testing.assert_allclose(names["dx"], expected)


def test_a_mode_added_to_the_table_reaches_the_lens(added: str) -> None:
    """The lens is sent which pixel each cell of the padding is copied from, and knows no modes."""
    spec = Conv2dSpec.make(3, padding=((2, 1), (0, 1)), padding_mode=added)
    rows, columns = Convolved(np.ones((1, 3, 3)), 0.0, spec).data((4, 5))["copies"]
    assert rows == {"before": [1, 0], "after": [3]}
    assert columns == {"before": [], "after": [4]}


@pytest.mark.usefixtures("added")
def test_a_mode_added_to_the_table_can_be_chosen() -> None:
    def script() -> None:
        from convviz.ui.inputs.window_controls import window_controls
        from convviz.ui.state import link

        link.read_link()
        window_controls((3, 3), (4, 9), per_axis=False)

    at = AppTest.from_function(script)
    at.query_params["pad_mode"] = "symmetric"
    at.run()
    assert not at.exception
    mode = next(box for box in at.selectbox if box.label == "Padding mode")
    assert mode.options[-1] == mode.value == "symmetric"
    assert "symmetric: the image mirrored with its edge" in mode.help
    padding = next(one for one in at.slider if one.label == "Padding on each side")
    assert padding.max == 4  # what can be copied of four rows
