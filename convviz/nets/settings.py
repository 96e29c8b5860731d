"""How a network is trained."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.ops.errors import SpecError, require_int
from convviz.ops.optimisers import rule


@dataclass(frozen=True)
class Settings:
    """How a network is trained.

    Parameters
    ----------
    optimiser
        Name of an update rule: see `convviz.ops.optimisers.RULES`.
    learning_rate
        Step size.
    decay
        What the learning rate is multiplied by after each epoch.
    batch_size
        Images in one iteration, drawn at random with replacement, as in the course's Solver.
    epochs
        Each has as many iterations as batches fit into the training images.
    measured
        How many training images the training accuracy is measured on.
    check_every
        Accuracies are measured every so many iterations, and at the end; 0 is once an epoch.
    seed
        Of the batches.
    """

    optimiser: str = "adam"
    learning_rate: float = 1e-3
    decay: float = 1.0
    batch_size: int = 50
    epochs: int = 1
    measured: int = 1000
    check_every: int = 0
    seed: int = 0

    def __post_init__(self) -> None:
        rule(self.optimiser)
        for name in ("batch_size", "epochs", "measured"):
            require_int(name, getattr(self, name), least=1)
        for name in ("check_every", "seed"):
            require_int(name, getattr(self, name), least=0)
        for name in ("learning_rate", "decay"):
            if not 0 < getattr(self, name) < float("inf"):
                raise SpecError(
                    name,
                    getattr(self, name),
                    0,
                    "{argument} {value} is not a positive number",
                    "use a small one such as 0.001",
                )
