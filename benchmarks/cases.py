"""What is timed: convolutions, pooling, batch norm and a training step, each by several libraries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.timing import Call
from convviz import conv2d, conv2d_backward, im2col, max_pool2d, max_pool2d_backward
from convviz.nets import Settings, ThreeLayerConvNet, Trainer, shapes
from convviz.nets.torch_twin import TorchTwin
from convviz.ops.layers import spatial_batch_norm, spatial_batch_norm_backward

OURS, TORCH, SCIPY, COURSE = "NumPy", "PyTorch", "scipy.signal", "im2col"
PRODUCTS = "products alone"  # a convolution's matrix products, their matrices ready in the cache
MAPS = (50, 32, 32, 32)


@dataclass(frozen=True)
class Case:
    """One row of the table.

    Parameters
    ----------
    name
        What is done.
    calls
        By library.
    work
        Additions and multiplications.
    moved
        Bytes read and written at the least: every input and output once.
    """

    name: str
    calls: dict[str, Call]
    work: float
    moved: float


@dataclass(frozen=True)
class Conv:
    """A convolution: its input (N, C, H, W), F filters K×K, the stride; the padding is half the kernel."""

    name: str
    x: tuple[int, int, int, int]
    filters: int
    kernel: int
    stride: int = 1

    def arrays(self) -> tuple[Any, Any, Any]:
        """Random input, filters and biases."""
        rng = np.random.default_rng(0)
        shape = (self.filters, self.x[1], self.kernel, self.kernel)
        x, w, b = (rng.normal(size=size) for size in (self.x, shape, self.filters))
        return x.astype(np.float32), w.astype(np.float32), b.astype(np.float32)


CONVS = [
    Conv("3×512×512 photo, 8 filters 3×3", (1, 3, 512, 512), 8, 3),
    Conv("3×512×512 photo, 16 filters 7×7, stride 2", (1, 3, 512, 512), 16, 7, 2),
    Conv("3×512×512 photo, 4 filters 15×15", (1, 3, 512, 512), 4, 15),
    Conv("course's network, 50×3×32×32, 32 filters 7×7", (50, 3, 32, 32), 32, 7),
    Conv("64×56×56, 64 filters 3×3", (1, 64, 56, 56), 64, 3),
]


def conv_cases(conv: Conv) -> list[Case]:
    """Forward and backward."""
    x, w, b = conv.arrays()
    how: dict[str, Any] = {"stride": conv.stride, "padding": conv.kernel // 2}
    dout = np.ones_like(conv2d(x, w, b, **how))
    work, moved = 2.0 * w[0].size * dout.size, float(x.nbytes + dout.nbytes)

    def by_columns() -> Any:
        rows = w.reshape(len(w), -1) @ im2col(x, conv.kernel, **how)
        return rows.reshape(dout.shape) + b[:, None, None]

    products, backward_products = _products(dout, w)
    forward: dict[str, Call] = {
        OURS: lambda: conv2d(x, w, b, **how),
        COURSE: by_columns,
        PRODUCTS: products,
    }
    backward: dict[str, Call] = {
        OURS: lambda: conv2d_backward(dout, x, w, **how),
        PRODUCTS: backward_products,
    }
    if find_spec("scipy") and conv.kernel < 15 and len(x) == 1 and len(w) < 64:
        forward[SCIPY] = lambda: _by_scipy(x[0], w, b, **how)
    if find_spec("torch"):
        import torch

        tx, tw, tb = (torch.tensor(array, requires_grad=True) for array in (x, w, b))
        out, given = torch.nn.functional.conv2d(tx, tw, tb, **how), torch.tensor(dout)
        forward[TORCH] = _without_gradients(lambda: torch.nn.functional.conv2d(tx, tw, tb, **how))
        backward[TORCH] = lambda: torch.autograd.grad(out, (tx, tw, tb), given, retain_graph=True)
    return [
        Case(f"{conv.name}: forward", forward, work, moved),
        Case(f"{conv.name}: backward", backward, 2 * work, 2 * moved),
    ]


def _products(dout: Any, w: Any) -> tuple[Call, Call]:
    """One product for each output row, as BLAS makes it: forward, and the two of the backward pass.

    Each row meets the same matrices, so that they stay in the cache: nothing but BLAS is timed.
    """
    images, filters, out_h, out_w = dout.shape
    flat = w.reshape(filters, -1)
    together = max(1, min(images, 256 // out_w))  # small images lie side by side
    windows = np.ones((flat.shape[1], together * out_w), np.float32)
    given = np.ones((filters, together * out_w), np.float32)
    count = range(images * out_h // together)
    maps, spread, gained = np.empty_like(given), np.empty_like(windows), np.empty_like(flat)

    def forward() -> None:
        for _row in count:
            np.matmul(flat, windows, out=maps)

    def backward() -> None:
        for _row in count:
            np.matmul(flat.T, given, out=spread)
            np.matmul(given, windows.T, out=gained)

    return forward, backward


def _by_scipy(x: Any, w: Any, b: Any, stride: int, padding: int) -> Any:
    from scipy.signal import correlate

    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    maps = [correlate(x, one, "valid", "direct")[0, ::stride, ::stride] for one in w]
    return np.stack(maps) + b[:, None, None]


def _without_gradients(call: Call) -> Call:
    import torch

    def run() -> Any:
        with torch.no_grad():
            return call()

    return run


def pool_case() -> Case:
    """Max pooling, forward and backward in one call."""
    x = np.random.default_rng(0).normal(size=MAPS).astype(np.float32)
    dout = np.ones_like(max_pool2d(x, 2))
    calls: dict[str, Call] = {
        OURS: lambda: (max_pool2d(x, 2), max_pool2d_backward(dout, x, 2, ties="first"))
    }
    if find_spec("torch"):
        import torch

        tx, given = torch.tensor(x, requires_grad=True), torch.tensor(dout)
        calls[TORCH] = lambda: torch.autograd.grad(torch.nn.functional.max_pool2d(tx, 2), tx, given)
    return Case(f"max pool 2×2 of {_text(MAPS)}: both", calls, 0, 3 * x.nbytes + 2 * dout.nbytes)


def norm_case() -> Case:
    """Batch norm of maps, forward and backward in one call."""
    rng = np.random.default_rng(0)
    x, dout = rng.normal(size=(2, *MAPS)).astype(np.float32)
    gamma, beta = np.ones(MAPS[1], np.float32), np.zeros(MAPS[1], np.float32)
    calls: dict[str, Call] = {
        OURS: lambda: (
            spatial_batch_norm(x, gamma, beta),
            spatial_batch_norm_backward(dout, x, gamma),
        )
    }
    if find_spec("torch"):
        import torch

        tensors = [torch.tensor(array, requires_grad=True) for array in (x, gamma, beta)]
        given = torch.tensor(dout)
        calls[TORCH] = lambda: torch.autograd.grad(
            torch.nn.functional.batch_norm(tensors[0], None, None, *tensors[1:], training=True),
            tensors,
            given,
        )
    return Case(f"batch norm of {_text(MAPS)}: both", calls, 0, 5.0 * x.nbytes)


def training_case() -> Case:
    """One iteration of the three-layer network with Adam, batch 50."""
    data = shapes(train=500, validation=10, test=10)
    trainer = Trainer(ThreeLayerConvNet(), data, Settings(epochs=10**4, check_every=10**6))
    batch = trainer.draw()
    calls: dict[str, Call] = {OURS: lambda: trainer.learn(*batch)}
    if find_spec("torch"):
        twin = TorchTwin(trainer.net, trainer.settings)
        calls[TORCH] = lambda: twin.step(*batch, trainer.learning_rate)
    return Case("one training step, batch 50", calls, 0, 0)


CASES: list[Callable[[], list[Case]]] = [
    *(lambda conv=conv: conv_cases(conv) for conv in CONVS),  # type: ignore[misc]
    lambda: [pool_case()],
    lambda: [norm_case()],
    lambda: [training_case()],
]


def _text(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
