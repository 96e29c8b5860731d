"""A bug as a lesson: both functions, the check it passes, and the case that reveals it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import numpy as np

from convviz.lessons import bugs
from convviz.lessons.notebook import POOL_2, conv_check, pool_check
from convviz.ops.naive import max_pool_backward_naive
from convviz.ops.naive.source import body_of, script_of
from convviz.ops.types import Array
from convviz.text.i18n import N_

BEFORE = 2  # lines shown in front of the one that differs
ORDER = 10  # an error of the order expected is less than so many times it
POOL_3 = {"pool_height": 3, "pool_width": 3, "stride": 2}


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
    why: str  # what goes wrong, in two sentences
    # right, buggy: the functions; both take ``(dout, cache)``
    right: Callable[..., Any]
    buggy: Callable[..., Any]
    # The names of the gradients that the course's notebook checks, and for a function their
    # relative errors in its setting.
    course_check: Callable[[Callable[..., Any]], dict[str, float]]
    expected: float  # the order of the errors that the notebook says to expect
    # Names the case that reveals it, and gives ``(dout, cache)``.
    revealing: Callable[[], tuple[Array, tuple[Any, ...]]]
    case: str  # that case in words

    def gradients(self) -> tuple[Array, Array]:
        """Dx of the right and of the buggy function, in the case that reveals the bug.

        Examples
        --------
        >>> right, buggy = LESSONS[1].gradients()
        >>> float(right[0, 0, 2, 2]), float(buggy[0, 0, 2, 2])
        (4.0, 1.0)
        """
        return tuple(_dx(function(*self.revealing())) for function in (self.right, self.buggy))  # type: ignore[return-value]

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
        right, buggy = body_of(self.right), body_of(self.buggy)
        (line,) = (k for k, pair in enumerate(zip(right, buggy, strict=True)) if pair[0] != pair[1])
        rest = slice(line, min(line + 2, len(right) - 1))  # without the return
        lines = (right[max(0, line - BEFORE) : line], right[rest], buggy[rest])
        return Excerpt(*(dedent("\n".join(part)) for part in lines))

    def sources(self) -> tuple[str, str]:
        """The right and the buggy function as a whole, without the lines that only check their arguments."""
        return script_of(self.right), script_of(self.buggy)


def _dx(gradients: Any) -> Array:
    return np.asarray(gradients[0] if isinstance(gradients, tuple) else gradients)


def _without_padding() -> tuple[Array, tuple[Any, ...]]:
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    return np.ones((1, 1, 3, 3)), (x, np.ones((1, 1, 2, 2)), np.zeros(1), {"stride": 1, "pad": 0})


def _one_peak() -> tuple[Array, tuple[Any, ...]]:
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 2] = 1
    return np.ones((1, 1, 2, 2)), (x, POOL_3)


def _some_equal() -> tuple[Array, tuple[Any, ...]]:
    x = np.array([[1.0, 1, 0, 2], [0, 0, 0, 0], [5, 0, 3, 3], [0, 0, 3, 3]])
    return np.ones((1, 1, 2, 2)), (x[None, None], POOL_2)


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
        _without_padding,
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
        _one_peak,
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
        _some_equal,
        N_("4×4 input, equal maxima in two of its 2×2 windows, stride 2, dout four ones"),
    ),
)
