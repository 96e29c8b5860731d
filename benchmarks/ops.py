"""Time the operations beside PyTorch's and others': ``python -m benchmarks.ops``.

It prints the table and puts it into ``benchmarks/RESULTS.md``. With ``THREADS=2`` in the environment all libraries
use two threads; with ``OPENBLAS_CORETYPE=Haswell`` NumPy's BLAS uses its AVX2 kernels on any processor.
"""

from __future__ import annotations

import os

# NumPy reads the first two when it is imported.
os.environ |= dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "CONVVIZ_THREADS"), os.environ.get("THREADS", "1")
)

from datetime import UTC, datetime
from importlib.util import find_spec

import numpy as np

from benchmarks import results
from benchmarks.cases import CASES, COURSE, OURS, PRODUCTS, SCIPY, TORCH, Case
from benchmarks.machine import blas, processor
from benchmarks.timing import Call, compare
from convviz import conv2d
from convviz.ops.threads import one_blas_thread, use_threads

THREADS = os.environ["OPENBLAS_NUM_THREADS"]
ONE = "on one thread"
NO_TORCH = (
    "The column of PyTorch is missing: `make parity` installs it (`pip install torch==2.13.0`). "
    "Then measure again."
)
NO_SCIPY = "The column of scipy.signal is empty: `pip install scipy`, and measure again."
WHY = (
    "“Products alone” are the matrix products of a convolution and nothing else, on matrices that lie in the "
    "cache. What is left of our time copies numbers to where BLAS can read them, and sums up. “These ÷ PyTorch” "
    "is the best that a convolution can reach here that leaves the multiplying to BLAS: PyTorch multiplies with "
    "code made for convolutions, which pays most for few filters, because BLAS first copies its matrices too. "
    "Max pooling and batch norm multiply next to nothing: NumPy reads and writes the maps once for each operation "
    "(batch norm, both ways: twelve times), where PyTorch does all operations in one loop over them. A training "
    "step is the sum of such rows."
)
BESIDE = (
    "“÷ one thread” is this library on these threads beside itself on one, without PyTorch in between, whose "
    "threads stay busy for a while after each call."
)
SIDES = (128, 256, 512, 1024, 2048, 4096)


def main() -> None:
    """Measure, print and keep the table."""
    if find_spec("torch"):
        import torch

        torch.set_num_threads(int(THREADS))
    peak, copying = limits()
    said = [
        f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, NumPy {np.__version__}, BLAS {blas()}, "
        f"threads: {THREADS}, float32. Medians; in brackets the quartiles of the ratio. Left out are the rounds "
        "in which a call had to wait for its processor.",
        f"Limits measured in this run: matrix product {peak:.0f} GFLOP/s, copying {copying:.1f} GB/s.",
        WHY if THREADS == "1" else f"{WHY} {BESIDE}",
        *([] if find_spec("torch") else [NO_TORCH]),
        *([] if find_spec("scipy") else [NO_SCIPY]),
        table(peak, copying),
        growth(),
    ]
    text = "\n\n".join(said)
    print(text)
    results.write(f"Operations, threads: {THREADS}, BLAS {blas()}", text)


def limits() -> tuple[float, float]:
    """What this machine can do at most: GFLOP/s of a large matrix product, GB/s of a large copy."""
    square = np.random.default_rng(0).normal(size=(768, 768)).astype(np.float32)
    product, source = np.empty_like(square), np.ones(1 << 24, np.float32)
    copied = np.ones_like(source)
    timed = compare(
        {
            "product": lambda: np.matmul(square, square, out=product),
            "copy": lambda: np.copyto(copied, source),
        },
        int(THREADS),
    )
    return (
        2 * 768**3 / timed.middle("product") / 1e6,
        2 * source.nbytes / timed.middle("copy") / 1e6,
    )


def table(peak: float, copying: float) -> str:
    """All cases as a Markdown table."""
    lines = [
        "| work | NumPy, ms | PyTorch, ms | ÷ PyTorch | products alone, ms | these ÷ PyTorch "
        "| scipy.signal, ms | im2col, ms | of the product's limit | of the copy's | ÷ one thread |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for make in CASES:
        for case in make():
            lines.append(row(case, peak, copying))
            print(lines[-1], flush=True)
    return "\n".join(lines)


def row(case: Case, peak: float, copying: float) -> str:
    """Time a case, and return its line."""
    timed = compare(case.calls, int(THREADS))
    milliseconds = {name: f"{timed.middle(name):.2f}" for name in case.calls}
    ratio = least = ""
    if TORCH in case.calls:
        middle, low, high = timed.ratio(OURS, TORCH)
        ratio = f"**{middle:.2f}** ({low:.2f}–{high:.2f})"
        if PRODUCTS in case.calls:
            least = f"{timed.ratio(PRODUCTS, TORCH)[0]:.2f}"
    ours = timed.middle(OURS)
    shares = (
        f"{case.work / ours / 1e6 / peak:.0%}" if case.work else "",
        f"{case.moved / ours / 1e6 / copying:.0%}" if case.moved else "",
    )
    of_one = f"{beside_one_thread(case.calls[OURS]):.2f}" if THREADS != "1" else ""
    products, scipy, course = (milliseconds.get(name, "") for name in (PRODUCTS, SCIPY, COURSE))
    cells = (
        *(case.name, milliseconds[OURS], milliseconds.get(TORCH, ""), ratio),
        *(products, least, scipy, course, *shares, of_one),
    )
    return f"| {' | '.join(cells)} |"


def beside_one_thread(call: Call) -> float:
    """What it takes, over what it takes on one thread; without PyTorch, whose threads stay busy for a while."""

    def on_one() -> None:
        use_threads(1)
        with one_blas_thread():
            call()
        use_threads(int(THREADS))

    return compare({OURS: call, ONE: on_one}, int(THREADS)).ratio(OURS, ONE)[0]


def growth() -> str:
    """Nanoseconds a pixel of 8 filters 3×3, from small photos to large ones."""
    w = np.random.default_rng(0).normal(size=(8, 3, 3, 3)).astype(np.float32)
    photos = {side: np.ones((3, side, side), np.float32) for side in SIDES}
    calls = {str(side): lambda x=x: conv2d(x, w, None, 1, 1) for side, x in photos.items()}
    timed = compare(calls, int(THREADS))  # type: ignore[arg-type]
    per_pixel = [f"{side}²: {timed.middle(str(side)) * 1e6 / side**2:.1f}" for side in SIDES]
    return f"Nanoseconds a pixel, 8 filters 3×3: {', '.join(per_pixel)}."


if __name__ == "__main__":
    main()
