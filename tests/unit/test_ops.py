"""Published values: CS231n's notebook and notes, and PyTorch's documentation and behaviour."""

from __future__ import annotations

import ast
import itertools

import numpy as np
import pytest

from convviz import SpecError, Window2d, avg_pool2d, conv2d, filters, max_pool2d, output_size
from convviz.cs231n import conv_forward_naive
from convviz.ops.fitting import fitting_settings
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec

CONV_OUT = np.array(
    [
        -0.0875980861,
        -0.1098778064,
        -0.1838719176,
        -0.2109216047,
        0.210270887,
        0.216610968,
        0.2284762606,
        0.2300463747,
        0.5081398601,
        0.5430997424,
        0.6408244387,
        0.6710143541,
        -0.9805358852,
        -1.0314354067,
        -1.1912889216,
        -1.24695841,
        0.691083548,
        0.6688038278,
        0.5948097166,
        0.5677600294,
        2.3627029812,
        2.3690430622,
        2.3809083548,
        2.3824784689,
    ]
).reshape(2, 3, 2, 2)
POOL_OUT = np.array(
    [
        -0.26315789,
        -0.24842105,
        -0.20421053,
        -0.18947368,
        -0.14526316,
        -0.13052632,
        -0.08631579,
        -0.07157895,
        -0.02736842,
        -0.01263158,
        0.03157895,
        0.04631579,
        0.09052632,
        0.10526316,
        0.14947368,
        0.16421053,
        0.20842105,
        0.22315789,
        0.26736842,
        0.28210526,
        0.32631579,
        0.34105263,
        0.38526316,
        0.4,
    ]
).reshape(2, 3, 2, 2)


def linspace(start, stop, *shape):
    return np.linspace(start, stop, num=int(np.prod(shape))).reshape(shape)


def course_example():
    return (
        linspace(-0.1, 0.5, 2, 3, 4, 4),
        linspace(-0.2, 0.3, 3, 3, 4, 4),
        np.linspace(-0.1, 0.2, 3),
    )


def test_the_notebooks_convolution_example():
    x, w, b = course_example()
    out, cache = conv_forward_naive(x, w, b, {"stride": 2, "pad": 1})
    np.testing.assert_allclose(out, CONV_OUT, atol=1e-9)
    np.testing.assert_allclose(conv2d(x, w, b, stride=2, padding=1), CONV_OUT, atol=1e-9)
    assert cache[:3] == (x, w, b) or all(a is c for a, c in zip(cache[:3], (x, w, b), strict=True))


def test_the_kernel_is_not_flipped():
    x, w, b = course_example()
    flipped = conv2d(x, w[:, :, ::-1, ::-1], b, stride=2, padding=1)
    assert np.abs(flipped - CONV_OUT).max() > 0.01


def test_the_notebooks_max_pooling_example():
    np.testing.assert_allclose(max_pool2d(linspace(-0.3, 0.4, 2, 3, 4, 4), 2), POOL_OUT, atol=1e-8)


@pytest.mark.parametrize(
    ("param", "sentence"),
    [
        ({"stride": 1}, "no key 'pad'"),
        ({"stride": 1, "pad": 0, "dilation": 2}, "unknown key 'dilation'"),
    ],
)
def test_conv_param_keys_are_checked_by_name(param, sentence):
    with pytest.raises(SpecError, match=sentence):
        conv_forward_naive(*course_example(), param)


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "out"),
    [(7, 3, 1, 0, 5), (7, 3, 2, 0, 3), (5, 3, 1, 1, 5), (5, 3, 2, 1, 3), (227, 11, 4, 0, 55),
     (10, 3, 2, 0, 4), (224, 11, 4, 0, 54), (32, 3, 2, 1, 16), (224, 7, 2, 3, 112), (5, 3, 3, 1, 2)],
)  # fmt: skip
def test_output_sizes_of_the_notes(n, k, s, p, out):
    assert output_size(n, k, s, p) == out


