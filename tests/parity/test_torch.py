"""The same settings in convviz and in PyTorch give the same numbers. Run with ``make parity``."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import (
    SpecError,
    Window2d,
    affine,
    affine_backward,
    avg_pool2d,
    avg_pool2d_backward,
    batch_norm,
    batch_norm_backward,
    col2im,
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
    group_norm,
    group_norm_backward,
    im2col,
    layer_norm,
    layer_norm_backward,
    max_pool2d,
    max_pool2d_backward,
    relu,
    relu_backward,
    softmax_loss,
    spatial_batch_norm,
    spatial_batch_norm_backward,
    svm_loss,
)

small = st.integers(1, 3)
pair = st.tuples(small, small)
size = st.tuples(st.integers(1, 12), st.integers(1, 12))


def leaf(array):
    return torch.tensor(array, requires_grad=True)


def close(ours, theirs, atol=1e-11):
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other.detach().numpy(), atol=atol)


@settings(max_examples=300)
@given(
    size,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pair,
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    pair,
    small,
    st.sampled_from(["zeros", "reflect", "replicate", "circular"]),
    st.integers(0, 2**32),
)
def test_conv2d(hw, kernel, stride, padding, dilation, groups, mode, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 2 * groups, *hw))
    w, b = rng.normal(size=(2 * groups, 2, *kernel)), rng.normal(size=2 * groups)
    layer = torch.nn.Conv2d(
        2 * groups, 2 * groups, kernel, stride, padding, dilation, groups, padding_mode=mode
    ).double()
    layer.weight.data, layer.bias.data = torch.tensor(w), torch.tensor(b)
    try:
        ours = conv2d(x, w, b, stride, padding, dilation, groups, mode)
    except SpecError:
        with pytest.raises((RuntimeError, AssertionError)):
            layer(torch.tensor(x))
        return
    tx = leaf(x)
    theirs, dout = layer(tx), rng.normal(size=ours.shape)
    close([ours], [theirs])
    gradients = torch.autograd.grad(theirs, (tx, layer.weight, layer.bias), torch.tensor(dout))
    close(conv2d_backward(dout, x, w, stride, padding, dilation, groups, mode), gradients)


@pytest.mark.parametrize("kernel", [1, 2, 3, 4, (2, 5)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_padding(kernel, dilation):
    rng = np.random.default_rng(0)
    w = rng.normal(size=(3, 2, *Window2d.make(kernel).kernel))
    x = rng.normal(size=(1, 2, 9, 11))
    theirs = F.conv2d(torch.tensor(x), torch.tensor(w), padding="same", dilation=dilation)
    np.testing.assert_allclose(conv2d(x, w, padding="same", dilation=dilation), theirs, atol=1e-12)


@settings(max_examples=300)
@given(size, pair, pair, pair, pair, st.booleans(), st.booleans(), st.integers(0, 2**32))
def test_pools(hw, kernel, stride, padding, dilation, ceil, include, seed):
    padding = tuple(min(p, k // 2) for p, k in zip(padding, kernel, strict=True))
    assume(Window2d.make(kernel, stride, padding, dilation).fits(hw))
    rng = np.random.default_rng(seed)
    x = rng.integers(-2, 3, size=(1, 2, *hw)).astype(float)
    how = (kernel, stride, padding, dilation, ceil)
    ours, where = max_pool2d(x, *how, return_indices=True)
    tx = leaf(x)
    theirs, indices = F.max_pool2d(
        tx, kernel, stride, padding, dilation, ceil_mode=ceil, return_indices=True
    )
    close([ours], [theirs], atol=0)
    real = np.isfinite(ours)
    np.testing.assert_array_equal(where[real], indices.numpy()[real])
    dout = (
        rng.normal(size=ours.shape) * real
    )  # PyTorch gives a window of padding alone to some cell
    gradient = torch.autograd.grad(theirs, tx, torch.tensor(dout))
    close([max_pool2d_backward(dout, x, *how, ties="first")], gradient)
    if Window2d.make(kernel, stride, padding).fits(hw):
        how = (kernel, stride, padding, ceil, include)
        mean, ours = F.avg_pool2d(tx, *how), avg_pool2d(x, *how)
        dout = rng.normal(size=ours.shape)
        close([ours], [mean])
        gradient = torch.autograd.grad(mean, tx, torch.tensor(dout))
        close([avg_pool2d_backward(dout, x, *how)], gradient)


def test_global_pools():
    rng = np.random.default_rng(0)
    x, dout = rng.integers(-2, 3, size=(2, 3, 5, 4)).astype(float), rng.normal(size=(2, 3, 1, 1))
    tx = leaf(x)
    largest, mean = F.max_pool2d(tx, (5, 4)), F.adaptive_avg_pool2d(tx, 1)
    close([global_max_pool2d(x), global_avg_pool2d(x)], [largest, mean])
    gradient = torch.autograd.grad(largest, tx, torch.tensor(dout))
    close([global_max_pool2d_backward(dout, x, ties="first")], gradient)
    gradient = torch.autograd.grad(mean, tx, torch.tensor(dout))
    close([global_avg_pool2d_backward(dout, x)], gradient)


@settings(max_examples=50)
@given(small, small, small, st.integers(0, 2**32))
def test_affine_and_relu(examples, width, units, seed):
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(examples, 2, width)), rng.normal(size=(2 * width, units))
    b, dout = rng.normal(size=units), rng.normal(size=(examples, units))
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    before = F.linear(tx.flatten(1), tw.T, tb)
    theirs = F.relu(before)
    ours = affine(x, w, b)
    close([ours, relu(ours)], [before, theirs])
    gradients = torch.autograd.grad(theirs, (tx, tw, tb), torch.tensor(dout))
    close(affine_backward(relu_backward(dout, ours), x, w), gradients)


@settings(max_examples=50)
@given(st.integers(2, 5), st.booleans(), st.sampled_from([1e-5, 1e-2]), st.integers(0, 2**32))
def test_batch_norm(examples, maps, eps, seed):
    """The same variance normalises; PyTorch's running averages are others (see `convviz.batch_norm`)."""
    rng = np.random.default_rng(seed)
    x = 3 * rng.normal(size=(examples, 3, 2, 4) if maps else (examples, 3)) + 5
    gamma, beta, mean = rng.normal(size=(3, 3))
    var, dout = rng.uniform(0.5, 2, size=3), rng.normal(size=x.shape)
    forward = spatial_batch_norm if maps else batch_norm
    backward = spatial_batch_norm_backward if maps else batch_norm_backward
    tx, tg, tb = leaf(x), leaf(gamma), leaf(beta)
    theirs = F.batch_norm(tx, None, None, tg, tb, training=True, eps=eps)
    after = F.batch_norm(tx, torch.tensor(mean), torch.tensor(var), tg, tb, eps=eps)
    close([forward(x, gamma, beta, eps=eps)], [theirs])
    close([forward(x, gamma, beta, mean, var, eps)], [after])
    gradients = torch.autograd.grad(theirs, (tx, tg, tb), torch.tensor(dout))
    close(backward(dout, x, gamma, eps), gradients, atol=1e-9)


