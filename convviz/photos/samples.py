"""Images that come with convviz: two drawn animals, and four small patterns computed here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from convviz.ops.types import Pixels
from convviz.photos.images import ImageError, Photo, digest_of_pixels, read_photo

PACKAGE = Path(__file__).parents[1]
ASSETS = next(
    (folder for folder in (PACKAGE / "assets", PACKAGE.parent / "assets") if folder.is_dir()),
    PACKAGE / "assets",
)
DIGIT = """
    . 2 7 9 9 7 2 .
    2 9 5 . . 5 9 2
    . . . . . 4 9 2
    . . . 3 8 9 5 .
    . . . 2 6 9 6 .
    . . . . . 3 9 4
    4 9 4 . . 4 9 4
    . 5 9 9 9 9 5 .
"""


def digit() -> Pixels:
    """A handwritten 3 of 8×8 pixels."""
    rows = [line.split() for line in DIGIT.strip().splitlines()]
    return np.array(
        [[int(cell.replace(".", "0")) * 28 for cell in row] for row in rows], dtype=np.uint8
    )


def checkerboard() -> Pixels:
    """64×64 pixels, squares of 8."""
    row, column = np.indices((64, 64)) // 8
    return np.where((row + column) % 2, 230, 25).astype(np.uint8)


def step_edge() -> Pixels:
    """64×64 pixels, dark on the left half and bright on the right."""
    return np.where(np.arange(64) < 32, 40, 215)[None].repeat(64, axis=0).astype(np.uint8)


def gradient() -> Pixels:
    """64×64 pixels growing brighter by 4 in each column."""
    return (np.arange(64) * 4)[None].repeat(64, axis=0).astype(np.uint8)


_DRAWN = ("cat", "dog")
_COMPUTED: dict[str, Callable[[], Pixels]] = {
    "digit": digit,
    "checkerboard": checkerboard,
    "step edge": step_edge,
    "gradient": gradient,
}
SAMPLES = (*_DRAWN, *_COMPUTED)


@cache
def sample(name: str) -> Photo:
    """A picture that comes with convviz, by its name in `SAMPLES`.

    Raises
    ------
    ImageError
        If there is no sample of that name.

    Examples
    --------
    >>> sample("cat").pixels.shape
    (512, 512, 3)
    >>> sample("digit").pixels.shape
    (8, 8, 3)
    """
    if name not in SAMPLES:
        raise ImageError(
            "There is no sample called {name!r}: use one of {names}.",
            name=name,
            names=", ".join(SAMPLES),
        )
    if name in _DRAWN:
        return read_photo((ASSETS / f"{name}.png").read_bytes(), name)
    pixels = np.repeat(_COMPUTED[name]()[..., None], 3, axis=2)
    pixels.flags.writeable = False
    return Photo(pixels, name, digest_of_pixels(pixels))
