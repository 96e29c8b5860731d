"""The embedded data set: ten shapes and textures, drawn by the code below.

Colours are drawn at random, so that no pixel by itself says anything of the class: what a linear classifier
could read off is gone, and what is left is form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.data.dataset import Dataset, Split
from convviz.nets.data.scenery import background, clutter, colour_pairs, noise
from convviz.ops.errors import require_int
from convviz.ops.types import Array
from convviz.text.i18n import N_

SIDE = 32
CHUNK = 500  # images drawn at a time


def _polar(u: Array, v: Array) -> tuple[Array, Array]:
    return np.hypot(u, v), np.arctan2(v, u)


def _triangle(u: Array, v: Array) -> Array:
    sides = [np.cos(a) * u + np.sin(a) * v for a in np.pi * np.array([1 / 6, 5 / 6, 3 / 2])]
    return np.asarray(np.maximum.reduce(sides) - np.float32(0.5))


def _cross(u: Array, v: Array) -> Array:
    long, wide = np.abs(u), np.abs(v)
    upright = np.maximum(long - 0.95, wide - 0.27)
    return np.asarray(np.minimum(upright, np.maximum(wide - 0.95, long - 0.27)))


def _star(u: Array, v: Array) -> Array:
    radius, angle = _polar(u, v)
    return np.asarray(radius - np.float32(0.62) - np.float32(0.32) * np.cos(5 * angle))


# Distance from the outline, negative inside, of a shape about 1 in radius.
SHAPES: dict[str, Callable[[Array, Array], Array]] = {
    N_("disc"): lambda u, v: np.hypot(u, v) - np.float32(0.85),
    N_("ring"): lambda u, v: np.abs(np.hypot(u, v) - np.float32(0.75)) - np.float32(0.2),
    N_("square"): lambda u, v: np.maximum(np.abs(u), np.abs(v)) - np.float32(0.72),
    N_("triangle"): _triangle,
    N_("cross"): _cross,
    N_("star"): _star,
}
# The same for patterns that fill the picture, with a period of about 0.6.
TEXTURES: dict[str, Callable[[Array, Array], Array]] = {
    N_("stripes"): lambda u, v: np.sin(10 * u) / 10 + 0 * v,
    N_("checks"): lambda u, v: np.sin(8 * u) * np.sin(8 * v) / 8,
    N_("dots"): lambda u, v: np.float32(0.045) - np.cos(9 * u) * np.cos(9 * v) / 9,
    N_("ripples"): lambda u, v: np.sin(10 * np.hypot(u, v)) / 10,
}
CLASSES = (*SHAPES, *TEXTURES)


def draw(
    labels: npt.NDArray[np.int64], rng: np.random.Generator, side: int = SIDE
) -> npt.NDArray[np.uint8]:
    """One picture of each label.

    Parameters
    ----------
    labels
        Positions in `CLASSES`, shape (N,).
    rng
        Where position, size, rotation, colours, clutter and noise come from.
    side
        Pixels a side.

    Returns
    -------
    ndarray
        uint8 of shape (N, 3, side, side).
    """
    count = len(labels)
    axis = np.linspace(-1, 1, side, dtype=np.float32)
    x, y = axis[None, None, :], axis[None, :, None]

    def uniform(low: float, high: float) -> Array:
        return rng.uniform(low, high, (count, 1, 1)).astype(np.float32)

    size, angle = uniform(0.42, 0.8), uniform(0, 2 * np.pi)
    dx, dy = x - uniform(-0.35, 0.35), y - uniform(-0.35, 0.35)  # (N, side, side)
    u = (np.cos(angle) * dx + np.sin(angle) * dy) / size
    v = (np.cos(angle) * dy - np.sin(angle) * dx) / size
    distance = np.empty_like(u)
    for k, name in enumerate(CLASSES):
        mine = labels == k
        distance[mine] = (SHAPES | TEXTURES)[name](u[mine], v[mine])
    cover = np.clip(0.5 - distance * size * side / 2, 0, 1)[:, None]  # (N, 1, side, side)
    front, back = colour_pairs(count, rng)
    picture: Any = background(back, x, y, rng)
    clutter(picture, x, y, rng, strokes=3)
    picture = picture + cover * (front - picture)
    clutter(picture, x, y, rng, strokes=1)
    noise(picture, rng)
    rounded: npt.NDArray[np.uint8] = np.clip(np.rint(255 * picture), 0, 255).astype(np.uint8)
    return rounded


def shapes(
    train: int = 5000,
    validation: int = 500,
    test: int = 1000,
    seed: int = 0,
    standardised: bool = False,
) -> Dataset:
    """The embedded data set. The same numbers and seed give the same pictures.

    Parameters
    ----------
    train, validation, test
        How many pictures; each class is equally frequent.
    seed
        Of the random numbers.
    standardised
        As for `Dataset`.

    Raises
    ------
    SpecError
        If a number is below 1.

    Examples
    --------
    >>> data = shapes(train=20, validation=10, test=10)
    >>> data.train.images.shape, data.classes[data.train.labels[0]]
    ((20, 3, 32, 32), 'disc')
    """
    counts = {"train": train, "validation": validation, "test": test}
    for name, count in counts.items():
        require_int(name, count, least=1)
    splits = []
    sources = np.random.SeedSequence(require_int("seed", seed, least=0)).spawn(3)
    for source, count in zip(sources, counts.values(), strict=True):
        rng = np.random.default_rng(source)
        labels = rng.permutation(np.arange(count) % len(CLASSES))
        images = [draw(labels[k : k + CHUNK], rng) for k in range(0, count, CHUNK)]
        splits.append(Split(np.concatenate(images), labels))
    return Dataset("shapes", CLASSES, splits[0], splits[1], splits[2], standardised)
