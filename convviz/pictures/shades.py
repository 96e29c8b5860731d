"""A map as what is painted: one byte a cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array
from convviz.pictures.kept import kept_with_array

ZERO, MISSING = 127, 255  # the shades of 0 and of what is no number
AT_ONCE = 8192  # numbers: as many as stay in the cache


@dataclass(frozen=True, eq=False)
class Shades:
    """A map on the signed scale.

    Parameters
    ----------
    cells
        Read-only uint8 of the map's shape: 127 for zero, 0 and 254 at the ends of the scale and beyond, 255
        for NaN.
    limit
        The scale goes from ``-limit`` to ``limit``.
    minimum, maximum
        Of the finite numbers; NaN where there are none.
    missing
        How many are not finite.
    """

    cells: npt.NDArray[np.uint8]
    limit: float
    minimum: float
    maximum: float
    missing: int

    @property
    def range(self) -> dict[str, float | int | None]:
        """As the browser gets it; None stands for NaN."""
        low, high = (None if np.isnan(end) else end for end in (self.minimum, self.maximum))
        return {"minimum": low, "maximum": high, "missing": self.missing}


@kept_with_array
def shaded(values: Array, limit: float | None = None) -> Shades:
    """Shade a map; by default the scale ends at the number farthest from zero.

    Examples
    --------
    >>> shaded(np.array([[-2.0, 0.0, 1.0, np.nan]])).cells.tolist()
    [[0, 127, 191, 255]]
    >>> shaded(np.array([[-2.0, 0.0, 1.0]]), limit=1).cells.tolist()
    [[0, 127, 254]]
    """
    low, high = float(values.min()), float(values.max())
    missing = 0
    if not (np.isfinite(low) and np.isfinite(high)):
        finite = values[np.isfinite(values)]
        missing = values.size - finite.size
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (np.nan, np.nan)
    if limit is None:
        limit = max(-low, high) if missing < values.size else 0.0
    cells = np.empty(values.shape, np.uint8)
    factor, few = ZERO / limit if limit else 1.0, max(1, AT_ONCE // max(1, values[:1].size))
    for row in range(0, len(values), few):
        scaled = values[row : row + few] * factor
        np.clip(scaled, -ZERO, ZERO, out=scaled)
        scaled += ZERO + 0.5
        if missing:
            scaled[np.isnan(scaled)] = MISSING
        cells[row : row + few] = scaled
    cells.flags.writeable = False
    return Shades(cells, limit, low, high, missing)
