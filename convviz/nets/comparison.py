"""NumPy and PyTorch trained side by side, from the same weights on the same batches."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.nets.torch_twin import TorchTwin
from convviz.nets.trainer import Trainer


@dataclass(frozen=True)
class Losses:
    """The losses of one iteration."""

    iteration: int  # its number, from 1
    # ours, theirs: the loss in NumPy and in PyTorch
    ours: float
    theirs: float


class Comparison:
    """Trains both, one iteration after the other.

    Parameters
    ----------
    trainer
        Trains in NumPy. PyTorch starts with the weights of its network.
    iterations
        How many to do.
    """

    def __init__(self, trainer: Trainer, iterations: int):
        self.trainer, self.iterations = trainer, iterations
        self.twin = TorchTwin(trainer.net, trainer.settings)

    @property
    def finished(self) -> bool:
        """Whether no iteration is left."""
        return self.trainer.iteration >= self.iterations

    def step(self) -> Losses:
        """Do the next iteration in both."""
        x, y = self.trainer.draw()
        theirs = self.twin.step(x, y, self.trainer.learning_rate)
        progress = self.trainer.learn(x, y)
        return Losses(progress.iteration, progress.loss, theirs)
