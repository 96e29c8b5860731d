"""A picture of any mode made opaque, of 8 bits a channel, and small, a strip of rows at a time.

Doing this to the whole picture would take four times its memory. Each strip is shrunk by a whole factor at once;
what is left is scaled as Pillow's `resize` with a ``reducing_gap`` does it, to the same pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

from convviz.ops.types import Array
from convviz.photos.files.prepared import Prepared
from convviz.photos.heif import Held
from convviz.photos.notes import STRETCHED, TRANSPARENT
from convviz.text.i18n import Sentence

PLAIN = ("L", "RGB", "CMYK", "LAB")
WHITES = (255, 1023, 4095, 16383, 65535)  # the largest value of 8, 10, 12, 14 and 16 bits
GAP, STRIP = 3.0, 2_000_000  # as in `Image.resize`; pixels of a strip
DARK = 63  # largest high byte of numbers with 14 bits or fewer
MOST_DEEP = 12_000_000  # pixels of which both bytes of each number are read
FULL_RANGE = Sentence(STRETCHED, {"black": 0, "white": 65535})
Box = tuple[int, int, int, int]
Size = tuple[int, int]
Strip = Callable[[Box], Image.Image]
Values = Callable[[Box], Array]


def opaque(
    image: Image.Image | Held, size: Size, known: Prepared
) -> tuple[Image.Image, list[Sentence]]:
    """The picture in mode L, RGB, CMYK or LAB at a size of at most its own, nothing transparent.

    Parameters
    ----------
    image
        Loaded.
    size
        (width, height) to scale it to.
    known
        What its file says beside the pixels.
    """
    if isinstance(image, Held):
        if image.has_transparency_data:
            return _on_white(image, size)
        return _shrunk(image.size, size, image.crop), []
    if known.frame is not None:
        image = _on_its_screen(image, known.frame)
    if image.mode.startswith("I") or image.mode == "F":
        return _from_wide(image.size, size, lambda box: _numbers(image.crop(box), known), known)
    if known.deep and image.mode == "RGB" and (known.clear or _is_dark(image)):
        if image.width * image.height > MOST_DEEP:  # twice as many bytes would be too many
            return _shrunk(image.size, size, image.crop, whole=image), [FULL_RANGE]
        low = _low_bytes(known.data)
        return _from_wide(image.size, size, lambda box: _both(image, low, box), known)
    if image.has_transparency_data:
        return _on_white(image, size)
    if image.mode in PLAIN:
        return _shrunk(image.size, size, image.crop, whole=image), []
    kind = "L" if image.mode == "1" else "RGB"
    return _shrunk(image.size, size, lambda box: image.crop(box).convert(kind)), []


def _shrunk(full: Size, size: Size, strip: Strip, whole: Image.Image | None = None) -> Image.Image:
    """The picture whose strips are given, scaled; the whole where it is at hand as it should be."""
    if whole is not None:
        if full == size:
            return whole
        return whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=GAP)
    by = (int(full[0] / size[0] / GAP) or 1, int(full[1] / size[1] / GAP) or 1)
    small: Image.Image | None = None
    for box in _strips(full, by[1]):
        part = strip(box)
        part = part.reduce(by) if by != (1, 1) else part
        if small is None:
            small = Image.new(part.mode, (-(-full[0] // by[0]), -(-full[1] // by[1])))
        small.paste(part, (0, box[1] // by[1]))
    assert small is not None, "a picture has a row"
    if full == size:
        return small
    area = (0, 0, full[0] / by[0], full[1] / by[1])
    return small.resize(size, Image.Resampling.LANCZOS, box=area)


def _strips(full: Size, by: int) -> Iterator[Box]:
    """Boxes of whole rows, each a multiple of ``by`` high."""
    rows = max(1, STRIP // max(full[0], 1) // by) * by
    for top in range(0, full[1], rows):
        yield (0, top, full[0], min(top + rows, full[1]))


def _on_white(image: Image.Image | Held, size: Size) -> tuple[Image.Image, list[Sentence]]:
    """Laid on white, and a note if any of it is transparent."""
    clear = False

    def strip(box: Box) -> Image.Image:
        nonlocal clear
        part = image.crop(box)
        part.info = image.info  # which colour of a palette is transparent
        rgba = part.convert("RGBA")
        if rgba.getchannel("A").getextrema() == (255, 255):
            return rgba.convert("RGB")
        clear = True
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")

    shown = _shrunk(image.size, size, strip)
    return shown, [Sentence(TRANSPARENT)] if clear else []


def _on_its_screen(image: Image.Image, frame: Box) -> Image.Image:
    """A first frame that covers a part of its screen: the rest is transparent."""
    screen = Image.new("RGBA", image.size)
    screen.paste(image.convert("RGBA").crop(frame), frame[:2])
    return screen


def _from_wide(
    full: Size, size: Size, values: Values, known: Prepared
) -> tuple[Image.Image, list[Sentence]]:
    """More than 8 bits a number as 8, by the range really used, with nothing clipped.

    Whole numbers are read as 8, 10, 12, 14 or 16 bits, whichever just holds the largest; numbers
    from 0 to 1 as fractions of white; everything else is stretched from least to most.
    """
    black, white, is_whole = _range(full, values)
    usual = WHITES if is_whole else (1, *WHITES[:1])
    if black >= 0 and white <= usual[-1]:
        black, white = 0.0, float(next(top for top in usual if white <= top))
    clear = False

    def strip(box: Box) -> Image.Image:
        nonlocal clear
        found = values(box)
        shown = np.rint((_finite(found) - black) * (255 / max(white - black, 1e-30)))
        shown = (255 - shown if known.negative else shown).astype(np.uint8)
        if known.clear is not None:
            hidden = found == np.array(known.clear if found.ndim == 3 else known.clear[0])
            hidden = hidden.all(axis=-1) if found.ndim == 3 else hidden
            shown[hidden] = 255
            clear = clear or bool(hidden.any())
        return Image.fromarray(shown)

    shown = _shrunk(full, size, strip)
    notes = [Sentence(TRANSPARENT)] if clear else []
    if not (black == 0 and white in (usual[0], usual[-1])):
        ends = (white, black) if known.negative else (black, white)
        said = {"black": ends[0], "white": ends[1]}
        notes.append(Sentence(STRETCHED, said))
    return shown, notes


def _range(full: Size, values: Values) -> tuple[float, float, bool]:
    """Least and largest number, and whether they are whole numbers."""
    least, most, is_whole = np.inf, -np.inf, True
    for box in _strips(full, 1):
        found = values(box)
        finite = _finite(found)
        least, most = min(least, float(finite.min())), max(most, float(finite.max()))
        is_whole = found.dtype.kind in "iu"
    return least, most, is_whole


def _finite(values: Array) -> npt.NDArray[np.float32]:
    return np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _numbers(image: Image.Image, known: Prepared) -> Array:
    """The numbers of a picture of one channel."""
    values = np.asarray(image)
    return values.view(np.uint32) if known.unsigned and values.dtype == np.int32 else values


def _is_dark(image: Image.Image) -> bool:
    """Whether no high byte of a picture of 16 bits a channel needs more than 14 bits."""
    ends = image.getextrema()
    return max(int(most) for _, most in ends) <= DARK  # type: ignore[misc]


def _low_bytes(data: bytes) -> Image.Image:
    """The low bytes of a PNG of 16 bits a channel, of which Pillow otherwise keeps the high ones."""
    image = Image.open(io.BytesIO(data), formats=("PNG",))
    image.tile = [tile._replace(args="RGB;16L") for tile in image.tile]
    image.load()
    return image


def _both(high: Image.Image, low: Image.Image, box: Box) -> Array:
    """Numbers of 16 bits from their bytes, shape (rows, columns, 3)."""
    parts = [np.asarray(image.crop(box)).astype(np.uint16) for image in (high, low)]
    return np.asarray(parts[0] << 8 | parts[1])
