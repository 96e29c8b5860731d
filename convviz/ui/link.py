"""Widgets whose values live in the page's link, and what to say of a link that asks for the impossible."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

_ASKED = "link values not yet checked"
_NOTES = "link notes"


def read_link() -> None:
    """Remember what the link asked for. Call once at the start of each run, before any widget."""
    if _ASKED not in st.session_state:
        st.session_state[_ASKED] = st.query_params.to_dict()


def slider(label: str, key: str, bounds: tuple[int, int], default: int) -> int:
    """A whole-number slider that moves into its bounds when they shrink, and lives in the link."""
    low, high = bounds
    _clamp(key, low, high)
    if low == high:  # Streamlit's slider needs two different ends
        st.session_state[key] = low
        return int(st.number_input(label, low, high, key=key, disabled=True))
    value = st.slider(label, low, high, _within(default, low, high), key=key, bind="query-params")
    _check(key, label, str(value), f"{label.lower()} goes from {low} to {high} here")
    return value


def number(label: str, key: str, bounds: tuple[int, int], default: int) -> int:
    """A whole-number box with the same manners as `slider`."""
    low, high = bounds
    _clamp(key, low, high)
    value = st.number_input(
        label, low, high, _within(default, low, high), key=key, bind="query-params"
    )
    _check(key, label, str(value), f"{label.lower()} goes from {low} to {high} here")
    return int(value)


def choice(label: str, key: str, options: Sequence[str], *, show_label: bool = True) -> str:
    """One of a few, as a row of buttons. Never empty; the first is the default."""
    if st.session_state.get(key, options[0]) not in options:
        st.session_state[key] = options[0]
    value = st.segmented_control(
        label,
        options,
        default=options[0],
        key=key,
        bind="query-params",
        required=True,
        width="stretch",
        label_visibility="visible" if show_label else "collapsed",
    )
    _check(key, label, str(value), f"{label.lower()} is one of {', '.join(options)}")
    return str(value)


def select(label: str, key: str, options: Sequence[str], *, help: str | None = None) -> str:
    """One of many, as a drop-down list."""
    if st.session_state.get(key, options[0]) not in options:
        st.session_state[key] = options[0]
    value = st.selectbox(label, options, key=key, bind="query-params", help=help)
    _check(key, label, str(value), f"{label.lower()} is one of {', '.join(options)}")
    return str(value)


def notes() -> list[str]:
    """Sentences about link values that could not be used, each returned once."""
    said: list[str] = st.session_state.pop(_NOTES, [])
    return said


def add_note(sentence: str) -> None:
    """Say a sentence about the link above the page's content."""
    st.session_state.setdefault(_NOTES, []).append(sentence)


def asked(key: str) -> str | None:
    """Take what the link asked for under a key that is not a widget's; None the second time."""
    value: str | None = st.session_state[_ASKED].pop(key, None)
    return value


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _clamp(key: str, low: int, high: int) -> None:
    if key in st.session_state:
        st.session_state[key] = _within(int(st.session_state[key]), low, high)


def _check(key: str, label: str, value: str, rule: str) -> None:
    wanted = asked(key)
    if wanted is not None and wanted not in (value, ""):
        add_note(f"The link asks for {label.lower()} {wanted}, but {rule}. Showing {value}.")


def step(count: int) -> int | None:
    """The step the link asks for; None without one. Says so if the loop is shorter."""
    wanted = asked("step")
    if wanted is None:
        return None
    if not wanted.isdecimal() or int(wanted) >= count:
        add_note(f"The link asks for step {wanted}, but steps go from 0 to {count - 1}.")
        return None
    return int(wanted)
