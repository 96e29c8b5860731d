"""The exact numbers of maps that travel as shades: who gets them, and for how long they are kept."""

from __future__ import annotations

import gc

import numpy as np
import pytest
import streamlit as st

from convviz.browser.cells.exact import MOST, TILE, hold, stays, tile
from convviz.pictures.shades import MISSING, ZERO, shaded


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    made: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", made)
    return made


def test_the_tiles_of_a_map_hold_every_number_of_it() -> None:
    values = np.random.default_rng(0).normal(size=(70, 45, 3))
    key = str(hold(values, "a")["key"])
    read = np.full(values.shape, np.nan)
    for row, column in np.ndindex(3, 2):
        place = (slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE))
        numbers = np.frombuffer(tile(key, row, column) or b"", "<f8")
        read[place] = numbers.reshape(read[place].shape)
    np.testing.assert_array_equal(read, values)
    assert tile(key, 3, 0) == b""


def test_nobody_reads_them_with_another_key() -> None:
    key = str(hold(np.zeros((2, 2)), "a")["key"])
    assert len(key) >= 20
    assert tile(key[:-1], 0, 0) is None
    assert tile("", 0, 0) is None


def test_a_map_shown_again_keeps_its_key() -> None:
    assert hold(np.zeros((2, 2)), "a") == hold(np.zeros((2, 2)), "a")
    assert hold(np.zeros((2, 2)), "a")["key"] != hold(np.ones((2, 2)), "b")["key"]


def test_old_maps_are_forgotten_and_all_with_the_session(session: dict[str, object]) -> None:
    keys = [str(hold(np.full((2, 2), k), str(k))["key"]) for k in range(MOST + 2)]
    gc.collect()
    assert [tile(key, 0, 0) is None for key in keys] == [True] * 2 + [False] * MOST
    session.clear()
    gc.collect()
    assert all(tile(key, 0, 0) is None for key in keys)


def test_small_maps_and_bytes_travel_as_they_are() -> None:
    assert stays(np.zeros((65, 64)))
    assert not stays(np.zeros((64, 64)))
    assert not stays(np.zeros((65, 64), np.uint8))


@pytest.mark.parametrize("limit", [None, 3.0])
def test_shades_lie_around_zero_and_the_range_is_the_raw_one(limit: float | None) -> None:
    values = np.array([[-8.0, -2.0, 0.0], [1e-300, 2.0, np.nan], [np.inf, -np.inf, 5.0]])
    made = shaded(values, limit)
    assert made.range == {"minimum": -8.0, "maximum": 5.0, "missing": 3}
    assert made.cells[0, 2] == made.cells[1, 0] == ZERO
    assert made.cells[1, 2] == MISSING
    assert (made.cells[2, 0], made.cells[2, 1], made.cells[0, 0]) == (254, 0, 0)
    assert int(made.cells[1, 1]) - ZERO == ZERO - int(made.cells[0, 1])


def test_a_map_of_nothing_but_zeros_is_neutral() -> None:
    assert (shaded(np.zeros((3, 3))).cells == ZERO).all()
    assert shaded(np.full((2, 2), np.nan)).range == {"minimum": None, "maximum": None, "missing": 4}
