"""Widgets whose values live in the page's link, and what to say of a link that asks for the impossible.

Labels are given in the language in use. Options are given in English, which is what the link holds; people
see them translated.

Streamlit binds numbers and switches to the link (``bind="query-params"``). It could bind lists and rows of buttons
too, but in 1.67 it puts the text that people see into the link: "image=狗" in Chinese. An English page then drops
that without a word, shows the first image, and leaves a row of buttons empty. So this module writes options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from convviz.text.i18n import _
from convviz.text.words import shown_name
from convviz.ui.state import history, live
from convviz.ui.state.asked import (
    add_late_notes,
    add_note,
    asked,
    check_option,
    first_step,
    keep_step,
    notes,
    put,
    put_all,
    read_link,
    says,
    step,
)
from convviz.ui.state.held import hold
from convviz.ui.state.left_out import is_left_out
from convviz.ui.state.numbers import held_number, number, set_number, slider
from convviz.ui.state.reduced import note_control
from convviz.ui.state.shown import setting

__all__ = [
    "add_late_notes",
    "add_note",
    "asked",
    "choice",
    "first_step",
    "held",
    "held_number",
    "keep_step",
    "notes",
    "number",
    "put",
    "put_all",
    "read_link",
    "says",
    "select",
    "set_number",
    "several",
    "slider",
    "step",
    "stop",
]


def choice(
    label: str,
    key: str,
    options: Sequence[str],
    *,
    show_label: bool = True,
    help: str | None = None,
    shown: Callable[[str], str] = _,
) -> str:
    """One of a few, as a row of buttons. Never empty; the first is the default.

    Parameters
    ----------
    label
        In the language in use.
    key
        Of the widget, and in the link.
    options
        In English.
    show_label
        False to name it to screen readers only.
    help
        As for `st.segmented_control`.
    shown
        An option as people see it; translated as it is by default.
    """
    if not _is_drawn(key, options, shown, options[0]):
        return _finish(key, label, st.session_state[setting(key).key], options, shown, options[0])
    value = st.segmented_control(
        label,
        options,
        key=setting(key).key,
        on_change=live.on_change(),
        persist_state="session",
        format_func=shown,
        required=True,
        help=help,
        width="stretch",
        label_visibility="visible" if show_label else "collapsed",
    )
    return _finish(key, label, str(value), options, shown, options[0])


def select(
    label: str,
    key: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    help: str | None = None,
    shown: Callable[[str], str] = _,
    on_change: Callable[[], None] | None = None,
    show_label: bool = True,
) -> str:
    """One of many, as a drop-down list; parameters as those of `choice`, whose default can be another."""
    default = options[0] if default is None else default
    if not _is_drawn(key, options, shown, default):
        return _finish(key, label, st.session_state[setting(key).key], options, shown, default)
    value = st.selectbox(
        label,
        options,
        key=setting(key).key,
        persist_state="session",
        format_func=shown,
        help=help,
        on_change=on_change or live.on_change(),
        label_visibility="visible" if show_label else "collapsed",
    )
    return _finish(key, label, str(value), options, shown, default)


def stop(label: str, key: str, options: Sequence[str], *, shown: Callable[[str], str] = _) -> str:
    """One of a few in an order, as a slider; parameters as those of `choice`."""
    if not _is_drawn(key, options, shown, options[0]):
        return _finish(key, label, st.session_state[setting(key).key], options, shown, options[0])
    value = st.select_slider(
        label,
        options,
        key=setting(key).key,
        persist_state="session",
        format_func=shown,
        on_change=live.on_change(),
    )
    return _finish(key, label, str(value), options, shown, options[0])


def several(label: str, key: str, options: Sequence[str], most: int) -> list[str]:
    """Any number of inputs, by name, up to ``most``, none to begin with."""
    own = setting(key).key
    if live.is_read(own, tuple(options)):
        put(key, st.session_state[own])
        return [*st.session_state[own]]
    history.mirror(own)
    wanted = _held(own, st.query_params.get_all(key))
    hold(own, [name for name in wanted if name in options][:most])
    chosen = st.multiselect(
        label,
        options,
        key=own,
        persist_state="session",
        format_func=shown_name,
        max_selections=most,
        on_change=live.on_change(),
        placeholder=_("None"),
    )
    asked(key)
    note_control(key, label)
    put(key, chosen)
    return chosen


def held(key: str, options: Sequence[str], default: str) -> str:
    """What a list or a row of buttons begins with; the default where that is not offered, or there is none."""
    value = _held(setting(key).key, st.query_params.get(key))
    return str(value) if value in options else default


def _held(key: str, said: Any) -> Any:
    """What the session holds; what the link says where that has just been brought back, or nothing is held."""
    return said if history.brought_back() else st.session_state.get(key, said)


def _is_drawn(key: str, options: Sequence[str], shown: Callable[[str], str], default: str) -> bool:
    """Whether a control is to be drawn, which shows what `held` says; else the session holds what it shows."""
    own = setting(key).key
    if live.is_read(own, (tuple(options), tuple(map(shown, options)))):
        return False
    history.mirror(own)
    hold(own, held(key, options, default))
    return not is_left_out()


def _finish(
    key: str,
    label: str,
    value: str,
    options: Sequence[str],
    shown: Callable[[str], str],
    default: str,
) -> str:
    """Keep a choice in the link, in English, unless it is the default."""
    put(key, value if value != default else ())
    check_option(key, label, value, options, shown)
    return value
