"""Memory is used again, and none beyond input and output grows with the photo: counted in bytes, not seconds."""

from __future__ import annotations

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from convviz import conv2d, conv2d_backward
from convviz.nets import Settings, ThreeLayerConvNet, Trainer, shapes
from convviz.ops import memory, optimisers, rows, threads
from convviz.ops.memory import empty
from convviz.ops.optimisers import RULES

SIDE = 4096  # of the photo: 200 MB


@pytest.fixture(autouse=True)
def no_blocks_yet(monkeypatch):
    monkeypatch.setattr(memory, "_blocks", memory._Blocks())


def place(array):
    return array.__array_interface__["data"][0]


def test_memory_is_lent_again_only_when_no_view_of_it_is_left():
    first = empty((64, 64), np.float32)
    row, where = first[3:4].T, place(first)
    del first
    other = empty((64, 64), np.float32)
    assert place(other) != where
    row.fill(7)
    del row
    assert place(empty((32, 128), np.float32)) == where


def place_in_a_thread():
    """Where a thread of its own gets an array; the thread ends with its array."""
    found = []
    thread = threading.Thread(target=lambda: found.append(place(empty((64, 64), np.float32))))
    thread.start()
    thread.join()
    return found[0]


def test_two_threads_never_share_a_block():
    first = empty((64, 64), np.float32)
    assert place_in_a_thread() != place(first)


def test_a_thread_is_lent_what_one_before_it_has_left():
    """Each run of a page has a thread of its own, and fresh memory costs more than many a map."""
    assert place_in_a_thread() == place_in_a_thread()


def test_many_threads_at_once_have_a_block_each():
    rng = np.random.default_rng(0)
    numbers = rng.integers(0, 1000, (8, 200))

    def write(row):
        for number in row:
            array = empty((64, 64), np.float32)
            array.fill(number)
            assert (array == number).all()

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(write, numbers)] == [None] * 8


def test_an_array_outlives_the_thread_that_made_it():
    """The server makes maps in threads that end, and keeps the maps."""
    made = []

    def make():
        made.append(empty((512, 512), np.float64))
        made[0].fill(7)

    thread = threading.Thread(target=make)
    tracemalloc.start()
    thread.start()
    thread.join()
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held >= made[0].nbytes, "its memory was given back to the system"
    assert (made[0] == 7).all()


def test_free_blocks_are_given_back_beyond_a_limit(monkeypatch):
    monkeypatch.setattr(memory, "MOST", 1 << 20)
    for size in range(10, 40):  # none fits the next
        empty((size**3,), np.float64)
        kept = sum(block.size for block in memory._blocks.all if block.free)
        assert kept <= memory.MOST + memory.rounded(8 * size**3)  # and the one just used
    assert memory._blocks.all


@pytest.mark.parametrize("stride", [1, 2])
def test_a_convolution_called_again_writes_to_the_same_memory(stride):
    """Output, gradients and every buffer between them: nothing is asked of the system after the second call."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4, 3, 32, 32)).astype(np.float32)
    w = rng.normal(size=(8, 3, 3, 3)).astype(np.float32)

    def step():
        out = conv2d(x, w, None, stride, 1)
        dx, _, _ = conv2d_backward(out, x, w, stride, 1)
        return place(out), place(dx)

    used = {*step(), *step()}
    blocks = {id(block) for block in memory._blocks.all}
    for _ in range(3):
        assert set(step()) <= used
    assert {id(block) for block in memory._blocks.all} == blocks


def test_a_training_asks_for_no_memory_after_its_second_iteration():
    """Activations, gradients, weights and what Adam remembers: every block was there before."""
    net = ThreeLayerConvNet(num_filters=8, filter_size=3, hidden_dim=60, batchnorm=True)
    trainer = Trainer(
        net, shapes(train=200, validation=10, test=10), Settings(epochs=50, check_every=1000)
    )
    for _ in range(2):
        trainer.step()
    blocks = {id(block) for block in memory._blocks.all}
    for _ in range(6):
        trainer.step()
    assert {id(block) for block in memory._blocks.all} <= blocks


@pytest.mark.parametrize("name", RULES)
def test_an_update_in_parts_is_the_update(name, monkeypatch):
    rng, config, whole = np.random.default_rng(0), {}, {}
    w = rng.normal(size=(5, 7))
    monkeypatch.setattr(optimisers, "PART", 4)
    other = w
    for _ in range(3):
        dw = rng.normal(size=w.shape)
        w, config = optimisers.updated(RULES[name], w, dw, config)
        other, whole = RULES[name](other, dw, whole)
        np.testing.assert_array_equal(w, other)
    assert config.keys() == whole.keys()


@pytest.mark.long
@pytest.mark.parametrize(
    ("filters", "kernel", "stride", "dilation"),
    [(1, 3, 1, 1), (1, 31, 8, 1), (1, 3, 2, 40)],
    ids=str,
)
def test_a_photo_of_4096_pixels_needs_at_most_64_mb_besides_input_and_output(
    filters, kernel, stride, dilation
):
    """Padded by half the kernel, and the gradient of the photo as well."""
    how = (stride, kernel // 2 * dilation, dilation)
    x = np.ones((3, SIDE, SIDE), np.float32)
    w = np.ones((filters, 3, kernel, kernel), np.float32)
    tracemalloc.start()
    out = conv2d(x, w, None, *how)
    forward = tracemalloc.get_traced_memory()[1] - out.nbytes
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    dx, _, _ = conv2d_backward(out, x, w, *how)
    backward = tracemalloc.get_traced_memory()[1] - before - dx.nbytes
    tracemalloc.stop()
    assert max(forward, backward) < 64e6


@pytest.mark.parametrize(("kernel", "stride", "dilation"), [(3, 1, 1), (7, 2, 1), (3, 1, 4)])
def test_the_rows_copied_grow_with_the_photo_and_not_with_its_square(
    kernel, stride, dilation, monkeypatch
):
    """Counted: how many numbers the tiles of a photo hold, overlaps included, for each pixel."""
    counted, fill_taps = [0], rows.fill_taps

    def counting(filled, *args):
        counted[0] += filled.size * stride / kernel  # there is a copy for each tap across
        fill_taps(filled, *args)

    monkeypatch.setattr(rows, "fill_taps", counting)
    shares = []
    for side in (128, 512, 1024):
        counted[0] = 0
        x, w = np.zeros((3, side, side), np.float32), np.zeros((8, 3, kernel, kernel), np.float32)
        conv2d(x, w, None, stride, kernel // 2 * dilation, dilation)
        shares.append(counted[0] / x.size)
    assert max(shares) < 1.6
    assert shares[2] < 1.25 * shares[1]


def test_blas_has_its_threads_again_when_the_last_has_left():
    get, put = threads._openblas()
    before = get()
    put(2)
    try:
        with threads.one_blas_thread():
            with threads.one_blas_thread():
                assert get() == 1
            assert get() == 1
        assert get() == 2
    finally:
        put(before)
