"""What a student does for a lecture, and whether what she sees is her own."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.load.visitor import Refused, Run, Visitor
from convviz.ops import conv2d
from convviz.ops.filters import PRESETS

# Pixels of a small photo: its map is so large that its exact numbers stay with the server.
SIDE = 300
STEPS = ("stride", "padding", "filter")
FILTERS = ("Sobel x", "Sobel y", "Laplacian (4)", "Emboss")
LABELS = {"stride": "Stride", "padding": "Padding on each side", "filter": "Filter f = 0"}
Cells = npt.NDArray[np.uint8]


def photo(number: int, side: int = SIDE) -> Cells:
    """A photo that no other person has: shape (side, side, 3)."""
    cells = np.random.default_rng(number).integers(0, 256, (12, 12, 3), dtype=np.uint8)
    grown = Image.fromarray(cells).resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(grown)


def file_of(cells: Cells, kind: str = "PNG") -> bytes:
    """The file of a photo."""
    file = io.BytesIO()
    Image.fromarray(cells).save(file, kind, quality=92)
    return file.getvalue()


@dataclass
class Person:
    """A student with a browser.

    Parameters
    ----------
    visitor
        Her browser.
    number
        Which photo is hers.
    own
        Her photo as the app shows it; None while she looks at the cat.
    runs
        What each change cost, by what was done.
    """

    visitor: Visitor
    number: int
    own: Cells | None = None
    stride: int = 1
    padding: int = 1
    filter: str = "Sobel x"
    runs: list[tuple[str, Run]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    async def bring(self, cells: Cells | None, file: bytes) -> None:
        """Bring a photo, and see that it is hers; without its cells, take those that the app shows.

        A photo larger than the app's is scaled down by it, so its cells are not known before.
        """
        self.runs.append(("new photo", await self.visitor.upload(f"{self.number}.png", file)))
        self.own = self._shown() if cells is None else cells
        await self.look()

    def _shown(self) -> Cells:
        """The photo as the app sent it, compared with hers by its colours."""
        data = next(
            each for each in self.visitor.parts("cells") if each["key"] == "photo picture cells"
        )
        (picture,) = (
            each for each in self.visitor.parts("picture") if each["key"] == "photo picture"
        )
        cells = data["cells"].reshape(picture["rows"], picture["columns"], -1)
        mine = Image.fromarray(photo(self.number)).resize(cells.shape[1::-1])
        if np.abs(cells.astype(int) - np.asarray(mine).astype(int)).mean() > 40:
            self.wrong.append(f"{self.number}: another photo than hers")
        return np.asarray(cells, np.uint8)

    async def change(self, chance: random.Random) -> None:
        """Change one control to another value, and look at the map."""
        name = chance.choice(STEPS)
        values = {"stride": range(1, 5), "padding": range(4), "filter": FILTERS}[name]
        value = chance.choice([each for each in values if each != getattr(self, name)])
        setattr(self, name, value)
        given = value if name == "filter" else float(value)
        self.runs.append(("change", await self.visitor.set(LABELS[name], given)))
        await self.look()

    async def turn_pages(self) -> None:
        """Look at another page, and come back."""
        for page in ("pooling", ""):
            self.runs.append(("page", await self.visitor.go(page)))
        await self.look()

    async def look(self) -> None:
        """See that the map is that of her photo and her settings."""
        (shown,) = (each for each in self.visitor.parts("picture") if each["key"] == "map picture")
        size = 512 if self.own is None else self.own.shape[0]  # rows
        rows = (size + 2 * self.padding - 3) // self.stride + 1
        if (shown["rows"], shown["lattice"]["step"]) != (rows, [self.stride] * 2):
            self.wrong.append(f"{self.number}: {shown['rows']} rows instead of {rows}")
        if "exact" in shown and self.own is not None:
            await self._compare(shown["exact"]["key"])

    async def _compare(self, key: str) -> None:
        """Compare the exact numbers of the first tile with NumPy's."""
        status, body = await self.visitor.fetch("GET", f"/cells/{key}/0/0")
        if status != 200:
            raise Refused(f"exact numbers: {status}")
        assert self.own is not None
        part = self.own[:160, :160].astype(np.float64).transpose(2, 0, 1)  # (C, H, W)
        kernel = PRESETS[self.filter].make().kernel
        expected = conv2d(
            part, np.stack([kernel] * 3)[None], stride=self.stride, padding=self.padding
        )
        tile = np.frombuffer(body, "<f8").reshape(32, 32)
        if not np.allclose(tile, expected[0, :32, :32]):
            self.wrong.append(f"{self.number}: other numbers than NumPy's")
