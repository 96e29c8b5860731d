"""Cells of the course's notebooks, written anew, run with `convviz.cs231n` in place of a student's files.

Each test keeps a cell's seed, shapes and settings, and asserts the error that the notebook tells to expect. Where
a notebook was published with its output, the printed numbers are asserted too.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from convviz import cs231n as course
from convviz.nets import ThreeLayerConvNet as OwnNet
from convviz.ops.errors import SpecError

rel_error = course.rel_error

# What notebooks of 2016 to 2026 import, each line as one of them has it.
IMPORTS = """
import sys, convviz.cs231n
sys.modules["cs231n"] = convviz.cs231n
from cs231n.classifiers.fc_net import *
from cs231n.classifiers.cnn import *
from cs231n.gradient_check import eval_numerical_gradient, eval_numerical_gradient_array
from cs231n.gradient_check import eval_numerical_gradient_blobs, eval_numerical_gradient_net, grad_check_sparse
from cs231n.layers import *
from cs231n.fast_layers import *
from cs231n.im2col import *
from cs231n.layer_utils import *
from cs231n.layer_utils import conv_relu_forward, conv_relu_backward, affine_relu_forward
from cs231n.optim import sgd_momentum, rmsprop, adam, sgd
from cs231n.solver import Solver
for name in convviz.cs231n.__all__:
    assert name == "rel_error" or name in globals(), name
