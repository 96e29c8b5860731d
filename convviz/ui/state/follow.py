"""What a view shows as soon as a slider moves.

Streamlit's slider sends its value when it is let go, and the browser draws all controls again before it shows what
comes back. So the page also asks the server, by a route, what the view shows for the values under the thumbs. The
answer is made beside the session, on a copy of it: the same controls are read and the same view gathers its data,
as in a live run (`live.show`), and nothing is kept. The live run that comes from Streamlit finds everything
computed, and does not send again what the browser got by the last answer.

An answer costs the server half as much as the run after it. Where many people change something at the same time,
only a slider that is dragged asks.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from convviz.browser.mount import gathering, in_bytes
from convviz.text.i18n import in_use, use_language
from convviz.ui.internals.elements import class_of
from convviz.ui.internals.link import whole_link
from convviz.ui.internals.session import beside_session, session_entries

PATIENCE = 2.0  # seconds that a live run waits for an answer that is being made
CROWD, LATELY = 50, 5.0  # changes by anybody within so many seconds; with more there is a crowd
_FOLLOWER = "view that follows"
Make = Callable[[], tuple[Sequence[str], dict[str, int]]]


class Differs(Exception):
    """The controls would look different, so the whole page has to be drawn."""


class Follower:
    """Makes what the view on the page shows for other values of its sliders."""

    def __init__(self, make: Make) -> None:
        """`make` reads the controls and gathers the view: it returns what is said, and the sliders' values."""
        self.key = secrets.token_urlsafe(16)
        self.sent: frozenset[str] = frozenset()  # marks of the numbers in the last answer
        self._make, self._language = make, in_use()
        self._sliders: dict[str, int] = {}
        self._version = 0
        self._session: dict[str, Any] | None = None
        self._link: dict[str, list[str]] = {}
        self._busy = threading.Lock()

    def offer(self, sliders: Mapping[str, int]) -> dict[str, Any]:
        """What the browser needs to ask: where, and each slider's class in the document with its value."""
        self._version, self._sliders = self._version + 1, dict(sliders)
        classes = {key: class_of(key) for key in sliders}
        about = {"key": self.key, "version": self._version, "isCrowded": _note_change()}
        return {**about, "values": self._sliders, "classes": classes}

    def renew(self) -> None:
        """From now on, answer by what the session holds now."""
        shared = ("exact numbers",)  # the maps of an answer stay, too
        self._session = {
            key: dict(value) if type(value) is dict and key not in shared else value
            for key, value in session_entries().items()
            if key != _FOLLOWER
        }
        self._link = whole_link()

    @contextmanager
    def run(self) -> Iterator[None]:
        """A live run: an answer that is being made is finished first, and a question heard meanwhile waits.

        So what the answer has computed and sent, the run does not, and the other way round.
        """
        is_held = self._busy.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if is_held:
                self._busy.release()

    def answer(self, values: Mapping[str, int], seen: int) -> bytes | None:
        """The data of the parts for some values of the sliders; None where the page gets it in another way.

        Parameters
        ----------
        values
            By the keys of the sliders.
        seen
            Version of the last offer that the page had when it asked. A busy server may hear the question only
            after the live run that followed it: then that one brings the page the same.
        """
        with self._busy:
            session, version = self._session, self._version
            if session is None:
                return None
            known = {key: value for key, value in values.items() if key in self._sliders}
            if seen < version and known.items() <= self._sliders.items():
                return None
            use_language(self._language)
            with beside_session(session | known, self._link), gathering() as gathered:
                try:
                    said, made = self._make()
                except Differs:
                    return None
            self.sent = frozenset(gathered.numbers)
        return in_bytes(gathered, {"said": [*said], "values": made, "version": version})


_changes: deque[float] = deque(maxlen=CROWD)  # when anybody last changed something


def _note_change() -> bool:
    """Note that somebody changes something now; whether many have of late."""
    _changes.append(monotonic())
    return len(_changes) == CROWD and _changes[-1] - _changes[0] < LATELY


_by_key: WeakValueDictionary[str, Follower] = WeakValueDictionary()


def begin_following(make: Make) -> Follower:
    """A new follower for this session, in the place of the one before."""
    follower = Follower(make)
    st.session_state[_FOLLOWER] = _by_key[follower.key] = follower
    return follower


def end_following() -> None:
    """Answer no more: the page is drawn anew."""
    st.session_state.pop(_FOLLOWER, None)


def renew_following() -> None:
    """Let the follower of this session, if there is one, answer by what the session holds now."""
    if follower := st.session_state.get(_FOLLOWER):
        follower.renew()


def answer(key: str, values: Mapping[str, int], seen: int) -> bytes | None:
    """What the view shows for some values of its sliders; None where nobody has this key, or nothing follows."""
    follower = _by_key.get(key)
    return follower.answer(values, seen) if follower else None
