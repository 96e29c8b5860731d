"""A pickle read without trusting it: nothing but dictionaries, lists, text, numbers and arrays of bytes.

`pickle.load` calls whatever function a file names. Here a file may name only what NumPy's arrays
are made of, and even those are not NumPy's but stand-ins that keep what they are given.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from typing import Any

import numpy as np

from convviz.nets.data.errors import DataError

MOST_MEMOS = 1_000_000  # a memo number makes the unpickler reserve that many places
PLAIN = (int, str, bytes)
MODULES = ("numpy", "numpy.core.multiarray", "numpy._core.multiarray")


class _Array:
    """Stands in for an array: what it was pickled with, not yet believed."""

    state: Any = None

    def __new__(cls, *_: Any) -> _Array:
        """Whatever it is called with: what matters comes with the state."""
        return super().__new__(cls)

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Type:
    """Stands in for a dtype."""

    def __init__(self, code: Any = None, *_: Any):
        self.code = code

    def __setstate__(self, state: Any) -> None:
        """Byte order and such; of no matter to single bytes."""


def _from_buffer(contents: Any, kind: Any, shape: Any, order: Any) -> _Array:
    """How the newest pickles make an array."""
    made = _Array()
    made.state = (1, shape, kind, order == "F", contents)
    return made


def _latin1(text: Any, coding: Any) -> bytes:
    """How Python 3 pickles bytes for Python 2."""
    if not isinstance(text, str) or coding != "latin1":
        raise pickle.UnpicklingError("not a pickled bytes object")
    return text.encode("latin1")


class _Unpickler(pickle.Unpickler):
    """Knows six names."""

    def find_class(self, module: str, name: str) -> Any:
        """The stand-in for a name, or a refusal."""
        if module in MODULES and name in ("_reconstruct", "ndarray"):
            return _Array
        if (module, name) == ("numpy", "dtype"):
            return _Type
        if (module, name) == ("numpy._core.numeric", "_frombuffer"):
            return _from_buffer
        if (module, name) == ("_codecs", "encode"):
            return _latin1
        raise _Forbidden(f"{module}.{name}")


class _Forbidden(Exception):
    """A name that a file of images has no use for."""


def unpickle_batch(data: bytes, name: str) -> dict[str, Any]:
    """The dictionary in a pickled batch: text keys, and arrays of bytes, lists, text and numbers as values.

    Parameters
    ----------
    data
        The file's bytes; pickled by Python 2 or 3.
    name
        The file's name, used in messages.

    Raises
    ------
    DataError
        If it is not a pickle, is incomplete, or names anything that could do more than hold numbers.

    Examples
    --------
    >>> unpickle_batch(pickle.dumps({b"labels": [3, 1]}), "data_batch_1")
    {'labels': [3, 1]}
    >>> class Harmful:
    ...     def __reduce__(self):
    ...         return (print, ("gotcha",))
    >>> unpickle_batch(pickle.dumps(Harmful()), "data_batch_1")
    Traceback (most recent call last):
        ...
    convviz.nets.data.errors.DataError: data_batch_1 asks to run builtins.print: do not trust its source
    """
    try:
        _check_memos(data)
        found = _Unpickler(io.BytesIO(data), encoding="bytes").load()
    except _Forbidden as forbidden:
        raise DataError(
            name,
            "{value} asks to run {what}",
            "do not trust its source",
            what=str(forbidden),
        ) from None
    except (Exception, MemoryError):  # a damaged or malicious pickle may fail in any way
        raise DataError(
            name, "{value} is damaged or incomplete", "copy it again from where it is published"
        ) from None
    if not isinstance(found, dict):
        raise DataError(name, "{value} does not hold a dictionary", "use the file as published")
    return {_text(key): _plain(value, name) for key, value in found.items()}


def _check_memos(data: bytes) -> None:
    for opcode, argument, _ in pickletools.genops(data):
        if "PUT" in opcode.name and int(str(argument)) > MOST_MEMOS:
            raise pickle.UnpicklingError("memo number")


def _text(key: Any) -> str:
    return key.decode("latin1") if isinstance(key, bytes) else str(key)


def _plain(value: Any, name: str) -> Any:
    """A value as it may leave: stand-ins become arrays, if they are arrays of bytes."""
    if isinstance(value, _Array):
        return _array(value, name)
    # Of lists that hold one another a few bytes make more than any memory holds.
    if isinstance(value, list):
        odd = next((item for item in value if not isinstance(item, PLAIN)), None)
        if odd is not None:
            raise DataError(
                name,
                "{value} holds a list with a {kind} in it",
                "use the file as published",
                kind=_kind(odd),
            )
        return value
    if isinstance(value, PLAIN):
        return value
    raise DataError(name, "{value} holds a {kind}", "use the file as published", kind=_kind(value))


def _kind(value: Any) -> str:
    return type(value).__name__.strip("_").lower()


def _array(made: _Array, name: str) -> Any:
    """The array a stand-in kept the parts of: (version, shape, dtype, Fortran order, bytes)."""
    try:
        _, shape, kind, fortran, contents = made.state
        shape = tuple(int(side) for side in shape)
        if kind.code not in ("u1", b"u1") or min(shape) < 0:
            raise ValueError(kind.code)
        return np.frombuffer(contents, np.uint8).reshape(shape, order="F" if fortran else "C")
    except (TypeError, ValueError, AttributeError):
        raise DataError(
            name, "{value} holds an array that is not made of bytes", "use the file as published"
        ) from None
