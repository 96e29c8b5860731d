"""What a training reports and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Progress:
    """What one iteration did."""

    # iteration, iterations: its number from 1, and how many there are
    iteration: int
    iterations: int
    epoch: int  # epochs begun, from 1
    loss: float  # of the batch, weight decay included
    learning_rate: float  # used in this iteration
    gradients: dict[str, float]  # euclidean length of each weight's gradient, by name
    # For each relu, by the number of its layer: the share of its filters or units that are 0 for
    # every image of the batch.
    dead: dict[int, float]
    # (training, validation) where they were measured after this iteration, else None.
    accuracies: tuple[float, float] | None
    # Over the latest iterations, without the time that measuring accuracies takes.
    samples_per_second: float
    seconds_left: float  # at that speed


@dataclass
class History:
    """Everything measured so far: losses by iteration, accuracies by the iteration they were measured after."""

    losses: list[float] = field(default_factory=list)
    measured_at: list[int] = field(default_factory=list)
    training: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)

    def copy(self) -> History:
        """The same numbers, in lists of its own."""
        return History(*(list(values) for values in vars(self).values()))


SMOOTHED = 25  # iterations averaged in the darker line


def running_mean(values: Sequence[float]) -> list[float]:
    """Mean of each value and up to `SMOOTHED` - 1 before it.

    Examples
    --------
    >>> running_mean([1.0, 3.0])
    [1.0, 2.0]
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - SMOOTHED)
    return [float(value) for value in (sums[ends] - sums[starts]) / (ends - starts)]
