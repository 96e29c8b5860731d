"""Fur: thousands of short tapering strokes along a field of directions, dark layers first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from drawing.brush import FINE, SIZE, Array, Pose, mask, noise, pixel_grid, to_image

Field = Callable[[Array, Array], Array]
LIGHT = np.array([-0.44, -0.54, 0.72])  # from the upper left, towards the viewer
SHADOW_TINT, LIGHT_TINT = np.array([0.92, 0.90, 0.98]), np.array([1.04, 1.0, 0.95])
# strokes per unit of area, length, width, brightness, spread of brightness
LAYERS = (
    (0.35, 1.15, 2.2, 0.66, 0.10),
    (0.60, 1.00, 1.5, 0.86, 0.12),
    (0.80, 0.90, 1.1, 1.00, 0.13),
    (0.40, 0.85, 0.8, 1.17, 0.12),
)


@dataclass(frozen=True)
class Coat:
    """The fur of one part of an animal, as functions of its own coordinates (u, v)."""

    pose: Pose
    outline: Array  # (n, 2), in (u, v)
    colour: Field  # -> (..., 3)
    height: Field  # the form under the fur, which catches the light
    direction: Field  # -> (..., 2), the way the hair lies
    length: Field  # of a hair, in pixels
    seed: int


def combed(hairs: str) -> Field:
    """Directions between a few combed hairs, mirrored in u; near hairs count most.

    A hair is written "u,v>du,dv": where it grows and which way it lies.
    """
    rows = np.array([hair.replace(">", ",").split(",") for hair in hairs.split()], dtype=float)
    rows = np.vstack([rows, rows[rows[:, 0] != 0] * [-1, 1, -1, 1]])
    rows[:, 2:] /= np.hypot(rows[:, 2], rows[:, 3])[:, None]

    def direction(u: Array, v: Array) -> Array:
        total = np.zeros((*np.shape(u), 2))
        for at_u, at_v, du, dv in rows:
            weight = 1 / ((u - at_u) ** 2 + (v - at_v) ** 2 + 30) ** 1.5
            total += weight[..., None] * [du, dv]
        return total / np.maximum(np.linalg.norm(total, axis=-1, keepdims=True), 1e-12)

    return direction


def even(length: float) -> Field:
    """Hairs of the same length everywhere."""
    return lambda u, _: np.full(np.shape(u), length)


def lit(coat: Coat, u: Array, v: Array) -> Array:
    """The coat's colours under the light: warm where it falls, cool in the shade."""
    slope_u = coat.height(u + 1, v) - coat.height(u - 1, v)
    slope_v = coat.height(u, v + 1) - coat.height(u, v - 1)
    normal = np.stack([-slope_u, -slope_v, np.full(np.shape(u), 2.0)], axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    light = np.clip(normal @ (LIGHT / np.linalg.norm(LIGHT)), 0, 1)[..., None]
    shade = 0.52 + 0.62 * light
    return coat.colour(u, v) * shade * (SHADOW_TINT + (LIGHT_TINT - SHADOW_TINT) * light)


def grow(image: Image.Image, coat: Coat, layers: tuple[tuple[float, ...], ...] = LAYERS) -> None:
    """Paint a coat: its ground, then its layers of hair."""
    outline = coat.pose(coat.outline)
    where = mask(outline)
    x, y = pixel_grid(SIZE)
    local = coat.pose.local(np.stack([x, y], axis=-1))
    ground = to_image(lit(coat, local[..., 0], local[..., 1]) * 0.72)
    image.paste(ground, (0, 0), where.filter(ImageFilter.GaussianBlur(2 * FINE)))
    rng = np.random.default_rng(coat.seed)
    inside = np.asarray(where)
    for layer in layers:
        roots = _roots(outline, inside, layer[0], rng)
        strokes, colours = _hairs(coat, roots, layer, rng)
        _paint(image, strokes, colours)


def _roots(outline: Array, inside: np.ndarray, density: float, rng: np.random.Generator) -> Array:
    """Random points inside the outline and inside the picture."""
    low = np.maximum(outline.min(axis=0), 0)
    high = np.minimum(outline.max(axis=0), SIZE - 1)
    points = rng.uniform(low, high, (int(np.prod(high - low) * density), 2))
    column, row = (points * FINE).astype(int).T
    return points[inside[row, column] > 0]


def _hairs(
    coat: Coat, roots: Array, layer: tuple[float, ...], rng: np.random.Generator
) -> tuple[Array, Array]:
    """Outlines (n, 7, 2) and colours (n, 3) of the hairs that grow from the roots."""
    _, length, width, bright, spread = layer
    u, v = coat.pose.local(roots).T
    clump = noise(u, v, 11, coat.seed) + 0.6 * noise(u, v, 5, coat.seed + 1)
    bend = 0.22 * clump + rng.normal(0, 0.16, len(u))
    reach = coat.length(u, v) * length * rng.uniform(0.6, 1.25, len(u)) / 3
    line = [np.stack([u, v], axis=-1)]
    for _ in range(3):
        way = coat.direction(line[-1][:, 0], line[-1][:, 1])
        cos, sin = np.cos(bend)[:, None], np.sin(bend)[:, None]
        way = way * cos + np.stack([-way[:, 1], way[:, 0]], axis=1) * sin
        line.append(line[-1] + way * reach[:, None])
    spine = np.stack([coat.pose(points) for points in line], axis=1)  # (n, 4, 2)
    along = spine[:, 3] - spine[:, 0]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    half = across[:, None] * (np.array([0.7, 1.0, 0.7]) * width / 2)[None, :, None]
    body = spine[:, :3]
    strokes = np.concatenate([body + half, spine[:, 3:], (body - half)[:, ::-1]], axis=1)
    tone = bright * (1 + 0.10 * clump + rng.normal(0, spread, len(u)))
    colours = lit(coat, u, v) * tone[:, None] + rng.normal(0, 3, (len(u), 3))
    order = np.argsort(-np.hypot(u, v - 30))  # hairs nearer the nose lie over those behind them
    return strokes[order], colours[order]


def _paint(image: Image.Image, strokes: Array, colours: Array) -> None:
    draw = ImageDraw.Draw(image)
    inks = np.clip(colours, 0, 255).astype(int).tolist()
    outlines = (strokes * FINE).reshape(len(strokes), -1).tolist()
    for outline, ink in zip(outlines, inks, strict=True):
        draw.polygon(outline, fill=tuple(ink))
