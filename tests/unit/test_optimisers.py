"""Update rules, against the course's own check values and against what each formula says."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.ops.errors import SpecError
from convviz.ops.optimisers import RULES, adam, rmsprop, rule, sgd, sgd_momentum

W = np.linspace(-0.4, 0.6, 20).reshape(4, 5)
DW = np.linspace(-0.6, 0.4, 20).reshape(4, 5)
PAST = np.linspace(0.6, 0.9, 20).reshape(4, 5)


def test_momentum_gives_the_course_s_values():
    w, config = sgd_momentum(W, DW, {"learning_rate": 1e-3, "velocity": PAST})
    np.testing.assert_allclose(
        w[0], [0.1406, 0.20738947, 0.27417895, 0.34096842, 0.40775789], atol=5e-9
    )
    np.testing.assert_allclose(w[3, 4], 1.4096, atol=5e-9)
    np.testing.assert_allclose(config["velocity"][0, :2], [0.5406, 0.55475789], atol=5e-9)


def test_rmsprop_gives_the_course_s_values():
    w, config = rmsprop(W, DW, {"learning_rate": 1e-2, "cache": PAST})
    np.testing.assert_allclose(
        w[0], [-0.39223849, -0.34037513, -0.28849239, -0.23659121, -0.18467247], atol=5e-9
    )
    np.testing.assert_allclose(config["cache"][0, 0], 0.5976, atol=5e-9)


def test_adam_gives_the_course_s_values():
    past = {"m": PAST, "v": np.linspace(0.7, 0.5, 20).reshape(4, 5), "t": 5}
    w, config = adam(W, DW, {"learning_rate": 1e-2} | past)
    np.testing.assert_allclose(
        w[0], [-0.40094747, -0.34836187, -0.29577703, -0.24319299, -0.19060977], atol=5e-9
    )
    np.testing.assert_allclose([config["m"][0, 0], config["v"][0, 0]], [0.48, 0.69966], atol=5e-9)
    assert config["t"] == 6


def test_nesterov_is_the_gradient_taken_one_step_ahead():
    """In the variable looked ahead from, ``w + momentum * v``, Nesterov's two equations are plain."""
    momentum, rate = 0.9, 0.1
    gradient = lambda place: 3 * place  # noqa: E731
    place, velocity = np.array([1.0]), np.array([0.0])
    ahead, config = place.copy(), None
    for _ in range(5):
        velocity = momentum * velocity - rate * gradient(place + momentum * velocity)
        place = place + velocity
        config = {"learning_rate": rate, "nesterov": True} if config is None else config
        ahead, config = sgd_momentum(ahead, gradient(ahead), config)
        np.testing.assert_allclose(ahead, place + momentum * velocity)


def test_momentum_zero_is_plain_descent():
    plain, _ = sgd(W, DW)
    for nesterov in (False, True):
        w, _ = sgd_momentum(W, DW, {"momentum": 0.0, "nesterov": nesterov})
        np.testing.assert_allclose(w, plain)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_rule_writes_to_what_it_is_given_and_each_keeps_the_dtype(name, dtype):
    w, dw = W.astype(dtype), DW.astype(dtype)
    config = {"learning_rate": 0.1}
    first, state = RULES[name](w, dw, config)
    kept = {key: np.copy(value) for key, value in state.items()}
    second, _ = RULES[name](first, dw, state)
    assert first.dtype == second.dtype == dtype
    np.testing.assert_array_equal(w, W.astype(dtype))
    np.testing.assert_array_equal(dw, DW.astype(dtype))
    assert config == {"learning_rate": 0.1}
    for key, value in kept.items():
        np.testing.assert_array_equal(state[key], value)


def test_an_unknown_rule_is_refused_with_those_there_are():
    with pytest.raises(SpecError, match="use one of sgd, sgd_momentum, nesterov, rmsprop, adam"):
        rule("adamw")


@pytest.mark.parametrize("name", RULES)
def test_a_misspelt_setting_is_refused_and_a_rules_own_memory_is_not(name):
    w = np.ones(2)
    with pytest.raises(SpecError, match="unknown setting 'learning_rat': use one of learning_rate"):
        RULES[name](w, w, {"learning_rat": 1.0})
    _, config = RULES[name](w, w, None)
    RULES[name](w, w, config)