print(Solver.__name__)
"""


def test_a_notebook_imports_these_files_in_place_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("Solver\n", "")


def errors_of(model, X, y, h=1e-5):
    """Loss, and the relative error of each gradient as the notebook checks it; of large ones, every fifth row."""
    loss, grads = model.loss(X, y)
    errors = {}
    for name in sorted(grads):
        rows = slice(None, None, 5 if grads[name].size > 200 else 1)
        numeric = course.eval_numerical_gradient(
            lambda _: model.loss(X, y)[0], model.params[name][rows], verbose=False, h=h
        )
        errors[name] = rel_error(numeric, grads[name][rows])
    return loss, errors


def small_batch():
    np.random.seed(231)
    return np.random.randn(2, 15), np.random.randint(10, size=(2,))


# FullyConnectedNets.ipynb


def test_svm_and_softmax_loss():
    """ "Loss should be around 9 and dx error 1e-9"; "2.3 and 1e-8"."""
    np.random.seed(231)
    x = 0.001 * np.random.randn(50, 10)
    y = np.random.randint(10, size=50)
    for function, expected, order in (
        (course.svm_loss, 9, 1e-9),
        (course.softmax_loss, 2.3, 1e-8),
    ):
        loss, dx = function(x, y)
        numeric = course.eval_numerical_gradient(lambda x, f=function: f(x, y)[0], x, verbose=False)
        assert loss == pytest.approx(expected, abs=0.01)
        assert rel_error(numeric, dx) < 10 * order


def test_two_layer_net():
    np.random.seed(231)
    N, D, H, C, std = 3, 5, 50, 7, 1e-3
    model = course.TwoLayerNet(input_dim=D, hidden_dim=H, num_classes=C, weight_scale=std)
    for name in ("W1", "W2"):
        assert abs(model.params[name].std() - std) < std / 10
    assert np.all(model.params["b1"] == 0)
    assert np.all(model.params["b2"] == 0)
    model.params["W1"] = np.linspace(-0.7, 0.3, num=D * H).reshape(D, H)
    model.params["b1"] = np.linspace(-0.1, 0.9, num=H)
    model.params["W2"] = np.linspace(-0.3, 0.4, num=H * C).reshape(H, C)
    model.params["b2"] = np.linspace(-0.9, 0.1, num=C)
    X = np.linspace(-5.5, 4.5, num=N * D).reshape(D, N).T
    first = [11.53165108, 12.2917344, 13.05181771, 13.81190102, 14.57198434, 15.33206765]
    scores = model.loss(X)
    assert np.abs(scores[0, :6] - first).sum() < 1e-6
    assert abs(scores[2, 6] - 16.2846319) < 1e-6
    y = np.asarray([0, 5, 1])
    assert abs(model.loss(X, y)[0] - 3.4702243556) < 1e-10
    model.reg = 1.0
    assert abs(model.loss(X, y)[0] - 26.5948426952) < 1e-10
    for model.reg in (0.0, 0.7):
        _, errors = errors_of(model, X, y)
        assert max(errors.values()) < 1e-6


@pytest.mark.parametrize(
    ("reg", "loss"), [(0, 2.300479089768492), (3.14, 7.052114776533016)], ids=["0", "3.14"]
)
def test_initial_loss_and_gradient_check(reg, loss):
    """ "Most of the errors should be on the order of e-7 or smaller"; W2 up to e-5 without weight decay."""
    X, y = small_batch()
    for weight_decay in (0, 3.14):  # the notebook draws both networks from one stream
        model = course.FullyConnectedNet(
            [20, 30],
            input_dim=15,
            num_classes=10,
            reg=weight_decay,
            weight_scale=5e-2,
            dtype=np.float64,
        )
        if weight_decay == reg:
            break
    printed, errors = errors_of(model, X, y)
    assert printed == pytest.approx(loss, rel=1e-12)
    assert errors.pop("W2") < 1e-4
    assert max(errors.values()) < 1e-6


def test_a_three_layer_network_overfits_fifty_images():
    """ "Achieve 100% training accuracy within 20 epochs"."""
    np.random.seed(231)
    X, y = 60 * np.random.randn(50, 3, 32, 32), np.random.randint(10, size=50)  # as pixels
    data = {"X_train": X, "y_train": y, "X_val": X[:10], "y_val": y[:10]}
    model = course.FullyConnectedNet([100, 100], weight_scale=1e-2, dtype=np.float64)
    solver = course.Solver(
        model,
        data,
        print_every=10,
        num_epochs=20,
        batch_size=25,
        update_rule="sgd",
        optim_config={"learning_rate": 6e-3},
        verbose=False,
    )
    solver.train()
    assert solver.train_acc_history[-1] == 1
    assert len(solver.loss_history) == 40
    assert len(solver.train_acc_history) == len(solver.val_acc_history) == 21


def arrays(*ends):
    return [np.linspace(*pair, num=20).reshape(4, 5) for pair in ends]


def test_sgd_momentum_writes_the_velocity_into_its_config():
    """ "You should see errors less than e-8"."""
    w, dw, v = arrays((-0.4, 0.6), (-0.6, 0.4), (0.6, 0.9))
    config = {"learning_rate": 1e-3, "velocity": v}
    next_w, _ = course.sgd_momentum(w, dw, config=config)
    (expected_w, expected_velocity) = arrays((0.1406, 1.4096), (0.5406, 0.8096))
    assert rel_error(next_w, expected_w) < 1e-8
    assert rel_error(expected_velocity, config["velocity"]) < 1e-8


def test_rmsprop_writes_the_cache_into_its_config():
    w, dw, cache = arrays((-0.4, 0.6), (-0.6, 0.4), (0.6, 0.9))
    config = {"learning_rate": 1e-2, "cache": cache}
    next_w, _ = course.rmsprop(w, dw, config=config)
    first = [-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247]
    last = [0.38739248, 0.43947102, 0.49155973, 0.54365823, 0.59576619]
    kept = [0.5976, 0.6126277, 0.6277108, 0.64284931, 0.65804321]
    assert rel_error(next_w[[0, 3]], np.array([first, last])) < 1e-7
    assert rel_error(config["cache"][0], np.array(kept)) < 1e-7


def test_adam_writes_m_v_and_t_into_its_config():
    w, dw, m, v = arrays((-0.4, 0.6), (-0.6, 0.4), (0.6, 0.9), (0.7, 0.5))
    config = {"learning_rate": 1e-2, "m": m, "v": v, "t": 5}
    next_w, _ = course.adam(w, dw, config=config)
    first = [-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977]
    last = [0.38774145, 0.44031188, 0.49288093, 0.54544852, 0.59801459]
    assert rel_error(next_w[[0, 3]], np.array([first, last])) < 1e-6
    kept_v = [0.69966, 0.68908382, 0.67851319, 0.66794809, 0.65738853]
    assert rel_error(config["v"][0], np.array(kept_v)) < 1e-7
    assert rel_error(config["m"], arrays((0.48, 0.85))[0]) < 1e-7
    assert config["t"] == 6


def test_the_rules_leave_the_weights_alone_and_complete_the_config():
    for name, kept in (
        ("sgd", set()),
        ("sgd_momentum", {"velocity"}),
        ("rmsprop", {"cache"}),
        ("adam", {"m", "v", "t"}),
    ):
        w, dw = arrays((-0.4, 0.6), (-0.6, 0.4))
        before, config = w.copy(), {}
        _, same = getattr(course, name)(w, dw, config)
        assert same is config
        assert {"learning_rate", *kept} <= set(config)
        np.testing.assert_array_equal(w, before)
        _, made = getattr(course, name)(w, dw)
        assert made["learning_rate"] == config["learning_rate"]


# BatchNormalization.ipynb


def three_layer_outputs():
    np.random.seed(231)
    X = np.random.randn(4, 50)
    W1, W2 = np.random.randn(50, 60), np.random.randn(60, 3)
    return np.maximum(0, X.dot(W1)).dot(W2)


def test_layer_normalisation_forward():
    """ "Means should be close to zero and stds close to one", then to beta and gamma."""
    a = three_layer_outputs()
    for gamma, beta in ((np.ones(3), np.zeros(3)), (np.full(3, 3.0), np.full(3, 5.0))):
        out, _ = course.layernorm_forward(a, gamma, beta, {"mode": "train"})
        np.testing.assert_allclose(out.mean(axis=1), beta[0], atol=1e-9)
        np.testing.assert_allclose(out.std(axis=1), gamma[0], atol=1e-6)


def numeric_errors(forward, backward, arguments, dout):
    _, cache = forward(*arguments)
    grads = backward(dout, cache)
    return [
        rel_error(
            course.eval_numerical_gradient_array(lambda _: forward(*arguments)[0], array, dout),
            grad,
        )
        for array, grad in zip(arguments, grads, strict=True)
    ]


def test_layer_normalisation_backward():
    """ "You should expect relative errors between 1e-12 and 1e-8"."""
    np.random.seed(231)
    x = 5 * np.random.randn(4, 5) + 12
    gamma, beta, dout = np.random.randn(5), np.random.randn(5), np.random.randn(4, 5)
    errors = numeric_errors(
        lambda *arrays: course.layernorm_forward(*arrays, {}),
        course.layernorm_backward,
        [x, gamma, beta],
        dout,
    )
    assert max(errors) < 1e-8


@pytest.mark.parametrize(
    ("normalization", "losses"),
    [("batchnorm", (2.2611955101340957, 6.996533220108303)), ("layernorm", None)],
)
def test_a_normalised_network_passes_its_gradient_check(normalization, losses):
    """ "Losses between 1e-4~1e-10 for W, 1e-08~1e-10 for b, and 1e-08~1e-09 for beta and gammas".

    A bias in front of batch norm changes nothing: its gradient is 0, and differences find rounding there.
    """
    X, y = small_batch()
    for k, reg in enumerate((0, 3.14)):
        model = course.FullyConnectedNet(
            [20, 30],
            input_dim=15,
            num_classes=10,
            reg=reg,
            weight_scale=5e-2,
            dtype=np.float64,
            normalization=normalization,
        )
        loss, errors = errors_of(model, X, y)
        if losses:
            assert loss == pytest.approx(losses[k], rel=1e-12)
        assert max(error for name, error in errors.items() if name[0] == "W") < 1e-3
        assert max(errors[name] for name in ("gamma1", "gamma2", "beta1", "beta2", "b3")) < 1e-5


def test_the_sandwich_of_affine_batch_norm_and_relu():
    np.random.seed(231)
    arguments = [np.random.randn(*shape) for shape in ((4, 2, 3), (6, 5), (5,), (5,), (5,))]
    errors = numeric_errors(
        lambda *arrays: course.affine_batchnorm_relu_forward(*arrays, {"mode": "train"}),
        course.affine_batchnorm_relu_backward,
        arguments,
        np.random.randn(4, 5),
    )
    assert max(error for k, error in enumerate(errors) if k != 2) < 1e-6  # the bias: see above


# Dropout.ipynb


@pytest.mark.parametrize("keep", [1, 0.75, 0.5])
def test_a_network_with_dropout_passes_its_gradient_check(keep):
    """ "Relative errors around 1e-6 or less", but for W2 without dropout: "on the order of e-5"."""
    X, y = small_batch()
    how = {"input_dim": 15, "num_classes": 10, "weight_scale": 5e-2, "dtype": np.float64}
    model = course.FullyConnectedNet([20, 30], dropout_keep_ratio=keep, seed=123, **how)
    loss, errors = errors_of(model, X, y)
    if keep == 1:
        assert loss == pytest.approx(2.3004790897684924, rel=1e-12)
    assert errors.pop("W2") < 1e-4
    assert max(errors.values()) < 1e-5
    small_batch()  # the same stream for the same network under its older argument
    older = course.FullyConnectedNet([20, 30], dropout=keep, seed=123, **how)
    assert older.loss(X, y)[0] == loss


def test_the_arguments_of_2016():
    small_batch()
    model = course.FullyConnectedNet([3, 2], 15, 10, dropout=0, use_batchnorm=True)
    assert (model.use_dropout, model.normalization) == (False, "batchnorm")
    assert model.params["gamma2"].dtype == np.float32
    with pytest.raises(SpecError, match="use one of batchnorm, layernorm"):
        course.FullyConnectedNet([3], normalization="batch")


# ConvolutionalNetworks.ipynb


def test_spatial_group_normalisation_forward():
    np.random.seed(231)
    N, C, H, W, G = 2, 6, 4, 5, 2
    x = 4 * np.random.randn(N, C, H, W) + 10
    by_group = x.reshape((N * G, -1))
    np.testing.assert_allclose(
        by_group.mean(axis=1), [9.72505327, 8.51114185, 8.9147544, 9.43448077], atol=1e-8
    )
    ones = np.ones((1, C, 1, 1))
    out, _ = course.spatial_groupnorm_forward(x, ones, np.zeros((1, C, 1, 1)), G, {"mode": "train"})
    assert out.shape == x.shape
    by_group = out.reshape((N * G, -1))
    np.testing.assert_allclose(by_group.mean(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(
        by_group.std(axis=1), [0.99999963, 0.99999948, 0.99999973, 0.99999968], atol=1e-8
    )


@pytest.mark.parametrize("shape", [(1, 6, 1, 1), (6,)], ids=str)
def test_spatial_group_normalisation_backward(shape):
    """ "Relative errors between 1e-12 and 1e-07"."""
    np.random.seed(231)
    x = 5 * np.random.randn(2, 6, 4, 5) + 12
    gamma, beta = np.random.randn(*shape), np.random.randn(*shape)
    errors = numeric_errors(
        lambda *arrays: course.spatial_groupnorm_forward(*arrays, 2, {}),
        course.spatial_groupnorm_backward,
        [x, gamma, beta],
        np.random.randn(2, 6, 4, 5),
    )
    assert max(errors) < 1e-7


@pytest.mark.parametrize("Net", [course.ThreeLayerConvNet, OwnNet], ids=["course", "own"])
def test_sanity_check_loss(Net):
    """Data in float64, as the course's are; "the initial loss is log(C)", and "goes up slightly" with reg."""
    np.random.seed(231)
    X, y = np.random.randn(50, 3, 32, 32), np.random.randint(10, size=50)
    model = Net()
    loss, grads = model.loss(X, y)
    assert loss == pytest.approx(np.log(10), abs=1e-4)
    assert {name: grad.shape for name, grad in grads.items()} == {
        name: value.shape for name, value in model.params.items()
    }
    model.reg = 0.5
    assert model.loss(X, y)[0] == pytest.approx(2.508811, abs=1e-3)
    assert model.loss(X).dtype == np.float32


