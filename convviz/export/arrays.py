"""Arrays and files packed for download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array
from convviz.trace.scene import TERMS, Scene

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


def scene_arrays(scene: Scene) -> dict[str, Array]:
    """The arrays of a scene under the course's names; a padded one also without its padding.

    Examples
    --------
    >>> from convviz.ops.spec import Conv2dSpec
    >>> from convviz.trace import conv_backward_scene
    >>> ones = np.ones((1, 1, 2, 2))
    >>> scene = conv_backward_scene(np.ones((1, 1, 3, 3)), ones, ones, Conv2dSpec.make(2, padding=1))
    >>> arrays = scene_arrays(scene)
    >>> arrays["dx_pad"].shape, arrays["dx"].shape, arrays["db"].shape
    ((1, 1, 4, 4), (1, 1, 2, 2), (1,))
    """
    drawn = {
        scene.accesses[key].panel for column in scene.columns for key in column if key != TERMS
    }
    arrays = {}
    for key in sorted(drawn):
        panel = scene.panels[key]
        # db is drawn as one row.
        values = panel.values if panel.values.ndim == 4 else panel.values[0]
        (top, bottom), (left, right) = panel.frame
        if panel.frame != ((0, 0), (0, 0)):
            arrays[f"{key}_pad"] = values
            rows, columns = values.shape[-2:]
            values = values[..., top : rows - bottom, left : columns - right]
        arrays[key] = values
    return arrays


def zip_file(files: Mapping[str, bytes | str]) -> bytes:
    """Files under their names as one ZIP archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, OLDEST), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
