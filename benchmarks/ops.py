"""Measure the operations on one thread, beside PyTorch's where it is installed: ``python -m benchmarks.ops``.

Every call of one is followed by one of the other, so that both see the same machine; medians of float32.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # read when NumPy is imported

import numpy as np

from benchmarks.machine import blas
from convviz import conv2d, conv2d_backward, max_pool2d, max_pool2d_backward

Call = Callable[[], Any]
CALLS, SECONDS = 60, 4.0  # of each row, at most; but no fewer than LEAST calls
LEAST = 5


@dataclass(frozen=True)
class Case:
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
    Case("3×512×512 photo, 8 filters 3×3", (1, 3, 512, 512), 8, 3),
    Case("3×512×512 photo, 16 filters 7×7, stride 2", (1, 3, 512, 512), 16, 7, 2),
    Case("3×512×512 photo, 4 filters 15×15", (1, 3, 512, 512), 4, 15),
    Case("course's network, 50×3×32×32, 32 filters 7×7", (50, 3, 32, 32), 32, 7),
    Case("64×56×56, 64 filters 3×3", (1, 64, 56, 56), 64, 3),
]
POOLED = (50, 32, 32, 32)


def main() -> None:
    """Print the table."""
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
    print(f"NumPy {np.__version__}, BLAS {blas()}, float32, one thread, medians")
    print(f"{'':56} {'NumPy':>9} {'PyTorch':>9} {'ratio':>6}")
    for case in CONVS:
        for direction, calls in conv_calls(case).items():
            row(f"{case.name}: {direction}", *calls)
    row(f"max pool 2×2 of {'×'.join(map(str, POOLED))}: both", *pool_calls())


def conv_calls(case: Case) -> dict[str, tuple[Call, Call | None]]:
    """Forward and backward, by convviz and by PyTorch."""
    x, w, b = case.arrays()
    how = {"stride": case.stride, "padding": case.kernel // 2}
    dout = np.ones_like(conv2d(x, w, b, **how))
    ours = (lambda: conv2d(x, w, b, **how), lambda: conv2d_backward(dout, x, w, **how))
    if not find_spec("torch"):
        return {"forward": (ours[0], None), "backward": (ours[1], None)}
    import torch

    tx, tw, tb = (torch.tensor(array, requires_grad=True) for array in (x, w, b))
    out, tdout = torch.nn.functional.conv2d(tx, tw, tb, **how), torch.tensor(dout)

    def forward() -> Any:
        with torch.no_grad():
            return torch.nn.functional.conv2d(tx, tw, tb, **how)

    def backward() -> Any:
        return torch.autograd.grad(out, (tx, tw, tb), tdout, retain_graph=True)

    return {"forward": (ours[0], forward), "backward": (ours[1], backward)}


def pool_calls() -> tuple[Call, Call | None]:
    """Max pooling, forward and backward in one call."""
    x = np.random.default_rng(0).normal(size=POOLED).astype(np.float32)
    dout = np.ones_like(max_pool2d(x, 2))

    def ours() -> Any:
        return max_pool2d(x, 2), max_pool2d_backward(dout, x, 2, ties="first")

    if not find_spec("torch"):
        return ours, None
    import torch

    tx, tdout = torch.tensor(x, requires_grad=True), torch.tensor(dout)

    def theirs() -> Any:
        return torch.autograd.grad(torch.nn.functional.max_pool2d(tx, 2), tx, tdout)

    return ours, theirs


def row(name: str, ours: Call, theirs: Call | None) -> None:
    """One line: the median of each in milliseconds, and ours over theirs."""
    calls = [ours] if theirs is None else [ours, theirs]
    times: list[list[float]] = [[] for _ in calls]
    begun = time.perf_counter()
    while len(times[0]) < CALLS and (
        len(times[0]) < LEAST or time.perf_counter() - begun < SECONDS
    ):
        for call, kept in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            kept.append(time.perf_counter() - start)
    middle = [statistics.median(kept[1:]) * 1000 for kept in times]
    said = f"{name:56} {middle[0]:6.2f} ms"
    if theirs is not None:
        said += f" {middle[1]:6.2f} ms {middle[0] / middle[1]:6.2f}"
    print(said, flush=True)


if __name__ == "__main__":
    main()
