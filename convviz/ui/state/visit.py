"""Whether this process still knows a visit, for a browser that has lost its connection and has found one again.

The browser then asks for its visit. Another process, or one that has begun anew, does not have it: the page then
runs again, from its link and from the photos that the browser kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

import streamlit as st

_VISIT = "visit"


@dataclass(eq=False)
class _Visit:
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


_by_key: WeakValueDictionary[str, _Visit] = WeakValueDictionary()


def visit_key() -> str:
    """The key of this visit. It is known for as long as the session lives."""
    visit: _Visit = st.session_state.setdefault(_VISIT, _Visit())
    _by_key[visit.key] = visit
    return visit.key


def is_known(key: str) -> bool:
    """Whether a visit goes on in this process."""
    return key in _by_key
