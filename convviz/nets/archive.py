"""Arrays and what JSON can say in one ``.npz`` file, never a pickle: loading one cannot run anything."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from numpy.lib import format as npy

from convviz.nets.checked import mapping, whole
from convviz.nets.data.errors import DataError
from convviz.nets.layer import Params
from convviz.ops.types import Array

VERSION = 1
LARGEST_FILE = 400_000_000  # bytes: ten million float64 and what Adam remembers of them
MOST_ARRAYS = 1000
Source = str | Path | IO[bytes]


def archive_bytes(meta: dict[str, Any], arrays: Params) -> bytes:
    """The file's content."""
    buffer = io.BytesIO()
    text = json.dumps({"version": VERSION, **meta})
    np.savez(buffer, meta=np.array(text), **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def write_archive(path: str | Path, content: bytes) -> None:
    """Write a file that is complete or not there: it is written beside its place and then moved."""
    path = Path(path)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_archive(source: Source) -> tuple[dict[str, Any], Params]:
    """The JSON and the arrays of a file.

    Parameters
    ----------
    source
        A path, or an open file with a ``name``.

    Raises
    ------
    DataError
        If there is none, or it is damaged or something else.
    """
    name = name_of(source)
    if isinstance(source, str | Path) and not Path(source).is_file():
        raise DataError(name, "there is no file {value}", "give the path of a checkpoint")
    try:
        arrays = _arrays(source)
        meta = mapping(json.loads(str(arrays.pop("meta"))))
        if whole(meta["version"]) != VERSION:
            raise ValueError(meta["version"])
    except Exception:  # the readers of ZIP, NumPy and JSON raise a dozen kinds of error
        raise damaged(source) from None
    return meta, arrays


def _arrays(source: Source) -> Params:
    """Every array. What `archive_bytes` writes is stored as it is: nothing here unfolds to more than the file."""
    if not isinstance(source, str | Path):
        source.seek(0)
    with ZipFile(source) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ARRAYS or sum(entry.file_size for entry in entries) > LARGEST_FILE:
            raise ValueError(source)
        if any(entry.compress_type != ZIP_STORED for entry in entries):
            raise ValueError(source)
        return {
            entry.filename.removesuffix(".npy"): _array(archive.read(entry)) for entry in entries
        }


def _array(data: bytes) -> Array:
    """The array of a ``.npy`` file; no memory is spent on what its header only promises."""
    file = io.BytesIO(data)
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    shape, is_fortran, kind = read[npy.read_magic(file)](file)
    if kind.kind not in "biufU":
        raise ValueError(kind)
    flat = np.frombuffer(data[file.tell() :], kind)
    return flat.reshape(shape, order="F" if is_fortran else "C")


def name_of(source: Source) -> str:
    """What to call a file."""
    return str(source if isinstance(source, str | Path) else source.name)


def damaged(source: Source) -> DataError:
    """The refusal of a file that holds something else than it should."""
    name = name_of(source)
    return DataError(name, "{value} is not a checkpoint or is damaged", "use another one")
