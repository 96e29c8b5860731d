"""The three bugs pass the course's checks and fail where they should; the gradient check finds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from convviz.lessons.check import check, near_kinks, verdict
from convviz.lessons.layers import LAYERS, Case
from convviz.lessons.lesson import LESSONS, Lesson

BUGS = [(name, bug) for name, layer in LAYERS.items() for bug in layer.bugs]


def worst(case: Case) -> float:
    return max(float(one.errors.max()) for one in check(case))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_each_bug_passes_the_courses_own_check(lesson: Lesson) -> None:
    """To the same numbers as the right function: the check cannot tell them apart."""
    right, buggy = lesson.course_check(lesson.right), lesson.course_check(lesson.buggy)
    assert right == buggy
    assert max(buggy.values()) < 1e-7


def test_the_pools_error_is_the_published_one() -> None:
    """A published run of the notebook prints 3.2756e-12."""
    assert LESSONS[1].course_check(LESSONS[1].right)["dx"] == pytest.approx(3.2756e-12, rel=1e-4)


def test_minus_pad_leaves_nothing_where_the_padding_is_0() -> None:
    right, buggy = LESSONS[0].gradients()
    assert (right.shape, buggy.shape) == ((1, 1, 4, 4), (1, 1, 0, 0))


def test_assigning_keeps_one_of_four_gradients() -> None:
    right, buggy = LESSONS[1].gradients()
    assert right.sum() == right[0, 0, 2, 2] == 4
    assert buggy.sum() == buggy[0, 0, 2, 2] == 1


def test_giving_all_maxima_everything_hands_on_more_than_arrives() -> None:
    """Two and four equal maxima; the two windows with one maximum are right in both."""
    right, buggy = LESSONS[2].gradients()
    assert right.sum() == 4
    assert buggy.sum() == 2 + 1 + 1 + 4
    assert ((buggy != right).sum(), buggy[0, 0, 0, 3], buggy[0, 0, 2, 0]) == (6, 1, 1)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_excerpts_differ_in_one_line_and_are_the_functions_own(lesson: Lesson) -> None:
    excerpt, sources = lesson.excerpt(), lesson.sources()
    for own, source in zip((excerpt.right, excerpt.buggy), sources, strict=True):
        shown = [line.strip() for line in f"{excerpt.common}\n{own}".splitlines()]
        lines = [line.strip() for line in source.splitlines()]
        assert any(lines[k : k + len(shown)] == shown for k in range(len(lines)))
    differ = zip(excerpt.right.splitlines(), excerpt.buggy.splitlines(), strict=True)
    assert sum(one != other for one, other in differ) == 1


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_check_passes_only_to_the_order_the_notebook_expects(lesson: Lesson) -> None:
    errors = lesson.course_check(lesson.buggy)
    assert lesson.passes(errors)
    assert not lesson.passes(dict.fromkeys(errors, 20 * lesson.expected))


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("seed", range(3))
def test_every_layer_passes_its_gradient_check(layer: str, seed: int) -> None:
    assert worst(Case(layer, seed=seed)) < 1e-6


@pytest.mark.parametrize(("layer", "bug"), BUGS)
def test_the_check_finds_each_bug(layer: str, bug: str) -> None:
    """Where its setting shows it: padding 0, overlapping windows. Equal maxima are no case for differences."""
    case = Case(layer, kernel=3, stride=1, padding=0, code=bug)
    if bug == "All maxima in full":
        assert worst(case) < 1e-6
    else:
        assert worst(case) > 1e-2


def test_the_numeric_gradient_is_the_difference_quotient() -> None:
    """An affine layer's is exact: the numbers are w's, summed against dout."""
    case = Case("Affine", seed=4)
    dx = next(one for one in check(case) if one.name == "x")
    inputs = LAYERS["Affine"].inputs(case)
    dout = np.random.default_rng(case.seed + 1).normal(size=(5, 4))
    np.testing.assert_allclose(dx.numeric, dout @ inputs["w"].T, rtol=1e-7)


def test_float32_and_a_bad_step_spoil_the_check() -> None:
    good = Case("Convolution")
    assert worst(replace(good, dtype="float32")) > 1e3 * worst(good)
    assert worst(replace(good, step=1e-10)) > 1e2 * worst(good)


def test_kinks_within_a_step_are_counted_and_wrong() -> None:
    """With h = 0.1 some inputs of a ReLU lie nearer to 0 than h."""
    case = Case("ReLU", step=0.1)
    x = LAYERS["ReLU"].inputs(case)["x"]
    assert near_kinks(case) == int((abs(x) < 0.1).sum()) > 0
    (dx,) = check(case)
    assert ((dx.errors > 1e-6) <= (abs(x) < 0.1)).all()
    assert near_kinks(Case("Batch norm")) == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [(1e-8, "Happy"), (1e-5, "kinks"), (1e-3, "uncomfortable"), (0.5, "probably wrong")],
)
def test_the_rule_of_thumb(error: float, said: str) -> None:
    assert said in verdict(error)
