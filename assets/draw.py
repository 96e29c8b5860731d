"""Draw cat.png and dog.png: ``python assets/draw.py`` writes both, the same bytes every time.

Each animal is painted three times over: a soft underpainting of shapes, light and markings; then tens
of thousands of short hairs that take their colour from the underpainting and their direction from a
field; then eyes, nose, mouth and whiskers. Everything is drawn at three times the size and scaled down.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent
SIZE = 512
BIG = 3 * SIZE
Colour = tuple[int, int, int]
Point = tuple[float, float]
Field = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def px(value: float) -> int:
    """A length or place from 0 to 1 in big pixels."""
    return round(value * BIG)


def ellipse(centre: Point, radii: Point) -> tuple[int, int, int, int]:
    """Its bounding box in big pixels."""
    (x, y), (rx, ry) = centre, radii
    return px(x - rx), px(y - ry), px(x + rx), px(y + ry)


def smooth(points: list[Point], rounds: int = 4) -> list[tuple[int, int]]:
    """A closed outline with its corners cut again and again (Chaikin), in big pixels."""
    outline = np.array(points)
    for _ in range(rounds):
        following = np.roll(outline, -1, axis=0)
        pairs = [0.75 * outline + 0.25 * following, 0.25 * outline + 0.75 * following]
        outline = np.stack(pairs, axis=1).reshape(-1, 2)
    return [(px(x), px(y)) for x, y in outline]


def mask(draw_shape: Callable[[ImageDraw.ImageDraw], None], blur: float = 0.0) -> Image.Image:
    """White where the shape is; ``blur`` softens its edge."""
    image = Image.new("L", (BIG, BIG))
    draw_shape(ImageDraw.Draw(image))
    return image.filter(ImageFilter.GaussianBlur(px(blur))) if blur else image


def blob(picture: Image.Image, colour: Colour, centre: Point, radii: Point, blur: float) -> None:
    """A soft ellipse of one colour."""
    shape = mask(lambda d: d.ellipse(ellipse(centre, radii), fill=255), blur)
    picture.paste(colour, (0, 0), shape)


def patch(picture: Image.Image, colour: Colour, points: list[Point], blur: float) -> Image.Image:
    """A soft rounded polygon of one colour; returns its mask."""
    shape = mask(lambda d: d.polygon(smooth(points), fill=255), blur)
    picture.paste(colour, (0, 0), shape)
    return shape


def light(picture: Image.Image, centre: Point, radius: float, strength: float) -> Image.Image:
    """Brighter towards the lamp at the top left, darker away from it."""
    y, x = np.mgrid[:BIG, :BIG] / BIG
    away = np.hypot(x - centre[0], y - centre[1]) / radius
    factor = 1 + strength * np.clip(1 - away, -1, 1)
    shaded = np.clip(np.asarray(picture, dtype=np.float64) * factor[..., None], 0, 255)
    return Image.fromarray(shaded.astype(np.uint8))


def fur(
    picture: Image.Image,
    inside: Image.Image,
    field: Field,
    *,
    hairs: int,
    length: float,
    rng: np.random.Generator,
) -> None:
    """Short curved hairs over a region, from dark to light, coloured by what they grow on."""
    draw = ImageDraw.Draw(picture)
    ground, allowed = np.asarray(picture).astype(np.float64), np.asarray(inside)
    for layer, tone in enumerate((0.72, 0.86, 1.0, 1.14, 1.3)):
        count = hairs // (layer + 2)
        x, y = rng.random(count), rng.random(count)
        keep = allowed[(y * BIG).astype(int), (x * BIG).astype(int)] > 128
        x, y = x[keep], y[keep]
        along_x, along_y = field(x, y)
        angle = np.arctan2(along_y, along_x) + rng.normal(0, 0.22, len(x))
        reach = length * rng.uniform(0.6, 1.3, len(x))
        bend = rng.normal(0, 0.25, len(x))
        colour = ground[(y * BIG).astype(int), (x * BIG).astype(int)]
        colour = np.clip(colour * (tone + rng.normal(0, 0.07, (len(x), 1))), 0, 255).astype(int)
        middle = x + reach / 2 * np.cos(angle), y + reach / 2 * np.sin(angle)
        tip = x + reach * np.cos(angle + bend), y + reach * np.sin(angle + bend)
        for k in range(len(x)):
            path = [(x[k], y[k]), (middle[0][k], middle[1][k]), (tip[0][k], tip[1][k])]
            draw.line([(px(a), px(b)) for a, b in path], fill=tuple(colour[k]), width=3)


def away_from(centre: Point, droop: float = 0.0) -> Field:
    """Hair that grows outwards from a point and hangs by ``droop``."""

    def field(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = x - centre[0], y - centre[1]
        norm = np.hypot(dx, dy) + 1e-6
        return dx / norm, dy / norm + droop

    return field


def eye(
    picture: Image.Image, centre: Point, radius: float, iris: tuple[Colour, Colour], slit: bool
) -> None:
    """Lid shadow, iris from dark to bright with fine rays, pupil and two highlights."""
    x, y = centre
    blob(picture, (28, 20, 18), (x, y - 0.004), (radius * 1.22, radius * 1.13), 0.003)
    disc = mask(lambda d: d.ellipse(ellipse(centre, (radius, radius * 0.94)), fill=255), 0.001)
    rows, columns = np.mgrid[:BIG, :BIG] / BIG
    distance = np.hypot(columns - x, rows - y) / radius
    rays = 0.08 * np.sin(np.arctan2(rows - y, columns - x) * 46) * np.clip(distance, 0, 1)
    mixing = np.clip(0.35 + 0.9 * (rows - y) / radius * 0.5 + 0.35 * distance + rays, 0, 1)[
        ..., None
    ]
    colours = np.array(iris[0]) * (1 - mixing) + np.array(iris[1]) * mixing
    colours *= np.clip(1.25 - 0.55 * distance**4, 0.2, 1)[..., None]
    picture.paste(Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8)), (0, 0), disc)
    pupil = (radius * 0.26, radius * 0.8) if slit else (radius * 0.52, radius * 0.52)
    inside = ImageChops.multiply(
        disc, mask(lambda d: d.ellipse(ellipse(centre, pupil), fill=255), 0.001)
    )
    picture.paste((8, 8, 10), (0, 0), inside)
    lid = mask(
        lambda d: d.ellipse(
            ellipse((x, y - radius * 1.25), (radius * 1.3, radius * 0.75)), fill=150
        ),
        0.006,
    )
    picture.paste((20, 14, 14), (0, 0), ImageChops.multiply(disc, lid))
    blob(
        picture,
        (255, 255, 255),
        (x - radius * 0.32, y - radius * 0.36),
        (radius * 0.2, radius * 0.2),
        0.001,
    )
    blob(
        picture,
        (225, 235, 245),
        (x + radius * 0.34, y + radius * 0.38),
        (radius * 0.09, radius * 0.09),
        0.001,
    )


def strand(draw: ImageDraw.ImageDraw, points: list[Point], colour: Colour, width: float) -> None:
    """A smooth curve through three control points that thins out (quadratic Bézier)."""
    (x0, y0), (x1, y1), (x2, y2) = points
    steps = np.linspace(0, 1, 60)
    x = (1 - steps) ** 2 * x0 + 2 * steps * (1 - steps) * x1 + steps**2 * x2
    y = (1 - steps) ** 2 * y0 + 2 * steps * (1 - steps) * y1 + steps**2 * y2
    for k in range(59):
        thick = max(2, round(px(width) * (1 - 0.75 * steps[k])))
        draw.line([px(x[k]), px(y[k]), px(x[k + 1]), px(y[k + 1])], fill=colour, width=thick)


def background(
    wall: tuple[Colour, Colour], cloth: tuple[Colour, Colour], lean: float, rng: np.random.Generator
) -> Image.Image:
    """A papered wall with leaning stripes and small rings, and a knitted blanket below."""
    y, x = np.mgrid[:BIG, :BIG] / BIG
    stripes = 0.5 + 0.5 * np.tanh(6 * np.sin(2 * np.pi * (x + lean * y) * 9))
    mixing = (0.25 + 0.3 * stripes + 0.25 * y)[..., None]
    colours = np.array(wall[0]) * (1 - mixing) + np.array(wall[1]) * mixing
    rings = np.hypot((x * 9 + lean * y * 9) % 1 - 0.5, (y * 9) % 1 - 0.5)
    colours += (22 * np.exp(-(((rings - 0.28) / 0.05) ** 2)))[..., None]
    edge = 0.8 + 0.015 * np.sin(x * 9)
    knit = np.abs(((x * 40) % 1) - 0.5) + (y * 34)
    bands = (np.floor((y - 0.8) * 22) % 2)[..., None]
    blanket = np.array(cloth[0]) * (1 - bands) + np.array(cloth[1]) * bands
    blanket = blanket * (0.8 + 0.25 * np.abs(np.sin(np.pi * knit)))[..., None]
    colours = np.where((y > edge)[..., None], blanket, colours)
    colours *= (1.08 - 0.5 * np.hypot(x - 0.4, y - 0.4) ** 2)[..., None]
    colours += rng.normal(0, 3.5, (BIG, BIG, 1))
    return Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))


def shadow(picture: Image.Image, centre: Point, radii: Point) -> None:
    """A soft dark patch where the animal keeps the light off the wall and the blanket."""
    soft = mask(lambda d: d.ellipse(ellipse(centre, radii), fill=135), 0.04)
    picture.paste((18, 16, 26), (0, 0), soft)


def mirrored(points: list[Point]) -> list[Point]:
    """The same outline on the other side of the face."""
    return [(1 - x, y) for x, y in points]


def cat() -> Image.Image:
    """A tabby with green eyes."""
    rng = np.random.default_rng(1)
    picture = background(
        ((52, 84, 120), (112, 150, 178)), ((168, 60, 66), (226, 196, 150)), 0.35, rng
    )
    shadow(picture, (0.58, 0.62), (0.36, 0.4))
    body = [(0.2, 1.05), (0.2, 0.86), (0.3, 0.7), (0.5, 0.66), (0.7, 0.7), (0.8, 0.86), (0.8, 1.05)]
    ear = [(0.2, 0.44), (0.185, 0.26), (0.195, 0.09), (0.3, 0.15), (0.42, 0.27), (0.36, 0.4)]
    head = [(0.18, 0.5), (0.22, 0.34), (0.36, 0.235), (0.5, 0.225), (0.64, 0.235), (0.78, 0.34),
            (0.82, 0.5), (0.74, 0.65), (0.6, 0.735), (0.5, 0.75), (0.4, 0.735), (0.26, 0.65)]  # fmt: skip
    coat, dark, cream = (176, 128, 84), (88, 58, 40), (240, 226, 204)
    trunk = patch(picture, coat, body, 0.006)
    blob(picture, cream, (0.5, 0.88), (0.13, 0.17), 0.03)
    striped = picture.copy()
    for k in range(4):
        for side in (0.24, 0.76):
            blob(striped, dark, (side, 0.8 + 0.06 * k), (0.09, 0.013), 0.008)
    picture.paste(striped, (0, 0), trunk)
    fur(picture, trunk, away_from((0.5, 0.5), 0.8), hairs=26000, length=0.035, rng=rng)
    for outline in (ear, mirrored(ear)):
        shape = patch(picture, coat, outline, 0.003)
        fur(picture, shape, away_from((0.5, 0.55)), hairs=22000, length=0.018, rng=rng)
    inner = [(0.225, 0.37), (0.215, 0.27), (0.22, 0.16), (0.28, 0.2), (0.345, 0.28), (0.3, 0.35)]
    for outline in (inner, mirrored(inner)):
        shape = patch(picture, (214, 150, 140), outline, 0.008)
        fur(picture, shape, away_from((0.5, 0.6)), hairs=6000, length=0.025, rng=rng)
    face = patch(picture, coat, head, 0.005)
    tabby(picture, dark)
    blob(picture, cream, (0.44, 0.635), (0.105, 0.082), 0.016)
    blob(picture, cream, (0.56, 0.635), (0.105, 0.082), 0.016)
    blob(picture, cream, (0.5, 0.7), (0.09, 0.05), 0.015)
    for x in (0.37, 0.63):
        blob(picture, (226, 196, 158), (x, 0.47), (0.095, 0.09), 0.012)
    picture.paste(light(picture, (0.36, 0.34), 0.55, 0.2), (0, 0), face)
    fur(picture, face, away_from((0.5, 0.56)), hairs=60000, length=0.022, rng=rng)
    for x in (0.37, 0.63):
        eye(picture, (x, 0.475), 0.062, ((40, 96, 52), (176, 214, 96)), slit=True)
    cat_nose(picture, rng)
    return picture


def tabby(picture: Image.Image, dark: Colour) -> None:
    """The M on the forehead and the stripes of the cheeks."""
    stripes = Image.new("L", (BIG, BIG))
    draw = ImageDraw.Draw(stripes)
    for side in (-1, 1):
        for near, far, width in ((0.02, 0.03, 16), (0.07, 0.1, 18), (0.12, 0.17, 16)):
            low = px(0.5 + side * near), px(0.4 - near * 0.3)
            high = px(0.5 + side * far), px(0.24 + far * 0.15)
            draw.line([low, high], fill=235, width=width)
        for k in range(4):
            y = 0.5 + 0.05 * k
            outer = px(0.5 + side * 0.33), px(y - 0.035 + 0.02 * k)
            draw.line([(px(0.5 + side * 0.21), px(y)), outer], fill=225, width=17)
    picture.paste(dark, (0, 0), stripes.filter(ImageFilter.GaussianBlur(px(0.006))))


def cat_nose(picture: Image.Image, rng: np.random.Generator) -> None:
    """Nose, mouth and whiskers."""
    patch(
        picture, (150, 80, 84), [(0.455, 0.572), (0.5, 0.562), (0.545, 0.572), (0.5, 0.622)], 0.002
    )
    patch(
        picture, (214, 132, 132), [(0.464, 0.573), (0.5, 0.567), (0.536, 0.573), (0.5, 0.61)], 0.004
    )
    draw = ImageDraw.Draw(picture)
    strand(draw, [(0.5, 0.612), (0.5, 0.63), (0.5, 0.65)], (84, 48, 44), 0.006)
    for side in (-1, 1):
        strand(
            draw,
            [(0.5, 0.648), (0.5 + side * 0.03, 0.69), (0.5 + side * 0.085, 0.662)],
            (84, 48, 44),
            0.007,
        )
        for k in range(5):
            x, y = 0.5 + side * (0.07 + 0.012 * k), 0.622 + 0.012 * k
            draw.ellipse(ellipse((x, y), (0.0035, 0.0035)), fill=(110, 76, 60))
            end = 0.5 + side * (0.42 + 0.04 * rng.random()), 0.53 + 0.062 * k
            strand(
                draw,
                [(x, y), (0.5 + side * 0.25, y - 0.05 + 0.02 * k), end],
                (250, 248, 240),
                0.0045,
            )
        for k in range(3):
            start = 0.5 + side * (0.11 + 0.02 * k), 0.4
            strand(
                draw,
                [start, (start[0] + side * 0.02, 0.33), (start[0] + side * 0.08, 0.27)],
                (246, 240, 226),
                0.003,
            )


def dog() -> Image.Image:
    """A brown and white puppy with hanging ears."""
    rng = np.random.default_rng(2)
    picture = background(
        ((150, 168, 120), (206, 212, 168)), ((44, 92, 108), (222, 226, 214)), -0.3, rng
    )
    shadow(picture, (0.58, 0.6), (0.38, 0.42))
    body = [
        (0.18, 1.05),
        (0.2, 0.88),
        (0.3, 0.74),
        (0.5, 0.7),
        (0.7, 0.74),
        (0.8, 0.88),
        (0.82, 1.05),
    ]
    ear = [
        (0.31, 0.22),
        (0.21, 0.23),
        (0.12, 0.36),
        (0.085, 0.54),
        (0.11, 0.69),
        (0.19, 0.7),
        (0.255, 0.56),
        (0.3, 0.4),
    ]
    head = [(0.22, 0.44), (0.25, 0.28), (0.37, 0.17), (0.5, 0.155), (0.63, 0.17), (0.75, 0.28),
            (0.78, 0.44), (0.72, 0.6), (0.64, 0.72), (0.5, 0.775), (0.36, 0.72), (0.28, 0.6)]  # fmt: skip
    coat, dark, white = (164, 98, 52), (96, 54, 30), (246, 238, 226)
    trunk = patch(picture, coat, body, 0.006)
    blob(picture, white, (0.5, 0.92), (0.17, 0.2), 0.03)
    fur(picture, trunk, away_from((0.5, 0.5), 0.9), hairs=26000, length=0.042, rng=rng)
    face = patch(picture, coat, head, 0.005)
    patch(
        picture,
        white,
        [(0.465, 0.14), (0.535, 0.14), (0.545, 0.36), (0.6, 0.5), (0.4, 0.5), (0.455, 0.36)],
        0.012,
    )
    blob(picture, white, (0.5, 0.62), (0.155, 0.135), 0.022)
    for x in (0.365, 0.635):
        blob(picture, dark, (x, 0.4), (0.095, 0.085), 0.02)
        blob(picture, (206, 140, 84), (x, 0.31), (0.035, 0.02), 0.008)
    picture.paste(light(picture, (0.36, 0.3), 0.55, 0.22), (0, 0), face)
    fur(picture, face, away_from((0.5, 0.5)), hairs=60000, length=0.022, rng=rng)
    for outline in (ear, mirrored(ear)):
        shape = patch(picture, (120, 66, 34), outline, 0.004)
        fur(picture, shape, away_from((0.5, 0.1), 0.9), hairs=42000, length=0.036, rng=rng)
    for x in (0.375, 0.625):
        eye(picture, (x, 0.41), 0.05, ((60, 30, 14), (150, 92, 44)), slit=False)
    dog_mouth(picture)
    return picture


def dog_mouth(picture: Image.Image) -> None:
    """Tongue, mouth, nose and the dots of the muzzle."""
    draw = ImageDraw.Draw(picture)
    patch(
        picture,
        (60, 28, 30),
        [(0.43, 0.69), (0.5, 0.67), (0.57, 0.69), (0.55, 0.76), (0.5, 0.78), (0.45, 0.76)],
        0.003,
    )
    patch(
        picture,
        (232, 120, 132),
        [(0.45, 0.7), (0.5, 0.69), (0.55, 0.7), (0.555, 0.8), (0.5, 0.86), (0.445, 0.8)],
        0.003,
    )
    strand(draw, [(0.5, 0.71), (0.502, 0.76), (0.5, 0.82)], (188, 78, 96), 0.006)
    strand(draw, [(0.5, 0.58), (0.5, 0.62), (0.5, 0.665)], (52, 32, 28), 0.008)
    for side in (-1, 1):
        strand(
            draw,
            [(0.5, 0.662), (0.5 + side * 0.05, 0.72), (0.5 + side * 0.13, 0.672)],
            (52, 32, 28),
            0.009,
        )
        for k in range(6):
            dot = 0.5 + side * (0.075 + 0.022 * (k % 3)), 0.61 + 0.022 * (k // 3)
            draw.ellipse(ellipse(dot, (0.004, 0.004)), fill=(120, 92, 76))
    patch(
        picture,
        (30, 24, 26),
        [(0.43, 0.535), (0.5, 0.512), (0.57, 0.535), (0.545, 0.59), (0.5, 0.612), (0.455, 0.59)],
        0.003,
    )
    for side in (-1, 1):
        blob(picture, (8, 6, 8), (0.5 + side * 0.028, 0.568), (0.013, 0.01), 0.003)
    blob(picture, (132, 126, 134), (0.48, 0.535), (0.03, 0.009), 0.005)


def main() -> None:
    """Write both pictures beside this script."""
    for name, draw in (("cat", cat), ("dog", dog)):
        finished = draw().resize((SIZE, SIZE), Image.Resampling.LANCZOS)
        finished.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
