"""What no operation can work on: each gets one sentence with what would, or the right result."""

from __future__ import annotations

import numpy as np
import pytest

import convviz
from convviz import SpecError, conv2d, conv2d_backward, cs231n
from convviz.nets import ThreeLayerConvNet, shapes
from convviz.ops.chain import Chain
from convviz.ops.connections import connection_matrix
from convviz.ops.counting import LayerShape, count
from convviz.ops.equivariance import shift
from convviz.ops.padding import pad
from convviz.ops.receptive.notation import read_stack
from convviz.ops.receptive.stack import Stack

X, W, B = np.ones((1, 3, 8, 8)), np.ones((4, 3, 3, 3)), np.zeros(4)
WHOLE, B2 = X.astype(int), np.zeros(8)
CONV, POOL = {"stride": 1, "pad": 0}, {"pool_height": 2, "pool_width": 2, "stride": 2}
SHAPE = LayerShape(1, (1, 4), 1, convviz.Window2d.make((1, 2)))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: conv2d([[[1.0]]], W), "x is a list: use a NumPy array"),
        (lambda: conv2d(X, W, [0.0] * 4), "b is a list: use a NumPy array"),
        (lambda: convviz.max_pool2d([[[1.0]]], 1), "x is a list"),
        (lambda: conv2d(X.astype(">f8"), W), "x has dtype >f8: use float32 or float64"),
        (lambda: conv2d(X.astype("f2"), W), "x has dtype float16"),
        (lambda: convviz.dropout(np.ones(3, int), 0.7, np.random.default_rng(0)), "x has dtype int64"),
        (lambda: convviz.max_pool2d(None, 2), "x is a NoneType: use a NumPy array"),
        (lambda: conv2d(None, W), "x is a NoneType"),
        (lambda: convviz.softmax(np.array([[1, 3]], np.uint8)), "scores has dtype uint8: use float32 or float64"),
        (lambda: convviz.relu(np.array([-1, 2])), "x has dtype int64"),
        (lambda: convviz.relu_backward(np.ones(2), np.array([-1, 2])), "x has dtype int64"),
        (lambda: convviz.dropout_backward(np.ones(2, int), np.ones(2)), "dout has dtype int64"),
        (lambda: cs231n.conv_forward_naive(X.astype(complex), W, B, CONV), "x has dtype complex128"),
        (lambda: cs231n.relu_forward([-1.0, 2.0]), "x is a list: use a NumPy array"),
        (lambda: cs231n.batchnorm_forward(np.array([["a"]]), B[:1], B[:1], {"mode": "train"}), "x has dtype <U1"),
    ],
)  # fmt: skip
def test_what_is_no_float_array_is_named(call, sentence):
    with pytest.raises(TypeError, match=sentence):
        call()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: conv2d(X, W[:0]), r"w has shape \(0, 3, 3, 3\): use at least 1 filter and 1 channel"),
        (lambda: conv2d_backward(X[:, :0], X[:, :0], W[:, :0]), "use at least 1 filter and 1 channel"),
        (lambda: conv2d(X[:, :, :0], W, padding=2, padding_mode="replicate"),
         "replicate padding has nothing to copy from an input of height 0: use padding_mode 'zeros'"),
        (lambda: pad(np.ones((0, 4)), ((1, 0), (0, 0)), "circular"), "nothing to copy"),
        (lambda: convviz.global_max_pool2d(X[0, 0, 0]), r"x has shape \(8,\): use \(N, C, H, W\) or \(C, H, W\)"),
        (lambda: convviz.affine(X, np.ones(192), np.ones(())), r"w has shape \(192,\): .* \(192, M\)"),
        (lambda: convviz.affine(X, np.ones((192, 2)), np.ones(3)), r"b has shape \(3,\) .*: use shape \(2,\)"),
        (lambda: convviz.affine_backward(np.ones((1, 2)), X, np.ones((100, 2))), "192 numbers an example"),
        (lambda: convviz.softmax(np.ones(3)), r"scores has shape \(3,\): use \(N, K\)"),
        (lambda: convviz.softmax(np.ones((2, 0))), r"use \(N, K\)"),
        (lambda: convviz.softmax_loss(np.ones((0, 3)), []), "use at least 1 example"),
        (lambda: convviz.batch_norm(np.ones((0, 3)), np.ones(3), np.ones(3)), "use at least 1 example"),
        (lambda: convviz.batch_norm(X, np.ones(3), np.ones(3)), r"use \(N, D\)"),
        (lambda: convviz.batch_norm(np.ones((2, 3)), np.ones(3), np.ones(3), [1.0], [1.0] * 3),
         r"mean has shape \(1,\)"),
        (lambda: convviz.spatial_batch_norm(np.ones((2, 3)), np.ones(3), np.ones(3)), r"use \(N, C, H, W\)"),
        (lambda: convviz.field_of([(3,)], 1.5, 0), "row 1.5 is not a whole number"),
        (lambda: convviz.field_of([(3,)], 0, 0, layer="conv1"), "layer 'conv1' is not a whole number"),
        (lambda: read_stack("a:c3p0_9999999999_0_0"), "9999999999 is too large .*: use at most 512"),
        (lambda: read_stack(f"a:c{'9' * 5000}"), "is too large for a layer"),
        (lambda: shift(X, (1, 1), "mirror"), "fill 'mirror' is unknown: use one of circular, zeros"),
        (lambda: Chain(pooling="mean"), "pooling 'mean' is unknown: use one of none, max, average"),
        (lambda: Stack((), (), pooling="mean"), "use one of max, average"),
        (lambda: count(SHAPE, "sparse"), "connecting 'sparse' is unknown: use one of dense, local, conv"),
        (lambda: connection_matrix(SHAPE, "sparse"), "use one of dense, local, conv"),
        (lambda: LayerShape(1, 28, 1, SHAPE.window), "size 28 is not a pair"),
        (lambda: conv2d(X, W, padding=np.array([1, 1])), r"padding array\(\[1, 1\]\) is not a whole number"),
        (lambda: convviz.batch_norm(X[0, 0], B2, B2, eps=None), "eps None is out of range: use a finite"),
        (lambda: convviz.batch_norm(X[0, 0], B2, B2, eps=-1), "eps -1 is out of range"),
        (lambda: convviz.batch_norm_backward(X[0, 0], X[0, 0], B2, eps=np.nan), "eps nan is out of range"),
        (lambda: cs231n.batchnorm_forward(X[0, 0], B2, B2, {"mode": "test", "running_mean": None}),
         r"running_mean None is no array: use an array of shape \(8,\), or leave it out"),
        (lambda: convviz.filters.gaussian(3, 0), "sigma 0 is out of range: use a finite number above 0"),
        (lambda: convviz.filters.log(3, np.inf), "sigma inf is out of range"),
        (lambda: convviz.filters.gabor(3, wavelength=0), "wavelength 0 is out of range"),
        (lambda: convviz.filters.box(0), "size 0 is too small: use size of at least 1"),
        (lambda: convviz.filters.box((2, 3, 4)), r"size \(2, 3, 4\) is not a pair"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(SpecError, match=sentence) as caught:
        call()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["naive", "fast"])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((X, W, B, None), "conv_param None is not a dictionary: give 'stride', 'pad'"),
        ((X, W, B, {"stride": (1, 2), "pad": 0}), r"stride \(1, 2\) is not a whole number"),
        ((X, W, B, {"stride": 1, "pad": "same"}), "pad 'same' is not a whole number"),
        ((X, W, B, {"stride": 1, "pad": -1}), "pad -1 is too small: use pad of at least 0"),
        ((X[0], W, B, CONV), r"use \(N, C, H, W\)$"),
        ((X, W[:, :1], B, CONV), "w has 1 channels but x has 3"),
        ((X, W, B[:2], CONV), r"b has shape \(2,\) for 4 filters"),
    ],
)
def test_the_courses_convolutions_refuse_the_same(kind, arguments, sentence):
    """Loops alone would stretch one channel over three, or stop half-way."""
    with pytest.raises(SpecError, match=sentence):
        getattr(cs231n, f"conv_forward_{kind}")(*arguments)


