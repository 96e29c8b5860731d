"""The output-size formula with its numbers filled in."""

from __future__ import annotations

from convviz.ops.spec import Window2d

AXES = ("height", "width")


def size_formula(window: Window2d, size: tuple[int, int]) -> str:
    r"""Markdown with one line of LaTeX for each axis.

    Examples
    --------
    >>> print(size_formula(Window2d.make(3, stride=2, padding=1), (7, 8)))
    height $\left\lfloor \dfrac{7 + 2 \cdot 1 - 1 \cdot (3 - 1) - 1}{2} \right\rfloor + 1 = \mathbf{4}$
    <BLANKLINE>
    width $\left\lfloor \dfrac{8 + 2 \cdot 1 - 1 \cdot (3 - 1) - 1}{2} \right\rfloor + 1 = \mathbf{4}$
    """
    return "\n\n".join(_axis_formula(window, size, axis) for axis in (0, 1))


def leftover_sentence(window: Window2d, size: tuple[int, int]) -> str:
    """What the stride leaves over, or "" where it divides."""
    rows, columns = window.leftover(size)
    if not rows and not columns:
        return ""
    parts = [
        f"{count} {noun if count == 1 else noun + 's'}"
        for count, noun in ((rows, "row"), (columns, "column"))
        if count
    ]
    return (
        f"The stride leaves {' and '.join(parts)} over (shaded): no window reaches them. "
        "CS231n calls this setting invalid; PyTorch rounds down, as here."
    )


def _axis_formula(window: Window2d, size: tuple[int, int], axis: int) -> str:
    before, after = window.padding[axis]
    padding = f"2 \\cdot {before}" if before == after else f"({before} + {after})"
    kernel, stride, dilation = window.kernel[axis], window.stride[axis], window.dilation[axis]
    top = f"{size[axis]} + {padding} - {dilation} \\cdot ({kernel} - 1) - 1"
    result = window.output_size(size)[axis]
    return (
        f"{AXES[axis]} $\\left\\lfloor \\dfrac{{{top}}}{{{stride}}} \\right\\rfloor + 1"
        f" = \\mathbf{{{result}}}$"
    )
