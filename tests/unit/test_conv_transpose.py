"""The transposed convolution's published values, overlaps, sizes and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import SpecError, Window2d, col2im, conv2d, conv_transpose2d, conv_transpose2d_backward
from convviz.ops.conv_transpose import transposed_size

X = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
ONES = np.ones((1, 1, 2, 2))


def test_the_textbook_example():
    """X and K are both [[0, 1], [2, 3]]."""
    assert conv_transpose2d(X, X)[0, 0].tolist() == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]
    spread = [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]
    assert conv_transpose2d(X, X, stride=2)[0, 0].tolist() == spread
    inner = conv_transpose2d(X, X, stride=2, padding=1)[0, 0]
    np.testing.assert_array_equal(inner, np.array(spread)[1:3, 1:3])


@pytest.mark.parametrize(
    ("kernel", "overlaps"), [(3, [1, 1, 2, 1, 2, 1, 1]), (4, [1, 1, 2, 2, 2, 2, 1, 1])]
)
def test_how_often_stamps_at_stride_2_overlap(kernel, overlaps):
    """A kernel that the stride does not divide leaves a checkerboard; one that it divides does not."""
    stamps = conv_transpose2d(np.ones((1, 1, 1, 3)), np.ones((1, 1, 1, kernel)), stride=2)
    assert stamps.ravel().tolist() == overlaps


def test_output_padding_tells_apart_the_sizes_that_give_one_output():
    window = Window2d.make(3, stride=2, padding=1)
    assert window.output_size((7, 8)) == window.output_size((8, 7)) == (4, 4)
    assert transposed_size((4, 4), window, (0, 1)) == (7, 8)
    out = conv_transpose2d(np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3)), None, 2, 1, (0, 1))
    assert out.shape[2:] == (7, 8)


def test_it_does_not_undo_a_convolution():
    """It brings back the size. With the kernel's transpose the numbers are others."""
    x, w = np.arange(16.0).reshape(1, 1, 4, 4), ONES
    back = conv_transpose2d(conv2d(x, w), w)
    assert back.shape == x.shape
    assert np.abs(back - x).max() > 1


def test_output_padding_beyond_the_stride_receives_nothing_and_gives_nothing():
    """Dilation 3 allows output padding 2 at stride 1; PyTorch's gradient there is 0 too."""
    x, how = np.ones((1, 1, 2, 2)), (1, 0, 2, 3)
    out = conv_transpose2d(x, ONES, None, *how)
    assert (out.shape[2:], out[0, 0, -2:].any()) == ((7, 7), False)
    dx, dw, db = conv_transpose2d_backward(np.ones_like(out), x, ONES, *how)
    assert (dx.tolist(), dw.tolist(), db.tolist()) == (
        [[[[4, 4], [4, 4]]]],
        [[[[4, 4], [4, 4]]]],
        [49],
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: conv_transpose2d(X, ONES, stride=2, output_padding=2), "use output_padding of at most 1"),
        (lambda: conv_transpose2d(X, ONES, padding=2),
         "takes 4 from an output of height 3: use padding of at most 2 in"),
        (lambda: conv_transpose2d(X, np.ones((2, 1, 2, 2))), "w has 2 filters in 1 groups but x has 1 channels"),
        (lambda: conv_transpose2d(X, ONES, groups=2), "groups that divide 1"),
        (lambda: conv_transpose2d(X, ONES, np.zeros(2)), "b has shape"),
        (lambda: conv_transpose2d(X, ONES, output_padding=-1), "output_padding -1 is too small"),
        (lambda: conv_transpose2d_backward(np.ones((1, 1, 2, 2)), X, ONES), "dout has shape"),
        (lambda: col2im(np.ones((4, 5)), (3, 3), 2), "use 4 columns with 4 rows for each channel"),
        (lambda: col2im(np.ones((3, 4)), (3, 3), 2), "use 4 columns with 4 rows for each channel"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused_with_what_can(call, sentence):
    with pytest.raises(SpecError, match=sentence):
        call()


def test_two_dtypes_are_refused():
    with pytest.raises(TypeError, match="w has dtype float32 but x has float64"):
        conv_transpose2d(X, ONES.astype(np.float32))
