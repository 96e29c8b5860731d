"""Write golden.npz from PyTorch: ``python -m tests.golden.make`` (needs torch==2.13.0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from tests.golden.cases import CONVS, POOLS, TRANSPOSED

FILE = Path(__file__).with_name("golden.npz")
Arrays = dict[str, np.ndarray]


def main() -> None:
    """Compute every case with PyTorch in float64."""
    rng = np.random.default_rng(13)
    kept: Arrays = {}
    for k, case in enumerate(CONVS):
        kept |= named(f"conv{k}", convolution(rng, *case))
    for k, case in enumerate(POOLS):
        kept |= named(f"pool{k}", pools(rng, *case))
    kept |= named("affine", affine(rng)) | named("relu", relu(rng))
    kept |= named("norm", batch_norm(rng)) | named("loss", softmax_loss(rng))
    kept |= named("layer_norm", layer_norm(rng)) | named("group_norm", group_norm(rng))
    for k, case in enumerate(TRANSPOSED):
        kept |= named(f"transposed{k}", transposed(rng, *case))
    np.savez_compressed(FILE, **kept)


def named(case: str, arrays: Arrays) -> Arrays:
    """Each array under ``case_name``."""
    return {f"{case}_{name}": array for name, array in arrays.items()}


def leaf(array: np.ndarray) -> torch.Tensor:
    """A tensor that a gradient is wanted for."""
    return torch.tensor(array, requires_grad=True)


def backward(rng: np.random.Generator, out: torch.Tensor, **leaves: torch.Tensor) -> Arrays:
    """The output, a random gradient of it, and the gradients of the leaves: ``d`` and their name."""
    dout = rng.normal(size=out.shape)
    grads = torch.autograd.grad(out, list(leaves.values()), torch.tensor(dout))
    found = {f"d{name}": grad.numpy() for name, grad in zip(leaves, grads, strict=True)}
    return found | {"out": out.detach().numpy(), "dout": dout}


def convolution(rng, hw, kernel, stride, padding, dilation, groups, mode) -> Arrays:
    """A convolution of four channels to six, forward and backward."""
    x = rng.normal(size=(2, 4, *hw))
    w, b = rng.normal(size=(6, 4 // groups, *kernel)), rng.normal(size=6)
    layer = torch.nn.Conv2d(4, 6, kernel, stride, padding, dilation, groups, padding_mode=mode)
    layer = layer.double()
    layer.weight.data, layer.bias.data = torch.tensor(w), torch.tensor(b)
    tx = leaf(x)
    grads = backward(rng, layer(tx), x=tx, w=layer.weight, b=layer.bias)
    return {"x": x, "w": w, "b": b} | grads


def transposed(rng, hw, kernel, stride, padding, more, dilation, groups) -> Arrays:
    """A transposed convolution of four channels to six, forward and backward."""
    x, w = rng.normal(size=(2, 4, *hw)), rng.normal(size=(4, 6 // groups, *kernel))
    b = rng.normal(size=6)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    out = F.conv_transpose2d(tx, tw, tb, stride, padding, more, groups, dilation)
    return {"x": x, "w": w, "b": b} | backward(rng, out, x=tx, w=tw, b=tb)


def layer_norm(rng: np.random.Generator) -> Arrays:
    """Layer norm of rows."""
    x, gamma, beta = 3 * rng.normal(size=(3, 5)) + 7, rng.normal(size=5), rng.normal(size=5)
    tx, tg, tb = leaf(x), leaf(gamma), leaf(beta)
    out = F.layer_norm(tx, (5,), tg, tb)
    return {"x": x, "gamma": gamma, "beta": beta} | backward(rng, out, x=tx, gamma=tg, beta=tb)


def group_norm(rng: np.random.Generator) -> Arrays:
    """Group norm of maps, in two groups."""
    x, gamma, beta = 3 * rng.normal(size=(2, 4, 3, 5)) + 7, rng.normal(size=4), rng.normal(size=4)
    tx, tg, tb = leaf(x), leaf(gamma), leaf(beta)
    out = F.group_norm(tx, 2, tg, tb)
    return {"x": x, "gamma": gamma, "beta": beta} | backward(rng, out, x=tx, gamma=tg, beta=tb)


def pools(rng, hw, kernel, stride, padding, dilation, ceil) -> Arrays:
    """Max pooling and average pooling of an input with many ties, forward and backward."""
    x = rng.integers(-2, 3, size=(2, 3, *hw)).astype(float)
    tx, kept = leaf(x), {"x": x}
    out, where = F.max_pool2d(
        tx, kernel, stride, padding, dilation, ceil_mode=ceil, return_indices=True
    )
    kept |= named("max", backward(rng, out, x=tx)) | {"max_where": where.numpy()}
    for name, include in (("with", True), ("without", False)):
        mean = F.avg_pool2d(tx, kernel, stride, padding, ceil, include)
        kept |= named(name, backward(rng, mean, x=tx))
    return kept


def affine(rng: np.random.Generator) -> Arrays:
    """A fully connected layer."""
    x, w, b = rng.normal(size=(3, 4)), rng.normal(size=(4, 5)), rng.normal(size=5)
    tx, tw, tb = leaf(x), leaf(w), leaf(b)
    return {"x": x, "w": w, "b": b} | backward(rng, F.linear(tx, tw.T, tb), x=tx, w=tw, b=tb)


def relu(rng: np.random.Generator) -> Arrays:
    """A ReLU, of zeros too."""
    x = rng.integers(-2, 3, size=(4, 5)).astype(float)
    tx = leaf(x)
    return {"x": x} | backward(rng, F.relu(tx), x=tx)


def batch_norm(rng: np.random.Generator) -> Arrays:
    """Batch norm of maps in training, and with given statistics."""
    x, gamma, beta = 3 * rng.normal(size=(2, 3, 4, 5)) + 7, rng.normal(size=3), rng.normal(size=3)
    mean, var = rng.normal(size=3), rng.uniform(0.5, 2, size=3)
    tx, tg, tb = leaf(x), leaf(gamma), leaf(beta)
    out = F.batch_norm(tx, None, None, tg, tb, training=True)
    after = F.batch_norm(tx, torch.tensor(mean), torch.tensor(var), tg, tb, training=False)
    kept = {"x": x, "gamma": gamma, "beta": beta, "mean": mean, "var": var}
    return kept | backward(rng, out, x=tx, gamma=tg, beta=tb) | {"after": after.detach().numpy()}


def softmax_loss(rng: np.random.Generator) -> Arrays:
    """Cross-entropy of five classes."""
    scores, y = 5 * rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    ts = leaf(scores)
    loss = F.cross_entropy(ts, torch.tensor(y))
    (dscores,) = torch.autograd.grad(loss, ts)
    return {"scores": scores, "y": y, "loss": loss.detach().numpy(), "dscores": dscores.numpy()}


if __name__ == "__main__":
    main()
