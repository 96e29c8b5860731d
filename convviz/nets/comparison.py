"""NumPy and PyTorch trained side by side, from the same weights on the same batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convviz.nets.torch_twin import TorchTwin
from convviz.nets.trainer import Trainer


@dataclass(frozen=True)
class Pair:
    """The losses of one iteration.

    Parameters
    ----------
    iteration, iterations
        Its number from 1, and how many there are.
    ours, theirs
        The loss in NumPy and in PyTorch.
    """

    iteration: int
    iterations: int
    ours: float
    theirs: float


class Comparison:
    """Trains both for a number of iterations, one at a time.

    Parameters
    ----------
    trainer
        Of the network; PyTorch starts from its weights.
    iterations
        How many.
    """

    def __init__(self, trainer: Trainer, iterations: int):
        self.trainer, self.iterations = trainer, iterations
        self.twin = TorchTwin(trainer.net, trainer.settings)

    def __iter__(self) -> Iterator[Pair]:
        while self.trainer.iteration < self.iterations:
            x, y = self.trainer.draw()
            theirs = self.twin.step(x, y, self.trainer.learning_rate)
            progress = self.trainer.learn(x, y)
            yield Pair(progress.iteration, self.iterations, progress.loss, theirs)
