"""Right in every corner: settings at their limits, infinite gradients, whole numbers, huge windows."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

import convviz
from convviz import Window2d, conv2d, conv2d_backward, cs231n, max_pool2d, max_pool2d_backward
from convviz.ops.index import tap_index
from convviz.ops.naive import max_pool_backward_loops
from convviz.ops.pool import holders
from convviz.ops.pool.mean import avg_pool2d, avg_pool2d_backward

RNG = np.random.default_rng(0)
POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding"),
    [((2, 2), 3, 2, 0), ((1, 4), (2, 5), 3, 0), ((3, 1), (5, 4), (3, 3), ((1, 0), (1, 0))), ((1, 1), 3, 3, 0)],
    ids=str,
)  # fmt: skip
def test_ceil_mode_takes_a_kernel_larger_than_the_input_by_less_than_the_stride(
    size, kernel, stride, padding
) -> None:
    """As PyTorch, which checks after it has rounded up: the one window holds the whole input."""
    x = RNG.normal(size=(2, *size))
    out = max_pool2d(x, kernel, stride, padding, ceil_mode=True)
    assert out.shape == (2, 1, 1)
    np.testing.assert_array_equal(out[:, 0, 0], x.max(axis=(1, 2)))
    dx = max_pool2d_backward(np.ones_like(out), x, kernel, stride, padding, ceil_mode=True)
    assert dx.sum() == out.size
    if padding == 0:
        mean = avg_pool2d(x, kernel, stride, ceil_mode=True)
        np.testing.assert_allclose(mean[:, 0, 0], x.mean(axis=(1, 2)))


def test_ceil_mode_still_refuses_a_kernel_larger_by_the_stride() -> None:
    with pytest.raises(convviz.SpecError, match="kernel 4 exceeds padded input height 2"):
        max_pool2d(np.ones((1, 2, 2)), 4, 2, ceil_mode=True)
    assert convviz.output_size(2, kernel=3, stride=2, ceil_mode=True) == 1


@pytest.mark.parametrize(
    "backward",
    [
        lambda dout: convviz.relu_backward(dout, np.array([-0.5, 0.5])),
        lambda dout: convviz.dropout_backward(dout, np.array([0.0, 2.0])),
        lambda dout: cs231n.relu_backward(dout, np.array([-0.5, 0.5])),
    ],
)
def test_an_infinite_gradient_is_passed_on_or_stopped_and_never_nan(backward) -> None:
    np.testing.assert_array_equal(backward(np.array([np.inf, np.inf])), [0, np.inf])


@pytest.mark.parametrize("ties", ["split", "first"])
@pytest.mark.parametrize(
    "backward",
    [
        lambda dout, x, ties: max_pool2d_backward(dout, x, 2, ties=ties),
        lambda dout, x, ties: max_pool2d_backward(dout, x, (1, 2), 2, dilation=(3, 1), ties=ties),
        lambda dout, x, ties: convviz.global_max_pool2d_backward(dout, x, ties),
        lambda dout, x, _ties: cs231n.max_pool_backward_naive(dout[None], (x[None], POOL))[0],
        lambda dout, x, ties: max_pool_backward_loops(
            dout[None], x[None], (2, 2), (2, 2), ties=ties
        )[0],
    ],
)
def test_an_infinite_gradient_of_a_maximum_goes_to_the_maximum_alone(backward, ties) -> None:
    x = np.array([[[1.0, 4], [2, 3]]])
    dx = backward(np.full((1, 1, 1), np.inf), x, ties)
    np.testing.assert_array_equal(dx, [[[0, np.inf], [0, 0]]])


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64])
def test_the_courses_functions_never_wrap_whole_numbers(dtype) -> None:
    """They compute as with the same numbers in float64."""
    x = RNG.integers(0, 250, (1, 2, 4, 4)).astype(dtype)
    w, b = RNG.integers(0, 250, (3, 2, 3, 3)).astype(dtype), np.array([200, 100, 1]).astype(dtype)
    conv: Any = {"stride": 1, "pad": 1}

    def outputs(x: Any, w: Any, b: Any) -> list[Any]:
        return [
            cs231n.conv_forward_naive(x, w, b, conv)[0],
            cs231n.conv_forward_fast(x, w, b, conv)[0],
            cs231n.max_pool_forward_fast(x, POOL)[0],
            cs231n.relu_forward(x)[0],
            cs231n.dropout_forward(x, {"p": 0.5, "mode": "train", "seed": 1})[0],
            cs231n.dropout_forward(x, {"p": 0.5, "mode": "test"})[0],
            cs231n.affine_forward(x, w.reshape(-1, 1)[:32], b[:1])[0],
            cs231n.spatial_batchnorm_forward(x, b[:2], b[1:], {"mode": "train"})[0],
            cs231n.softmax_loss(x[0, 0], np.zeros(4, int))[1],
        ]

    exact = outputs(*(array.astype(float) for array in (x, w, b)))
    for given, wanted in zip(outputs(x, w, b), exact, strict=True):
        np.testing.assert_array_equal(given, wanted)


@pytest.mark.parametrize("stride", [10**5, 10**18], ids=str)
def test_no_buffer_is_sized_by_the_stride(stride) -> None:
    x, w = RNG.normal(size=(1, 3, 9, 9)), RNG.normal(size=(2, 3, 3, 3))
    tracemalloc.start()
    out = conv2d(x, w, stride=stride)
    dx, dw, _ = conv2d_backward(out, x, w, stride=stride)
    pooled = max_pool2d(x, 3, stride, ceil_mode=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2e6
    np.testing.assert_allclose(out, conv2d(x[..., :3, :3], w))
    expected = conv2d_backward(out, x[..., :3, :3].copy(), w)
    np.testing.assert_allclose(dx[..., :3, :3], expected[0])
    np.testing.assert_allclose(dw, expected[1])
    assert not dx[..., 3:, :].any()
    np.testing.assert_array_equal(pooled, x[..., :3, :3].max(axis=(2, 3), keepdims=True))
    assert tap_index(Window2d.make(3, stride), (9, 9)).shape == (1, 1, 3, 3)


def test_no_set_of_cells_is_sized_by_a_dilation_or_a_stride() -> None:
    """The taps lie a billion cells apart, almost all of them in the padding; the map has 9×9 pixels."""
    far = 10**9
    layers = [(3, 1, 1), (3, far, far, far)]
    tracemalloc.start()
    field = convviz.field_of(layers, 0, 0, input_size=9)
    seeing = convviz.units_seeing(layers, 1, 1, input_size=9)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1e5
    assert field.positions.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert seeing.positions.tolist() == [[0, 0]]


def test_the_dilation_of_a_single_tap_reaches_nothing() -> None:
    x, w = RNG.normal(size=(1, 1, 4, 4)), RNG.normal(size=(1, 1, 1, 1))
    np.testing.assert_array_equal(conv2d(x, w, dilation=10**18), conv2d(x, w))


@pytest.mark.parametrize("ties", ["split", "first"])
def test_one_large_window_is_one_step_and_not_one_for_each_tap(ties, monkeypatch) -> None:
    """512×512 in one window: going tap by tap took ten seconds."""
    monkeypatch.setattr(holders, "taps", None)
    x = RNG.integers(0, 50, (1, 512, 512)) * 1.0
    dx = max_pool2d_backward(np.ones((1, 1, 1)), x, 512, ties=ties)
    assert dx.sum() == pytest.approx(1)
    assert np.count_nonzero(dx) == ((x == 49).sum() if ties == "split" else 1)
    _, where = max_pool2d(x, 512, return_indices=True)
    assert where.item() == x.argmax()
    assert (avg_pool2d_backward(np.ones((1, 1, 1)), x, 512) == 1 / 512**2).all()


@pytest.mark.parametrize("ties", ["split", "first"])
def test_windows_and_taps_come_to_the_same(ties) -> None:
    """Few large windows go one by one, many small ones tap by tap; NaN is the maximum in both."""
    x = RNG.integers(0, 4, (2, 9, 11)) * 1.0
    x[0, 2, 3] = np.nan
    dout = RNG.normal(size=(2, 3, 3))
    few = max_pool2d_backward(dout, x, (5, 6), (3, 3), (2, 1), ties=ties)
    x_pad = np.pad(np.nan_to_num(x, nan=99), ((0, 0), (2, 2), (1, 1)), constant_values=-np.inf)
    wanted = max_pool_backward_loops(dout[None], x_pad[None], (5, 6), (3, 3), ties=ties)[0]
    np.testing.assert_allclose(few, wanted[:, 2:-2, 1:-1])
