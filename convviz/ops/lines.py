"""The rows of an image as the fast convolutions want them, a tile at a time: padded, thinned and interleaved.

Images (N, C, H, W) become lines (phases, height, C, N, width):

    lines[p, h, c, n, j] = x_pad[n, c, first + h * step, phase p + j * stride]

The zeros of the padding are written here, so no padded copy of the image is needed. A stride of 2 across
would make every later copy jump; here even and odd columns are parted once, and from then on tap v reads
neighbouring numbers:

    x_pad      a b c d e f g h        stride 2, taps v = 0, 1, 2
    phase 0    a . c . e . g .   ->   a c e g     v = 0 reads a c e, v = 2 reads c e g
    phase 1    . b . d . f . h   ->   b d f h     v = 1 reads b d f

The rows of all channels lie one below the other, so that the numbers a kernel of KH rows meets are one
matrix. Small images lie side by side, because a matrix product is faster if its matrices are wide.

A dilation of d down is taken away: the output rows i, i + d, ... read only the rows i, i + d, ... of the
image, and these without gaps. Each such set of rows is a `Strip`, an image of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import gcd

from convviz.ops.memory import empty
from convviz.ops.types import Array, Pair
from convviz.ops.window import Window2d

# Bytes worked on at a time: smaller tiles cost more calls than the cache saves; measured.
TILE = 1 << 21
EVEN = 16  # columns that BLAS computes at a time; a remainder it rounds otherwise
WIDE = 256  # columns of a matrix from which on it is wide enough; measured


@dataclass(frozen=True)
class Strip:
    """Output rows whose windows read every `step`-th row of the padded image, from row `first` on.

    Parameters
    ----------
    window
        Kernel, stride, padding and dilation.
    first, step
        The rows read.
    stride
        Rows read from the first row of one window to that of the next.
    """

    window: Window2d
    first: int
    step: int
    stride: int

    @cached_property
    def phases(self) -> list[int]:
        """The columns, within a stride, that some tap reads."""
        stride, dilation = self.window.stride[1], self.window.dilation[1]
        return sorted({v * dilation % stride for v in range(self.window.kernel[1])})

    def taps(self, out_w: int) -> list[tuple[int, slice]]:
        """For each tap across: which phase it reads, and what of its lines."""
        return [(phase, slice(begin, begin + out_w)) for phase, begin in self._taps]

    @cached_property
    def _taps(self) -> list[tuple[int, int]]:
        """For each tap across, which phase it reads, and from which column on."""
        stride, dilation = self.window.stride[1], self.window.dilation[1]
        read = (divmod(v * dilation, stride) for v in range(self.window.kernel[1]))
        return [(self.phases.index(phase), begin) for begin, phase in read]

    def height(self, count: int) -> int:
        """Rows that so many windows, one below the other, read."""
        return self.stride * (count - 1) + self.window.kernel[0]

    def width(self, out_w: int) -> int:
        """Columns of each phase."""
        return (self.window.extent[1] - 1) // self.window.stride[1] + out_w


def strips(window: Window2d, out_h: int) -> Iterator[tuple[slice, Strip]]:
    """The output rows and what they read; a single strip unless the window is dilated down.

    Examples
    --------
    >>> window = Window2d.make(3, dilation=2)
    >>> [(rows, strip.first, strip.step, strip.stride) for rows, strip in strips(window, 9)]
    [(slice(0, None, 2), 0, 2, 1), (slice(1, None, 2), 1, 2, 1)]
    """
    stride, dilation = window.stride[0], window.dilation[0]
    period = dilation // gcd(stride, dilation)
    for q in range(min(period, out_h)):
        rows = slice(q, None, period) if period > 1 else slice(None)
        yield rows, Strip(window, q * stride, dilation, stride * period // dilation)


@dataclass(frozen=True)
class Tiles:
    """What is worked on at a time: some rows of one image, or all rows of some images.

    Parameters
    ----------
    images, rows
        How many images and rows a tile has at most.
    all_images, all_rows
        How many there are.

    Examples
    --------
    >>> import numpy as np
    >>> list(Tiles.of(np.empty((3, 5, 16)), 5, TILE // 3))[:3]
    [(slice(0, 1, None), 0, 3), (slice(0, 1, None), 3, 2), (slice(1, 2, None), 0, 3)]
    >>> list(Tiles.of(np.empty((3, 5, 16)), 5, TILE // 10))
    [(slice(0, 2, None), 0, 5), (slice(2, 3, None), 0, 5)]
    """

    images: int
    rows: int
    all_images: int
    all_rows: int

    @classmethod
    def of(cls, out: Array, rows: int, bytes_a_row: int, least: int = 1) -> Tiles:
        """Tiles of about `TILE` bytes, with at least so many rows, for an output (N, ..., OW)."""
        images, out_w = len(out), out.shape[-1]
        fitting = max(TILE // max(bytes_a_row, 1), least, 1)
        equal = -(-rows // -(-rows // fitting))  # as high as each other
        together = min(images, fitting // max(rows, 1), WIDE // max(out_w, 1))
        if out_w % EVEN:
            # So that a picture's numbers do not depend on those beside it, to the last bit.
            together = 1
        return cls(max(1, together), equal, images, rows)

    def __iter__(self) -> Iterator[tuple[slice, int, int]]:
        """The images, the first row and the number of rows of each tile."""
        for n in range(0, self.all_images, self.images):
            for first in range(0, self.all_rows, self.rows):
                images = slice(n, min(n + self.images, self.all_images))
                yield images, first, min(self.rows, self.all_rows - first)


def fill(lines: Array, x: Array, strip: Strip, first: int) -> None:
    """Copy the rows that the windows from output row ``first`` on read, padding included.

    Parameters
    ----------
    lines
        To be filled, shape (G, phases, height, C, N, width).
    x
        Images, shape (N, G, C, H, W).
    strip, first
        Which rows.
    """
    for p, phase in enumerate(strip.phases):
        _read(lines[:, p], x, strip, first, phase)


def fill_taps(rows: Array, x: Array, strip: Strip, first: int) -> None:
    """Copy, for each tap across, what it reads of these rows.

    Without a stride across, neighbours are neighbours in the image too: then no lines are needed in between.

    Parameters
    ----------
    rows
        To be filled, shape (G, height, C, KW, N, OW).
    x, strip, first
        As for `fill`.
    """
    groups, height, channels, _, n, out_w = rows.shape
    if strip.window.stride[1] == 1:
        for v in range(strip.window.kernel[1]):
            _read(rows[:, :, :, v], x, strip, first, v * strip.window.dilation[1])
        return
    lines = empty((groups, len(strip.phases), height, channels, n, strip.width(out_w)), x.dtype)
    fill(lines, x, strip, first)
    for v, (phase, columns) in enumerate(strip.taps(out_w)):
        rows[:, :, :, v] = lines[:, phase, ..., columns]


def _read(part: Array, x: Array, strip: Strip, first: int, column: int) -> None:
    """Copy every stride-th number from a column of the padded image on to ``part`` (G, height, C, N, width)."""
    (top, _), (left, _) = strip.window.padding
    row = strip.first + first * strip.stride * strip.step - top
    inside, rows = meeting(row, strip.step, part.shape[1], x.shape[3])
    across, columns = meeting(column - left, strip.window.stride[1], part.shape[4], x.shape[4])
    part[:, inside, :, :, across] = x[..., rows, columns].transpose(1, 3, 2, 0, 4)
    part[:, : inside.start] = part[:, inside.stop :] = 0
    part[:, inside, :, :, : across.start] = part[:, inside, :, :, across.stop :] = 0


def drain(lines: Array, x: Array, start: Pair, steps: Pair) -> None:
    """The adjoint of `fill` for one phase: write lines (G, height, C, N, width) to where they were read.

    Parameters
    ----------
    lines
        Gradients of the padded image.
    x
        Gradient of the images, shape (N, G, C, H, W); padding receives nothing.
    start, steps
        Row and column of the first of the lines in the image, and how far the next are.
    """
    inside, rows = meeting(start[0], steps[0], lines.shape[1], x.shape[3])
    across, columns = meeting(start[1], steps[1], lines.shape[4], x.shape[4])
    x[..., rows, columns] = lines[:, inside, :, :, across].transpose(3, 0, 2, 1, 4)


def meeting(start: int, step: int, count: int, size: int) -> tuple[slice, slice]:
    """Of the places start, start + step, ... those inside an axis, and where they lie on it.

    Examples
    --------
    >>> meeting(-3, 2, 5, 4)
    (slice(2, 4, None), slice(1, 4, 2))
    """
    begin = min(max(0, -(start // step)), count)
    end = max(begin, min(count, -((start - size) // step)))
    low, high = start + begin * step, start + (end - 1) * step + 1
    return slice(begin, end), slice(low, high, step) if begin < end else slice(0, 0)