@settings(max_examples=50)
@given(st.integers(1, 5), st.integers(1, 6), st.sampled_from([1.0, 500.0]), st.integers(0, 2**32))
def test_softmax_loss(examples, classes, scale, seed):
    rng = np.random.default_rng(seed)
    scores, y = scale * rng.normal(size=(examples, classes)), rng.integers(0, classes, examples)
    ts = leaf(scores)
    theirs = F.cross_entropy(ts, torch.tensor(y))
    loss, dscores = softmax_loss(scores, y)
    close([loss, dscores], [theirs, *torch.autograd.grad(theirs, ts)])


@settings(max_examples=300)
@given(
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pair,
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    pair,
    small,
    st.integers(0, 2**32),
)
def test_conv_transpose2d(hw, kernel, stride, padding, more, dilation, groups, seed):
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(2, 2 * groups, *hw)), rng.normal(size=(2 * groups, 3, *kernel))
    b, how = rng.normal(size=3 * groups), (stride, padding, more, groups, dilation)
    tensors = leaf(x), leaf(w), leaf(b)
    try:
        ours = conv_transpose2d(x, w, b, stride, padding, more, dilation, groups)
    except SpecError:
        with pytest.raises(RuntimeError):
            F.conv_transpose2d(*tensors, *how)
        return
    theirs, dout = F.conv_transpose2d(*tensors, *how), rng.normal(size=ours.shape)
    close([ours], [theirs])
    gradients = torch.autograd.grad(theirs, tensors, torch.tensor(dout))
    close(conv_transpose2d_backward(dout, x, w, stride, padding, more, dilation, groups), gradients)


@settings(max_examples=100)
@given(size, pair, pair, pair, pair, st.integers(0, 2**32))
def test_unfold_and_fold(hw, kernel, stride, padding, dilation, seed):
    assume(Window2d.make(kernel, stride, padding, dilation).fits(hw))
    x = np.random.default_rng(seed).normal(size=(2, 3, *hw))
    theirs = F.unfold(torch.tensor(x), kernel, dilation, padding, stride)
    ours = im2col(x, kernel, stride, padding, dilation)
    np.testing.assert_array_equal(ours, theirs)
    back = F.fold(theirs, hw, kernel, dilation, padding, stride)
    close([col2im(ours, hw, kernel, stride, padding, dilation)], [back])


@settings(max_examples=50)
@given(small, small, small, st.sampled_from([1e-5, 1e-2]), st.integers(0, 2**32))
def test_group_and_layer_norm(images, groups, each, eps, seed):
    rng = np.random.default_rng(seed)
    x = 3 * rng.normal(size=(images, groups * each, 3, 2)) + 5
    gamma, beta = rng.normal(size=(2, groups * each))
    dout, tensors = rng.normal(size=x.shape), (leaf(x), leaf(gamma), leaf(beta))
    theirs = F.group_norm(tensors[0], groups, *tensors[1:], eps)
    close([group_norm(x, gamma, beta, groups, eps)], [theirs])
    gradients = torch.autograd.grad(theirs, tensors, torch.tensor(dout))
    close(group_norm_backward(dout, x, gamma, groups, eps), gradients, atol=1e-9)
    rows, scale, shift, dout = x[:, 0].reshape(images, 6), *rng.normal(size=(2, 6)), dout[:, 0]
    tensors, dout = (leaf(rows), leaf(scale), leaf(shift)), dout.reshape(images, 6)
    theirs = F.layer_norm(tensors[0], (6,), *tensors[1:], eps)
    close([layer_norm(rows, scale, shift, eps)], [theirs])
    gradients = torch.autograd.grad(theirs, tensors, torch.tensor(dout))
    close(layer_norm_backward(dout, rows, scale, eps), gradients, atol=1e-9)


@settings(max_examples=50)
@given(st.integers(1, 5), st.integers(1, 6), st.integers(0, 2**32))
def test_svm_loss(examples, classes, seed):
    """PyTorch divides the sum by the number of classes, too."""
    rng = np.random.default_rng(seed)
    scores, y = rng.normal(size=(examples, classes)), rng.integers(0, classes, examples)
    ts = leaf(scores)
    theirs = classes * F.multi_margin_loss(ts, torch.tensor(y))
    loss, dscores = svm_loss(scores, y)
    close([loss, dscores], [theirs, *torch.autograd.grad(theirs, ts)])
