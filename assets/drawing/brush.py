"""Curves, masks, noise and paint: what every part of the pictures is made with.

A picture is laid out in units of its final pixels, 512×512, and painted FINE times larger; scaling
it down in the end is what makes all edges smooth.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

SIZE, FINE = 512, 4
Array = npt.NDArray[np.float64]
Colour = tuple[float, float, float]


def points(text: str | npt.ArrayLike) -> Array:
    """Points of shape (n, 2), also from text such as "0,-108 44,-110"."""
    if isinstance(text, str):
        text = [pair.split(",") for pair in text.split()]
    return np.asarray(text, dtype=float)


def curve(through: str | npt.ArrayLike, closed: bool = False, steps: int = 14) -> Array:
    """A smooth line (Catmull–Rom) through some points."""
    p = points(through)
    p = (
        np.vstack([p[-1:], p, p[:2]])
        if closed
        else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    )
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack(parts if closed else [*parts, p[-2:-1]])


def mirrored(half: str | npt.ArrayLike) -> Array:
    """A closed outline from its right half, listed from top to bottom, with x = 0 the middle."""
    right = points(half)
    left = right[::-1] * [-1, 1]
    return np.vstack([right, left[np.abs(left[:, 0]) > 0.5]])


def moved(line: Array, right: float, down: float) -> Array:
    """The same line somewhere else."""
    return np.asarray(line) + np.array([right, down])


def both_sides(half: str | npt.ArrayLike, closed: bool = True) -> list[Array]:
    """A smooth line given for the right half of the face, and its mirror image."""
    right = curve(half, closed=closed)
    return [right * [-1, 1], right]


class Pose:
    """Where a part sits: its own upright coordinates (u, v), turned and moved into the picture."""

    def __init__(self, x: float, y: float, degrees: float = 0.0, scale: float = 1.0) -> None:
        turn = np.radians(degrees)
        self.origin = np.array([x, y])
        self.matrix = scale * np.array(
            [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
        )

    def __call__(self, points: npt.ArrayLike) -> Array:
        """Picture coordinates of points of this part."""
        return np.asarray(points, dtype=float) @ self.matrix + self.origin

    def local(self, points: npt.ArrayLike) -> Array:
        """The part's own coordinates of points of the picture."""
        return (np.asarray(points, dtype=float) - self.origin) @ np.linalg.inv(self.matrix)


def smoothstep(low: float, high: float, value: Array) -> Array:
    """0 below ``low``, 1 above ``high``, an S-shaped slope between (``low`` may be the larger)."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def bump(u: Array, v: Array, at: tuple[float, float], radius: tuple[float, float]) -> Array:
    """A soft hill, 1 at its top, on both sides of the face."""
    return np.exp(-(((np.abs(u) - at[0]) / radius[0]) ** 2) - ((v - at[1]) / radius[1]) ** 2)


def mix(a: npt.ArrayLike, b: npt.ArrayLike, weight: Array) -> Array:
    """Colour ``a`` where the weight is 0, ``b`` where it is 1."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a + (b - a) * np.asarray(weight)[..., None]


def noise(x: Array, y: Array, scale: float, seed: int) -> Array:
    """Smooth random values from -1 to 1, changing over about ``scale`` pixels."""
    grid = np.random.default_rng(seed).uniform(-1, 1, (64, 64))
    col, row = x / scale, y / scale
    left, top = np.floor(col).astype(int), np.floor(row).astype(int)
    a, b = smoothstep(0, 1, col - left), smoothstep(0, 1, row - top)
    upper = grid[top % 64, left % 64] * (1 - a) + grid[top % 64, (left + 1) % 64] * a
    lower = grid[(top + 1) % 64, left % 64] * (1 - a) + grid[(top + 1) % 64, (left + 1) % 64] * a
    return upper * (1 - b) + lower * b


def line_distance(x: Array, y: Array, line: Array) -> Array:
    """Distance of each point to the nearest vertex of a finely sampled line."""
    nearest = np.full(np.shape(x), np.inf)
    for at_x, at_y in line:
        nearest = np.minimum(nearest, (x - at_x) ** 2 + (y - at_y) ** 2)
    return np.sqrt(nearest)


def pixel_grid(size: int = SIZE * FINE) -> tuple[Array, Array]:
    """X and y of every pixel of a picture ``size`` wide, in layout units."""
    y, x = (np.mgrid[0:size, 0:size] + 0.5) * (SIZE / size)
    return x, y


def to_image(colours: Array) -> Image.Image:
    """Colours of shape (H, W, 3) as a picture of full working size."""
    image = Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))
    return image.resize((SIZE * FINE, SIZE * FINE), Image.Resampling.BICUBIC)


def mask(*outlines: Array, blur: float = 0.0) -> Image.Image:
    """White inside the outlines, black outside, as large as the picture."""
    whole = Image.new("L", (SIZE * FINE, SIZE * FINE))
    part, corner = _part(outlines, blur)
    whole.paste(part, corner)
    return whole


def lay(image: Image.Image, colour: npt.ArrayLike, where: Image.Image, strength: float = 1) -> None:
    """Lay one colour over the picture through a mask."""
    image.paste(_ink(colour), (0, 0), where.point(lambda value: round(value * strength)))


def fill(
    image: Image.Image,
    colour: npt.ArrayLike,
    *outlines: Array,
    blur: float = 0.0,
    strength: float = 1.0,
) -> None:
    """Lay one colour over the inside of some outlines."""
    part, corner = _part(outlines, blur)
    image.paste(_ink(colour), corner, part.point(lambda value: round(value * strength)))


def _ink(colour: npt.ArrayLike) -> tuple[int, int, int]:
    red, green, blue = (round(float(channel)) for channel in np.clip(colour, 0, 255))
    return red, green, blue


def _part(outlines: tuple[Array, ...], blur: float) -> tuple[Image.Image, tuple[int, int]]:
    """A mask just large enough for the outlines and their blur, and its upper left corner."""
    points = np.vstack(outlines)
    low = np.floor(np.maximum(points.min(axis=0) - 3 * blur - 1, -40) * FINE).astype(int)
    high = np.ceil(np.minimum(points.max(axis=0) + 3 * blur + 1, SIZE + 40) * FINE).astype(int)
    width, height = np.maximum(high - low, 1).tolist()
    image = Image.new("L", (width, height))
    draw = ImageDraw.Draw(image)
    for outline in outlines:
        draw.polygon((outline * FINE - low).ravel().tolist(), fill=255)
    soft = ImageFilter.GaussianBlur(float(blur * FINE))
    return (image.filter(soft) if blur else image), (int(low[0]), int(low[1]))


def ribbon(line: Array, start: float, end: float) -> Array:
    """The outline of a line as wide as ``start`` at its beginning and ``end`` at its end."""
    along = np.gradient(line, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    across /= np.maximum(np.hypot(*across.T), 1e-9)[:, None]
    half = np.linspace(start, end, len(line))[:, None] / 2
    return np.vstack([line + across * half, (line - across * half)[::-1]])