def test_the_convolutional_network_passes_its_gradient_check():
    """ "Errors should be up to the order of e-2"; published ones are asserted to their order."""
    np.random.seed(231)
    X, y = np.random.randn(2, 3, 16, 16), np.random.randint(10, size=2)
    model = course.ThreeLayerConvNet(
        num_filters=3, filter_size=3, input_dim=(3, 16, 16), hidden_dim=7, dtype=np.float64
    )
    _, errors = errors_of(model, X, y, h=1e-6)
    published = {"W1": 1.38e-4, "W2": 1.82e-2, "W3": 3.06e-4, "b1": 3.48e-5, "b2": 2.52e-3}
    for name, error in published.items():
        assert errors[name] < 10 * error
    assert errors["b3"] < 1e-8


@pytest.mark.parametrize("size", [3, 4], ids=["odd", "even"])
def test_filters_of_any_size_fit_the_affine_layer(size):
    model = course.ThreeLayerConvNet((1, 9, 10), 2, size, 3, 4)
    assert model.loss(np.zeros((1, 1, 9, 10))).shape == (1, 4)


def test_the_convolutional_network_overfits_and_trains_on_float64_images(capsys, tmp_path):
    """The "overfit" and "train" cells: parameters stay float32, and each epoch writes a checkpoint."""
    np.random.seed(231)
    y = np.random.randint(10, size=100)
    X = 60 * np.random.randn(10, 3, 32, 32)[y] + 20 * np.random.randn(100, 3, 32, 32)
    small = {"X_train": X, "y_train": y, "X_val": X[:20], "y_val": y[:20]}
    model = course.ThreeLayerConvNet(num_filters=4, weight_scale=1e-2)
    solver = course.Solver(
        model,
        small,
        num_epochs=4,
        batch_size=50,
        update_rule="adam",
        optim_config={"learning_rate": 2e-3},
        lr_decay=0.9,
        verbose=True,
        print_every=5,
        checkpoint_name=str(tmp_path / "net"),
    )
    solver.train()
    assert max(solver.train_acc_history) > 0.9
    assert solver.best_val_acc == max(solver.val_acc_history)
    assert {value.dtype for value in model.params.values()} == {np.dtype(np.float32)}
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"(Iteration 1 / 8) loss: {solver.loss_history[0]:f}"
    first = solver.train_acc_history[0], solver.val_acc_history[0]
    assert lines[1] == "(Epoch 0 / 4) train acc: {:f}; val_acc: {:f}".format(*first)
    assert len(list(tmp_path.glob("net_epoch_*.pkl"))) == 5
    assert solver.optim_configs["W1"]["learning_rate"] == pytest.approx(2e-3 * 0.9**4)


