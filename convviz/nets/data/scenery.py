"""What stands behind and before a drawn shape: colours, light, clutter, noise. Values run from 0 to 1."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
LEAST_CONTRAST = 0.35  # distance of the two colours' brightness


def colour_pairs(count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Two colours for each picture that differ in brightness, each (N, 3, 1, 1); either may be the darker."""
    tries = rng.uniform(0, 1, (12, 2, count, 3)).astype(np.float32)
    brightness = tries @ np.array([0.299, 0.587, 0.114], dtype=np.float32)  # (12, 2, N)
    contrast = np.abs(brightness[:, 0] - brightness[:, 1])  # (12, N)
    enough = contrast >= LEAST_CONTRAST
    chosen = np.where(enough.any(axis=0), enough.argmax(axis=0), contrast.argmax(axis=0))  # (N,)
    front, back = tries[chosen, :, np.arange(count)].transpose(1, 0, 2)  # (N, 3) each
    return front[:, :, None, None], back[:, :, None, None]


def background(colour: Floats, x: Floats, y: Floats, rng: np.random.Generator) -> Any:
    """The colour under a light that falls off in some direction; (N, 3, H, W)."""
    count = len(colour)
    slope = rng.normal(0, 0.09, (2, count, 3, 1, 1)).astype(np.float32)
    return colour + slope[0] * x[:, None] + slope[1] * y[:, None]


def clutter(picture: Any, x: Floats, y: Floats, rng: np.random.Generator, strokes: int) -> None:
    """Draw short strokes of any colour over the pictures, in place."""
    count, side = len(picture), picture.shape[-1]
    for _ in range(strokes):
        centre, half = rng.uniform(-1, 1, (2, count, 1, 1)), rng.uniform(0.05, 0.3, (count, 1, 1))
        angle, width = rng.uniform(0, np.pi, (count, 1, 1)), rng.uniform(0.02, 0.09, (count, 1, 1))
        dx, dy = x - centre[0], y - centre[1]
        along = np.abs(np.cos(angle) * dx + np.sin(angle) * dy) - half
        across = np.abs(np.cos(angle) * dy - np.sin(angle) * dx) - width
        distance = np.maximum(along, across).astype(np.float32)
        cover = np.clip(0.5 - distance * side / 2, 0, 1)[:, None]  # (N, 1, H, W)
        colour = rng.uniform(0, 1, (count, 3, 1, 1)).astype(np.float32)
        picture += cover * (colour - picture)


def noise(picture: Any, rng: np.random.Generator) -> None:
    """Add noise of another strength to each picture, in place."""
    strength = rng.uniform(0.01, 0.1, (len(picture), 1, 1, 1)).astype(np.float32)
    picture += strength * rng.standard_normal(picture.shape, dtype=np.float32)
