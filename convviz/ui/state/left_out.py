"""Controls that a run leaves out, because nobody has unfolded their group: it goes by their values alone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar, Token
from typing import Any

_left_out: ContextVar[bool] = ContextVar("controls left out", default=False)


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
