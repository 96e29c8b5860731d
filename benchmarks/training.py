"""Measure a training step of the default three-layer network, beside PyTorch's: ``python -m benchmarks.training``.

Batch 50, float32, Adam, one thread each. A step of one is followed by a step of the other, so that both see the
same machine; medians.
"""

from __future__ import annotations

import os
import statistics
import time
from importlib.util import find_spec

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # read when NumPy is imported

import numpy as np

from benchmarks.machine import blas
from convviz.nets import Settings, ThreeLayerConvNet, Trainer, shapes
from convviz.nets.torch_twin import TorchTwin

STEPS, WARM = 40, 3


def main() -> None:
    """Print the row."""
    data = shapes(train=500, validation=10, test=10)
    trainer = Trainer(ThreeLayerConvNet(), data, Settings(epochs=1000, check_every=10**6))
    twin = None
    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
        twin = TorchTwin(trainer.net, trainer.settings)
    ours, theirs = [], []
    for _ in range(STEPS):
        x, y = trainer.draw()
        start = time.perf_counter()
        trainer.learn(x, y)
        ours.append(time.perf_counter() - start)
        if twin is not None:
            start = time.perf_counter()
            twin.step(x, y, trainer.learning_rate)
            theirs.append(time.perf_counter() - start)
    print(f"NumPy {np.__version__}, BLAS {blas()}, float32, batch 50, one thread, medians")
    said = f"one training step of the three-layer network: {_speed(ours)}"
    if theirs:
        ratio = statistics.median(ours[WARM:]) / statistics.median(theirs[WARM:])
        said += f"; PyTorch {_speed(theirs)}; time NumPy ÷ PyTorch {ratio:.2f}"
    print(said)


def _speed(times: list[float]) -> str:
    middle = statistics.median(times[WARM:])
    return f"{50 / middle:.0f} samples/s ({1000 * middle:.0f} ms)"


if __name__ == "__main__":
    main()
