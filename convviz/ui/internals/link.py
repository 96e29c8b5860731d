"""What the page's link holds, and whether the browser went back to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_history_navigation() -> bool:
    """Whether the browser's Back or Forward started this run; False outside a run."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def whole_link(without: Collection[str] = ()) -> dict[str, list[str]]:
    """All that the link holds, but for some keys: a list of values for each key."""
    return {key: st.query_params.get_all(key) for key in st.query_params if key not in without}


def set_link(values: Mapping[str, list[str]]) -> None:
    """Let the link hold these values and no others; the browser hears of it by `send_link`."""
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link.clear_with_no_forward_msg()
            for key, value in values.items():
                link.set_with_no_forward_msg(key, value)
            link.set_initial_query_params_from_current()  # a widget drawn for the first time begins with these


def take_out_of_link(key: str) -> None:
    """Let the link no longer hold a key, also for the widget that would begin with what it says."""
    st.query_params.pop(key, None)
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link._initial_query_params.pop(key, None)


def restore_link() -> None:
    """Let the link hold all that Back or Forward brought.

    Streamlit takes out of it what a widget of the page before is bound to, also where the page shown has that
    setting too.
    """
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link.set_initial_query_params(context.query_string)
            link.populate_from_query_string(context.query_string)


def correct_link(values: Mapping[str, list[str]]) -> None:
    """Let the link hold these values, those of bound widgets too; [] takes one out. The browser hears of it."""
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            for key, value in values.items():
                link.discard_param_no_forward_msg(key)
                if value:
                    link.set_with_no_forward_msg(key, value)
            link._send_query_param_msg()


def send_link() -> None:
    """Let the browser hear what the link holds; it adds nothing to its history if it knew."""
    if context := get_script_run_ctx(suppress_warning=True):
        with context.session_state.query_params() as link:
            link._send_query_param_msg()
