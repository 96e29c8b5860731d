"""Where the stepped region lies on the photo."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.browser.picture import Lattice
from convviz.ops.padding import PADDING_MODES
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.photos.regions import Region, moved_to
from convviz.text.i18n import N_, _
from convviz.trace import Scene
from convviz.trace.steps import cell_step
from convviz.ui.cache import most_interesting
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.tray import came_as_awaited
from convviz.ui.state import link, live
from convviz.ui.state.shown import key_of

DEFAULT_REGION = 8
PLACE = ("rows", "columns", "row", "col")
LARGEST_REGION = 32
AROUND = (N_("The photo"), N_("Padding"))
_PENDING, _SHOWN = "region picked", "region of photo"
_PICKED = "place picked"  # (n, f, row, column): the pixel in the middle of its window


def pick_region(row: int, column: int, of: Pair = (0, 0)) -> None:
    """Move the region's middle to a pixel of the photo; takes effect in the rerun this starts.

    Parameters
    ----------
    row, column
        Of the pixel.
    of
        Which image and which of its maps the cell over that pixel is of, where stepping begins.
    """
    _note_pick(row, column, of)
    st.rerun()


def loop_from(view: str, of: Pair = (0, 0)) -> Callable[[Pair], None]:
    """A callback that moves the region's middle to a pixel and turns to the view that steps through it.

    Parameters
    ----------
    view
        The view, as the link has it.
    of
        As `pick_region` takes it.
    """

    def go(pixel: Pair) -> None:
        _note_pick(*pixel, of)
        turn_to(view)

    return go


def turn_to(view: str) -> None:
    """Show another view of the page in the next run; for callbacks."""
    st.session_state[key_of("view")] = view
    live.run_whole()


def _note_pick(row: int, column: int, of: Pair) -> None:
    st.session_state[_PENDING] = (row, column)
    st.session_state[_PICKED] = (*of, row, column)
    st.query_params.pop("step", None)  # of another place
    live.run_whole()


def picked_step(scene: Scene, region: Region, window: Window2d) -> int | None:
    """The step that completes the cell picked last; None where the region does not hold it."""
    n, f, row, column = st.session_state.get(_PICKED, (0, 0, -1, -1))
    images, maps, *size = (length for _name, length in scene.loops)
    if not region.holds(row, column) or n >= images or f >= maps:
        return None
    lattice = window_lattice(window)
    place = (row - region.top, column - region.left)
    return cell_step(scene, n, f, *lattice.nearest(place, (size[0], size[1])))


def region_controls(
    photo: Photo,
    channels: str,
    window: Window2d,
    *,
    mode: str = "zeros",
    side: int = DEFAULT_REGION,
) -> Region:
    """Choose the region stepped through: its size, and its top left corner on the photo.

    Parameters
    ----------
    photo, channels
        Where it is cut out.
    window
        What slides over it; it must fit.
    mode
        Of the padding: if it copies cells, the region must have as many.
    side
        Rows and columns to begin with.
    """
    start_size = photo.size if photo.signed else (side, side)
    is_new = not live.reads() and _is_new(photo, start_size)
    with fold(_("Region to step through"), "region", PLACE, opens=False):
        return _region(photo, channels, window, mode, start_size, is_new=is_new)


def _region(
    photo: Photo, channels: str, window: Window2d, mode: str, start_size: Pair, *, is_new: bool
) -> Region:
    height, width = photo.size
    sizes = live.columns(2)
    with sizes[0]:
        least, most = _size_bounds(window, 0, height, mode)
        rows = link.number(_("Rows"), "rows", (1, most), start_size[0], least=least)
    with sizes[1]:
        least, most = _size_bounds(window, 1, width, mode)
        columns = link.number(_("Columns"), "columns", (1, most), start_size[1], least=least)
    start = most_interesting(photo, channels, rows, columns)
    if not live.reads():
        _move(start, (height, width), window.stride, is_new=is_new)
    corner = live.columns(2)
    with corner[0]:
        top = link.number(_("Top row"), "row", (0, height - rows), start.top)
    with corner[1]:
        left = link.number(_("Left column"), "col", (0, width - columns), start.left)
    return Region(top, left, rows, columns)


def _is_new(photo: Photo, size: Pair) -> bool:
    """Whether another photo has been chosen. Numbers are new when others are, not when one of them is changed.

    All of them are the region to begin with; a photo after them has a region of ``size`` again.
    """
    mark = f"numbers {photo.name} {photo.size}" if photo.signed else photo.digest
    before = st.session_state.get(_SHOWN, mark)
    st.session_state[_SHOWN] = mark
    if before == mark:
        return False
    if photo.signed or before.startswith("numbers "):
        for name, length in zip(("rows", "columns"), size, strict=True):
            link.set_number(key_of(name), min(length, LARGEST_REGION))
    return True


def around_control(region: Region, window: Window2d, size: Pair, start: str = AROUND[0]) -> bool:
    """Choose what lies around a region of a photo of this size, where it matters; whether it is the photo.

    It begins with `start`, one of `AROUND`. Around the whole photo there is only padding.
    """
    is_part = region.size != size
    matters = is_part and any(map(any, window.padding))
    offered = sorted(AROUND, key=lambda each: each != start)
    if live.stands("around the region", matters):
        chosen = link.choice(_("Around the region"), "around", offered)
    else:
        chosen = link.held("around", offered, start)
    return is_part and (chosen if matters else start) == AROUND[0]


def _move(start: Region, size: Pair, stride: Pair, *, is_new: bool) -> None:
    """Apply a pick on the picture, or go to the interesting place of a photo newly chosen."""
    picked: Pair | None = st.session_state.pop(_PENDING, None)
    awaited = came_as_awaited()
    if picked:
        start = moved_to(start, picked, size, stride)
    if not picked and not is_new:
        return
    for name, first in (("row", start.top), ("col", start.left)):
        if not (awaited and not picked and name in st.query_params):  # where the link wants it
            st.session_state[key_of(name)] = first


def _size_bounds(window: Window2d, axis: int, side: int, mode: str) -> Pair:
    """Sizes for which the kernel fits the padded region, and which have the cells that the padding copies."""
    before, after = window.padding[axis]
    kernel = window.extent[axis] - before - after
    least = PADDING_MODES[mode].least(max(before, after))
    low = min(side, max(kernel, least, 1))
    return low, max(low, min(LARGEST_REGION, side))


def window_lattice(window: Window2d) -> Lattice:
    """Where each map cell's window lies on the photo."""
    (top, _), (left, _) = window.padding
    return Lattice((-top, -left), window.stride, window.extent, window.dilation)


def map_box(region: Region, window: Window2d, out: Pair) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of the map cells whose windows are centred in the region."""
    lattice = window_lattice(window)
    low, high = [], []
    for axis, (start, length) in enumerate(
        ((region.top, region.rows), (region.left, region.columns))
    ):
        middle = lattice.start[axis] + (lattice.extent[axis] - 1) // 2  # of the window of cell 0
        step = lattice.step[axis]
        first = max(0, min(-((middle - start) // step), out[axis] - 1))
        last = max(first + 1, min((start + length - 1 - middle) // step + 1, out[axis]))
        low.append(first)
        high.append(last)
    return low[0], low[1], high[0], high[1]
