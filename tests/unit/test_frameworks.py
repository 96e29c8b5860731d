"""What other libraries give for a convolution: known values of each of them."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.ops.frameworks import (
    DILATED,
    DOES_NOT_FIT,
    STRIDED_DILATED,
    STRIDED_SAME,
    UNEVEN,
    Answer,
    conv_elsewhere,
    flipped_sides,
    same_sides,
)
from convviz.ops.spec import Conv2dSpec
from convviz.ops.window import Window2d

LIBRARIES = ["PyTorch", "SAME", "VALID", "Caffe", "scipy"]


def asked(
    x: object, w: object, b: float = 0.0, *, same: bool = False, **spec: object
) -> dict[str, Answer]:
    """The answers of all libraries for one channel and one filter."""
    image, kernel = np.array(x, dtype=float)[None], np.array(w, dtype=float)[None, None]
    made = Conv2dSpec.make(kernel.shape[2:], **spec)
    answers = conv_elsewhere(image, kernel, np.array([b]), made, same=same)
    return dict(zip(LIBRARIES, answers, strict=True))


def numbers(answer: Answer) -> list[list[float]]:
    assert answer.out is not None
    return answer.out[0].tolist()


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "out", "sides"),
    [
        (223, 3, 2, 112, (1, 1)),
        (224, 3, 2, 112, (0, 1)),
        (225, 3, 2, 113, (1, 1)),
        (223, 7, 2, 112, (3, 3)),
        (224, 7, 2, 112, (2, 3)),
        (225, 7, 2, 113, (3, 3)),
        (223, 2, 2, 112, (0, 1)),
        (224, 2, 2, 112, (0, 0)),
        (224, 3, 1, 224, (1, 1)),
        (223, 2, 1, 223, (0, 1)),
        (13, 6, 5, 3, (1, 2)),
        (4, 1, 3, 2, (0, 0)),
    ],
)
def test_same_pads_and_sizes_as_tensorflow_documents(size, kernel, stride, out, sides) -> None:
    found = same_sides((size, 9), Window2d.make(kernel, stride))
    assert found[0] == sides
    padded = Window2d.make(kernel, stride, (found[0], (9, 9)))
    assert padded.output_size((size, 9))[0] == out


@pytest.mark.parametrize("taps", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("mode", ["same", "valid", "full"])
def test_flipped_padding_is_that_of_numpys_convolve(taps: int, mode: str) -> None:
    """NumPy's modes for one axis are scipy's."""
    rng = np.random.default_rng(taps)
    x, w = rng.normal(size=9), rng.normal(size=taps)
    (_, _), (left, right) = flipped_sides(Window2d.make((1, taps)), mode)
    out = np.correlate(np.pad(x, (left, right)), w[::-1], "valid")
    np.testing.assert_allclose(out, np.convolve(x, w, mode))


def test_the_four_libraries_on_the_issues_four_by_four() -> None:
    answers = asked(np.arange(1, 17).reshape(4, 4), np.ones((3, 3)), stride=2, padding=1)
    assert numbers(answers["PyTorch"]) == [[14, 30], [57, 99]]
    assert numbers(answers["SAME"]) == [[54, 45], [72, 54]]
    assert answers["SAME"].padding == ((0, 1), (0, 1))
    assert numbers(answers["VALID"]) == [[54]]
    shown = answers["PyTorch"].out
    assert shown is not None
    assert answers["PyTorch"].differing(shown).sum() == 0
    assert answers["SAME"].differing(shown).sum() == 4
    assert answers["VALID"].differing(shown).tolist() == [[[True]]]


def test_scipy_turns_the_filter() -> None:
    x = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 1], [2, 3, 4, 5, 6], [7, 8, 9, 1, 2], [3, 4, 5, 6, 7]]
    answers = asked(x, [[1, 0, -1], [0, 0, 0], [-2, 0, 1]], padding="valid")
    assert numbers(answers["PyTorch"]) == [[-2, -3, -4], [-7, -17, -9], [-3, -4, -5]]
    assert numbers(answers["scipy"]) == [[-3, -4, -5], [-8, -18, -1], [-4, -5, -6]]
    assert answers["scipy"].call == "convolve2d(mode='valid')"


def test_pytorch_refuses_same_with_a_stride_and_keras_a_stride_with_dilation() -> None:
    x, w = np.ones((7, 7)), np.ones((3, 3))
    sides = same_sides((7, 7), Window2d.make(3, 2))
    answers = asked(x, w, stride=2, padding=sides, same=True)
    assert (answers["PyTorch"].out, answers["PyTorch"].refused) == (None, STRIDED_SAME)
    assert answers["SAME"].padding == sides
    answers = asked(x, w, stride=2, dilation=2, padding=1)
    assert {answers[name].refused for name in ("SAME", "VALID")} == {STRIDED_DILATED}
    assert answers["PyTorch"].out is not None
    assert asked(np.ones((2, 2)), w, padding=1)["VALID"].refused == DOES_NOT_FIT


def test_a_library_refuses_what_its_line_cannot_say() -> None:
    """Caffe's pad is one number for an axis, and scipy's convolve2d takes no dilation."""
    x, w = np.ones((7, 7)), np.ones((3, 3))
    assert asked(x, w, padding=((0, 1), (1, 1)))["Caffe"].refused == UNEVEN
    assert asked(x, w, padding=((2, 2), (1, 1)))["Caffe"].call.startswith("Convolution(pad=(2, 1),")
    assert asked(x, w, padding=2, dilation=(1, 2))["scipy"].refused == DILATED


def test_a_convolution_of_caffe_rounds_down_and_pads_with_zeros() -> None:
    """As `ConvolutionLayer::compute_output_shape` of its source divides."""
    answers = asked(np.ones((6, 5)), np.ones((3, 3)), 1.0, stride=2)
    assert numbers(answers["Caffe"]) == numbers(answers["PyTorch"]) == [[10, 10], [10, 10]]
    assert answers["Caffe"].call == "Convolution(pad=0, stride=2, dilation=1)"
    answers = asked(np.ones((3, 3)), np.ones((3, 3)), padding=1, padding_mode="reflect")
    assert numbers(answers["Caffe"]) == [[4, 6, 4], [6, 9, 6], [4, 6, 4]]
    assert numbers(answers["PyTorch"]) == [[9] * 3] * 3
