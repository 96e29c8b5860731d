"""An input of numbers, which goes wherever a photo goes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from convviz.numbers.refusals import ArrayError
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.pictures.paper.grounds import signed_pixels
from convviz.text.i18n import N_, Sentence
from convviz.text.limits import WORKING_SIZE

LARGEST_GRID = 32  # rows and columns that are edited in a grid and kept in a link
MOST_CHANNELS, MOST_IMAGES = 8, 4
DRAWN = N_("Numbers, drawn on the signed colour scale.")


@dataclass(frozen=True)
class Numbers(Photo):
    """Numbers as an input: they are no pixels, so nothing is cut off at 0 and 255, and nothing rescaled.

    Its `pixels` are what it looks like: the mean of its channels on the signed colour scale.

    Examples
    --------
    >>> x = Numbers.made(np.array([[[1.5, -2]], [[0, 300]]]), "mine")
    >>> x.planes("rgb").tolist(), x.channel_names("rgb"), x.size
    ([[[1.5, -2.0]], [[0.0, 300.0]]], ('c=0', 'c=1'), (1, 2))
    """

    values: Floats = field(kw_only=True)  # float64 of shape (C, H, W), read-only

    @classmethod
    def made(cls, values: npt.ArrayLike, name: str) -> Numbers:
        """Of an array of shape (C, H, W)."""
        kept = np.array(values, dtype=np.float64) + 0.0  # −0 is 0
        kept.flags.writeable = False
        digest = hashlib.sha256(f"numbers {kept.shape}".encode() + kept.tobytes()).hexdigest()
        pixels = signed_pixels(kept.mean(axis=0))
        pixels.flags.writeable = False
        return cls(pixels, name, digest, (Sentence(DRAWN),), values=kept)

    @property
    def signed(self) -> bool:
        """True: they are no pixels."""
        return True

    def planes(self, channels: str) -> Floats:  # noqa: ARG002
        """The numbers as they are, (C, H, W), whatever channels a photo would have."""
        return self.values

    def channel_names(self, channels: str) -> tuple[str, ...]:  # noqa: ARG002
        """One for each channel: "c=0", "c=1", …; "" for the only one."""
        return tuple(f"c={c}" for c in range(len(self.values))) if len(self.values) > 1 else ("",)

    @property
    def fits_a_grid(self) -> bool:
        """Whether it is small enough to be edited in a grid."""
        rows, columns = self.size
        return rows <= LARGEST_GRID and columns <= LARGEST_GRID


def inputs_of(array: Floats, name: str) -> list[Numbers]:
    """One input for each image of an array (H, W), (C, H, W) or (N, C, H, W); a row is one of height 1.

    Raises
    ------
    ArrayError
        If it is too large, or holds what is no finite number.

    Examples
    --------
    >>> [each.name for each in inputs_of(np.ones((2, 1, 3, 3)), "mine")]
    ['mine, n = 0', 'mine, n = 1']
    """
    if array.ndim > 4 or not array.size:
        raise ArrayError(
            "{name} has the shape {shape}: use (rows, columns), with channels and images before them.",
            name=name,
            shape="×".join(map(str, array.shape)) or "1",
        )
    images = array.reshape((1,) * (4 - array.ndim) + array.shape)  # (N, C, H, W)
    most = (MOST_IMAGES, MOST_CHANNELS, WORKING_SIZE, WORKING_SIZE)
    if any(length > limit for length, limit in zip(images.shape, most, strict=True)):
        raise ArrayError(
            "{name} has the shape {shape}: at most {most} fit (images, channels, rows, columns).",
            name=name,
            shape="×".join(map(str, array.shape)),
            most="×".join(map(str, most)),
        )
    names = [name] if len(images) == 1 else [f"{name}, n = {n}" for n in range(len(images))]
    return [Numbers.made(image, each) for image, each in zip(images, names, strict=True)]


def to_npy(numbers: Numbers) -> bytes:
    """A file that `convviz.numbers.files.read_file` reads as the same numbers."""
    buffer = io.BytesIO()
    np.save(buffer, numbers.values, allow_pickle=False)
    return buffer.getvalue()


def shown_numbers(photos: Sequence[Photo]) -> list[Numbers]:
    """Those of some inputs that are numbers."""
    return [photo for photo in photos if isinstance(photo, Numbers)]
