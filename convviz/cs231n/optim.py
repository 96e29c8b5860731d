"""The course's ``optim.py``: update rules that write what they remember into the config they were given.

``next_w, config = rule(w, dw, config)``: the config that comes back is the one given, completed by the defaults
and with the new velocity, cache, m, v and t. The weights stay as they are.
"""

from __future__ import annotations

from typing import Any

from convviz.ops import optimisers
from convviz.ops.types import Array

Config = dict[str, Any]

__all__ = ["adam", "rmsprop", "sgd", "sgd_momentum"]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Stochastic gradient descent; config: ``learning_rate`` (1e-2).

    Examples
    --------
    >>> import numpy as np
    >>> sgd(np.array([1.0]), np.array([0.5]), {"learning_rate": 0.1})[0]
    array([0.95])
    """
    return _written(optimisers.sgd, w, dw, config)


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Gradient descent with momentum; config: ``learning_rate`` (1e-2), ``momentum`` (0.9), ``velocity``.

    Examples
    --------
    >>> import numpy as np
    >>> config = {"learning_rate": 0.1}
    >>> next_w, same = sgd_momentum(np.array([1.0]), np.array([0.5]), config)
    >>> next_w, config["velocity"], same is config
    (array([0.95]), array([-0.05]), True)
    """
    return _written(optimisers.sgd_momentum, w, dw, config)


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """RMSProp; config: ``learning_rate`` (1e-2), ``decay_rate`` (0.99), ``epsilon`` (1e-8), ``cache``."""
    return _written(optimisers.rmsprop, w, dw, config)


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Adam; config: ``learning_rate`` (1e-3), ``beta1`` (0.9), ``beta2`` (0.999), ``epsilon`` (1e-8), m, v, t."""
    return _written(optimisers.adam, w, dw, config)


def _written(
    rule: optimisers.Rule, w: Array, dw: Array, config: Config | None
) -> tuple[Array, Config]:
    """A rule's next weights, with what it remembers written into the config."""
    config = {} if config is None else config
    next_w, remembered = rule(w, dw, config)
    config.update(remembered)
    return next_w, config
