"""Sliders whose values live in the stack: kernel, stride, dilation and padding of the layer being edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from convviz.ops.receptive import Layer
from convviz.ops.types import Pair, Sides
from convviz.ops.window import Window2d
from convviz.pages.receptive_field import stack_state
from convviz.text.i18n import N_, _
from convviz.ui.state import live
from convviz.ui.state.held import hold

LIMITS = {"kernel": 16, "stride": 8, "dilation": 8}
LARGEST_PADDING = 16
AMOUNT, SAME = N_("Amount"), "SAME"
SIDES = (
    (N_("Padding top"), 0, 0),
    (N_("Padding bottom"), 0, 1),
    (N_("Padding left"), 1, 0),
    (N_("Padding right"), 1, 1),
)


def pair_sliders(name: str, label: str, layer: Layer, per_axis: bool) -> None:
    """One slider for both axes, or one for each."""
    now: Pair = getattr(layer.window, name)
    if not per_axis:
        _slider(
            label,
            f"edit {name}",
            (1, LIMITS[name]),
            now[0],
            lambda value: _set(name, value, 0, 1),
        )
        return
    down, across = live.columns(2)
    with down:
        _slider(
            _("{label} height").format(label=label),
            f"edit {name} height",
            (1, LIMITS[name]),
            now[0],
            lambda value: _set(name, value, 0),
        )
    with across:
        _slider(
            _("{label} width").format(label=label),
            f"edit {name} width",
            (1, LIMITS[name]),
            now[1],
            lambda value: _set(name, value, 1),
        )


def padding_controls(layer: Layer, per_axis: bool) -> None:
    """Padding as an amount, or TensorFlow's SAME."""
    if not live.is_read("edit padding kind", layer.same):
        _padding_kind(layer)
    if layer.same:
        return
    sides = layer.window.padding
    if not per_axis:
        _slider(
            _("Padding on each side"),
            "edit padding",
            (0, LARGEST_PADDING),
            sides[0][0],
            partial(_set_padding, [(axis, side) for _label, axis, side in SIDES]),
        )
        return
    for label, axis, side in SIDES:
        _slider(
            _(label),
            f"edit {label}",
            (0, LARGEST_PADDING),
            sides[axis][side],
            partial(_set_padding, [(axis, side)]),
        )


def _padding_kind(layer: Layer) -> None:
    def take() -> None:
        same = st.session_state["edit padding kind"] == SAME
        bare = ((0, 0), (0, 0))
        stack_state.change(lambda layer: replace(_padded(layer, bare), same=same))

    hold("edit padding kind", SAME if layer.same else AMOUNT)
    st.segmented_control(
        _("Padding"),
        [AMOUNT, SAME],
        key="edit padding kind",
        format_func=lambda kind: _("SAME (TensorFlow)") if kind == SAME else _(kind),
        required=True,
        width="stretch",
        on_change=take,
    )


def _slider(label: str, key: str, bounds: Pair, now: int, keep: Callable[[int], None]) -> None:
    """A slider whose value lives in the stack."""

    def take() -> None:
        keep(st.session_state[key])
        live.run_view()

    low, high = bounds[0], max(bounds[1], now)
    if live.is_read(key, (label, low, high)):
        if (asked := int(st.session_state[key])) != now:  # while it is dragged
            keep(asked)
        live.note_slider(key, asked)
        return
    hold(key, now)
    live.note_slider(key, now)
    st.slider(label, low, high, key=key, on_change=take)


def _set(name: str, value: int, *axes: int) -> None:
    """Give the chosen layer another kernel, stride or dilation along some axes."""

    def edit(layer: Layer) -> Layer:
        now = getattr(layer.window, name)
        height, width = (value if axis in axes else now[axis] for axis in (0, 1))
        return replace(layer, window=_changed(layer.window, name, (height, width)))

    stack_state.change(edit)


def _changed(window: Window2d, name: str, pair: Pair) -> Window2d:
    if name == "kernel":
        return replace(window, kernel=pair)
    return replace(window, stride=pair) if name == "stride" else replace(window, dilation=pair)


def _set_padding(places: Sequence[Pair], value: int) -> None:
    """Give the chosen layer another padding on some sides, by their axis and end."""

    def edit(layer: Layer) -> Layer:
        sides = [list(ends) for ends in layer.window.padding]
        for axis, side in places:
            sides[axis][side] = value
        (top, bottom), (left, right) = sides
        return _padded(layer, ((top, bottom), (left, right)))

    stack_state.change(edit)


def _padded(layer: Layer, sides: Sides) -> Layer:
    return replace(layer, window=replace(layer.window, padding=sides))
