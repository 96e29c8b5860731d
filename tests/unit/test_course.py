"""`convviz.cs231n` stands in for a student's files: the notebook's values, checks, caches and dictionaries.

The notebook's inputs come from ``np.random.seed(231)``; expected sums and cells from automatic differentiation.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

from convviz import SpecError
from convviz import cs231n as course
from tests.unit.test_ops import CONV_OUT, POOL_OUT, course_example, linspace

CONV = {"stride": 1, "pad": 1}
POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}
KINDS = ["naive", "fast"]


def get(name):
    return getattr(course, name)


def draw(*shapes, seed=231):
    rng = np.random.RandomState(seed)
    return [rng.randn(*shape) for shape in shapes]


def errors_against_differences(forward, backward, arrays, dout):
    """The notebook's check: the relative error of each gradient."""
    _, cache = forward(*arrays)
    grads = backward(dout, cache)
    errors = []
    for array, grad in zip(arrays, grads, strict=True):
        numeric = course.eval_numerical_gradient_array(
            lambda _: forward(*arrays)[0],  # the element is moved in the array itself
            array,
            dout,
        )
        errors.append(course.rel_error(grad, numeric))
    return errors


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebooks_convolution_prints_its_published_difference(kind):
    out, _ = get(f"conv_forward_{kind}")(*course_example(), {"stride": 2, "pad": 1})
    np.testing.assert_allclose(out, CONV_OUT, atol=1e-9)
    printed = CONV_OUT.round(8)  # as the notebook has them
    assert course.rel_error(out, printed) == pytest.approx(2.2121476e-08, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebooks_max_pooling_prints_its_published_difference(kind):
    out, _ = get(f"max_pool_forward_{kind}")(linspace(-0.3, 0.4, 2, 3, 4, 4), POOL)
    assert course.rel_error(out, POOL_OUT) == pytest.approx(4.1666665e-08, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebooks_convolution_gradients(kind):
    x, w, b, dout = draw((4, 3, 5, 5), (2, 3, 3, 3), (2,), (4, 2, 5, 5))
    assert x[0, 0, 0, 0] == pytest.approx(0.41794341085522313, abs=1e-15)
    _, cache = get(f"conv_forward_{kind}")(x, w, b, CONV)
    dx, dw, db = get(f"conv_backward_{kind}")(dout, cache)
    assert dx.sum() == pytest.approx(-25.29736485038937, abs=1e-11)
    assert np.abs(dx).sum() == pytest.approx(755.2873712405383, abs=1e-10)
    row = [2.0202264811, 1.31557244, -3.1508785411, 3.238921969, -4.0121484432]
    np.testing.assert_allclose(dx[0, 0, 0], row, atol=1e-9)
    assert dw.sum() == pytest.approx(-58.845157914768066, abs=1e-11)
    plane = [
        [3.7408322881, -1.1173693227, 5.6500847529],
        [-19.1196298897, 5.6540603734, 4.5312472457],
        [-3.6329337979, 3.7616908691, 7.2047208679],
    ]
    np.testing.assert_allclose(dw[0, 0], plane, atol=1e-9)
    np.testing.assert_allclose(db, [0.4705038835, 1.8000732776], atol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_the_notebooks_max_pooling_gradient(kind):
    x, dout = draw((3, 2, 8, 8), (3, 2, 4, 4))
    _, cache = get(f"max_pool_forward_{kind}")(x, POOL)
    dx = get(f"max_pool_backward_{kind}")(dout, cache)
    assert dx.sum() == pytest.approx(0.16427886774805778, abs=1e-12)
    assert np.abs(dx).sum() == pytest.approx(81.8960676189007, abs=1e-11)
    assert np.count_nonzero(dx) == 96


def test_the_fast_layers_equal_the_loops_on_the_notebooks_comparison():
    """Its shapes, with a fifth of its images and filters: the loops take their time."""
    x, w, b, dout = draw((20, 3, 31, 31), (5, 3, 3, 3), (5,), (20, 5, 16, 16))
    param = {"stride": 2, "pad": 1}
    (naive, naive_cache), (fast, fast_cache) = (
        get(f"conv_forward_{kind}")(x, w, b, param) for kind in KINDS
    )
    assert course.rel_error(naive, fast) < 1e-9
    for one, other in zip(
        course.conv_backward_naive(dout, naive_cache),
        course.conv_backward_fast(dout, fast_cache),
        strict=True,
    ):
        assert course.rel_error(one, other) < 1e-9
    x, dout = draw((20, 3, 32, 32), (20, 3, 16, 16))
    naive, naive_cache = course.max_pool_forward_naive(x, POOL)
    fast, fast_cache = course.max_pool_forward_fast(x, POOL)
    np.testing.assert_array_equal(naive, fast)
    np.testing.assert_array_equal(
        course.max_pool_backward_naive(dout, naive_cache),
        course.max_pool_backward_fast(dout, fast_cache),
    )


def test_windows_the_official_fast_layers_get_wrong():
    """They have no path for windows that overlap, and mix up height and width of a rectangular one."""
    x, dout = draw((2, 3, 6, 7), (2, 3, 2, 3))
    param = {"pool_height": 3, "pool_width": 2, "stride": 2}
    naive, cache = course.max_pool_forward_naive(x, param)
    fast, fast_cache = course.max_pool_forward_fast(x, param)
    np.testing.assert_array_equal(naive, fast)
    np.testing.assert_allclose(
        course.max_pool_backward_naive(dout, cache),
        course.max_pool_backward_fast(dout, fast_cache),
        atol=1e-15,
    )


def test_the_sandwich_layers_pass_the_notebooks_checks():
    arrays = draw((2, 3, 16, 16), (3, 3, 3, 3), (3,))
    (dout,) = draw((2, 3, 8, 8), seed=7)
    errors = errors_against_differences(
        lambda x, w, b: course.conv_relu_pool_forward(x, w, b, CONV, POOL),
        course.conv_relu_pool_backward,
        arrays,
        dout,
    )
    assert max(errors) < 1e-6
    arrays = draw((2, 3, 8, 8), (3, 3, 3, 3), (3,))
    errors = errors_against_differences(
        lambda x, w, b: course.conv_relu_forward(x, w, b, CONV),
        course.conv_relu_backward,
        arrays,
        dout,
    )
    assert max(errors) < 1e-6
    arrays, (dout,) = draw((2, 3, 4), (12, 10), (10,)), draw((2, 10), seed=8)
    errors = errors_against_differences(
        course.affine_relu_forward, course.affine_relu_backward, arrays, dout
    )
    assert max(errors) < 1e-8
    arrays = [*draw((2, 2, 4, 4), (3, 2, 3, 3), (3,)), *draw((3,), (3,), seed=9)]
    (dout,) = draw((2, 3, 4, 4), seed=10)
    errors = errors_against_differences(
        lambda x, w, b, gamma, beta: course.conv_bn_relu_forward(
            x, w, b, gamma, beta, CONV, {"mode": "train"}
        ),
        course.conv_bn_relu_backward,
        arrays,
        dout,
    )
    # The bias moves the mean along with it: its gradient is 0, and so is what differences find, but for rounding.
    assert max(error for k, error in enumerate(errors) if k != 2) < 1e-5


def test_the_notebooks_spatial_batch_norm_in_training():
    (x,) = draw((2, 3, 4, 5))
    x = 4 * x + 10
    np.testing.assert_allclose(
        x.mean(axis=(0, 2, 3)), [9.33463814, 8.90909116, 9.11056338], atol=1e-8
    )
    np.testing.assert_allclose(
        x.std(axis=(0, 2, 3)), [3.61447857, 3.19347686, 3.5168142], atol=1e-8
    )
    out, _ = course.spatial_batchnorm_forward(x, np.ones(3), np.zeros(3), {"mode": "train"})
    np.testing.assert_allclose(out.mean(axis=(0, 2, 3)), 0, atol=1e-14)
    np.testing.assert_allclose(
        out.std(axis=(0, 2, 3)), [0.99999962, 0.99999951, 0.9999996], atol=1e-8
    )
    gamma, beta = np.array([3.0, 4, 5]), np.array([6.0, 7, 8])
    out, _ = course.spatial_batchnorm_forward(x, gamma, beta, {"mode": "train"})
    np.testing.assert_allclose(out.mean(axis=(0, 2, 3)), beta, atol=1e-13)
    np.testing.assert_allclose(
        out.std(axis=(0, 2, 3)), [2.99999885, 3.99999804, 4.99999798], atol=1e-8
    )


def test_the_notebooks_spatial_batch_norm_after_training():
    rng = np.random.RandomState(231)
    bn_param = {"mode": "train"}
    for _ in range(50):
        x = 2.3 * rng.randn(10, 4, 11, 12) + 13
        course.spatial_batchnorm_forward(x, np.ones(4), np.zeros(4), bn_param)
    bn_param["mode"] = "test"
    x = 2.3 * rng.randn(10, 4, 11, 12) + 13
    out, cache = course.spatial_batchnorm_forward(x, np.ones(4), np.zeros(4), bn_param)
    means, stds = out.mean(axis=(0, 2, 3)), out.std(axis=(0, 2, 3))
    np.testing.assert_allclose(means, [-0.08034406, 0.07562881, 0.05716371, 0.04378383], atol=1e-8)
    np.testing.assert_allclose(stds, [0.96718744, 1.0299714, 1.02887624, 1.00585577], atol=1e-8)
    with pytest.raises(SpecError, match="mode 'test' leaves no cache"):
        course.spatial_batchnorm_backward(out, cache)


def test_running_averages_are_the_courses_not_pytorchs():
    """The variance is divided by N; the momentum is the weight of the old average, which begins at 0."""
    x = np.array([[1.0], [5.0]])
    bn_param = {"mode": "train", "momentum": 0.75}
    for mean, var in ((0.75, 1.0), (1.3125, 1.75)):
        course.batchnorm_forward(x, np.ones(1), np.zeros(1), bn_param)
        assert (bn_param["running_mean"], bn_param["running_var"]) == (mean, var)


def test_batch_norm_gradients_pass_the_notebooks_check():
    (x,), (gamma, beta, dout) = draw((2, 3, 4, 5)), draw((3,), (3,), (2, 3, 4, 5), seed=5)
    errors = errors_against_differences(
        lambda x, gamma, beta: course.spatial_batchnorm_forward(x, gamma, beta, {"mode": "train"}),
        course.spatial_batchnorm_backward,
        [5 * x + 12, gamma, beta],
        dout,
    )
    assert max(errors) < 1e-6
    assert course.batchnorm_backward_alt is course.batchnorm_backward


def test_dropout_with_a_seed_keeps_what_the_course_keeps():
    x = np.arange(1.0, 13).reshape(3, 4)
    np.random.seed(231)
    mask = (np.random.rand(*x.shape) < 0.4) / 0.4
    param = {"mode": "train", "p": 0.4, "seed": 231}
    out, cache = course.dropout_forward(x, param)
    np.testing.assert_array_equal(out, x * mask)
    np.testing.assert_array_equal(course.dropout_backward(x, cache), x * mask)
    np.random.seed(231)
    del param["seed"]
    np.testing.assert_array_equal(course.dropout_forward(x, param)[0], x * mask)
    out, cache = course.dropout_forward(x, {"mode": "test", "p": 0.4})
    assert out is x
    assert course.dropout_backward(x, cache) is x


def test_a_seed_leaves_numpys_global_generator_alone():
    np.random.seed(5)
    expected = np.random.rand()
    np.random.seed(5)
    course.dropout_forward(np.ones(4), {"mode": "train", "p": 0.5, "seed": 1})
    assert np.random.rand() == expected


def test_dropout_keeps_the_mean():
    x = np.random.RandomState(231).randn(500, 500) + 10
    for keep in (0.25, 0.4, 0.7):
        out, _ = course.dropout_forward(x, {"mode": "train", "p": keep, "seed": 3})
        assert out.mean() == pytest.approx(10, abs=0.1)
        assert (out == 0).mean() == pytest.approx(1 - keep, abs=0.01)


def test_softmax_loss_of_equal_scores_is_the_logarithm_of_their_number():
    loss, dscores = course.softmax_loss(np.zeros((50, 10)), np.arange(50) % 10)
    assert loss == pytest.approx(2.302585, abs=1e-6)
    assert dscores[0, 0] == pytest.approx(-0.9 / 50)
    loss, _ = course.softmax_loss(np.array([[1e4, 0.0]]), np.array([0]))
    assert loss == 0


@pytest.mark.parametrize("y", [[0, 3], [0, -1], [0.0, 1.0], [True, False], [0], [[0, 1]]], ids=str)
def test_softmax_loss_refuses_what_is_not_one_class_for_each_row(y):
    with pytest.raises(SpecError, match="use 2 whole numbers from 0 to 2"):
        course.softmax_loss(np.zeros((2, 3)), np.array(y))


@pytest.mark.parametrize("forward", [course.conv_forward_naive, course.conv_forward_fast])
def test_pixels_in_whole_numbers_do_not_round_the_output(forward):
    x = np.full((1, 1, 2, 2), 3, dtype=np.uint8)
    out, _ = forward(x, np.full((1, 1, 2, 2), 0.125), np.array([100.0]), {"stride": 1, "pad": 0})
    assert out.item() == 101.5


def test_the_cache_of_the_courses_own_fast_layers_is_understood():
    """It has the im2col matrix as a fifth part."""
    x, w, b = course_example()
    out, cache = course.conv_forward_fast(x, w, b, CONV)
    expected = course.conv_backward_fast(out, cache)
    for ours, right in zip(course.conv_backward_fast(out, (*cache, x)), expected, strict=True):
        np.testing.assert_array_equal(ours, right)


@pytest.mark.parametrize(
    ("call", "key", "sentence"),
    [
        (lambda: course.conv_forward_naive(*course_example(), {"stride": 1}), "pad", "no key 'pad'"),
        (lambda: course.conv_forward_fast(*course_example(), {"stride": 1, "padding": 1, "pad": 1}), "padding",
         "conv_param has an unknown key 'padding': give 'stride', 'pad'"),
        (lambda: course.max_pool_forward_naive(np.ones((1, 1, 4, 4)), {"stride": 2}), "pool_height", "no key"),
        (lambda: course.max_pool_forward_fast(np.ones((1, 1, 4, 4)), POOL | {"pad": 1}), "pad", "unknown key"),
        (lambda: course.batchnorm_forward(np.ones((2, 1)), np.ones(1), np.ones(1), {}), "mode", "no key 'mode'"),
        (lambda: course.batchnorm_forward(np.ones((2, 1)), np.ones(1), np.ones(1), {"mode": "test", "epsilon": 1}),
         "epsilon", "unknown key 'epsilon': give 'mode'; 'eps', 'momentum'"),
        (lambda: course.batchnorm_forward(np.ones((2, 1)), np.ones(1), np.ones(1), {"mode": "eval"}), "mode",
         "bn_param has mode 'eval': use 'train' or 'test'"),
        (lambda: course.dropout_forward(np.ones(3), {"mode": "train"}), "p", "no key 'p'"),
        (lambda: course.dropout_forward(np.ones(3), {"mode": "Train", "p": 0.5}), "mode", "has mode 'Train'"),
        (lambda: course.dropout_forward(np.ones(3), {"mode": "train", "p": 0}), "keep", "above 0 and at most 1"),
        (lambda: course.dropout_forward(np.ones(3), {"mode": "train", "p": 0.5, "rng": 0}), "rng", "unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_key_is_an_error_that_names_it(call, key, sentence):
    with pytest.raises(SpecError, match=sentence) as caught:
        call()
    assert caught.value.argument == key


def test_float64_data_and_float32_weights_go_together_as_in_the_courses_networks():
    x, w, b = (a.astype(d) for a, d in zip(course_example(), ("f8", "f4", "f4"), strict=True))
    out, cache = course.conv_relu_forward(x, w, b, CONV)
    assert out.dtype == np.float64
    assert all(kept is given for kept, given in zip(cache[0], (x, w, b), strict=False))
    dx, dw, _ = course.conv_relu_backward(np.ones_like(out), cache)
    assert (dx.shape, dw.shape) == (x.shape, w.shape)
    out, cache = course.affine_forward(x, np.ones((48, 2), "f4"), np.zeros(2, "f4"))
    assert out.dtype == np.float64
    assert course.affine_backward(out.astype("f4"), cache)[0].shape == x.shape


def test_float32_stays_float32_through_every_layer():
    x, w, b = (array.astype(np.float32) for array in course_example())
    gamma = np.ones(3, dtype=np.float32)
    out, cache = course.conv_bn_relu_forward(x, w, b, gamma, b, CONV, {"mode": "train"})
    grads = course.conv_bn_relu_backward(out, cache)
    pooled, pool_cache = course.conv_relu_pool_forward(x, w, b, CONV, POOL | {"stride": 1})
    grads += course.conv_relu_pool_backward(pooled, pool_cache)
    dropped, drop_cache = course.dropout_forward(x, {"mode": "train", "p": 0.5, "seed": 0})
    after = {"mode": "test", "running_mean": np.zeros(3), "running_var": np.ones(3)}
    tested, _ = course.spatial_batchnorm_forward(x, gamma, b, after)
    scores, affine_cache = course.affine_relu_forward(x, np.ones((48, 2), np.float32), b[:2])
    grads += course.affine_relu_backward(scores, affine_cache)
    grads += (course.softmax_loss(scores, np.array([0, 1]))[1],)
    grads += (course.dropout_backward(dropped, drop_cache), out, pooled, dropped, tested, scores)
    assert {array.dtype for array in grads} == {np.dtype(np.float32)}


def test_the_numeric_gradient_moves_the_array_itself_and_puts_it_back():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = x.copy()
    grad = course.eval_numerical_gradient(lambda _: (x**3).sum(), x, verbose=False)
    np.testing.assert_allclose(grad, 3 * before**2, rtol=1e-8)
    np.testing.assert_array_equal(x, before)

    def fails(_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        course.eval_numerical_gradient(fails, x, verbose=False)
    np.testing.assert_array_equal(x, before)


def test_the_numeric_gradient_survives_a_function_that_gives_its_argument():
    x = np.array([1.0, 2.0])
    grad = course.eval_numerical_gradient_array(lambda x: x, x, np.array([3.0, 4.0]))
    np.testing.assert_allclose(grad, [3, 4], rtol=1e-9)


def test_the_numeric_gradient_refuses_whole_numbers_which_cannot_be_moved():
    with pytest.raises(TypeError, match="int64: use float32 or float64"):
        course.eval_numerical_gradient(lambda x: x.sum(), np.array([1, 2]))


def test_the_numeric_gradient_prints_as_the_course_does(capsys):
    course.eval_numerical_gradient(lambda x: 2.0 * x.sum(), np.zeros((1, 1)), h=0.5)
    assert capsys.readouterr().out == "(0, 0) 2.0\n"


X, W, B, DOUT = draw((2, 3, 5, 5), (4, 3, 3, 3), (4,), (2, 4, 5, 5))
SLIPS = {
    "f gives 2 things: take the output alone, such as f(x)[0]": lambda: (
        course.eval_numerical_gradient_array(
            lambda x: course.conv_forward_naive(x, W, B, CONV), X, DOUT
        )
    ),
    "f gives None: let it return the output": lambda: course.eval_numerical_gradient_array(
        lambda _x: None, X, DOUT
    ),
    "x is None: let the function that made it return its result": lambda: course.rel_error(None, X),
    "x has shape (2, 3, 4, 5) but y has (2, 3, 5, 5): compare arrays of one shape": lambda: (
        course.rel_error(X[:, :, 1:], X)
    ),
    "analytic_grad is None: let the function that made it return its result": lambda: (
        course.grad_check_sparse(np.sum, X, None)
    ),
    "analytic_grad has shape (4,) but x has (2, 3, 5, 5): use the gradient with respect to x": lambda: (
        course.grad_check_sparse(np.sum, X, B)
    ),
    "w has 3 channels but x has 5: use x of shape (N, C, H, W) and w of shape (4, 5, 3, 3)": lambda: (
        course.conv_forward_naive(X.transpose(0, 2, 3, 1), W, B, CONV)
    ),
}


@pytest.mark.parametrize("said", SLIPS)
def test_a_students_slip_gets_a_sentence_that_names_it(said) -> None:
    """A forgotten [0], a forgotten return, a gradient cut away, axes in another order."""
    with pytest.raises((TypeError, ValueError), match=re.escape(said)):
        SLIPS[said]()


def test_a_gradient_cut_to_nothing_is_not_called_right() -> None:
    """dx_pad[:, :, pad:-pad, pad:-pad] with padding 0 leaves no rows."""
    x = np.ones((2, 3, 1, 1))
    with pytest.raises(SpecError):
        course.rel_error(x[:, :, 0:-0, 0:-0], x)
