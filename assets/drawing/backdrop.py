"""What is behind and before the animals: wallpaper, a knitted blanket, a fence, leaves."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from drawing.brush import (
    FINE,
    SIZE,
    Array,
    curve,
    fill,
    lay,
    mix,
    moved,
    noise,
    pixel_grid,
    points,
    ribbon,
    smoothstep,
    to_image,
)


def wallpaper() -> Image.Image:
    """A teal wall with a lattice of leaves in two tones, lit from the left, slightly out of focus."""
    x, y = pixel_grid(SIZE * 2)
    light = 1.12 - 0.0011 * (x + 0.6 * y) + 0.05 * noise(x, y, 120, 11)
    colours = mix(
        (38, 110, 126), (28, 92, 112), 0.5 + 0.5 * np.sin(x / 4.0 + 2 * noise(x, y, 40, 12))
    )
    image = to_image(colours)
    sprig = curve("0,-26 7,-12 6,6 0,20 -6,6 -7,-12", closed=True)
    for row in range(-1, 9):
        for column in range(-1, 9):
            centre = np.array([column * 66 + 33 * (row % 2), row * 66 + 10])
            for turn in (-60, 0, 60):
                cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
                leaf = moved(sprig, 0, -16) @ np.array([[cos, sin], [-sin, cos]]) * 0.9 + centre
                fill(image, (96, 172, 172) if turn else (232, 206, 140), leaf)
    image = image.filter(ImageFilter.GaussianBlur(1.1 * FINE))
    shaded = np.asarray(image.resize((SIZE * 2, SIZE * 2))) * light[..., None]
    return to_image(shaded)


def blanket(image: Image.Image) -> None:
    """A knitted blanket with coloured stripes in front: rows of V-shaped stitches."""
    x, y = pixel_grid()
    edge = 438 + 9 * np.sin(x / 70 + 0.6) + 0.00035 * (x - 256) ** 2
    row_height, stitch = 9.0, 11.0
    row = (y - edge) / row_height
    across = (x / stitch) % 1 - 0.5
    lift = row - 0.9 * np.abs(across) * 2 * 0.5
    index = np.floor(lift)
    inside = lift - index
    palette = np.array(
        [
            (238, 226, 204),
            (238, 226, 204),
            (196, 60, 58),
            (196, 60, 58),
            (36, 62, 118),
            (36, 62, 118),
            (232, 178, 74),
            (238, 226, 204),
        ],
        dtype=float,
    )
    colours = palette[(index.astype(int)) % len(palette)]
    round_row = np.sin(np.pi * inside) ** 0.6
    round_leg = np.sin(np.pi * np.clip(np.abs(across) * 2, 0.02, 0.98)) ** 0.5
    yarn = (
        1
        + 0.10 * np.sin((inside * 3 + np.abs(across) * 9) * 2 * np.pi)
        + 0.06 * noise(x, y, 1.5, 22)
    )
    fold = 0.9 + 0.16 * np.sin(x / 46 + 0.02 * y + 1.0) + 0.06 * noise(x, y, 60, 23)
    shade = (0.35 + 0.70 * round_row * round_leg) * yarn * fold
    painted = to_image(colours * shade[..., None])
    where = Image.fromarray((255 * smoothstep(-0.1, 0.1, lift)).astype(np.uint8))
    shadow = Image.fromarray((255 * smoothstep(-22, 2, y - edge)).astype(np.uint8))
    lay(image, (30, 14, 10), shadow, 0.5)
    image.paste(painted, (0, 0), where)


def fence() -> Image.Image:
    """Weathered blue planks with their grain, and leaves hanging over them."""
    x, y = pixel_grid(SIZE * 2)
    plank = np.floor((x + 20) / 74)
    within = (x + 20) / 74 - plank
    shift = 40 * plank
    knot_x, knot_y = 0.5 + 0.25 * np.sin(plank * 2.3), 150 + 210 * ((plank * 0.37) % 1)
    bulge = np.exp(-(((within - knot_x) / 0.2) ** 2) - ((y - knot_y) / 26) ** 2)
    flow = within * 9 + 1.3 * noise(x + shift * 9, y * 0.12, 14, 31) + 3.2 * bulge
    grain = 0.6 * np.sin(flow * 2 * np.pi) + 0.8 * noise(x * 2.2 + shift, y * 0.05, 3, 32)
    worn = smoothstep(0.30, 1.0, noise(x * 1.6 + shift, y * 0.16, 12, 33) + 0.3 * grain)
    colours = mix((112, 158, 190), (150, 128, 104), 0.55 * worn)
    gap = smoothstep(0.0, 0.035, within) * (1 - smoothstep(0.965, 1.0, within))
    edge = 1 + 0.22 * np.exp(-(((within - 0.05) / 0.02) ** 2))
    tone = (1 + 0.10 * grain) * (0.16 + 0.84 * gap) * edge * (0.93 + 0.10 * np.sin(plank * 5.1))
    light = 1.10 - 0.0009 * (x + 0.5 * y)
    image = to_image(colours * (tone * light)[..., None])
    return image.filter(ImageFilter.GaussianBlur(0.5 * FINE))


def leaves(image: Image.Image, seed: int = 5, count: int = 130) -> None:
    """Ivy hanging in from the upper corners, dark leaves behind and bright ones in front."""
    rng = np.random.default_rng(seed)
    for order in range(count):
        depth = order / count
        side = rng.choice([-1, 1])
        reach = rng.exponential(0.42)
        x = 256 + side * (258 - 150 * rng.beta(1, 2.6) * (1 - min(reach, 1)))
        leaf(image, np.array([x, -6 + 300 * reach]), rng, depth)


def leaf(image: Image.Image, at: Array, rng: np.random.Generator, depth: float) -> None:
    """One leaf with its shadow, two differently lit halves and veins."""
    turn, size = rng.uniform(-1.1, 1.1) + np.pi / 2, rng.uniform(20, 34)
    matrix = size * np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    half = curve("0,0 0.10,0.24 0.42,0.36 0.78,0.20 1.06,0")
    tone = (0.45 + 0.62 * depth) * rng.uniform(0.88, 1.1)
    green = np.array([92 + rng.uniform(-16, 34), 146, 58 + rng.uniform(-12, 20)]) * tone
    both = np.vstack([half, half[::-1] * [1, -1]])
    fill(image, (14, 24, 30), both @ matrix + at + [5, 8], blur=3.5, strength=0.42)
    for sign, light in ((1, 0.82), (-1, 1.12)):
        fill(image, tuple(green * light), half * [1, sign] @ matrix + at)
    for along in (0.22, 0.42, 0.62):
        for sign in (-1, 1):
            vein = np.array([(along, 0), (along + 0.2, sign * 0.25 * (1 - abs(along - 0.4)))])
            fill(image, tuple(green * 1.3), ribbon(vein @ matrix + at, 0.7, 0.2), strength=0.55)
    stalk = points("-0.25,0.0 0.4,0.0 1.0,0.0")
    fill(image, tuple(green * 1.45), ribbon(stalk @ matrix + at, 1.5, 0.3), strength=0.8)
