"""Names of the types that signatures share.

Pairs are (height, width); sides are ((top, bottom), (left, right)).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.float64]
Pixels: TypeAlias = npt.NDArray[np.uint8]  # from 0 to 255

Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[Pair, Pair]
# Top, left, bottom, right; the last two one past the end.
Box: TypeAlias = tuple[int, int, int, int]
Shape: TypeAlias = tuple[int, ...]
