"""Update rules, in the course's form: ``next_w, config = rule(w, dw, config)``.

`config` holds the settings, with defaults filled in, and what the rule remembers from step to step. Nothing is
written in place: the arrays given stay as they are.

Source: Stanford CS231n, "Neural Networks Part 3: Learning and Evaluation", and assignment 2, ``cs231n/optim.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from convviz.ops.errors import SpecError
from convviz.ops.memory import empty
from convviz.ops.types import Array

Config = dict[str, Any]
Rule = Callable[[Array, Array, Mapping[str, Any] | None], tuple[Array, Config]]


def sgd(w: Array, dw: Array, config: Mapping[str, Any] | None = None) -> tuple[Array, Config]:
    """Stochastic gradient descent: ``w - learning_rate * dw``.

    Parameters
    ----------
    w, dw
        Weights and their gradient, of one shape.
    config
        ``learning_rate`` (1e-2).

    Examples
    --------
    >>> sgd(np.array([1.0]), np.array([0.5]), {"learning_rate": 0.1})[0]
    array([0.95])
    """
    config = _filled(config, {"learning_rate": 1e-2})
    return w - config["learning_rate"] * dw, config


def sgd_momentum(
    w: Array, dw: Array, config: Mapping[str, Any] | None = None
) -> tuple[Array, Config]:
    """Gradient descent with momentum: the steps gather speed where gradients agree.

    ``v = momentum * v - learning_rate * dw``, and then ``w + v``; with ``nesterov`` the gradient counts as taken
    one step ahead: ``w + momentum * v - learning_rate * dw``.

    Parameters
    ----------
    w, dw
        Weights and their gradient, of one shape.
    config
        ``learning_rate`` (1e-2), ``momentum`` (0.9), ``nesterov`` (False), ``velocity`` (zeros).

    Examples
    --------
    >>> w, config = sgd_momentum(np.array([1.0]), np.array([0.5]), {"learning_rate": 0.1})
    >>> sgd_momentum(w, np.array([0.5]), config)[0]
    array([0.855])
    """
    defaults = {"learning_rate": 1e-2, "momentum": 0.9, "nesterov": False}
    config = _filled(config, defaults, "velocity")
    step = config["learning_rate"] * dw
    config["velocity"] = config["momentum"] * config.get("velocity", 0) - step
    if config["nesterov"]:
        return w + config["momentum"] * config["velocity"] - step, config
    return w + config["velocity"], config


def rmsprop(w: Array, dw: Array, config: Mapping[str, Any] | None = None) -> tuple[Array, Config]:
    """Steps divided by the root of a moving average of squared gradients, each weight by its own.

    Parameters
    ----------
    w, dw
        Weights and their gradient, of one shape.
    config
        ``learning_rate`` (1e-2), ``decay_rate`` (0.99), ``epsilon`` (1e-8), ``cache`` (zeros).

    Examples
    --------
    >>> rmsprop(np.array([1.0, 1.0]), np.array([0.5, 50.0]))[0].round(6)
    array([0.9, 0.9])
    """
    defaults = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}
    config = _filled(config, defaults, "cache")
    decay, cache = config["decay_rate"], config.get("cache", 0)
    config["cache"] = decay * cache + (1 - decay) * dw**2
    step = config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])
    return w - step, config


def adam(w: Array, dw: Array, config: Mapping[str, Any] | None = None) -> tuple[Array, Config]:
    """RMSProp with momentum; both averages are divided by what they lack at the start, when they were zero.

    Parameters
    ----------
    w, dw
        Weights and their gradient, of one shape.
    config
        ``learning_rate`` (1e-3), ``beta1`` (0.9), ``beta2`` (0.999), ``epsilon`` (1e-8), ``m``, ``v`` (zeros),
        ``t`` (0).

    Notes
    -----
    Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015.

    Examples
    --------
    >>> adam(np.array([1.0, 1.0]), np.array([0.5, 50.0]))[0]
    array([0.999, 0.999])
    """
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    config = _filled(config, defaults, "m", "v")
    beta1, beta2 = config["beta1"], config["beta2"]
    config["t"] += 1
    config["m"] = beta1 * config.get("m", 0) + (1 - beta1) * dw
    config["v"] = beta2 * config.get("v", 0) + (1 - beta2) * dw**2
    m = config["m"] / (1 - beta1 ** config["t"])
    v = config["v"] / (1 - beta2 ** config["t"])
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config


def nesterov(w: Array, dw: Array, config: Mapping[str, Any] | None = None) -> tuple[Array, Config]:
    """`sgd_momentum` with its ``nesterov`` switched on."""
    return sgd_momentum(w, dw, {"nesterov": True} | dict(config or {}))


def _filled(config: Mapping[str, Any] | None, defaults: Config, *remembered: str) -> Config:
    """The settings given, and the defaults of the others; a misspelt one cannot pass unnoticed."""
    given = dict(config or {})
    for key, value in given.items():
        if key not in defaults and key not in remembered:
            raise SpecError(
                key,
                value,
                tuple(defaults),
                "an update rule has an unknown setting {argument!r}",
                "use one of {words}",
                words=", ".join(defaults),
            )
    return defaults | given


RULES: dict[str, Rule] = {
    "sgd": sgd,
    "sgd_momentum": sgd_momentum,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adam": adam,
}


def rule(name: str) -> Rule:
    """An update rule by its name.

    Raises
    ------
    SpecError
        If there is none of that name.
    """
    if name not in RULES:
        raise SpecError(
            "optimiser",
            name,
            None,
            "there is no update rule {value!r}",
            "use one of {rules}",
            rules=", ".join(RULES),
        )
    return RULES[name]


PART = 1 << 15  # numbers updated at a time: what a rule computes on the way stays in the cache


def updated(rule: Rule, w: Array, dw: Array, config: Config) -> tuple[Array, Config]:
    """What a rule returns, computed part by part: it treats each weight by itself, so the numbers are the same.

    Examples
    --------
    >>> w, dw = np.arange(3.0), np.ones(3)
    >>> updated(sgd_momentum, w, dw, {"learning_rate": 0.5})[0]
    array([-0.5,  0.5,  1.5])
    """
    if w.size <= PART:
        return rule(w, dw, config)
    flat = {
        key: value.reshape(-1) for key, value in config.items() if isinstance(value, np.ndarray)
    }
    next_w, remembered = empty(w.shape, w.dtype), dict[str, Array]()
    for k in range(0, w.size, PART):
        part = slice(k, k + PART)
        own = config | {key: value[part] for key, value in flat.items()}
        stepped, new = rule(w.reshape(-1)[part], dw.reshape(-1)[part], own)
        next_w.reshape(-1)[part] = stepped
        for key, value in new.items():
            if isinstance(value, np.ndarray):
                if key not in remembered:
                    remembered[key] = empty(w.shape, w.dtype)
                remembered[key].reshape(-1)[part] = value
    return next_w, new | remembered
