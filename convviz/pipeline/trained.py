"""Filters that were learned, not chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from convviz.nets.checkpoint import load_network
from convviz.nets.pretrained import FILE
from convviz.ops.types import Floats, Pair
from convviz.pipeline.own import check_channels
from convviz.text.i18n import Sentence


@dataclass(frozen=True)
class Trained:
    """The first layer of the network that comes with convviz.

    Examples
    --------
    >>> Trained().weights(3).shape, str(Trained().names[2])
    ((8, 3, 7, 7), 'Trained 2')
    """

    @property
    def names(self) -> tuple[Sentence, ...]:
        """Numbered from 0."""
        count = len(first_layer())
        return tuple(Sentence("Trained {number}", {"number": k}) for k in range(count))

    @property
    def kernel(self) -> Pair:
        """(KH, KW)."""
        return first_layer().shape[2], first_layer().shape[3]

    def weights(self, channels: int) -> Floats:
        """The learned weights.

        Raises
        ------
        SpecError
            If the input has another number of channels than the network's.
        """
        learned = first_layer()
        check_channels(channels, learned.shape[1])
        return learned


@cache
def first_layer() -> Floats:
    """W1 of the network, read-only, shape (F, C, KH, KW)."""
    net, _notes = load_network(FILE)
    weights: Floats = net.params["W1"].astype(np.float64)
    weights.flags.writeable = False
    return weights