@pytest.mark.parametrize("kind", ["naive", "fast"])
def test_the_courses_backward_passes_want_a_gradient_for_every_output_cell(kind):
    """A smaller one would go through the loops and give wrong gradients."""
    conv, pool = ({name: getattr(cs231n, f"{name}_{kind}") for name in (f"{op}_forward", f"{op}_backward")}
                  for op in ("conv", "max_pool"))  # fmt: skip
    with pytest.raises(SpecError, match="dout has shape"):
        conv["conv_backward"](np.ones((1, 4, 5, 5)), conv["conv_forward"](X, W, B, CONV)[1])
    with pytest.raises(SpecError, match="dout has shape"):
        pool["max_pool_backward"](np.ones((1, 3, 3, 3)), pool["max_pool_forward"](X, POOL)[1])
    with pytest.raises(SpecError, match=r"use \(N, C, H, W\)$"):
        pool["max_pool_forward"](X[0], POOL)


def test_the_courses_loops_round_no_gradient_of_whole_numbers():
    """An int image and a float gradient: nothing may be cut off to whole numbers."""
    dout = np.full((1, 4, 6, 6), 0.5)
    _, cache = cs231n.conv_forward_naive(WHOLE, W.astype(int), B.astype(int), CONV)
    expected = conv2d_backward(dout, X, W)
    for given, wanted in zip(cs231n.conv_backward_naive(dout, cache), expected, strict=True):
        np.testing.assert_allclose(given, wanted)
    _, pool_cache = cs231n.max_pool_forward_naive(WHOLE, POOL)
    dx = cs231n.max_pool_backward_naive(np.full((1, 3, 4, 4), 2.0), pool_cache)
    np.testing.assert_array_equal(dx, 0.5)


