"""What scenes of the four loops have in common: index tables and names.

Their loops are n, f or c, i, j: image, filter or channel, output row, output column.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.index import tap_index
from convviz.ops.types import Pair, Shape
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.panel import Access
from convviz.trace.scene import Phase, Unit, Variable

CHANNEL_NAMES = {1: ("",), 3: ("R", "G", "B")}


def line_of(source: tuple[str, ...], start: str) -> int:
    """Index of the line that starts so."""
    return next(k for k, text in enumerate(source) if text.lstrip().startswith(start))


def products_phase(source: tuple[str, ...], read: str, total: str, by: str = "w") -> Phase:
    """Multiply what an access reads by the filter, or by another, tap by tap."""
    return Phase(
        "products",
        line_of(source, "products ="),
        N_("Tap {tap} of {taps}: {a} × {(b)} = {term}. Sum so far {running}."),
        factors=(read, by),
        fold="sum",
        by_tap=True,
        heading=N_("products"),
        total=total,
    )


def channel_names(count: int) -> tuple[str, ...]:
    """R, G, B for three; nothing for one; numbers otherwise."""
    return CHANNEL_NAMES.get(count, tuple(str(c) for c in range(count)))


def numbered(name: str, count: int) -> tuple[str, ...]:
    """``("n=0 ", "n=1 ")`` for two; nothing to tell apart for one."""
    return tuple(f"{name}={k} " if count > 1 else "" for k in range(count))


def named_planes(*axes: tuple[str, ...]) -> tuple[str, ...]:
    """Every combination of the axes' names, the last axis fastest."""
    names = [""]
    for axis in axes:
        names = [before + name for before in names for name in axis]
    return tuple(name.strip() for name in names)


def image_planes(shape: Shape) -> tuple[str, ...]:
    """Names of the planes of images, (N, C, ...).

    Examples
    --------
    >>> image_planes((2, 3)), image_planes((1, 1))
    (('n=0 R', 'n=0 G', 'n=0 B', 'n=1 R', 'n=1 G', 'n=1 B'), ('',))
    """
    return named_planes(numbered("n", shape[0]), channel_names(shape[1]))


def numbered_planes(**counts: int) -> tuple[str, ...]:
    """Names of planes that two loop variables number, the last one fastest.

    Examples
    --------
    >>> numbered_planes(n=1, f=2)
    ('f=0', 'f=1')
    """
    return named_planes(*(numbered(name, count) for name, count in counts.items()))


def window_access(panel: str, window: Window2d, size: Pair, channels: int, planes: Pair) -> Access:
    """The window of each output cell, in a padded panel.

    Parameters
    ----------
    panel
        Key of the panel; it holds the padded input.
    window, size
        Kernel and the rest, and (H, W) of the unpadded input.
    channels
        How many planes one visit reads.
    planes
        How many planes further the window lies for the next n, and for the next f or c.
    """
    index = tap_index(window, size, padded=True)  # (OH, OW, KH, KW)
    plane = int(np.prod(window.padded_size(size)))
    channel = np.arange(channels)[:, None, None] * plane  # (C, 1, 1)
    table = (index[:, :, None] + channel).reshape(index.shape[0] * index.shape[1], -1)
    per_image, per_filter = (count * plane for count in planes)
    return Access(
        panel, table.astype(np.int32), (0, 0, index.shape[1], 1), (per_image, per_filter, 0, 0)
    )


def cell_access(panel: str, shape: Shape) -> Access:
    """The cell (n, f, i, j) itself, in a panel of that shape."""
    _, filters, rows, columns = shape
    table = np.arange(rows * columns, dtype=np.int32)[:, None]
    return Access(
        panel, table, (0, 0, columns, 1), (filters * rows * columns, rows * columns, 0, 0)
    )


def filter_access(panel: str, taps: int) -> Access:
    """All numbers of filter f, in a panel that holds ``taps`` of them for each filter."""
    table = np.arange(taps, dtype=np.int32)[None]
    return Access(panel, table, (0, 0, 0, 0), (0, taps, 0, 0))


def window_variables(window: Window2d) -> tuple[Variable, ...]:
    """Where the window begins and ends: top, bottom, left, right."""
    (stride_h, stride_w), (extent_h, extent_w) = window.stride, window.extent
    down, across = (0, 0, stride_h, 0), (0, 0, 0, stride_w)
    return (
        Variable("top", down),
        Variable("bottom", down, extent_h),
        Variable("left", across),
        Variable("right", across, extent_w),
    )


def units(out_shape: Shape, visit: int, plane: str) -> tuple[Unit, ...]:
    """Jumps by tap, cell, row, ``plane`` (a filter or a channel) and image."""
    images, planes, out_h, out_w = out_shape
    row, whole = visit * out_w, visit * out_w * out_h
    jumps = [Unit(N_("tap"), 1), Unit(N_("cell"), visit), Unit(N_("row"), row), Unit(plane, whole)]
    if images > 1:
        jumps.append(Unit(N_("image"), whole * planes))
    return tuple(jumps)
