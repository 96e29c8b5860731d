"""The bugs pass the course's checks and fail where they should; the gradient check finds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from convviz.lessons.case import Case
from convviz.lessons.check import check, near_kinks, worst, worst_by_step
from convviz.lessons.layers import LAYERS
from convviz.lessons.lesson import LESSONS, Lesson
from convviz.lessons.verdict import rule
from convviz.pictures.errors import tiled

BUGS = [(name, bug) for name, layer in LAYERS.items() for bug in layer.bugs]


def largest(case: Case) -> float:
    return worst(check(case))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_each_bug_passes_the_courses_own_check(lesson: Lesson) -> None:
    """To the same numbers as the right function: the check cannot tell them apart.

    A misplaced eps moves the deviations by a millionth, which "close to gamma" does not notice.
    """
    right, buggy = lesson.course_check(lesson.right), lesson.course_check(lesson.buggy)
    assert lesson.passes(right)
    assert lesson.passes(buggy)
    if lesson.name != "eps outside the root":
        assert right == buggy
        assert max(buggy.values()) < 1e-7


def test_the_pools_error_is_the_published_one() -> None:
    """A published run of the notebook prints 3.2756e-12."""
    assert LESSONS[1].course_check(LESSONS[1].right)["dx"] == pytest.approx(3.2756e-12, rel=1e-4)


def test_minus_pad_leaves_nothing_where_the_padding_is_0() -> None:
    right, buggy = LESSONS[0].results()
    assert (right.shape, buggy.shape) == ((1, 1, 4, 4), (1, 1, 0, 0))


def test_assigning_keeps_one_of_four_gradients() -> None:
    right, buggy = LESSONS[1].results()
    assert right.sum() == right[0, 0, 2, 2] == 4
    assert buggy.sum() == buggy[0, 0, 2, 2] == 1


def test_giving_all_maxima_everything_hands_on_more_than_arrives() -> None:
    """Two and four equal maxima; the two windows with one maximum are right in both."""
    right, buggy = LESSONS[2].results()
    assert right.sum() == 4
    assert buggy.sum() == 2 + 1 + 1 + 4
    assert ((buggy != right).sum(), buggy[0, 0, 0, 3], buggy[0, 0, 2, 0]) == (6, 1, 1)


def test_one_row_of_padding_shifts_the_gradient_of_two() -> None:
    """Every cell lies in nine windows; the slice one cell higher and further left takes some of the padding."""
    right, buggy = LESSONS[3].results()
    assert (right == 9).all()
    assert buggy[0, 0].tolist() == [[4, 6, 6, 6], [6, 9, 9, 9], [6, 9, 9, 9], [6, 9, 9, 9]]


def test_swapped_sides_give_another_shape() -> None:
    right, buggy = LESSONS[4].results()
    assert (right.shape, buggy.shape) == ((1, 1, 3, 5), (1, 1, 4, 3))
    assert LESSONS[4].wrong() is None


def test_without_the_stride_the_windows_crowd_into_a_corner() -> None:
    right, buggy = LESSONS[5].results()
    assert right.sum() == 9 * 9 - 2 * 3 * 3 - 2 * 3 * 3 + 4  # without what the padding took
    assert not buggy[0, 0, 4].any()
    assert not buggy[0, 0, :, 4].any()


def test_a_loop_over_the_unpadded_image_leaves_windows_out() -> None:
    right, buggy = LESSONS[6].results()
    assert (right == 9).all()
    assert (
        buggy[0, 0].tolist() == [[9, 6, 3], [6, 4, 2], [3, 2, 1]][::-1]
        or (buggy < right).sum() == 8
    )


def test_a_flat_place_split_by_the_height_is_another_cell() -> None:
    right, buggy = LESSONS[7].results()
    assert sorted(zip(*np.nonzero(right[0, 0]), strict=True)) == [(0, 5), (1, 2), (3, 4), (4, 0)]
    assert sorted(zip(*np.nonzero(buggy[0, 0]), strict=True)) == [(1, 3), (2, 1), (3, 4), (4, 1)]


def test_eps_beside_the_root_blows_up_a_feature_that_hardly_varies() -> None:
    right, buggy = LESSONS[8].results()
    np.testing.assert_allclose(right[0], [1, 0.953, 0.302], atol=1e-3)
    np.testing.assert_allclose(buggy[0], [1, 0.999, 0.990], atol=1e-3)
    assert LESSONS[8].wrong().sum(axis=0).tolist() == [0, 2, 2]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_case_that_reveals_a_bug_does(lesson: Lesson) -> None:
    wrong = lesson.wrong()
    assert wrong is None or wrong.any()


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
    assert largest(Case(layer, seed=seed)) < 1e-6


@pytest.mark.parametrize("layer", [name for name, layer in LAYERS.items() if layer.takes_images])
@pytest.mark.parametrize("size", [(2, 3), (7, 4)])
def test_images_have_the_rows_and_columns_asked_for(layer: str, size: tuple[int, int]) -> None:
    case = Case(layer, *size, kernel=2, stride=2, padding=1)
    dx = next(one for one in check(case) if one.name == "x")
    assert dx.errors.shape == (2, 2, *size)
    assert largest(case) < 1e-6


def test_a_dilated_convolution_is_another_one() -> None:
    case = Case("Convolution", 7, 6, kernel=2, padding=0)
    (dense, *_), (dilated, *_) = check(case), check(replace(case, dilation=3))
    assert dense.errors.shape == dilated.errors.shape
    assert abs(dense.numeric - dilated.numeric).max() > 0.1
    assert largest(replace(case, dilation=3)) < 1e-6


@pytest.mark.parametrize(("layer", "bug"), BUGS)
def test_the_check_finds_each_bug(layer: str, bug: str) -> None:
    """Where its setting shows it: padding 0, overlapping windows. Equal maxima are no case for differences."""
    case = Case(layer, kernel=3, stride=1, padding=0, code=bug)
    if bug == "All maxima in full":
        assert largest(case) < 1e-6
    else:
        assert largest(case) > 1e-2


def test_the_numeric_gradient_is_the_difference_quotient() -> None:
    """An affine layer's is exact: the numbers are w's, summed against dout."""
    case = Case("Affine", seed=4)
    dx = next(one for one in check(case) if one.name == "x")
    inputs = LAYERS["Affine"].inputs(case)
    dout = np.random.default_rng(case.seed + 1).normal(size=(5, 4))
    np.testing.assert_allclose(dx.numeric, dout @ inputs["w"].T, rtol=1e-7)


def test_float32_and_a_bad_step_spoil_the_check() -> None:
    good = Case("Convolution")
    assert largest(replace(good, dtype="float32")) > 1e3 * largest(good)
    assert largest(replace(good, step=1e-10)) > 1e2 * largest(good)


def test_kinks_within_a_step_are_counted_and_wrong() -> None:
    """With h = 0.1 some inputs of a ReLU lie nearer to 0 than h."""
    case = Case("ReLU", step=0.1)
    x = LAYERS["ReLU"].inputs(case)["x"]
    assert near_kinks(case) == int((abs(x) < 0.1).sum()) > 0
    (dx,) = check(case)
    assert ((dx.errors > 1e-6) <= (abs(x) < 0.1)).all()
    assert near_kinks(Case("Batch norm")) == 0


@pytest.mark.parametrize("seed", range(20))
def test_a_windows_kink_is_counted_just_where_the_difference_is_wrong(seed: int) -> None:
    """Windows that do not overlap: one is straddled where its gradient is wrong, and nowhere else."""
    case = Case("Max pooling", 4, 4, kernel=2, stride=2, padding=0, step=0.1, seed=seed)
    (dx,) = check(case)
    windows = (dx.errors > 1e-6).reshape(2, 2, 2, 2, 2, 2).any(axis=(3, 5))  # (N, C, OH, OW)
    assert near_kinks(case) == windows.sum()


def test_at_a_kink_the_difference_takes_the_mean_of_both_slopes() -> None:
    """Whole numbers hold zeros, where ReLU's slope is 0 on one side and 1 on the other."""
    case = Case("ReLU", whole=True)
    x = LAYERS["ReLU"].inputs(case)["x"]
    dout = np.random.default_rng(case.seed + 1).normal(size=x.shape)
    (dx,) = check(case)
    assert near_kinks(case) == (x == 0).sum() > 0
    np.testing.assert_allclose(dx.numeric[x == 0], dout[x == 0] / 2, rtol=1e-6)
    assert ((dx.errors > 0.9) == (x == 0)).all()


@pytest.mark.parametrize("layer", [name for name, layer in LAYERS.items() if not layer.kinks])
def test_the_error_has_a_best_step_only_where_the_layer_is_curved(layer: str) -> None:
    """A curved layer's error falls with h² first; a linear layer's is rounding, least for the largest h."""
    first, second, *_, last = worst_by_step(Case(layer), (1e-1, 1e-2, 1e-5, 1e-10))
    if LAYERS[layer].curved:
        assert first > 30 * second > 30 * 1e-6
    else:
        assert first < 1e-8 < last


def test_a_gradient_is_tiled_image_below_image() -> None:
    gradient = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    rows = tiled(gradient)
    np.testing.assert_array_equal(rows[4:, 10:], gradient[1, 2])


@pytest.mark.parametrize(
    ("error", "said"),
    [(1e-8, "Happy"), (1e-5, "kinks"), (1e-3, "uncomfortable"), (0.5, "probably wrong")],
)
def test_the_rule_of_thumb(error: float, said: str) -> None:
    assert said in rule(error)
