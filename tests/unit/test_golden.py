"""Results PyTorch 2.13.0 gave, stored by tests/golden/make.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from convviz import (
    affine,
    affine_backward,
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    group_norm,
    group_norm_backward,
    layer_norm,
    layer_norm_backward,
    max_pool2d,
    max_pool2d_backward,
    relu,
    relu_backward,
    softmax_loss,
    spatial_batch_norm,
    spatial_batch_norm_backward,
)
from tests.golden.cases import CONVS, POOLS, TRANSPOSED

GOLDEN = np.load(Path(__file__).parent.parent / "golden" / "golden.npz")


def stored(case, names):
    return [GOLDEN[f"{case}_{name}"] for name in names.split()]


def close(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


@pytest.mark.parametrize("k", range(len(CONVS)))
def test_conv2d_gives_what_pytorch_gave(k):
    _, _, *settings = CONVS[k]
    x, w, b, out, dout = stored(f"conv{k}", "x w b out dout")
    close([conv2d(x, w, b, *settings)], [out])
    close(conv2d_backward(dout, x, w, *settings), stored(f"conv{k}", "dx dw db"))


@pytest.mark.parametrize("k", range(len(TRANSPOSED)))
def test_conv_transpose2d_gives_what_pytorch_gave(k):
    _, _, *settings = TRANSPOSED[k]
    x, w, b, out, dout = stored(f"transposed{k}", "x w b out dout")
    close([conv_transpose2d(x, w, b, *settings)], [out])
    close(conv_transpose2d_backward(dout, x, w, *settings), stored(f"transposed{k}", "dx dw db"))


def test_layer_and_group_norm_give_what_pytorch_gave():
    for case, forward, backward, groups in (
        ("layer_norm", layer_norm, layer_norm_backward, []),
        ("group_norm", group_norm, group_norm_backward, [2]),
    ):
        x, gamma, beta, out, dout = stored(case, "x gamma beta out dout")
        close([forward(x, gamma, beta, *groups)], [out])
        close(backward(dout, x, gamma, *groups), stored(case, "dx dgamma dbeta"))


@pytest.mark.parametrize("k", range(len(POOLS)))
def test_pools_give_what_pytorch_gave(k):
    _, kernel, stride, padding, dilation, ceil = POOLS[k]
    x, out, dout, dx, where = stored(f"pool{k}", "x max_out max_dout max_dx max_where")
    how = (kernel, stride, padding, dilation, ceil)
    np.testing.assert_array_equal(max_pool2d(x, *how), out)
    np.testing.assert_array_equal(max_pool2d(x, *how, return_indices=True)[1], where)
    close([max_pool2d_backward(dout, x, *how, ties="first")], [dx])
    for name, include in (("with", True), ("without", False)):
        out, dout, dx = stored(f"pool{k}_{name}", "out dout dx")
        how = (kernel, stride, padding, ceil, include)
        close([avg_pool2d(x, *how), avg_pool2d_backward(dout, x, *how)], [out, dx])


def test_affine_gives_what_pytorch_gave():
    x, w, b, out, dout = stored("affine", "x w b out dout")
    close([affine(x, w, b)], [out])
    close(affine_backward(dout, x, w), stored("affine", "dx dw db"))


def test_relu_gives_what_pytorch_gave():
    x, out, dout, dx = stored("relu", "x out dout dx")
    close([relu(x), relu_backward(dout, x)], [out, dx])


def test_batch_norm_gives_what_pytorch_gave():
    x, gamma, beta, mean, var, out, after, dout = stored(
        "norm", "x gamma beta mean var out after dout"
    )
    close([spatial_batch_norm(x, gamma, beta)], [out])
    close([spatial_batch_norm(x, gamma, beta, mean, var)], [after])
    gradients = spatial_batch_norm_backward(dout, x, gamma)
    close(gradients, stored("norm", "dx dgamma dbeta"))


def test_softmax_loss_gives_what_pytorch_gave():
    scores, y, loss, dscores = stored("loss", "scores y loss dscores")
    close(softmax_loss(scores, y), [loss, dscores])
