"""Eyes, noses, whiskers and other things that are not fur."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from drawing.brush import (
    FINE,
    SIZE,
    Array,
    Colour,
    Pose,
    both_sides,
    curve,
    fill,
    lay,
    mask,
    mix,
    moved,
    noise,
    pixel_grid,
    points,
    ribbon,
    smoothstep,
    to_image,
)


@dataclass(frozen=True)
class Look:
    """What an eye looks like. Lengths in pixels."""

    iris: float  # radius
    pupil: tuple[float, float]  # half width and half height
    inner: Colour
    outer: Colour
    liner: Colour


def eye(
    image: Image.Image, head: Pose, look: Look, at: tuple[float, float], lids: Array, side: int
) -> None:
    """Paint an eye: lid line, ball, iris with fibres, pupil, shadow of the lid, reflections.

    ``at`` and the outline ``lids`` around it are those of the right eye (``side`` 1); -1 mirrors.
    """
    place = np.array(at) * [side, 1]
    opened = head(curve(lids * [side, 1], closed=True) + place)
    centre = opened.mean(axis=0)
    for size, blur, strength in (([1.16, 1.22], 2.2, 0.6), ([1.09, 1.11], 0.5, 1.0)):
        outline = (opened - centre) * size + centre
        fill(image, look.liner, outline, blur=blur, strength=strength)
    opening = mask(opened, blur=0.3)
    image.paste(to_image(_ball(head, look, place)), (0, 0), opening)
    _lid_shadow(image, opening)
    _reflections(image, head, place, look.iris, opening)


def _ball(head: Pose, look: Look, place: Array) -> Array:
    """Colours of the eyeball at every pixel of the picture (half the working size)."""
    x, y = pixel_grid(SIZE * 2)
    local = head.local(np.stack([x, y], axis=-1)) - place
    dx, dy = local[..., 0], local[..., 1]
    radius, angle = np.hypot(dx, dy) / look.iris, np.arctan2(dy, dx)
    fibres = noise(angle * 26, radius * 3, 1.0, 5) + 0.6 * noise(angle * 55, radius * 5, 1.0, 6)
    tone = smoothstep(0.35, 0.95, radius + 0.09 * fibres)
    colours = mix(look.inner, look.outer, tone) * (1 + 0.13 * fibres[..., None])
    glow = 0.86 + 0.42 * np.clip(dy / look.iris, -0.6, 1)  # light gathers opposite the window
    colours = colours * glow[..., None]
    ring = smoothstep(0.78, 1.0, radius)
    colours = mix(colours, np.array(look.outer) * 0.22, ring * 0.92)
    white = smoothstep(1.0, 1.06, radius)
    colours = mix(colours, (196, 182, 172), white)
    pupil = np.hypot(dx / look.pupil[0], dy / look.pupil[1])
    return mix(colours, (10, 9, 12), 1 - smoothstep(0.92, 1.06, pupil))


def _lid_shadow(image: Image.Image, opening: Image.Image) -> None:
    """The upper lid and its lashes darken the top of the eye."""
    lower = ImageChops.offset(opening, 0, 9 * FINE).filter(ImageFilter.GaussianBlur(4 * FINE))
    shadow = ImageChops.multiply(opening, ImageChops.invert(lower))
    lay(image, (14, 10, 12), shadow, 0.80)


def _reflections(
    image: Image.Image, head: Pose, place: Array, size: float, opening: Image.Image
) -> None:
    """A window high on the left, its faint twin low on the right, and the wet lower lid."""
    ring = np.stack([np.cos(t := np.linspace(0, 2 * np.pi, 40)), np.sin(t)], axis=1)
    for at, radii, strength, blur in (
        ((-0.30, -0.36), (0.23, 0.20), 1.0, 0.5),
        ((0.06, -0.50), (0.08, 0.07), 0.8, 0.4),
        ((0.34, 0.42), (0.20, 0.13), 0.36, 1.8),
    ):
        spot = mask(head(place + size * (np.array(at) + ring * radii)), blur=blur)
        lay(image, (250, 253, 255), ImageChops.multiply(spot, opening), strength)
    rim = ImageChops.multiply(
        opening, ImageChops.invert(ImageChops.offset(opening, 0, -int(1.6 * FINE)))
    )
    lay(image, (255, 236, 222), rim.filter(ImageFilter.GaussianBlur(0.4 * FINE)), 0.35)


def nose(image: Image.Image, head: Pose, outline: str, top: Colour, bottom: Colour) -> None:
    """A nose: a shaded, slightly grainy leather with a shine along its upper edge."""
    shape = curve(outline, closed=True)
    low, high = shape[:, 1].min(), shape[:, 1].max()
    width = shape[:, 0].max()
    fill(
        image,
        tuple(np.array(bottom) * 0.35),
        head(moved(shape * [1.10, 1.06], 0, 0.5)),
        blur=2.0,
        strength=0.7,
    )
    x, y = pixel_grid(SIZE * 2)
    local = head.local(np.stack([x, y], axis=-1))
    u, v = local[..., 0], local[..., 1]
    down = np.clip((v - low) / (high - low), 0, 1)
    grain = noise(u, v, 1.6, 31) + noise(u, v, 0.9, 32)
    colours = mix(top, bottom, smoothstep(0.1, 0.95, down)) * (1 + 0.055 * grain[..., None])
    colours = colours * (1 - 0.35 * (np.abs(u)[..., None] / width) ** 2)
    middle = np.exp(-((u / (0.035 * width)) ** 2)) * smoothstep(0.45, 0.75, down)
    colours = mix(colours, np.array(bottom) * 0.4, 0.7 * middle)
    image.paste(to_image(colours), (0, 0), mask(head(shape), blur=0.4))
    shine = np.array([[-0.55, 0.20], [-0.25, 0.13], [0.1, 0.14], [0.1, 0.2], [-0.25, 0.25]])
    spot = head(curve(shine, closed=True) * [width, high - low] + [0, low])
    fill(image, (255, 246, 242), spot, blur=0.045 * width, strength=0.75)


def nostrils(image: Image.Image, head: Pose, right: str, colour: Colour) -> None:
    """Both nostrils, from the outline of the right one."""
    for outline in both_sides(right):
        fill(image, colour, head(outline), blur=0.5)


def crease(image: Image.Image, line: Array, width: float, colour: Colour) -> None:
    """A fold such as the mouth: a soft shadow under a thin dark line."""
    below = ribbon(moved(line, 0, 1.2), width * 3, width)
    fill(image, colour, below, blur=width + 0.4, strength=0.45)
    fill(image, colour, ribbon(line, width, width * 0.4), blur=0.35, strength=0.92)


def whiskers(image: Image.Image, head: Pose, pairs: str, seed: int, width: float = 1.5) -> None:
    """Long tapering hairs on both sides, each with a faint shadow.

    ``pairs`` lists the root and the tip of each hair of the right side in turn.
    """
    rng = np.random.default_rng(seed)
    ends = points(pairs)
    lines = []
    for side in (-1, 1):
        for root, tip in zip(ends[::2], ends[1::2], strict=True):
            tip = tip + rng.normal(0, 4, 2)
            middle = moved((root + tip) / 2, 0, rng.normal(-10, 3))
            lines.append(curve(head(np.array([root, middle, tip]) * [side, 1]), steps=24))
    shadows = (ribbon(moved(line, 1.5, 3), 2.2, 0.5) for line in lines)
    fill(image, (40, 24, 16), *shadows, blur=0.9, strength=0.32)
    fill(image, (255, 252, 246), *(ribbon(line, width, 0.35) for line in lines), strength=0.95)


def spots(image: Image.Image, head: Pose, at: str, colour: Colour) -> None:
    """The dark dots whiskers grow from, on both sides."""
    turn = np.linspace(0, 2 * np.pi, 12)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 1.25
    dots = [head(spot * [side, 1] + ring) for side in (-1, 1) for spot in points(at)]
    fill(image, colour, *dots, blur=0.4, strength=0.6)