def test_a_solver_names_an_unknown_rule():
    with pytest.raises(SpecError, match="update_rule 'nesterov' is unknown: use one of adam"):
        course.Solver(course.TwoLayerNet(2, 2, 2), {}, update_rule="nesterov")


# fast_layers.py and im2col.py

CONV = {"stride": 2, "pad": 1}


@pytest.mark.parametrize("kind", ["im2col", "strides", "fast"])
def test_every_fast_convolution_equals_the_loops(kind):
    """ "Relative errors around e-9 or less", on an input that is not square."""
    rng = np.random.RandomState(231)
    x, w, b = rng.randn(3, 2, 7, 6), rng.randn(4, 2, 3, 2), rng.randn(4)
    naive, naive_cache = course.conv_forward_naive(x, w, b, CONV)
    out, cache = getattr(course, f"conv_forward_{kind}")(x, w, b, CONV)
    assert rel_error(naive, out) < 1e-9
    dout = rng.randn(*out.shape)
    expected = course.conv_backward_naive(dout, naive_cache)
    grads = getattr(course, f"conv_backward_{kind}")(dout, cache)
    for one, other in zip(grads, expected, strict=True):
        assert one.shape == other.shape
        assert rel_error(one, other) < 1e-9


def test_the_order_of_the_columns_is_the_courses():
    """im2col: the images at one place side by side. strides: the places of one image."""
    x = np.arange(2.0).reshape(2, 1, 1, 1) * 100 + np.arange(6.0).reshape(1, 1, 2, 3)
    w, b, param = np.ones((1, 1, 1, 1)), np.zeros(1), {"stride": 1, "pad": 0}
    *_, by_place = course.conv_forward_im2col(x, w, b, param)[1]
    *_, by_image = course.conv_forward_strides(x, w, b, param)[1]
    assert by_place[0, :4].tolist() == [0, 100, 1, 101]
    assert by_image[0, :4].tolist() == [0, 1, 2, 3]


