"""A photo beside the grids of a scene, on which a box grows from visit to visit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.ops.types import Box, Pixels, Sides


@dataclass(frozen=True, eq=False)
class ScenePhoto:
    """A photo with a box for each visit, and one before the first."""

    pixels: Pixels  # uint8 of shape (H, W, 3)
    boxes: tuple[Box, ...]  # one more than the scene has visits; they may reach into the padding
    captions: tuple[str, ...]  # what is said of each box, in the reader's language
    # The position within a visit from which its own box is shown, not that of the visit before.
    since: int

    @property
    def padding(self) -> Sides:
        """((top, bottom), (left, right)) of the frame that holds the boxes, at most as wide as the photo."""
        height, width = self.pixels.shape[:2]
        low = np.min([box[:2] for box in self.boxes], axis=0)
        high = np.max([box[2:] for box in self.boxes], axis=0)
        (top, left), (bottom, right) = -low, high - (height, width)
        return (_within(top, height), _within(bottom, height)), (
            _within(left, width),
            _within(right, width),
        )

    def shown(self, visit: int, position: int) -> int:
        """Which box is the latest at a position within a visit."""
        return visit + (position >= self.since)


def _within(length: int, most: int) -> int:
    return int(max(0, min(length, most)))
