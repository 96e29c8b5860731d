"""Filters a person's own network learned, as they were after one iteration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from convviz.nets.layers import Conv2d
from convviz.nets.trainer import Trainer
from convviz.ops.errors import SpecError
from convviz.ops.types import Floats
from convviz.pipeline.limits import MOST_FILTERS
from convviz.pipeline.stored import Stored
from convviz.text.i18n import N_


@dataclass(frozen=True)
class Own(Stored):
    """The first layer of a network in training: no more of its filters than fit side by side.

    Examples
    --------
    >>> bank = Own.made(np.ones((2, 1, 3, 3)), iteration=5, iterations=20)
    >>> bank.weights(1).shape, bank.kernel, str(bank.names[1])
    ((2, 1, 3, 3), (3, 3), 'Trained 1')
    """

    # iteration, iterations: after how many iterations, of how many in all
    iteration: int
    iterations: int
    total: int  # how many filters the layer has
    advice: ClassVar[str] = N_("train again with a lower learning rate")
    called: ClassVar[str] = N_("Trained {number}")

    @classmethod
    def made(cls, weights: npt.ArrayLike, iteration: int, iterations: int) -> Own:
        """Keep as many filters as fit side by side, of weights of shape (F, C, KH, KW)."""
        every = np.asarray(weights, dtype="<f8")
        kept = every[:MOST_FILTERS]
        filters, channels, height, width = kept.shape
        shape = (filters, channels, height, width)
        return cls(shape, kept.tobytes(), iteration, iterations, total=len(every))

    @property
    def _said(self) -> str:
        return f"{self.shape} {self.iteration} {self.iterations} {self.total}"

    def weights(self, channels: int) -> Floats:
        """The learned weights, read-only.

        Raises
        ------
        SpecError
            If the input has another number of channels than the network's.
        """
        check_channels(channels, self.shape[1])
        return self.stored


def check_channels(channels: int, made_for: int) -> None:
    """Refuse learned filters for an input of another number of channels."""
    if channels == made_for:
        return
    raise SpecError(
        "filter",
        "Trained",
        made_for,
        "the trained filters need {limit} channels, but the input has {channels}",
        "choose other filters, or other channels of the image",
        channels=channels,
    )


def first_filters(trainer: Trainer) -> Own:
    """What the first layer of a network has learned after its last whole iteration.

    Raises
    ------
    SpecError
        If it begins with something else than a convolution, or its kernels are too large to be shown.

    Examples
    --------
    >>> from convviz.nets.data import shapes
    >>> from convviz.nets.settings import Settings
    >>> from convviz.nets.three_layer import ThreeLayerConvNet
    >>> net = ThreeLayerConvNet(num_filters=2, hidden_dim=5)
    >>> trainer = Trainer(net, shapes(train=60, validation=20, test=10), Settings(batch_size=20))
    >>> _ = trainer.step()
    >>> first_filters(trainer).shape, first_filters(trainer).iteration
    ((2, 3, 7, 7), 1)
    """
    reached = trainer.reached
    net = reached.net
    if not isinstance(net.layers[0], Conv2d):
        raise SpecError(
            "stack",
            net.layers[0].text,
            "conv",
            "the network trained here begins with {value}, not with a convolution",
            "train one that begins with a convolution, or choose other filters",
        )
    return Own.made(net.params[net.names[0]["W"]], reached.iteration, trainer.iterations)
