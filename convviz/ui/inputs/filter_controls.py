"""Which filters slide over the image, and the grid in which the numbers of one of them are edited."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from convviz.browser.kernel import GridLook
from convviz.ops.filters import PRESETS
from convviz.ops.filters.stack import MOST_FILTERS, fit_kernel, stack_kernels
from convviz.ops.types import Floats, Pair
from convviz.text.i18n import N_, _
from convviz.text.joined import sentences
from convviz.text.limits import LARGEST_NUMBER
from convviz.ui.inputs.all_weights import paste_weights
from convviz.ui.inputs.bank import (
    BIAS,
    CHOSEN,
    CUSTOM,
    FIRST,
    MORE,
    TYPED,
    One,
    change_bank,
    change_one,
    keep_in_link,
    kept_bank,
    resized,
    set_size,
)
from convviz.ui.inputs.number_grid import show_grid
from convviz.ui.state import link, live
from convviz.ui.state.asked import check_option
from convviz.ui.state.entry import CONVOLVE
from convviz.ui.state.held import hold
from convviz.ui.state.reduced import note_control
from convviz.ui.state.shown import key_of, page_shown

CORRELATION, CONVOLUTION = N_("Correlation"), N_("Convolution")
CORRELATES = N_(
    "What deep learning calls convolution is cross-correlation: the kernel is multiplied as it stands."
)
FLIPS = N_("Convolution in mathematics turns it by 180° first.")


@dataclass(frozen=True)
class Filters:
    """The F filters chosen."""

    names: tuple[str, ...]  # one for each filter
    weights: Floats  # as they are multiplied, float64 of shape (F, C, KH, KW)
    biases: Floats  # shape (F,)
    # The one looked at, as typed: shape (KH, KW), or (C, KH, KW) where its channels differ.
    typed: Floats
    shown: int = 0  # which one that is
    note: str = ""  # its scale and source; "" for a custom one
    begun: str = ""  # the preset from which a custom one was made
    rotated: bool = False  # true if all were turned by 180° because "convolution" was chosen
    offered: tuple[str, ...] = ()  # presets for these channels

    @property
    def kernel(self) -> Pair:
        """(KH, KW)."""
        return int(self.weights.shape[2]), int(self.weights.shape[3])


@dataclass(frozen=True)
class FilterPlaces:
    """Where the controls of filters stand."""

    first: AbstractContextManager[Any]  # those that are changed most
    further: AbstractContextManager[Any]  # the others
    choice: AbstractContextManager[Any]  # which filter is looked at, if there are several
    by_name: bool = False  # whether that choice has room for names
    with_bias: bool = True  # whether the bias can be chosen; 0 otherwise


def filter_controls(
    planes: tuple[str, ...], largest: int, per_axis: bool, places: FilterPlaces
) -> Filters:
    """Choose one filter or several, their size, and a bias each, for an input with channels of these names."""
    count = len(planes)
    offered = [name for name, preset in PRESETS.items() if preset.channels in (None, count)]
    bank = kept_bank(offered)
    with places.further:
        _count_control(len(bank), offered)
        paste_weights(count, largest)
        operation = link.choice(_("Operation"), "operation", (CORRELATION, CONVOLUTION))
        if page_shown() in CONVOLVE and live.draws():
            st.caption(sentences([_(CORRELATES), _(FLIPS)]))
    with places.choice:
        shown = _shown_control(bank, places.by_name)
    with places.first:
        _name_control(bank[shown], shown, offered)
    keep_in_link(bank, offered)
    sized = [one.name == CUSTOM or PRESETS[one.name].sized for one in bank]
    with places.first:
        size = _size(largest, per_axis, is_free=any(sized))
        if places.with_bias:
            _bias_control(bank[shown].bias, shown, offered)
    made = [_make(one, size, count) for one in bank]
    rotated = operation == CONVOLUTION
    weights = stack_kernels([kernel for kernel, _note in made], count)
    if rotated:
        weights = weights[:, :, ::-1, ::-1]
    return Filters(
        names=tuple(one.name for one in bank),
        weights=np.ascontiguousarray(weights),
        biases=np.array([one.bias if places.with_bias else 0.0 for one in bank]),
        typed=made[shown][0],
        shown=shown,
        note=made[shown][1],
        begun=bank[shown].begun,
        rotated=rotated,
        offered=tuple(offered),
    )


def show_kernel(filters: Filters, planes: tuple[str, ...]) -> None:
    """The numbers of the filter looked at. A change makes it a custom one that begins with these numbers.

    With the numbers of the preset that it was made from it is that preset again, as after Escape.
    """
    f, name = filters.shown, filters.names[filters.shown]

    def keep(made: Floats) -> None:
        size = (made.shape[-2], made.shape[-1])
        if len(filters.names) > 1:  # the others keep theirs
            size = (max(size[0], filters.kernel[0]), max(size[1], filters.kernel[1]))
        if grows := name != CUSTOM or size != filters.kernel:
            set_size(size)

        begun = filters.begun if name == CUSTOM else name
        returns = bool(begun) and np.array_equal(_make(One(begun), size, len(planes))[0], made)
        now = One(begun) if returns else One(CUSTOM, made, begun)
        # The controls show the one as the other too.
        change_one(
            f, lambda one: replace(now, bias=one.bias), filters.offered, whole=grows or returns
        )

    said = [_("Convolution multiplies this kernel turned by 180°.")] if filters.rotated else []
    rows, columns = filters.kernel
    if filters.typed.shape[-2:] != filters.kernel:
        zeros = _("The filters have one size: zeros around this one make it {rows}×{columns}.")
        said.append(zeros.format(rows=rows, columns=columns))
    names = planes if len(planes) > 1 else ()
    look = GridLook(_("Kernel"), names, tools=True, note=sentences(said), about=filters.note)
    show_grid(TYPED, filters.typed, look, keep)


def _count_control(count: int, offered: Sequence[str]) -> None:
    """How many filters there are. The one that comes is looked at."""
    key = "number of filters"

    def resize() -> None:
        wanted = int(st.session_state[key])

        def change(bank: list[One]) -> list[One]:
            st.session_state[key_of(CHOSEN)] = str(min(wanted, MOST_FILTERS) - 1)
            return resized(bank, wanted, offered)

        change_bank(change, offered)

    note_control(MORE, _("Number of filters F"))
    if not live.is_read(key, count) and live.draws():
        hold(key, count)
        st.number_input(_("Number of filters F"), 1, MOST_FILTERS, count, key=key, on_change=resize)


def _shown_control(bank: Sequence[One], by_name: bool) -> int:
    if len(bank) == 1:
        return 0
    said = [f"f = {f}: {_(one.name)}" if by_name else f"{f}" for f, one in enumerate(bank)]
    numbers = [str(f) for f in range(len(bank))]
    return int(link.choice(_("Filter shown"), CHOSEN, numbers, shown=lambda f: said[int(f)]))


def _name_control(one: One, f: int, offered: Sequence[str]) -> None:
    label, names = _("Filter f = {f}").format(f=f), [*offered, CUSTOM]
    # The list is another as soon as the filter is a custom one: what the browser still says of the first, until it
    # has heard of that, changes nothing.
    key = f"filter {f} custom" if one.name == CUSTOM else f"filter {f}"

    def shown(name: str) -> str:
        """A custom one says from which preset it was made."""
        begun = name == CUSTOM and one.begun
        return _("Custom, from {name}").format(name=_(one.begun)) if begun else _(name)

    def choose(one: One) -> One:
        return replace(one, name=str(st.session_state[key]))

    if not live.is_read(key, tuple(map(shown, names))):
        hold(key, one.name)
        change = partial(change_one, f, choose, offered)
        st.selectbox(label, names, key=key, format_func=shown, on_change=change)
    if f == 0:
        check_option(FIRST, label, one.name, names, shown)


def _bias_control(bias: float, f: int, offered: Sequence[str]) -> None:
    key = f"bias {f}"

    def choose(one: One) -> One:
        return replace(one, bias=float(st.session_state[key]))

    note_control(BIAS, _("Bias b[{f}]").format(f="f"))
    if not live.is_read(key, None):
        hold(key, bias)
        st.number_input(
            _("Bias b[{f}]").format(f=f),
            -LARGEST_NUMBER,
            LARGEST_NUMBER,
            0.0,
            step=1.0,
            format="%g",
            key=key,
            on_change=partial(change_one, f, choose, offered),
        )


def _size(largest: int, per_axis: bool, *, is_free: bool) -> Pair:
    """The size of the kernels, where it can be chosen; its sliders come and go when the hand rests."""
    default = min(3, largest)
    stands = live.stands("kernel size", is_free)
    size = (_size_controls if stands else _held_size)(largest, per_axis, default)
    return size if is_free else (default, default)


def _held_size(largest: int, per_axis: bool, default: int) -> Pair:
    """What the sliders would begin with."""
    height = link.held_number("kernel", (1, largest), default)
    return height, link.held_number("kernel_w", (1, largest), default) if per_axis else height


def _size_controls(largest: int, per_axis: bool, default: int) -> Pair:
    if not per_axis:
        size = link.slider(_("Kernel size"), "kernel", (1, largest), default)
        return size, size
    down, across = live.columns(2)
    with down:
        height = link.slider(_("Kernel height"), "kernel", (1, largest), default)
    with across:
        width = link.slider(_("Kernel width"), "kernel_w", (1, largest), default)
    return height, width


def _make(one: One, size: Pair, channels: int) -> tuple[Floats, str]:
    """A preset's kernel at this size, or the typed one, and what is known of it."""
    if one.name == CUSTOM:
        kernel = fit_kernel(one.numbers, size)
        # On a gray image one plane does what several do together where they see the same.
        alone = kernel.ndim == 3 and len(kernel) != channels
        return (kernel.sum(axis=0) if alone else kernel), ""
    made = PRESETS[one.name].of_size(size)
    note = _("{name}: scale {scale}. {source}.")
    return made.kernel, note.format(name=_(one.name), scale=made.scale, source=made.source)
