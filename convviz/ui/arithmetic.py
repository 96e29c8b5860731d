"""The output-size formula with its numbers filled in."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from convviz.ops.fitting import fitting_settings
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _, ngettext
from convviz.text.joined import listed, sentences
from convviz.ui.internals.elements import DeltaGenerator

Size = tuple[int, int]
AXES = (N_("height"), N_("width"))


def size_formula(window: Window2d, size: Size, ceil_mode: bool = False) -> str:
    """Markdown with a line for the height and a line for the width, or one for both where they are alike.

    With ``ceil_mode`` the division rounds up, and a last window that would start in the padding is dropped.

    Examples
    --------
    >>> for line in size_formula(Window2d.make(3, stride=2, padding=1), (7, 8)).splitlines():
    ...     print(line.strip())
    height ⌊(7 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = **4**
    width ⌊(8 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = **4**
    >>> size_formula(Window2d.make(3, padding=1), (8, 8))
    'height and width ⌊(8 + 2·1 − 1·(3 − 1) − 1) / 1⌋ + 1 = **8**'
    """
    return for_axes(*(_axis_formula(window, size, axis, ceil_mode) for axis in (0, 1)))


def for_axes(height: str, width: str) -> str:
    """Markdown with what is said of the height and of the width: a line each, or one for both if alike."""
    if height == width:
        return f"{_('height and width')} {height}"
    return f"{_(AXES[0])} {height}  \n{_(AXES[1])} {width}"


def leftover_sentence(
    window: Window2d, size: Size, *, shaded: bool = True, pooled: bool = False
) -> str:
    """What the stride leaves over, or "" where it divides; `shaded` says whether a picture shades it.

    `pooled` is that of `fitting_settings`.
    """
    rows, columns = window.leftover(size)
    if not rows and not columns:
        return ""
    over = _("{rows} and {columns}") if rows and columns else "{rows}" if rows else "{columns}"
    said = _("The stride leaves {over} over (shaded). CS231n forbids that, PyTorch rounds down.")
    if not shaded:
        said = _("The stride leaves {over} over. CS231n forbids that, PyTorch rounds down.")
    sentence = said.format(
        over=over.format(
            rows=ngettext("{count} row", "{count} rows", rows),
            columns=ngettext("{count} column", "{count} columns", columns),
        )
    )
    nearest = [setting.partition(" ") for setting in _fitting(window, size, pooled)]
    if not nearest:
        return sentence
    settings = listed(f"{_(name)} {value}" for name, _space, value in nearest)
    return sentences([sentence, _("These divide: {settings}.").format(settings=settings)])


@lru_cache(maxsize=64)
def _fitting(window: Window2d, size: Size, pooled: bool) -> tuple[str, ...]:
    """The nearest settings that divide; each view says them twice."""
    return tuple(fitting_settings(window, size, pooled=pooled))


def show_size(
    place: DeltaGenerator,
    window: Window2d,
    size: Size,
    photo_size: Size,
    *,
    ceil_mode: bool = False,
    by_photo: bool = False,
) -> None:
    """Write the formula, and below it what surrounds a region of the photo."""
    formula = size_formula(window, size, ceil_mode)
    if size == photo_size or window.padding == ((0, 0), (0, 0)):
        place.markdown(formula)
        return
    place.markdown(f"{formula}  \n:small[{_around(by_photo)}]")


def size_lines(
    window: Window2d,
    size: Size,
    photo_size: Size,
    ceil_mode: bool = False,
    *,
    by_photo: bool = False,
    shaded: bool = True,
    pooled: bool = False,
) -> list[str]:
    """The formula, what the stride leaves over, and of a region of a photo what surrounds it; a line each."""
    said = [line.strip() for line in size_formula(window, size, ceil_mode).splitlines()]
    if photo_size != size and window.padding != ((0, 0), (0, 0)):
        said.append(f":small[{_around(by_photo)}]")
    leftover = leftover_sentence(window, size, shaded=shaded, pooled=pooled)
    if not ceil_mode and leftover:
        said.append(f":small[:material/warning: {leftover}]")
    return said


def _around(by_photo: bool) -> str:
    """What surrounds a region."""
    if by_photo:
        return _("The photo surrounds the region: each number is that of its whole map.")
    return _("Padding surrounds the region, not the rest of the photo.")


def show_leftover(
    window: Window2d, size: Size, *, shaded: bool = True, pooled: bool = False
) -> None:
    """Say what the stride leaves over, if anything; `shaded` and `pooled` as for `leftover_sentence`."""
    if leftover := leftover_sentence(window, size, shaded=shaded, pooled=pooled):
        st.markdown(f":small[:material/warning: {leftover}]")


def _axis_formula(window: Window2d, size: Size, axis: int, ceil_mode: bool) -> str:
    before, after = window.padding[axis]
    padding = f"2·{before}" if before == after else f"({before} + {after})"
    kernel, stride, dilation = window.kernel[axis], window.stride[axis], window.dilation[axis]
    room = f"{size[axis]} + {padding} − {dilation}·({kernel} − 1) − 1"
    quotient = f"⌈({room}) / {stride}⌉" if ceil_mode else f"⌊({room}) / {stride}⌋"
    out = window.output_size(size, ceil_mode)[axis]
    undropped = -(-(window.padded_size(size)[axis] - window.extent[axis]) // stride) + 1
    dropped = _(" − 1, for it would start in the padding") if ceil_mode and out < undropped else ""
    return f"{quotient} + 1{dropped} = **{out}**"
