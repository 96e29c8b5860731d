"""Arrays and files packed for download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

OLDEST = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP archive can say


def arrays_file(arrays: Mapping[str, npt.ArrayLike]) -> bytes:
    """Arrays under their names as the bytes of an ``.npz`` file.

    Examples
    --------
    >>> data = arrays_file({"x": np.arange(3.0)})
    >>> np.load(io.BytesIO(data))["x"]
    array([0., 1., 2.])
    """
    buffer = io.BytesIO()
    named: dict[str, Any] = {name: np.asarray(array) for name, array in arrays.items()}
    np.savez_compressed(buffer, **named)
    return buffer.getvalue()


def zip_file(files: Mapping[str, bytes | str]) -> bytes:
    """Files under their names as one ZIP archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, OLDEST), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
