"""A gradient check of a whole network."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.sequential import Sequential


def check_gradients(
    net: Sequential,
    x: Any,
    y: npt.NDArray[np.int64],
    *,
    most: int = 60,
    h: float = 1e-6,
    seed: int = 0,
) -> dict[str, float]:
    """The largest relative error of each parameter's gradient against central differences.

    ``max |a - n| / max(1e-8, |a| + |n|)`` with ``n = (loss(w + h) - loss(w - h)) / 2h``, as the course has it.

    Parameters
    ----------
    net
        In float64: in float32 the rounding errors are larger than the differences.
    x, y
        A batch.
    most
        Elements checked of each parameter, drawn at random.
    h
        Step.
    seed
        Of what is drawn.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("affine10"), (1, 2, 2), dtype=np.float64)
    >>> errors = check_gradients(net, np.ones((2, 1, 2, 2)), np.array([3, 4]))
    >>> sorted(errors), max(errors.values()) < 1e-6
    (['W1', 'b1'], True)
    """
    rng, before = np.random.default_rng(seed), net.rng.bit_generator.state

    def loss() -> tuple[float, dict[str, Any]]:
        net.rng.bit_generator.state = before  # dropout drops the same each time
        value, grads = net.loss(x, y)
        return value, grads

    _, grads = loss()
    errors = {}
    for name, value in list(net.params.items()):
        chosen = rng.permutation(value.size)[:most]
        worst = 0.0
        for place in chosen:
            ends = []
            for sign in (1, -1):
                moved = value.copy()
                moved.flat[place] += sign * h
                net.params[name] = moved
                ends.append(loss()[0])
            numerical = (ends[0] - ends[1]) / (2 * h)
            analytic = float(grads[name].flat[place])
            size = max(1e-8, abs(analytic) + abs(numerical))
            worst = max(worst, abs(analytic - numerical) / size)
        net.params[name] = value
        errors[name] = worst
    net.rng.bit_generator.state = before
    return errors
