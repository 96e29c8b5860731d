"""Files of numbers: NumPy's own, without pickles, and texts such as CSV."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

import numpy as np

from convviz.numbers.given import Numbers, inputs_of
from convviz.numbers.reading import read_array
from convviz.numbers.refusals import LONGEST_TEXT, ArrayError, nothing_there
from convviz.ops.types import Array, Floats
from convviz.text.limits import LARGEST_NUMBER

NPY, ZIP = b"\x93NUMPY", b"PK\x03\x04"
TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (".npy", ".npz", *TEXTS)
LARGEST_FILE = 60_000_000  # bytes: 4 images of 8 channels of 512×512 numbers in float64, and more
MOST_ARRAYS, MOST_NAMED = 4, 40  # of an .npz: each an input, and those of which one is wanted
_WEIGHTS, _BIASES = ("w", "weight", "weights"), ("b", "bias", "biases")


def is_of_numbers(data: bytes, name: str) -> bool:
    """Whether a file says by its name or its first bytes that it holds numbers and no picture."""
    return data.startswith(NPY) or PurePath(name).suffix.lower() in ENDINGS


def read_file(data: bytes, name: str) -> list[Numbers]:
    r"""The inputs that a file holds; an .npz may hold several.

    Raises
    ------
    ArrayError
        If it holds anything but numbers, or too many.

    Examples
    --------
    >>> [x] = read_file(b"1,2\n3,4\n", "mine.csv")
    >>> x.name, x.values.tolist()
    ('mine', [[[1.0, 2.0], [3.0, 4.0]]])
    """
    stem = PurePath(name).stem if PurePath(name).suffix.lower() in ENDINGS else name
    arrays = read_arrays(data, name, MOST_ARRAYS)
    called = [stem] if len(arrays) == 1 else [f"{stem} {key}" for key in arrays]
    pairs = zip(arrays.values(), called, strict=True)
    return [each for array, key in pairs for each in inputs_of(array, key)]


def read_weights(data: bytes, name: str) -> tuple[Floats, Floats | None]:
    r"""The weights that a file holds, and the biases where an .npz has them too.

    In an .npz of several arrays the weights are called ``w``, ``weight`` or ``weights``, and the biases ``b``,
    ``bias`` or ``biases``.

    Raises
    ------
    ArrayError
        If it holds anything but numbers, or it is not clear which of its arrays are the weights.

    Examples
    --------
    >>> w, b = read_weights(b"1,0\n0,-1\n", "w.csv")
    >>> w.tolist(), b
    ([[1.0, 0.0], [0.0, -1.0]], None)
    """
    arrays = read_arrays(data, name, MOST_NAMED)
    biases = next((arrays.pop(key) for key in _BIASES if key in arrays), None)
    weights = next((arrays[key] for key in _WEIGHTS if key in arrays), None)
    if weights is None and len(arrays) == 1:
        [weights] = arrays.values()
    if weights is None:
        raise ArrayError(
            "{name} has {count} arrays, and none is called w: call the weights w and the biases b.",
            name=name,
            count=len(arrays),
        )
    return weights, biases


def read_arrays(data: bytes, name: str, most: int) -> dict[str, Floats]:
    """The arrays of a file: those of an .npz by their names, at most so many; else one, by the name "".

    Raises
    ------
    ArrayError
        If it holds anything but numbers, or too many.
    """
    if len(data) > LARGEST_FILE:
        raise ArrayError(
            "{name} has {size:.1f} MB: use a file of at most {most} MB.",
            name=name,
            size=len(data) / 1e6,
            most=LARGEST_FILE // 1_000_000,
        )
    if data.startswith(NPY):
        return {"": _array(data, name)}
    if data.startswith(ZIP):
        return _archive(data, name, most)
    if PurePath(name).suffix.lower() not in TEXTS:
        raise _damaged(name)
    return {"": read_array(_text(data, name))}


def _text(data: bytes, name: str) -> str:
    if len(data) > LONGEST_TEXT:
        raise ArrayError(
            "{name} has {size:.1f} MB: use a file of at most {most} MB.",
            name=name,
            size=len(data) / 1e6,
            most=LONGEST_TEXT // 1_000_000,
        )
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise _damaged(name) from None


def _archive(data: bytes, name: str, most: int) -> dict[str, Floats]:
    """The arrays of an .npz, each unpacked only where it is small."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if not members:
                raise nothing_there()
            if len(members) > most or sum(each.file_size for each in members) > LARGEST_FILE:
                raise ArrayError(
                    "{name} holds more than {most} arrays or {size} MB: save fewer in it.",
                    name=name,
                    most=most,
                    size=LARGEST_FILE // 1_000_000,
                )
            files = [(PurePath(each.filename).stem, archive.read(each)) for each in members]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        if isinstance(error, ArrayError):
            raise
        raise _damaged(name) from None
    return {key: _array(content, name) for key, content in files}


def _array(data: bytes, name: str) -> Floats:
    """The numbers of an .npy."""
    buffer = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(buffer)
        head = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        shape, _order, dtype = head[version](buffer)
        if dtype.kind not in "biuf" or int(np.prod(shape, dtype=object)) * dtype.itemsize > len(
            data
        ):
            raise ValueError("no numbers, or fewer than the head says")
        buffer.seek(0)
        array: Array = np.load(buffer, allow_pickle=False)
    except (ValueError, KeyError, EOFError, OSError, SyntaxError, TypeError, OverflowError):
        raise _damaged(name) from None
    with np.errstate(over="ignore"):
        numbers = array.astype(np.float64)
    wrong = np.argwhere(~(np.abs(numbers) <= LARGEST_NUMBER))
    if len(wrong):
        raise ArrayError(
            "{name}: the number at {place} is {value}: use finite numbers up to ±{most}.",
            name=name,
            place=tuple(int(each) for each in wrong[0]),
            value=float(numbers[tuple(wrong[0])]),
            most=f"{LARGEST_NUMBER:,.0f}",
        )
    return numbers


def _damaged(name: str) -> ArrayError:
    return ArrayError(
        "{name} is no file of numbers: save it with np.save or np.savez (no objects), or as CSV.",
        name=name,
    )
