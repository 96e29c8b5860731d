"""The course's two filters on photos of two animals.

Source: Stanford CS231n, assignment 2, ConvolutionalNetworks.ipynb, "Aside: Image processing via convolutions".
"""

from __future__ import annotations

import numpy as np

from convviz.pipeline.banks import Chosen
from convviz.pipeline.chain import Pipeline
from convviz.pipeline.stages import Conv

SIDE = 200  # pixels; both photos are cut square and scaled to this
CONV = Conv(Chosen(("Course: grayscale", "Course: blue edge")), padding=1, bias=(0.0, 128.0))
PIPELINE = Pipeline((CONV,))


def reach(
    conv: Conv, channels: int, low: float = 0.0, high: float = 255.0
) -> list[tuple[float, float]]:
    """Least and greatest value each filter can answer to inputs from ``low`` to ``high``.

    Least is reached where every negative weight meets ``high`` and every positive one ``low``.

    Examples
    --------
    >>> reach(CONV, 3)
    [(0.0, 255.0), (-892.0, 1148.0)]
    """
    weights = conv.bank.weights(channels).reshape(conv.filters, -1)  # (F, C * KH * KW)
    positive = np.clip(weights, 0, None).sum(axis=1)
    negative = np.clip(weights, None, 0).sum(axis=1)
    least = conv.biases + positive * low + negative * high
    greatest = conv.biases + positive * high + negative * low
    return list(zip(least.round(9).tolist(), greatest.round(9).tolist(), strict=True))
