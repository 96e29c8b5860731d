"""What the As a matrix page says: sizes, what is copied, and what each way costs."""

from __future__ import annotations

from math import prod

import numpy as np

from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.pages.as_matrix.cached import Matrices
from convviz.text.i18n import _


def sizes_sentence(made: Matrices) -> str:
    """The sizes of the three matrices, and which number stands where."""
    (filters, numbers), windows = made.rows.shape, made.columns.shape[2]
    return _(
        "x_cols has a column for each window, w_rows a row for each filter: "
        "({filters:,}×{numbers:,}) · ({numbers:,}×{windows:,}) = {filters:,}×{windows:,}, a row for each map."
    ).format(windows=windows, numbers=numbers, filters=filters)


def photo_sentence(size: Pair, channels: int, window: Window2d, *, is_shown: bool = False) -> str:
    """The matrix of the whole input, which `is_shown` or a photo, and how many times the input it is.

    Examples
    --------
    >>> print(photo_sentence((227, 227), 3, Window2d.make(11, stride=4)))
    For the whole photo x_cols would be 363×3,025 = 1,098,075 numbers, 7.1 times the photo.
    >>> print(photo_sentence((5, 5), 1, Window2d.make(3), is_shown=True))
    x_cols has 9×9 = 81 numbers, 3.2 times as many as x.
    """
    numbers, windows = channels * prod(window.kernel), prod(window.output_size(size))
    said = _(
        "For the whole photo x_cols would be {numbers:,}×{windows:,} = {all:,} numbers, "
        "{times:.1f} times the photo."
    )
    if is_shown:
        said = _(
            "x_cols has {numbers:,}×{windows:,} = {all:,} numbers, {times:.1f} times as many as x."
        )
    return said.format(
        numbers=numbers,
        windows=windows,
        all=numbers * windows,
        times=numbers * windows / (channels * prod(size)),
    )


def costs_rows(
    x: Floats, w: Floats, spec: Conv2dSpec, times: tuple[float, float, float]
) -> tuple[list[str], list[list[str]]]:
    """Names of the columns, and a row for each way: copied numbers, their bytes, and the time here."""
    heads = [_("Way"), _("Numbers copied"), _("Bytes"), _("Time here")]
    windows = len(x) * prod(spec.output_size((x.shape[2], x.shape[3])))
    copied = w[0].size * windows
    ways = (
        (_("Loops, a window at a time"), "0", "0"),
        (_("x_cols and one product"), f"{copied:,}", f"{copied * x.itemsize:,}"),
        ("convviz.conv2d", "–", "–"),  # in parts: see `convviz.ops.rows`
    )
    rows = [
        [*way, _("{time:.3g} ms").format(time=time)] for way, time in zip(ways, times, strict=True)
    ]
    return heads, rows


def dw_sentence(dw: Floats, by_conv2d: Floats) -> str:
    """What dw is as a product, and how far it lies from the one that `conv2d_backward` computes."""
    return _(
        "dw = dout_rows @ x_cols.T. **Largest difference from conv2d_backward's dw: {difference}**"
    ).format(difference=_largest(dw, by_conv2d))


def dx_sentence(dx: Floats, by_conv2d: Floats) -> str:
    """What dx is made of, and how far it lies from the one that `conv2d_backward` computes."""
    return _(
        "dx_cols = w_rows.T @ dout_rows; col2im adds each column back to its window, so where windows "
        "overlap they add up. **Largest difference from conv2d_backward's dx: {difference}**"
    ).format(difference=_largest(dx, by_conv2d))


def _largest(ours: Floats, theirs: Floats) -> str:
    return f"{np.abs(ours - theirs).max():.2g}"