def test_alexnets_first_layer_as_a_matrix():
    """The course notes: 227 × 227 × 3, 96 filters of 11 × 11, stride 4."""
    x = np.random.RandomState(0).randn(1, 3, 227, 227).astype(np.float32)
    X_col = course.im2col_indices(x, 11, 11, padding=0, stride=4)
    W_row = np.ones((96, 3, 11, 11), np.float32).reshape(96, -1)
    assert (X_col.shape, W_row.shape) == ((363, 3025), (96, 363))
    out = (W_row @ X_col).reshape(96, 55, 55)
    assert out[0, 3, 5] == pytest.approx(x[0, :, 12:23, 20:31].sum(), rel=1e-3)


def test_im2col_indices_are_those_of_the_matrix_and_col2im_its_adjoint():
    rng = np.random.RandomState(0)
    x = rng.randn(2, 3, 5, 6)
    how = {"padding": 1, "stride": 2}
    k, i, j = course.get_im2col_indices(x.shape, 3, 2, **how)
    x_pad = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    cols = course.im2col_indices(x, 3, 2, **how)
    picked = x_pad[:, k, i, j]  # (N, C * 3 * 2, places)
    np.testing.assert_array_equal(cols, picked.transpose(1, 2, 0).reshape(len(cols), -1))
    dcols = rng.randn(*cols.shape)
    dx = course.col2im_indices(dcols, x.shape, 3, 2, **how)
    assert (dx * x).sum() == pytest.approx((dcols * cols).sum())


