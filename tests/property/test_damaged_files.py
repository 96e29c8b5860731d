"""Checkpoints and scene files with something wrong in them: read right, or refused in one sentence."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convviz.export.saved import SavedView, read_view, write_view
from convviz.nets.archive import read_archive
from convviz.nets.data import DataError, shapes
from convviz.nets.resume import load_training, training_bytes
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.trainer import Trainer
from convviz.photos.refusals import FileError
from convviz.photos.samples import sample
from convviz.pipeline import Own

DATA = shapes(train=40, validation=10, test=10)
PAGES = ("convolve", "pooling")
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 3, 10**9, 10**30, -(10**30), 0.5, 1e308, float("inf"), float("nan"), "", "x", "0.1",
    "\ud800", "9" * 5000, [], [0], [[]], {}, {"a": 1},
)  # fmt: skip


@cache
def checkpoint(optimiser: str = "adam") -> bytes:
    net = Sequential(parse_stack("conv3-2 norm relu pool2 dropout0.5 affine10"), DATA.shape)
    trainer = Trainer(net, DATA, Settings(optimiser, batch_size=20, epochs=2))
    trainer.step()
    return training_bytes(trainer, "shapes")


@cache
def scene() -> bytes:
    own = Own.made(np.arange(18.0).reshape(2, 1, 3, 3) / 7, 5, 20)
    view = SavedView("convolve", {"image": ["digit"], "pad": ["1"]}, (sample("digit"),), (own,))
    return write_view(view)


def check_sentence(said: str, name: str) -> None:
    assert name in said
    assert len(said) < 500


def read_checkpoint(data: bytes) -> None:
    """It opens and goes on, or is refused in one sentence."""
    file = io.BytesIO(data)
    file.name = "a.npz"
    try:
        trainer = load_training(file, DATA)
    except DataError as error:
        check_sentence(str(error), "a.npz ")
    else:
        with np.errstate(all="ignore"):  # an odd rate may lead anywhere
            trainer.step()
        training_bytes(trainer, "shapes")


def read_scene(data: bytes) -> None:
    """It opens and can be saved again, or is refused in one sentence."""
    try:
        view = read_view(data, "a.json", PAGES)
    except FileError as error:
        check_sentence(str(error), "a.json")
    else:
        write_view(view)


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value of JSON, and to the first entries of long lists."""
    yield path
    if isinstance(content, dict):
        for key, value in content.items():
            yield from places(value, (*path, key))
    elif isinstance(content, list):
        for k, value in enumerate(content[:2]):
            yield from places(value, (*path, k))


def changed(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same with another value at one place."""
    if not path:
        return value
    copy = content.copy()
    copy[path[0]] = changed(content[path[0]], path[1:], value)
    return copy


@cache
def archive() -> tuple[dict[str, Any], dict[str, Any]]:
    file = io.BytesIO(checkpoint())
    file.name = "a.npz"
    return read_archive(file)


def written(meta: Any, arrays: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, meta=np.array(json.dumps(meta)), **arrays)
    return buffer.getvalue()


def test_what_is_not_damaged_is_read() -> None:
    for optimiser in ("sgd", "sgd_momentum", "nesterov", "rmsprop", "adam"):
        file = io.BytesIO(checkpoint(optimiser))
        file.name = "a.npz"
        assert load_training(file, DATA).iteration == 1
    assert read_view(scene(), "a.json", PAGES).photos


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:12])
def test_a_checkpoint_with_any_odd_value_at_any_place_goes_on_or_is_refused(value: Any) -> None:
    meta, arrays = archive()
    for place in places(meta):
        read_checkpoint(written(changed(meta, place, value), arrays))


def test_a_checkpoint_with_an_odd_array_goes_on_or_is_refused() -> None:
    meta, arrays = archive()
    for name in arrays:
        for odd in (
            np.zeros(0),
            np.zeros(3),
            np.array("x"),
            np.zeros((2, 2), int),
            np.full(arrays[name].shape, np.nan),
        ):
            read_checkpoint(written(meta, arrays | {name: odd}))
        read_checkpoint(written(meta, {key: each for key, each in arrays.items() if key != name}))


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,)}",
        "(" * 5000,
        "",
        "\0",
    ],
)
def test_a_checkpoint_with_an_odd_array_header_is_refused(header: str) -> None:
    text = header.encode().ljust(117) + b"\n"
    data = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(16)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr("meta.npy", data)
    buffer.name = "a.npz"
    with pytest.raises(DataError, match=r"a\.npz is not a checkpoint or is damaged"):
        read_archive(buffer)


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:12])
def test_a_scene_file_with_any_odd_value_at_any_place_opens_or_is_refused(value: Any) -> None:
    content = json.loads(scene())
    for place in places(content):
        read_scene(json.dumps(changed(content, place, value)).encode())


edits = st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=10)


def mutated(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    made = bytearray(data)
    for place, byte in changes:
        made[int(place * len(made))] = byte
    return bytes(made)


@settings(max_examples=100, deadline=None)
@given(edits, st.booleans())
def test_a_checkpoint_with_a_few_other_bytes_goes_on_or_is_refused(
    changes: list[tuple[float, int]], ends: bool
) -> None:
    if ends:  # the list of what is in the file stands at its end
        changes = [(0.99 + place / 101, byte) for place, byte in changes]
    read_checkpoint(mutated(checkpoint(), changes))


@settings(max_examples=100, deadline=None)
@given(edits)
def test_a_scene_file_with_a_few_other_bytes_opens_or_is_refused(
    changes: list[tuple[float, int]],
) -> None:
    read_scene(mutated(scene(), changes))
