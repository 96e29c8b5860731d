"""A bug as a lesson: both functions, the check it passes, and the case that reveals it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.lessons import bugs
from convviz.lessons.notebook import POOL_2, conv_check, norm_check, pool_check
from convviz.lessons.revealed import (
    EQUAL,
    PEAK,
    POOL_3,
    POOL_23,
    WIDE,
    Revealed,
    conv_case,
    features_case,
    pool_case,
)
from convviz.ops.naive import conv_backward_naive, max_pool_backward_naive
from convviz.ops.naive.source import script_of
from convviz.ops.types import Array
from convviz.text.i18n import N_

BEFORE = 2  # lines shown in front of the one that differs
ORDER = 10  # an error of the order expected is less than so many times it


@dataclass(frozen=True)
class Excerpt:
    """What two functions have in common up to where they differ, and each from there on."""

    common: str
    right: str
    buggy: str


@dataclass(frozen=True)
class Lesson:
    """A bug, and how it is found."""

    name: str  # what people call it
    why: str  # what goes wrong, in two or three sentences
    # right, buggy: the functions; they take the same arguments
    right: Callable[..., Any]
    buggy: Callable[..., Any]
    # What the course's notebook checks, by name, and for a function its errors in the notebook's setting.
    course_check: Callable[[Callable[..., Any]], dict[str, float]]
    expected: float  # the order of the errors that the notebook says to expect
    revealing: Callable[[], Revealed]  # gives the case that reveals it
    case: str  # that case in words

    @property
    def result(self) -> str:
        """What is compared: "dx" of a backward pass, "out" of a forward pass."""
        return "dx" if "dout" in self.revealing().arrays else "out"

    def results(self) -> tuple[Array, Array]:
        """What the right and the buggy function give in the case that reveals the bug.

        Examples
        --------
        >>> right, buggy = LESSONS[1].results()
        >>> float(right[0, 0, 2, 2]), float(buggy[0, 0, 2, 2])
        (4.0, 1.0)
        """
        arguments = self.revealing().arguments
        return _first(self.right(*arguments)), _first(self.buggy(*arguments))

    def wrong(self) -> npt.NDArray[np.bool_] | None:
        """Which cells of the buggy result are wrong; None where it has another shape.

        A feature's eps also moves a well-behaved number in its last digits, which nobody calls wrong.
        """
        right, buggy = self.results()
        if right.shape != buggy.shape:
            return None
        return ~np.isclose(buggy, right, rtol=1e-3)

    def passes(self, errors: dict[str, float]) -> bool:
        """Whether errors are of the order that the notebook expects.

        Examples
        --------
        >>> LESSONS[1].passes({"dx": 3e-12}), LESSONS[1].passes({"dx": 1e-6})
        (True, False)
        """
        return max(errors.values()) < ORDER * self.expected

    def excerpt(self) -> Excerpt:
        """The lines in which the two functions differ, behind those that lead up to them.

        Examples
        --------
        >>> print(LESSONS[1].excerpt().buggy)
        dx[n, c, top:bottom, left:right] = np.where(is_max, share, 0)
        """
        # Without def and docstring.
        right, buggy = (source.split("\n")[2:] for source in self.sources())
        (line,) = (k for k, pair in enumerate(zip(right, buggy, strict=True)) if pair[0] != pair[1])
        rest = slice(line, min(line + 2, len(right) - 1))  # without the return
        lines = (right[max(0, line - BEFORE) : line], right[rest], buggy[rest])
        return Excerpt(*(dedent("\n".join(part)) for part in lines))

    def sources(self) -> tuple[str, str]:
        """The right and the buggy function as a whole, without the lines that only check their arguments."""
        return script_of(self.right), script_of(self.buggy)


def _first(results: Any) -> Array:
    """A backward pass gives dx first, a forward pass out."""
    return np.asarray(results[0] if isinstance(results, tuple) else results)


LESSONS = (
    Lesson(
        N_("pad:-pad"),
        N_(
            "A slice that ends at `-pad` drops the last pad rows. But -0 is 0, the beginning, so "
            "with padding 0 the slice is empty. `pad:pad+H` counts from the front and works for "
            "every padding."
        ),
        bugs.conv_backward,
        bugs.conv_backward_to_minus_pad,
        conv_check,
        1e-8,
        conv_case((4, 4), 2),
        N_("4×4 input, 2×2 filter, stride 1, padding 0, dout all ones"),
    ),
    Lesson(
        N_("= for +="),
        N_(
            "Overlapping windows can have the same maximum, which receives a gradient from each. "
            "An assignment with = overwrites those of earlier windows. The course checks 2×2 "
            "windows at stride 2, which never overlap."
        ),
        max_pool_backward_naive,
        bugs.max_pool_backward_assigned,
        pool_check,
        1e-12,
        pool_case(PEAK, POOL_3),
        N_("5×5 input with one peak, 3×3 windows at stride 2, dout four ones"),
    ),
    Lesson(
        N_("All maxima in full"),
        N_(
            "Where several cells of a window are the maximum, the mask gives each the whole "
            "gradient: more leaves the layer than reached it. The course's random numbers are "
            "never equal. Pixels often are, and so are zeros after a ReLU."
        ),
        max_pool_backward_naive,
        bugs.max_pool_backward_to_all,
        pool_check,
        1e-12,
        pool_case(EQUAL, POOL_2),
        N_("4×4 input, equal maxima in two of its 2×2 windows, stride 2, dout four ones"),
    ),
    Lesson(
        N_("pad hard-coded as 1"),
        N_(
            "The slice takes off one row and column, as padding 1 wants it, whatever the padding is. "
            "At padding 2 the shape is still right: the gradient is only shifted by a cell."
        ),
        bugs.conv_backward,
        bugs.conv_backward_pad_is_1,
        conv_check,
        1e-8,
        conv_case((4, 4), 3, pad=2),
        N_("4×4 input, 3×3 filter, stride 1, padding 2, dout all ones"),
    ),
    Lesson(
        N_("Height and width swapped"),
        N_(
            "Shapes are (N, C, H, W): the height comes first. The course checks square images, where "
            "nobody can tell. A wide image comes back with another shape."
        ),
        bugs.conv_backward,
        bugs.conv_backward_swapped,
        conv_check,
        1e-8,
        conv_case((3, 5), 2, pad=1),
        N_("3×5 input, 2×2 filter, stride 1, padding 1, dout all ones"),
    ),
    Lesson(
        N_("Stride forgotten in dx"),
        N_(
            "The window of cell (i, j) begins at i · stride, not at i. The course checks the backward "
            "loop at stride 1, where both are the same. Only the comparison with the fast layers uses "
            "stride 2."
        ),
        conv_backward_naive,
        bugs.conv_backward_without_stride,
        conv_check,
        1e-8,
        conv_case((5, 5), 3, stride=2, pad=1),
        N_("5×5 input, 3×3 filter, stride 2, padding 1, dout all ones"),
    ),
    Lesson(
        N_("Loop over the unpadded image"),
        N_(
            "The loop goes as far as the image without its padding. At stride 1 with a 3×3 filter and "
            "padding 1, the course's setting, that is just the size of dout. At padding 2 the last rows "
            "and columns of dout are left out."
        ),
        conv_backward_naive,
        bugs.conv_backward_unpadded,
        conv_check,
        1e-8,
        conv_case((3, 3), 3, pad=2),
        N_("3×3 input, 3×3 filter, stride 1, padding 2, dout all ones"),
    ),
    Lesson(
        N_("Flat argmax split by the wrong side"),
        N_(
            "`argmax` counts row by row, so a row holds pool_width numbers: divide by the width. In a "
            "2×2 window the height is the same number. In a 2×3 window the gradient goes to another "
            "cell, even to one outside."
        ),
        bugs.max_pool_backward_argmax,
        bugs.max_pool_backward_by_height,
        pool_check,
        1e-12,
        pool_case(WIDE, POOL_23),
        N_("5×6 input, 2×3 windows at stride 3, dout four ones"),
    ),
    Lesson(
        N_("eps outside the root"),
        N_(
            "eps belongs to the variance, below the root. Beside the root it does almost nothing: a "
            "feature that hardly varies is blown up to deviation 1. The course's features vary by tens, "
            "where eps does not matter."
        ),
        bugs.batchnorm_forward,
        bugs.batchnorm_forward_eps_outside,
        norm_check,
        1e-6,
        features_case,
        N_("three features that vary by 10, 0.01 and 0.001, eps 1e-5"),
    ),
)
