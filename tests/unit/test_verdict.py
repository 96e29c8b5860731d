"""The gradient check blames the gradient for what is the gradient's fault, and the check for the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from convviz.lessons.case import Case
from convviz.lessons.check import Checked, check
from convviz.lessons.expected import expected
from convviz.lessons.layers import LAYERS
from convviz.lessons.verdict import HAPPY, WRONG, Verdict, judge

STEPS = [10.0**-power for power in (1, 3, 5, 7, 10)]
WRONG_EVERYWHERE = {"pad:-pad": "Convolution", "= for +=": "Max pooling"}


def verdict(case: Case) -> Verdict:
    return judge(case, check(case))


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("step", STEPS)
def test_a_right_gradient_is_never_blamed(layer: str, dtype: str, step: float) -> None:
    """Whatever the precision and the step; whole numbers, many of them equal, too."""
    for whole in (False, True) if LAYERS[layer].kinks else (False,):
        case = Case(layer, 4, 4, kernel=2, dtype=dtype, step=step, seed=5, whole=whole)
        found = verdict(case)
        assert found.cause != WRONG
        assert found.seen <= max(HAPPY, found.explained)


@pytest.mark.parametrize(("bug", "layer"), WRONG_EVERYWHERE.items())
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("step", [1e-1, 1e-3, 1e-5])
def test_a_wrong_gradient_is_blamed_in_a_spoiled_check_too(
    bug: str, layer: str, dtype: str, step: float
) -> None:
    case = Case(layer, 4, 4, kernel=3, stride=1, padding=0, code=bug, dtype=dtype, step=step)
    found = verdict(case)
    assert found.cause == WRONG
    assert found.seen > max(1e-2, found.explained)


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (Case("Convolution", 4, 4, kernel=2), ""),
        (Case("Convolution", 4, 4, kernel=2, dtype="float32"), "rounding"),
        (Case("Convolution", 4, 4, kernel=2, step=1e-10), "rounding"),
        (Case("Batch norm", step=1e-1), "truncation"),
        (Case("Batch norm", step=1e-1, dtype="float32"), "truncation"),
        (Case("ReLU", step=1e-1), "kinks"),
        (Case("Max pooling", whole=True), "kinks"),
        (Case("Max pooling", whole=True, code="All maxima in full"), "kinks"),
    ],
)
def test_what_spoils_a_check_is_named(case: Case, cause: str) -> None:
    assert verdict(case).cause == cause


def test_the_verdict_is_on_the_element_with_the_largest_error() -> None:
    case = Case("Convolution", dtype="float32")
    checked, found = check(case), verdict(case)
    one = next(one for one in checked if one.name == found.name)
    assert one.errors[found.index] == found.seen == max(each.errors.max() for each in checked)


def test_one_wrong_element_among_right_ones_is_found() -> None:
    """In float32, where others show far larger errors."""
    case = Case("Affine", dtype="float32", step=1e-2)
    dx, dw, db = check(case)
    wrong = db.analytic.copy()
    wrong[2] *= 1.01
    found = judge(case, [dx, dw, Checked("b", wrong, db.numeric)])
    assert (found.cause, found.name, found.index) == (WRONG, "b", (2,))
    assert found.seen == pytest.approx(0.005, rel=0.1)


def test_rounding_grows_with_one_over_h_and_with_the_precision() -> None:
    """Exactly: eps / 2h of the same outputs, as far as they are the same."""
    case = Case("Affine")
    dx = check(case)[0]
    one, ten = (expected(replace(case, step=h), dx).rounding for h in (1e-6, 1e-5))
    np.testing.assert_allclose(one, 10 * ten, rtol=1e-4)
    single = expected(replace(case, dtype="float32"), dx).rounding
    np.testing.assert_allclose(single, 2.0**29 * ten, rtol=1e-2)


def test_truncation_is_what_a_cubic_term_costs() -> None:
    """The error against the derivative itself, which is known to eight digits here."""
    case = Case("Softmax loss", step=1e-2)
    (dx,) = check(case)
    np.testing.assert_allclose(
        expected(case, dx).truncation, abs(dx.analytic - dx.numeric), rtol=1e-3, atol=1e-11
    )
