"""Sliders and boxes for numbers that live in the page's link. Pages call them by `link`."""

from __future__ import annotations

from typing import Any

import streamlit as st

from convviz.text.numbers import number_in
from convviz.ui.state import history, live, told
from convviz.ui.state.asked import carry, check_bounds, leave_out_beyond, note_said
from convviz.ui.state.held import hold
from convviz.ui.state.left_out import is_left_out
from convviz.ui.state.shown import begins, setting

_RAISED = "numbers raised"


def slider(
    label: str, key: str, bounds: tuple[int, int], default: int, *, most: int | None = None
) -> int:
    """A whole-number slider that moves into its bounds when they shrink, and lives in the link.

    Where other settings often move the upper bound, `bounds` has the highest there is, `most` the one in force.
    """
    low, high = bounds
    key = setting(key).key
    most = high if most is None else most
    if live.is_read(key, None, bounds):
        value = int(st.session_state[key])
        note_said(key, value, default)
        told.note(key, value, _within(default, low, most))
        shown = _within(value, low, high)
        if shown > most:
            live.move_control()
        live.note_slider(key, value)
        return shown
    start = _within(default, low, most)
    if not is_left_out():
        carry(key, start)
    _clamp(key, low, most)
    leave_out_beyond(key, low, most)
    if is_left_out():
        value = left_out_value(key, start)
    elif low == high:  # Streamlit's slider needs two different ends
        st.session_state[key] = low
        st.number_input(label, low, high, key=key, disabled=True)
        check_bounds(key, label, low, bounds)
        return low
    else:
        value = st.slider(
            label, low, high, start, key=key, bind="query-params", on_change=live.on_change()
        )
    told.note(key, value, start)
    check_bounds(key, label, value, (low, most))
    live.note_slider(key, value)
    return int(value)


def held_number(key: str, bounds: tuple[int, int], default: int) -> int:
    """What a slider that is not drawn would begin with: what the session holds, else what the link says."""
    named = setting(key)
    said = number_in(st.query_params.get(named.link, ""))
    value = st.session_state.get(named.key, default if said is None else said)
    return _within(int(value), *bounds)


def number(
    label: str,
    key: str,
    bounds: tuple[int, int],
    default: int,
    *,
    least: int | None = None,
    show_label: bool = True,
) -> int:
    """A whole-number box with the same manners as `slider`.

    Where other settings often move the lower bound, `bounds` has the lowest there is, `least` the one in force. A
    number that this bound has raised goes back when it allows.
    """
    low, high = bounds
    key = setting(key).key
    least = low if least is None else least
    if live.is_read(key, None, bounds):
        shown = int(st.session_state[key])
        value = _within(_wanted(key, shown), least, high)
        note_said(key, value, default)
        told.note(key, value, _within(default, least, high))
        if value != shown:
            live.fall_behind()
        return value
    start = _within(default, least, high)
    if not is_left_out():
        carry(key, start)
    _raise(key, default, least, high)
    leave_out_beyond(key, least, high)
    if is_left_out():
        value = left_out_value(key, start)
    else:
        value = st.number_input(
            label,
            low,
            high,
            start,
            key=key,
            bind="query-params",
            on_change=live.on_change(),
            label_visibility="visible" if show_label else "collapsed",
        )
    told.note(key, value, start)
    check_bounds(key, label, int(value), (least, high))
    return int(value)


def set_number(key: str, value: int) -> None:
    """Let a box hold a number, and forget what it held before."""
    st.session_state.get(_RAISED, {}).pop(key, None)
    st.session_state[key] = value


def _raise(key: str, default: int, least: int, high: int) -> None:
    """Bring a number into its bounds, and remember what it was before the lower one raised it."""
    wanted = _wanted(key, int(st.session_state[key])) if key in st.session_state else default
    value = _within(wanted, least, high)
    raised = st.session_state.setdefault(_RAISED, {})
    if wanted < value:
        raised[key] = wanted, value
    else:
        raised.pop(key, None)
    if key in st.session_state:
        hold(key, value)


def _wanted(key: str, value: int) -> int:
    """What a number was before its lower bound raised it to `value`; else `value`, which somebody has set."""
    wanted, raised = st.session_state.get(_RAISED, {}).get(key, (value, value))
    return int(wanted) if raised == value else value


def left_out_value(key: str, start: float) -> Any:
    """What a number or a switch that is left out stands for.

    Where its page begins, or a link is brought back, it begins anew. A link that names it would draw its group.
    """
    if begins() or history.brought_back():
        st.session_state[key] = start
    value = st.session_state.setdefault(key, start)
    note_said(key, value, start)
    return value


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _clamp(key: str, low: int, high: int) -> None:
    if key in st.session_state:
        hold(key, _within(int(st.session_state[key]), low, high))
