"""The exact numbers of a map, for the cells that a person points at.

A map travels as what is painted, one byte a cell. Its float64 numbers stay here under a key that nobody can guess,
and the browser asks for a tile of them around the pointer. The session holds them: they are forgotten with it, and
when it has shown enough other maps.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt
import streamlit as st

TILE = 32  # cells a side
MOST = 24  # maps of a session
SMALL = 4096  # cells: up to here the numbers themselves travel
_HELD = "exact numbers"


@dataclass(eq=False)
class _Held:
    """One map: shape (rows, columns) or (rows, columns, planes)."""

    values: npt.NDArray[Any]
    mark: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


_changes = threading.Lock()
_by_key: WeakValueDictionary[str, _Held] = WeakValueDictionary()


def hold(values: npt.NDArray[Any], mark: str) -> dict[str, object]:
    """Keep the numbers of a map for this session; return what the browser needs to ask for them.

    Parameters
    ----------
    values
        Shape (rows, columns) or (rows, columns, planes).
    mark
        Another map has another one.
    """
    held: dict[str, _Held] = st.session_state.setdefault(_HELD, {})
    with _changes:  # an answer made beside the session may hold a map at the same time
        mine = held.pop(mark, None) or _Held(values, mark)
        held[mark] = mine  # the last one shown is the last to be forgotten
        _by_key[mine.key] = mine
        for old in [*held][:-MOST]:
            del held[old]
    return {"key": mine.key, "tile": TILE, "size": list(values.shape[:2])}


def tile(key: str, row: int, column: int) -> bytes | None:
    """The numbers of one tile as little-endian float64, row by row; None where nobody holds such a map.

    Parameters
    ----------
    key
        From `hold`.
    row, column
        Of the tile among the tiles.
    """
    held = _by_key.get(key)
    if held is None:
        return None
    top, left = row * TILE, column * TILE
    return held.values[top : top + TILE, left : left + TILE].astype("<f8").tobytes()


def stays(values: npt.NDArray[Any]) -> bool:
    """Whether the numbers of a map stay here, and only what is painted is sent: of a large one not in bytes."""
    return values.dtype != np.uint8 and int(np.prod(values.shape[:2])) > SMALL
