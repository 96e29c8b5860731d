"""Which inputs a loop can be stepped through on, checked before it runs."""

from __future__ import annotations

from math import prod

from convviz.ops.errors import SpecError
from convviz.ops.naive.checks import check_course_conv, check_course_images
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array

MOST_CELLS = 200_000  # output cells; Python's loops take some seconds for so many


def check_conv_scene(
    x: Array, w: Array, b: Array, spec: Conv2dSpec, *, in_groups: bool = False
) -> None:
    """Refuse arrays that the loops of a convolution cannot go through, or not within seconds.

    Raises
    ------
    SpecError
        If shapes disagree, `spec` is of another kernel or has groups where the loop has none, or there are too
        many output cells.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.ones((1, 1, 9, 9)), np.ones((1, 1, 3, 3))
    >>> check_conv_scene(x, w, np.zeros(1), Conv2dSpec.make(5))
    Traceback (most recent call last):
        ...
    convviz.ops.errors.SpecError: the window has kernel (5, 5) but w has kernel (3, 3): build it for w's kernel
    """
    check_course_conv(x, w, b, spec.groups if in_groups else 1)
    if spec.window.kernel != w.shape[2:]:
        raise SpecError(
            "spec",
            spec.window.kernel,
            w.shape[2:],
            "the window has kernel {value} but w has kernel {limit}",
            "build it for w's kernel",
        )
    if spec.groups != 1 and not in_groups:
        raise SpecError(
            "groups", spec.groups, 1, "the loops do not support groups", "use groups {limit}"
        )
    _check_cells(len(x), len(w), *spec.output_size((x.shape[2], x.shape[3])))


def check_pool_scene(x: Array, spec: PoolSpec) -> None:
    """Refuse arrays that the loops of pooling cannot go through, or not within seconds.

    Raises
    ------
    SpecError
        If x has other axes than (N, C, H, W), or there are too many output cells.
    """
    check_course_images(x)
    _check_cells(*x.shape[:2], *spec.output_size((x.shape[2], x.shape[3])))


def _check_cells(*shape: int) -> None:
    cells = prod(shape)
    if cells > MOST_CELLS:
        raise SpecError(
            "x",
            cells,
            MOST_CELLS,
            (
                "the loop computes {value:,} output cells, and convviz steps through at most {limit:,}"
            ),
            "use a smaller part of the input, or fewer filters",
        )