@pytest.mark.parametrize(
    ("n", "k", "s", "p", "out"),
    [(5, 2, 2, 0, 3), (6, 3, 2, 0, 3), (112, 3, 2, 1, 57), (5, 3, 3, 1, 2), (4, 1, 2, 0, 2), (4, 2, 3, 1, 2),
     (6, 3, 3, 1, 3), (5, 2, 4, 1, 2), (6, 2, 4, 1, 2), (3, 2, 3, 1, 2), (4, 3, 3, 1, 2), (7, 3, 2, 0, 3),
     (5, 1, 2, 0, 3)],
)  # fmt: skip
def test_ceil_mode_sizes_of_pytorch(n, k, s, p, out):
    assert output_size(n, k, s, p, ceil_mode=True) == out


@pytest.mark.parametrize(
    ("settings", "shape"),
    [({"kernel": 3, "stride": 2}, (24, 49)),
     ({"kernel": (3, 5), "stride": (2, 1), "padding": (4, 2)}, (28, 100)),
     ({"kernel": (3, 5), "stride": (2, 1), "padding": (4, 2), "dilation": (3, 1)}, (26, 100))],
)  # fmt: skip
def test_shapes_of_pytorchs_documentation(settings, shape):
    assert Window2d.make(**settings).output_size((50, 100)) == shape


@pytest.mark.parametrize(("taps", "out"), [(2, [3, 5, 7, 9, 5]), (4, [6, 10, 14, 12, 9])])
def test_same_padding_of_an_even_kernel_goes_to_the_right(taps, out):
    x = np.arange(1.0, 6)[None, None]
    np.testing.assert_array_equal(conv2d(x, np.ones((1, 1, 1, taps)), padding="same")[0, 0], out)


@pytest.mark.parametrize(
    ("mode", "row"),
    [("zeros", [0, 0, 1, 2, 3, 4, 0, 0]), ("reflect", [3, 2, 1, 2, 3, 4, 3, 2]),
     ("replicate", [1, 1, 1, 2, 3, 4, 4, 4]), ("circular", [3, 4, 1, 2, 3, 4, 1, 2])],
)  # fmt: skip
def test_padding_modes_of_pytorch(mode, row):
    np.testing.assert_array_equal(pad(np.array([[1, 2, 3, 4]]), ((0, 0), (2, 2)), mode)[0], row)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Window2d.make(3, stride=2, padding="same"), "not supported for strided"),
        (lambda: Window2d.make(7).output_size((5, 9)),
         "kernel 7 exceeds padded input height 5: use a kernel of at most 5, or padding of at least 1"),
        (lambda: Window2d.make(3, stride=0), "stride 0 is too small: use stride of at least 1"),
        (lambda: Window2d.make(3, padding=-1), "padding -1 is too small"),
        (lambda: Window2d.make(2.5), "not a whole number"),
        (lambda: Window2d.make(3, padding="half"), "cannot be read"),
        (lambda: Conv2dSpec.make(3, padding_mode="wrap"), "use one of zeros, reflect, replicate, circular"),
        (lambda: pad(np.ones((1, 4)), ((0, 0), (4, 0)), "reflect"), "use padding of at most 3"),
        (lambda: pad(np.ones((1, 4)), ((0, 0), (5, 0)), "circular"), "use padding of at most 4"),
        (lambda: conv2d(np.ones((4, 5, 5)), np.ones((6, 1, 3, 3)), groups=3), "groups 3 does not divide"),
        (lambda: conv2d(np.ones((3, 5, 5)), np.ones((6, 1, 3, 3))), "w has 1 channels but x has 3"),
        (lambda: max_pool2d(np.ones((1, 5, 5)), 3, padding=2), "exceeds half the pooling kernel"),
    ],
)  # fmt: skip
def test_a_bad_setting_gets_one_sentence(call, sentence):
    with pytest.raises(SpecError, match=sentence) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_integers_are_refused_rather_than_rounded():
    with pytest.raises(TypeError, match="float32 or float64"):
        conv2d(np.ones((1, 3, 3), dtype=int), np.ones((1, 1, 2, 2)))