def test_a_numeric_gradient_is_not_stretched():
    with pytest.raises(SpecError, match=r"df has shape \(2, 1\) but f gives \(2,\)"):
        cs231n.eval_numerical_gradient_array(lambda x: x, np.ones(2), np.ones((2, 1)))
    assert cs231n.rel_error(np.ones(0), np.ones(0)) == 0


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int64])
def test_sizes_may_be_numpys_small_integers(kind):
    """300 + uint8 would overflow."""
    x = np.ones((1, 1, 300, 300))
    out = conv2d(x, W[:1, :1], stride=kind(2), padding=kind(1), dilation=kind(1))
    assert out.shape == (1, 1, 150, 150)
    assert convviz.Window2d.make(kind(3)) == convviz.Window2d.make(3)
    assert type(convviz.Window2d.make(kind(3)).kernel[0]) is int
    assert convviz.receptive_field([(3,)], kind(100))[0].output_size == (98, 98)


def test_an_empty_batch_passes_through_every_layer():
    none = X[:0]
    assert conv2d(none, W).shape == (0, 4, 6, 6)
    assert convviz.avg_pool2d(none, 2).shape == (0, 3, 4, 4)
    out, where = convviz.max_pool2d(none, 2, return_indices=True)
    assert out.shape == where.shape == (0, 3, 4, 4)
    assert convviz.affine(none, np.ones((192, 2)), np.ones(2)).shape == (0, 2)
    shapes = [array.shape for array in conv2d_backward(np.ones((0, 4, 6, 6)), none, W)]
    assert shapes == [(0, 3, 8, 8), (4, 3, 3, 3), (4,)]
    dx, dw, db = convviz.affine_backward(np.ones((0, 2)), none, np.ones((192, 2)))
    assert (dx.shape, dw.any(), db.any()) == ((0, 3, 8, 8), False, False)


def test_arrays_in_any_memory_order_and_read_only_ones_give_the_same():
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 3, 7, 8)), rng.normal(size=(4, 3, 3, 2))
    expected = conv2d(x, w, stride=2, padding=1)
    turned, reversed_ = np.asfortranarray(x), x[..., ::-1].copy()[..., ::-1]
    x.flags.writeable = False
    for same in (x, turned, reversed_):
        np.testing.assert_array_equal(conv2d(same, w, stride=2, padding=1), expected)
        np.testing.assert_array_equal(convviz.max_pool2d(same, 2), convviz.max_pool2d(x, 2))


def test_batch_norm_of_many_float32_pixels_keeps_its_digits():
    """A float32 sum of 100,000 pixels around 100 is off in its fourth digit; PyTorch's is not."""
    x = (np.random.default_rng(0).normal(100, 1, (8, 2, 112, 112))).astype(np.float32)
    exact = x.astype(np.float64)
    spread = exact.std(axis=(0, 2, 3), keepdims=True)
    wanted = (exact - exact.mean(axis=(0, 2, 3), keepdims=True)) / spread
    out = convviz.spatial_batch_norm(x, np.ones(2, np.float32), np.zeros(2, np.float32), eps=0.0)
    assert out.dtype == np.float32
    np.testing.assert_allclose(out, wanted, atol=3e-5)


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (
            lambda: ThreeLayerConvNet(dtype=np.float16),
            "compute with float16: use float32 or float64",
        ),
        (lambda: ThreeLayerConvNet(reg=-1.0), "reg -1.0 is not a number of at least 0"),
        (lambda: ThreeLayerConvNet(seed=-1), "seed -1 is too small"),
        (lambda: shapes(train=0), "train 0 is too small: use train of at least 1"),
        (lambda: shapes(train=1, validation=-1), "validation -1 is too small"),
    ],
)
def test_a_network_and_its_data_refuse_what_they_cannot_begin_with(build, sentence):
    with pytest.raises(SpecError, match=sentence):
        build()
