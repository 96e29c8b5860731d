"""Photos and filters on their way from a session that opened a scene file to the session that shows it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

import streamlit as st

from convviz.export.saved import SavedView

MOST_WAITING = 16


class Waiting:
    """What few views hold beside their settings, each taken once with the word it was left under."""

    def __init__(self) -> None:
        self._views: OrderedDict[str, SavedView] = OrderedDict()
        self._lock = threading.Lock()

    def leave(self, view: SavedView) -> str:
        """Keep a view until it is taken or too many others wait; the word to take them with."""
        word = secrets.token_urlsafe(16)
        with self._lock:
            self._views[word] = view
            while len(self._views) > MOST_WAITING:
                self._views.popitem(last=False)
        return word

    def take(self, word: str) -> SavedView | None:
        """The view left under a word; None where it is not there any more."""
        with self._lock:
            return self._views.pop(word, None)


@st.cache_resource
def waiting() -> Waiting:
    """The one place where the sessions of this process leave views."""
    return Waiting()
