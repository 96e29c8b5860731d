"""Whether this process still knows a visit, for a browser that has lost its connection and has found one again.

The browser then asks for its visit. Another process, or one that has begun anew, does not have it: the page then
runs again, from its link and from the photos that the browser kept.

A reload begins a new session. The tab keeps the key of the visit before, with which the new one takes over what it
cannot make again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from convviz.ui.internals.session import session_watch

_VISIT = "visit"


@dataclass(eq=False)
class _Visit:
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    is_open: Callable[[], bool] = field(default_factory=lambda: session_watch())  # in a browser
    held: dict[str, Any] = field(default_factory=dict)  # what a visit after it may take over


_by_key: WeakValueDictionary[str, _Visit] = WeakValueDictionary()


def _visit() -> _Visit:
    visit: _Visit | None = st.session_state.get(_VISIT)
    if visit is None:
        visit = st.session_state[_VISIT] = _Visit()
        _by_key[visit.key] = visit
    return visit


def visit_key() -> str:
    """The key of this visit. It is known for as long as the session lives."""
    return _visit().key


def keep(name: str, value: Any) -> None:
    """Keep something for the visit that a reload begins."""
    _visit().held[name] = value


def take_over(key: str, name: str) -> Any | None:
    """What another visit held under a name, and holds no longer; None while a browser shows that visit."""
    before = _by_key.get(key)
    return None if before is None or before.is_open() else before.held.pop(name, None)


def is_known(key: str) -> bool:
    """Whether a visit goes on in this process."""
    return key in _by_key
