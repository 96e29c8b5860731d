"""What the Transposed page says: the output size with its numbers, and why there is output padding."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Array
from convviz.pages.transposed.controls import TransposedSettings
from convviz.text.i18n import _, ngettext
from convviz.text.joined import listed
from convviz.text.prose import number
from convviz.ui.arithmetic import for_axes


def size_sentence(settings: TransposedSettings) -> str:
    """The formula of the output size."""
    return for_axes(*(_axis(settings, axis) for axis in (0, 1)))


def _axis(settings: TransposedSettings, axis: int) -> str:
    window, more = settings.window, settings.output_padding[axis]
    kernel, stride, dilation = window.kernel[axis], window.stride[axis], window.dilation[axis]
    before = window.padding[axis][0]
    length, out = settings.size[axis], settings.output_size[axis]
    formula = f"({length} − 1)·{stride} − 2·{before} + {dilation}·({kernel} − 1) + {more} + 1"
    return f"{formula} = **{out}**"


def output_padding_sentence(settings: TransposedSettings) -> str:
    """Which input sizes give a convolution the size of x: output padding chooses one of them."""
    window, length = settings.window, settings.size[0]
    shortest = settings.output_size[0] - settings.output_padding[0]
    sizes = [str(shortest + more) for more in range(window.stride[0])]
    if len(sizes) == 1:
        return _("With stride 1, a convolution makes {length} of the height {size} only.").format(
            size=sizes[0], length=length
        )
    return _(
        "A convolution with stride {stride} turns each of the heights {sizes} into {length}. "
        "Output padding says which of them to return to."
    ).format(stride=window.stride[0], length=length, sizes=listed(sizes))


def pattern_sentence(counts: Array) -> str:
    """Whether the cells away from the border lie below equally many stamps."""
    least, most = int(counts.min()), int(counts.max())
    if least == most:
        return ngettext(
            "Away from the border every cell lies below {count} stamp: no checkerboard.",
            "Away from the border every cell lies below {count} stamps: no checkerboard.",
            most,
        )
    return _(
        "Away from the border cells lie below {least} to {most} stamps in turn: the checkerboard. It comes where "
        "the stride does not divide the kernel, or where dilation leaves holes."
    ).format(least=least, most=most)


def dx_sentence(out: Array, dx: Array) -> str:
    """What the transposed convolution is, and how far it lies from that."""
    return _(
        "conv_transpose2d(x, w) is the dx that a convolution by w computes from the gradient x. "
        "**Largest difference: {difference}**"
    ).format(difference=f"{np.abs(out - dx).max():.2g}")


def difference_sentence(x: Array, again: Array) -> str:
    """How far the numbers that come back lie from those that went in."""
    return _(
        "It is not the inverse: the convolution of the output has the size of x again, but other numbers. "
        "**Largest difference from x: {difference}**"
    ).format(difference=number(float(np.abs(x - again).max())))


def gathered_sentence(dx: Array, by_conv: Array) -> str:
    """What dx is, and how far the loop's lies from it."""
    return _(
        "Backward, each input cell gathers the gradient under its stamp: dx is a convolution of dout. "
        "**Largest difference from conv2d(dout, w): {difference}**"
    ).format(difference=f"{np.abs(dx - by_conv).max():.2g}")
