"""A convolution on several threads: the same numbers, and really several threads."""

from __future__ import annotations

import threading
from itertools import pairwise

import numpy as np
import pytest

from convviz import conv2d, conv2d_backward
from convviz.ops import lines, rows, threads


@pytest.fixture(autouse=True)
def own_setting(monkeypatch):
    monkeypatch.setattr(threads, "_setting", {})
    monkeypatch.setattr(lines, "TILE", 1 << 14)  # so that small images have many tiles
    monkeypatch.setattr(threads, "LEAST", 0)  # and are work enough


CASES = {
    "a photo": ((1, 3, 64, 80), (8, 3, 3, 3), {"padding": 1}),
    "wide photos": ((2, 3, 40, 300), (8, 3, 3, 3), {"padding": 1}),
    "large kernels, strided": ((1, 3, 70, 70), (4, 3, 7, 7), {"stride": 2, "padding": 3}),
    "more channels than filters": ((2, 16, 40, 48), (4, 16, 3, 3), {"padding": 1}),
    "small images": ((9, 3, 16, 16), (6, 3, 5, 5), {"padding": 2}),
    "grouped, dilated": ((2, 4, 50, 50), (8, 2, 3, 3), {"groups": 2, "dilation": 2}),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_numbers_are_the_same_to_the_last_bit(name: str, dtype: type) -> None:
    shape, filters, how = CASES[name]
    rng = np.random.default_rng(0)
    x, w, b = (rng.normal(size=size).astype(dtype) for size in (shape, filters, filters[0]))
    found = []
    for count in (1, 2, 3):
        threads.use_threads(count)
        out = conv2d(x, w, b, **how)
        dout = np.arange(out.size, dtype=dtype).reshape(out.shape)
        found.append((out, *conv2d_backward(dout, x, w, **how)))
    for one, other in pairwise(found):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_two_tiles_are_worked_on_at_once(monkeypatch) -> None:
    """The first two tiles wait for each other: on one thread they would wait for ever."""
    both, first, fill = threading.Barrier(2, timeout=20), iter(range(2)), rows.fill_taps

    def meet(*args: object) -> None:
        if next(first, None) is not None:
            both.wait()
        fill(*args)

    monkeypatch.setattr(rows, "fill_taps", meet)
    threads.use_threads(2)
    conv2d(np.ones((1, 1, 64, 64)), np.ones((2, 1, 3, 3)))
    assert next(first, None) is None


def test_little_work_stays_on_the_thread_that_asks(monkeypatch) -> None:
    fill, seen = rows.fill_taps, set()

    def watch(*args: object) -> None:
        seen.add(threading.current_thread())
        fill(*args)

    monkeypatch.setattr(rows, "fill_taps", watch)
    monkeypatch.setattr(threads, "LEAST", 64 * 64 * 9 * 2)
    threads.use_threads(2)
    x, w = np.ones((1, 1, 64, 64)), np.ones((2, 1, 3, 3))
    conv2d(x[:, :, 1:], w, padding=1)
    assert seen == {threading.current_thread()}
    conv2d(x, w, padding=1)
    assert len(seen) > 1


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_threads_that_cannot_be_is_refused(monkeypatch, said: str) -> None:
    monkeypatch.setenv("CONVVIZ_THREADS", said)
    with pytest.raises(ValueError, match=r"CONVVIZ_THREADS.* whole number from 1 on"):
        threads.threads()


def test_the_environment_says_how_many(monkeypatch) -> None:
    monkeypatch.setenv("CONVVIZ_THREADS", "3")
    assert threads.threads() == 3
    monkeypatch.delenv("CONVVIZ_THREADS")
    monkeypatch.setattr(threads, "_setting", {})
    assert threads.threads() == 1
