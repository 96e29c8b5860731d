"""Photos on their way from a session that opened a scene file to the session that shows it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence

import streamlit as st

from convviz.images import Photo

MOST_WAITING = 16


class Waiting:
    """A few photos, each taken once with the word it was left under."""

    def __init__(self) -> None:
        self._photos: OrderedDict[str, tuple[Photo, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def leave(self, photos: Sequence[Photo]) -> str:
        """Keep photos until they are taken or too many others wait; the word to take them with."""
        word = secrets.token_urlsafe(16)
        with self._lock:
            self._photos[word] = tuple(photos)
            while len(self._photos) > MOST_WAITING:
                self._photos.popitem(last=False)
        return word

    def take(self, word: str) -> tuple[Photo, ...]:
        """The photos left under a word; none where there are none any more."""
        with self._lock:
            return self._photos.pop(word, ())


@st.cache_resource
def waiting() -> Waiting:
    """The one place where the sessions of this process leave photos."""
    return Waiting()
