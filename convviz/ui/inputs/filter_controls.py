"""Which filters slide over the image, and the grid in which their numbers are edited."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from convviz.browser.kernel import GridLook
from convviz.ops.filters import PRESETS, FilterPreset
from convviz.ops.filters.stack import fit_kernel, stack_kernels
from convviz.ops.types import Floats
from convviz.text.i18n import N_, _
from convviz.ui.inputs.number_grid import kept_numbers, show_grid
from convviz.ui.state import history, link, live
from convviz.ui.state.shown import key_of

CUSTOM = N_("Custom")
CORRELATION, CONVOLUTION = N_("Correlation"), N_("Convolution")
MOST_FILTERS = 8
_WEIGHTS, _BEGUN = "weights", "begun"
SHARPEN = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])


@dataclass(frozen=True)
class Filters:
    """The F filters chosen."""

    names: tuple[str, ...]  # one for each filter
    weights: Floats  # as they are multiplied, float64 of shape (F, C, KH, KW)
    rotated: bool  # true if they were turned by 180° because "convolution" was chosen
    notes: tuple[str, ...]  # scale and source of each preset
    typed: (
        Floats  # the first one as typed, shape (KH, KW), or (C, KH, KW) where its channels differ
    )

    @property
    def kernel(self) -> tuple[int, int]:
        """(KH, KW)."""
        return int(self.weights.shape[2]), int(self.weights.shape[3])


def filter_controls(
    planes: tuple[str, ...], largest: int, per_axis: bool, further: AbstractContextManager[Any]
) -> Filters:
    """Choose one filter or several, and their size, for an input with channels of these names.

    `further` is for what is changed less often.
    """
    count = len(planes)
    offered = [name for name, preset in PRESETS.items() if preset.channels in (None, count)]
    first = link.select(_("Filter f = 0"), "filter", [*offered, CUSTOM], shown=_shown_filter())
    with further:
        more = link.several(_("More filters (f = 1, 2, …)"), "more", offered, MOST_FILTERS - 1)
        operation = link.choice(_("Operation"), "operation", (CORRELATION, CONVOLUTION))
    names = (first, *more)
    sized = any(name == CUSTOM or PRESETS[name].sized for name in names)
    size = _size_controls(largest, per_axis) if sized else (min(3, largest), min(3, largest))
    made = [_make(name, size, count) for name in names]
    kernels = [kernel for kernel, _ in made]
    rotated = operation == CONVOLUTION
    weights = stack_kernels(kernels, count)
    if rotated:
        weights = weights[:, :, ::-1, ::-1]
    notes = tuple(dict.fromkeys(note for _, note in made if note))
    return Filters(names, np.ascontiguousarray(weights), rotated, notes, kernels[0])


def show_kernel(filters: Filters, planes: tuple[str, ...]) -> None:
    """The first filter's numbers. A change of them makes it a custom one that begins with these numbers."""
    name = filters.names[0]
    keys = {each: key_of(each) for each in ("filter", _BEGUN, "kernel", "kernel_w", "axes")}

    def keep(made: Floats) -> None:
        height, width = made.shape[-2:]
        if name == CUSTOM and (height, width) == filters.kernel:
            return
        if name != CUSTOM:
            st.session_state[keys[_BEGUN]] = name
        st.session_state[keys["filter"]] = CUSTOM
        st.session_state[keys["kernel"]], st.session_state[keys["kernel_w"]] = height, width
        if height != width:
            st.session_state[keys["axes"]] = True
        st.rerun()  # the controls show it too

    turned = _("Convolution multiplies this kernel turned by 180°.") if filters.rotated else ""
    names = planes if filters.typed.ndim == 3 else ()
    about = " ".join(filters.notes)
    look = GridLook(_("Kernel"), names, tools=True, note=turned, about=about)
    show_grid(_WEIGHTS, filters.typed, look, keep)


def numbered(name: str) -> str:
    """A filter's name behind its number, such as "f = 0: Sobel x", in the language in use."""
    number, filter_name = name.split(": ", 1)
    return f"{number}: {_(filter_name)}"


def _size_controls(largest: int, per_axis: bool) -> tuple[int, int]:
    default = min(3, largest)
    if not per_axis:
        size = link.slider(_("Kernel size"), "kernel", (1, largest), default)
        return size, size
    down, across = live.columns(2)
    with down:
        height = link.slider(_("Kernel height"), "kernel", (1, largest), default)
    with across:
        width = link.slider(_("Kernel width"), "kernel_w", (1, largest), default)
    return height, width


def _make(name: str, size: tuple[int, int], channels: int) -> tuple[Floats, str]:
    """A preset's kernel at this size, or the typed one, and what is known of it."""
    if name == CUSTOM:
        kernel = fit_kernel(kept_numbers(_WEIGHTS, SHARPEN), size)
        # On a gray image one plane does what several do together where they see the same.
        alone = kernel.ndim == 3 and len(kernel) != channels
        return (kernel.sum(axis=0) if alone else kernel), ""
    preset: FilterPreset = PRESETS[name]
    made = preset.make(size) if preset.sized else preset.make()
    note = _("{name}: scale {scale}. {source}.")
    return made.kernel, note.format(name=_(name), scale=made.scale, source=made.source)


def _shown_filter() -> Callable[[str], str]:
    """The name of a filter on the screen. A custom one says from which preset it was made."""
    own = key_of(_BEGUN)
    history.mirror(own)
    begun = st.session_state.get(own, st.query_params.get(_BEGUN))
    if begun not in PRESETS:
        return _
    st.session_state[own] = begun
    link.put(_BEGUN, begun)

    def shown(name: str) -> str:
        return _("Custom, from {name}").format(name=_(begun)) if name == CUSTOM else _(name)

    return shown
