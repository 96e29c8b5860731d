"""Arrays and what JSON can say in one ``.npz`` file, never a pickle: loading one cannot run anything."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from convviz.nets.data.errors import DataError
from convviz.nets.layer import Params

VERSION = 1


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


def read_archive(path: str | Path) -> tuple[dict[str, Any], Params]:
    """The JSON and the arrays of a file.

    Raises
    ------
    DataError
        If there is none, or it is damaged or something else.
    """
    if not Path(path).is_file():
        raise DataError(path, "there is no file {value}", "give the path of a checkpoint")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        meta = json.loads(str(arrays.pop("meta")))
        if meta["version"] != VERSION:
            raise ValueError(meta["version"])
    except (BadZipFile, OSError, EOFError, ValueError, KeyError, TypeError):
        raise damaged(path) from None
    return meta, arrays


def damaged(path: str | Path) -> DataError:
    """The refusal of a file that holds something else than it should."""
    return DataError(path, "{value} is not a checkpoint or is damaged", "use another one")