def test_leftover_rows_and_the_settings_that_fit():
    window = Window2d.make(3, stride=3, padding=1)
    assert window.leftover((5, 5)) == (1, 1)
    assert fitting_settings(window, (5, 5)) == ["stride 2", "padding 2", "kernel 4"]


def test_what_a_pool_is_advised_it_can_do():
    for kernel, stride, padding, side in itertools.product(
        range(1, 6), range(1, 7), range(3), (7, 13)
    ):
        if 2 * padding > kernel:
            continue
        window = Window2d.make(kernel, stride, padding)
        for setting in fitting_settings(window, (side, side), pooled=True):
            name, _space, said = setting.partition(" ")
            changed = Window2d.make(
                **{
                    "kernel": kernel,
                    "stride": stride,
                    "padding": padding,
                    name: ast.literal_eval(said),
                }
            )
            assert changed.leftover((side, side)) == (0, 0), setting
            max_pool2d(np.ones((1, side, side)), changed.kernel, changed.stride, changed.padding)


def test_average_counts_padding_but_never_the_overhang():
    ones = np.ones((1, 3, 3))
    corner = avg_pool2d(ones, 3, 1, 1)[0] * 9
    np.testing.assert_allclose(corner, [[4, 6, 4], [6, 9, 6], [4, 6, 4]])
    np.testing.assert_array_equal(avg_pool2d(ones, 3, 1, 1, count_include_pad=False)[0], ones[0])
    assert avg_pool2d(np.ones((1, 5, 5)), 2, 2, ceil_mode=True)[0, 2, 2] == 1
    last = avg_pool2d(np.ones((1, 6, 6)), 3, 2, 1, ceil_mode=True)[0, -1]
    np.testing.assert_allclose(last, [1 / 3, 0.5, 0.5, 0.25])


def test_the_first_of_equal_maxima_wins_and_nan_propagates():
    _, where = max_pool2d(np.zeros((1, 4, 4)), 2, return_indices=True)
    np.testing.assert_array_equal(where[0], [[0, 2], [8, 10]])
    x = np.zeros((1, 2, 2))
    x[0, 1, 0] = np.nan
    assert np.isnan(max_pool2d(x, 2)).all()


def test_sobel_on_a_vertical_edge_is_a_vertical_line_and_on_a_flat_image_nothing():
    edge = np.where(np.arange(8) < 4, 0.0, 1.0)[None, None].repeat(8, axis=1)
    out = conv2d(edge, filters.sobel_x().kernel[None, None])[0]
    np.testing.assert_array_equal(out[:, [0, 1, 4, 5]], 0)
    np.testing.assert_array_equal(out[:, [2, 3]], 4)


@pytest.mark.parametrize("name", filters.PRESETS)
def test_every_preset_has_a_finite_kernel_a_scale_and_a_source(name):
    preset = filters.PRESETS[name]
    for size in [(3, 3), (1, 1), (2, 5), (15, 15)] if preset.sized else [None]:
        made = preset.make(size) if size else preset.make()
        assert np.isfinite(made.kernel).all()
        assert made.kernel.shape[-2:] == (size or (3, 3))
        assert made.scale
        assert made.source


def test_the_courses_pair_has_the_range_its_comment_denies():
    """The notebook adds 128 "so nothing is negative"; the range is -892 to 1148."""
    image = np.zeros((3, 5, 5))
    image[2, 2:] = 255
    w = np.stack([filters.course_gray().kernel, filters.course_blue_edge().kernel])
    out = conv2d(image, w, np.array([0.0, 128.0]), padding=1)[1]
    np.testing.assert_array_equal(out[:, 2], [128, -892, -892, 128, 1148])
    np.testing.assert_array_equal(out[1:3, 0], [-637, -637])