def test_the_pools_of_the_fast_layers():
    """All find the same maxima; of equal ones, `reshape` shares the gradient and `im2col` takes the first."""
    x = np.array([[1.0, 3, 2, 0], [3, 3, 1, 5]])[None, None]
    param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    for kind, expected in (
        ("reshape", [[0, 2, 0, 0], [2, 2, 0, 7]]),
        ("im2col", [[0, 6, 0, 0], [0, 0, 0, 7]]),
    ):
        out, cache = getattr(course, f"max_pool_forward_{kind}")(x, param)
        assert out.ravel().tolist() == [3, 5]
        dx = getattr(course, f"max_pool_backward_{kind}")(np.array([[[[6.0, 7.0]]]]), cache)
        assert dx[0, 0].tolist() == expected
    with pytest.raises(SpecError, match="do not tile an input of"):
        course.max_pool_forward_reshape(x[..., :3], param)


def test_a_sparse_check_prints_as_the_course_does(capsys):
    rng = np.random.RandomState(0)
    X, W = rng.randn(6, 4), rng.randn(4, 3)
    y = rng.randint(3, size=6)
    grad = X.T @ course.svm_loss(X @ W, y)[1]
    course.grad_check_sparse(lambda W: course.svm_loss(X @ W, y)[0], W, grad, num_checks=5)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("numerical: ") and ", relative error: " in line for line in lines)
    assert max(float(line.split("error: ")[1]) for line in lines) < 1e-6


def test_two_zero_gradients_agree(capsys):
    course.grad_check_sparse(lambda _: 0.0, np.zeros(2), np.zeros(2), num_checks=1)
    assert capsys.readouterr().out.endswith("relative error: 0.000000e+00\n")
