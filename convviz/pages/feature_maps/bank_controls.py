"""Which filters a convolution of the pipeline slides."""

from __future__ import annotations

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.ops.filters import PRESETS
from convviz.pages.feature_maps.given_weights import given_weights
from convviz.pages.feature_maps.whole_number import whole
from convviz.pipeline import Bank, Chosen, Gabor, Given, Own, Random, Trained
from convviz.pipeline.limits import LARGEST_KERNEL, MOST_FILTERS, Rows
from convviz.text.i18n import N_, _
from convviz.text.numbers import numbers_in
from convviz.text.rows import write_line
from convviz.ui.giving.own_filters import can_take, take_filters
from convviz.ui.parts import in_columns
from convviz.ui.state import live
from convviz.ui.state.held import hold

KINDS: dict[str, type] = {
    N_("Chosen"): Chosen,
    N_("Gabor bank"): Gabor,
    N_("Random"): Random,
    N_("Your own array"): Given,
    N_("Learned by the network"): Trained,
    N_("Learned by your network"): Own,
}
LARGEST_SEED = 9999


def bank_controls(bank: Bank, name: str, channels: int, largest: int) -> Bank:
    """Edit a bank for an input of so many channels, with kernels of at most ``largest`` rows and columns.

    The keys of its widgets begin with `name`.

    Raises
    ------
    SpecError
        If what is typed is no filter, or nothing is chosen.
    """
    now = next(label for label, kind in KINDS.items() if isinstance(bank, kind))
    key = f"{name} kind"
    st.session_state.setdefault(key, now)
    offered = [
        label for label, kind in KINDS.items() if kind is not Own or now == label or can_take()
    ]
    if not live.is_read(key, tuple(offered)):
        st.selectbox(_("Filters"), offered, key=key, format_func=_)
    chosen = st.session_state[key]
    if KINDS[chosen] is Given:
        return given_weights(bank, name, channels, largest)
    if KINDS[chosen] is Own:
        return _own(bank if isinstance(bank, Own) else take_filters(), name)
    if KINDS[chosen] is Trained:
        note = _(
            "The first layer of the pretrained network. The network subtracts the mean image from "
            "its input; here the filters see the raw pixels."
        )
        live.markdown(f"{name} note", f":small[{note}]")
        return Trained()
    if KINDS[chosen] is Gabor:
        return _gabor(
            bank if isinstance(bank, Gabor) else Gabor(size=min(9, largest)), name, largest
        )
    if KINDS[chosen] is Random:
        return _random(
            bank if isinstance(bank, Random) else Random(size=min(3, largest)), name, largest
        )
    return _chosen(
        bank if isinstance(bank, Chosen) else Chosen(("Sobel x",)), name, channels, largest
    )


def _own(bank: Own, name: str) -> Own:
    if (
        not live.reads()
        and can_take()
        and st.button(_("Use the current weights"), key=f"{name} take")
    ):
        bank = take_filters()
    note = _(
        "The first layer of the network you trained, after iteration {iteration} of "
        "{iterations}. Here its filters see the raw pixels, and its biases are left out."
    ).format(iteration=bank.iteration, iterations=bank.iterations)
    if bank.total > bank.shape[0]:
        note += " " + _("Of its {total} filters these are the first {count}.").format(
            total=bank.total, count=bank.shape[0]
        )
    live.markdown(f"{name} note", f":small[{note}]")
    return bank


def _gabor(bank: Gabor, name: str, largest: int) -> Gabor:
    count, size = in_columns(
        lambda: whole(_("Orientations"), f"{name} orientations", (1, MOST_FILTERS), bank.count),
        lambda: whole(_("Kernel size"), f"{name} size", (1, largest), bank.size),
    )
    key = f"{name} wavelength"
    st.session_state.setdefault(key, bank.wavelength)
    if not live.is_read(key, None):
        label, change = _("Wavelength in pixels"), live.on_change()
        st.number_input(label, 1.5, 50.0, bank.wavelength, 0.5, key=key, on_change=change)
    return Gabor(count, size, float(st.session_state[key]))


def _random(bank: Random, name: str, largest: int) -> Random:
    numbers = in_columns(
        lambda: whole(_("Count"), f"{name} count", (1, MOST_FILTERS), bank.count),
        lambda: whole(_("Size"), f"{name} size", (1, largest), bank.size),
        lambda: whole(_("Seed"), f"{name} seed", (0, LARGEST_SEED), bank.seed),
    )
    return Random(*numbers)


def _chosen(bank: Chosen, name: str, channels: int, largest: int) -> Chosen:
    offered = [each for each, preset in PRESETS.items() if preset.channels in (None, channels)]
    key = f"{name} presets"
    if not live.is_read(key, tuple(offered)):
        wanted = st.session_state.get(key, bank.presets)
        hold(key, [each for each in wanted if each in offered])
        st.multiselect(_("Presets"), offered, key=key, format_func=_, max_selections=MOST_FILTERS)
    presets = st.session_state[key]
    size = bank.size
    if any(PRESETS[each].sized for each in presets):
        size = whole(_("Kernel size"), f"{name} size", (1, largest), bank.size)
    key = f"{name} typed"
    st.session_state.setdefault(key, rows_text(bank.typed))
    if not live.is_read(key, None):
        st.text_area(
            _("Typed filters, one on each line"),
            key=key,
            height=68,
            placeholder="0 -1 0; -1 5 -1; 0 -1 0",
            help=_("Separate rows by semicolons and numbers by spaces."),
        )
    return Chosen(tuple(presets), size, rows_of(st.session_state[key]))


def rows_text(typed: tuple[Rows, ...]) -> str:
    """Kernels as a person types them, every digit kept.

    Examples
    --------
    >>> rows_text((((1.0, -1.0), (1 / 3, 0.0)),))
    '1 -1; 0.3333333333333333 0'
    """
    return "\n".join("; ".join(map(write_line, rows)) for rows in typed)


def rows_of(text: str) -> tuple[Rows, ...]:
    """The kernels a person typed, one on each line.

    Raises
    ------
    SpecError
        If there is something else than numbers.

    Examples
    --------
    >>> rows_of("1 -1; 0.5 0")
    (((1.0, -1.0), (0.5, 0.0)),)
    """
    how = N_("write rows of numbers separated by semicolons, such as 0 -1 0; -1 5 -1; 0 -1 0")
    return tuple(
        tuple(typed_numbers("filter", row, how) for row in line.split(";"))
        for line in text.splitlines()
        if line.strip()
    )


def typed_numbers(argument: str, text: str, how: str) -> tuple[float, ...]:
    """The numbers a person typed for an argument.

    Raises
    ------
    SpecError
        If there is something else; it says ``how`` to write them.
    """
    try:
        return numbers_in(text)
    except ValueError as error:
        raise SpecError(argument, str(error), "numbers", "{value} is not a number", how) from None


def kernel_limit(size: tuple[int, int]) -> int:
    """The largest kernel offered for maps of a size."""
    return min(LARGEST_KERNEL, *size)
