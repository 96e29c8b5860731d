"""What is on the screen as a PNG, large enough for slides."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from convviz.export import colours
from convviz.export.drawing import Drawing
from convviz.export.sheet import EDGE, GAP, HEADING, cell_text, font
from convviz.figures.palette import LIFT, LIGHT
from convviz.trace import Scene

SCALE = 2  # pixels of the picture for each on the screen
SIDE = 500  # pixels of the longer side of a photo or map, before scaling


def step_png(scene: Scene, step: int) -> bytes:
    """One step of a scene, its grids and numbers.

    Examples
    --------
    >>> from convviz.trace import conv_scene
    >>> png = step_png(conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))), 5)
    >>> Image.open(io.BytesIO(png)).format
    'PNG'
    """
    return _png(Drawing(scene, SCALE).step(step))


def map_png(
    pixels: npt.NDArray[np.uint8], values: npt.NDArray[np.floating], names: tuple[str, str]
) -> bytes:
    """A photo and one of its feature maps side by side, with the map's range.

    Parameters
    ----------
    pixels
        uint8 of shape (H, W, 3).
    values
        The map, shape (OH, OW); zero is neutral.
    names
        What to write above them, in letters the font has (Latin).

    Examples
    --------
    >>> pixels = np.zeros((4, 6, 3), dtype=np.uint8)
    >>> png = map_png(pixels, np.eye(4, 6), ("photo", "Sobel x"))
    >>> Image.open(io.BytesIO(png)).size
    (2124, 827)
    """
    pictures = [_enlarged(Image.fromarray(pixels)), _enlarged(signed_picture(values))]
    foot = f"minimum {cell_text(float(values.min()))}, maximum {cell_text(float(values.max()))}"
    edge, gap, line = EDGE * SCALE, GAP * SCALE, HEADING * SCALE
    wide = sum(picture.width for picture in pictures) + gap + 2 * edge
    tall = max(picture.height for picture in pictures) + 2 * line + 2 * edge
    sheet = Image.new("RGB", (wide, tall), colours.PAGE)
    pen, x = ImageDraw.Draw(sheet), edge
    for picture, name in zip(pictures, names, strict=True):
        pen.text((x, edge), name, font=font(SCALE), fill=colours.TEXT)
        sheet.paste(picture, (x, edge + line))
        x += picture.width + gap
    left = edge + pictures[0].width + gap
    at = (left, edge + line + pictures[1].height + line // 4)
    pen.text(at, foot, font=font(SCALE), fill=colours.TEXT)
    return _png(sheet)


def signed_picture(values: npt.NDArray[np.floating]) -> Image.Image:
    """Numbers as colours, a pixel each: blue below zero, orange above, neutral at zero."""
    finite = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    limit = max(float(np.abs(finite).max()), 1e-300)
    share = ((np.abs(finite) / limit) ** LIFT)[..., None]  # (OH, OW, 1)
    end = np.where(finite[..., None] < 0, LIGHT.low, LIGHT.high)  # (OH, OW, 3)
    zero = np.array(LIGHT.zero)
    return Image.fromarray(np.rint(zero + (end - zero) * share).astype(np.uint8))


def _enlarged(picture: Image.Image) -> Image.Image:
    """As large as on a screen, times the scale; enlarged pixels keep their edges."""
    factor = SIDE * SCALE / max(picture.size)
    size = (round(picture.width * factor), round(picture.height * factor))
    method = Image.Resampling.NEAREST if factor > 1 else Image.Resampling.LANCZOS
    return picture.resize(size, method)


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
