"""Controls that a run leaves out, because nobody has needed their group: it goes by their values alone."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from contextvars import ContextVar, Token
from typing import Any

from convviz.ui.state.shown import setting

_left_out: ContextVar[bool] = ContextVar("controls left out", default=False)
_spoken_of: ContextVar[frozenset[str]] = ContextVar("parts a lesson points at", default=frozenset())


def speak_of(parts: frozenset[str]) -> None:
    """Note what a lesson points at in this run: settings by their names in the link, which have to be drawn."""
    _spoken_of.set(parts)


def is_spoken_of(names: Collection[str]) -> bool:
    """Whether a lesson points in this run at one of the settings that the page shown calls so."""
    return any(setting(name).link in _spoken_of.get() for name in names)


def is_left_out() -> bool:
    """Whether a control that comes now is left out."""
    return _left_out.get()


class Fold(AbstractContextManager[None]):
    """A place on the page, which can be entered many times; what is drawn in it is left out unless `is_drawn`."""

    def __init__(self, place: AbstractContextManager[Any], is_drawn: bool) -> None:
        self._place, self._is_drawn = place, is_drawn
        self._before: list[Token[bool]] = []

    def __enter__(self) -> None:
        self._place.__enter__()
        self._before.append(_left_out.set(not self._is_drawn))

    def __exit__(self, *error: Any) -> None:
        _left_out.reset(self._before.pop())
        self._place.__exit__(*error)
