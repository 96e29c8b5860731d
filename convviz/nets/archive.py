"""Arrays and what JSON can say in one ``.npz`` file, never a pickle: loading one cannot run anything."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import numpy as np

from convviz.nets.data.errors import DataError
from convviz.nets.layer import Params

VERSION = 1
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
        _refuse_compressed(source)
        with np.load(source, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        meta = json.loads(str(arrays.pop("meta")))
        if meta["version"] != VERSION:
            raise ValueError(meta["version"])
    except (BadZipFile, OSError, EOFError, ValueError, KeyError, TypeError, MemoryError):
        raise damaged(source) from None
    return meta, arrays


def _refuse_compressed(source: Source) -> None:
    """What `archive_bytes` writes is stored as it is: a compressed file could unfold to more than memory holds."""
    with ZipFile(source) as archive:
        if any(entry.compress_type != ZIP_STORED for entry in archive.infolist()):
            raise ValueError(source)
    if not isinstance(source, str | Path):
        source.seek(0)


def name_of(source: Source) -> str:
    """What to call a file."""
    return str(source if isinstance(source, str | Path) else source.name)


def damaged(source: Source) -> DataError:
    """The refusal of a file that holds something else than it should."""
    name = name_of(source)
    return DataError(name, "{value} is not a checkpoint or is damaged", "use another one")
