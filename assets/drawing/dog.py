"""A young beagle with brown eyes and a red collar, in front of a blue fence with ivy."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops

from drawing import backdrop, features
from drawing.brush import (
    Array,
    Pose,
    both_sides,
    bump,
    curve,
    fill,
    lay,
    mask,
    mirrored,
    mix,
    moved,
    noise,
    points,
    ribbon,
    smoothstep,
)
from drawing.fur import Coat, combed, even, grow

HEAD = Pose(256, 218, degrees=6)
BODY = Pose(252, 218)
TAN, DARK, BROWN, WHITE = (196, 122, 58), (46, 32, 28), (132, 70, 34), (264, 258, 250)
EYE = (52.0, -16.0)
OUTLINE = mirrored("0,-128 40,-126 80,-104 102,-66 106,-24 98,22 86,58 80,92 66,124 34,140 0,144")
SHOULDERS = curve("-70,96 -116,170 -142,310 142,310 116,170 70,96", closed=True)
EARS = both_sides(
    "60,-112 92,-112 128,-78 158,-10 172,62 158,108 126,116 104,84 96,30 88,-30 66,-84"
)
LIDS = points("-27,9 -20,-10 -3,-20 15,-18 27,-4 25,9 11,18 -8,19 -20,15")
NOSE = "-35,48 -22,38 0,36 22,38 35,48 34,62 20,74 8,84 0,86 -8,84 -20,74 -34,62"
MOUTH = curve("-46,110 -20,108 0,104 20,108 46,110 30,130 0,138 -30,130", closed=True)
TONGUE = curve("-23,112 0,108 23,112 25,140 17,164 0,172 -17,164 -25,140", closed=True)
COLLAR = curve("-128,128 -108,158 -60,186 0,196 60,186 108,158 128,128")
HEAD_FUR = combed(
    "0,40>0,-1  0,0>0,-1  0,-60>0,-1  0,-126>0,-1  40,-60>0.3,-1  50,-44>0.5,-1  70,-100>0.7,-0.7"
    "  92,-50>1,-0.3  94,-10>1,0.35  90,40>0.6,0.9  60,30>0.7,0.7  76,90>0.5,0.9  50,120>0.4,1"
    "  0,136>0,1  40,70>0.9,0.3  30,100>0.6,0.8  26,30>0.6,-0.5  26,-10>0.2,-1  52,8>0.6,0.8"
)
BODY_FUR = combed("0,110>0,1  40,150>0.3,1  100,160>0.5,1  110,280>0.2,1  0,280>0,1")
EAR_FUR = combed(
    "66,-100>0.8,-0.1  100,-96>0.9,0.5  126,-50>0.45,1  140,20>0.2,1  150,90>0.1,1"
    "  110,80>-0.1,1  96,0>0.1,1"
)


def head_colour(u: Array, v: Array) -> Array:
    """Tan under a dark crown, with a white blaze and muzzle."""
    side, wobble = np.abs(u), 4 * noise(u, v, 16, 3)
    colour = mix(DARK, TAN, smoothstep(-104, -52, v + 0.25 * side + 2 * wobble))
    colour = mix(colour, TAN, smoothstep(0.3, 0.7, bump(u, v, (46, -48), (22, 11))))
    colour = mix(colour, BROWN, 0.75 * smoothstep(0.3, 0.9, bump(u, v, EYE, (34, 28))))
    blaze = smoothstep(7, 0, side - (13 + 0.00042 * (v + 66) ** 2) + wobble)
    muzzle = smoothstep(0.30, 0.62, bump(u, v, (30, 74), (62, 50)) + 0.05 * wobble)
    return mix(colour, WHITE, np.maximum(np.maximum(blaze, muzzle), smoothstep(104, 124, v)))


def head_height(u: Array, v: Array) -> Array:
    """A skull with a long muzzle, lips, brows and cheeks, and hollows for the eyes."""
    return (
        74 * np.sqrt(np.clip(1 - (u / 128) ** 2 - ((v + 10) / 160) ** 2, 0.03, 1))
        + 34 * bump(u, v, (0, 74), (58, 62))
        + 13 * bump(u, v, (36, 92), (30, 32))
        + 8 * bump(u, v, (0, 10), (22, 40))
        + 10 * bump(u, v, (48, -50), (28, 16))
        + 7 * bump(u, v, (82, 24), (26, 34))
        - 8 * bump(u, v, EYE, (36, 28))
    )


def head_length(u: Array, v: Array) -> Array:
    """Short hair, shortest on the muzzle."""
    return 7 + 8 * smoothstep(60, 130, np.hypot(u, v)) - 2 * bump(u, v, (0, 60), (50, 50))


def ear_colour(u: Array, v: Array) -> Array:
    """Brown in patches, darker below."""
    base = mix(BROWN, TAN, 0.45 + 0.4 * noise(u, v, 26, 14))
    return mix(base, np.array(BROWN) * 0.55, smoothstep(40, 110, v))


def ear_height(u: Array, v: Array) -> Array:
    """A rounded flap with a fold where it leaves the skull."""
    across = (np.abs(u) - 98 - 0.32 * (v + 60)) / 46
    flap = 26 * np.sqrt(np.clip(1 - across**2, 0.05, 1))
    return flap + 9 * bump(u, v, (88, -92), (30, 24)) - 0.05 * v


def ear_length(_: Array, v: Array) -> Array:
    """Longer towards the tip."""
    return 11 + 5 * smoothstep(30, 110, v)


def body_colour(u: Array, v: Array) -> Array:
    """A white bib, tan beside it, dark flanks."""
    coat = mix(TAN, DARK, smoothstep(84, 108, np.abs(u) + 8 * noise(u, v, 14, 8)))
    return mix(
        coat, WHITE, smoothstep(82, 54, np.abs(u) - 0.1 * (v - 140) + 8 * noise(u, v, 12, 9))
    )


def body_height(u: Array, v: Array) -> Array:
    """A column with a rounded chest."""
    return 84 * np.sqrt(np.clip(1 - (u / 155) ** 2, 0.03, 1)) + 12 * bump(u, v, (0, 220), (46, 60))


def collar(image: Image.Image) -> None:
    """A red band with stitches around the neck."""
    neck = mask(BODY(SHOULDERS * [1.02, 1]))
    for colour, width, blur, shift, strength in (
        ((20, 8, 8), 22, 4.0, (2, 7), 0.55),
        ((112, 16, 26), 20, 0.3, (0, 0), 1.0),
        ((206, 44, 46), 13, 1.8, (0, -1.5), 1.0),
    ):
        band = mask(BODY(ribbon(moved(COLLAR, *shift), width, width)), blur=blur)
        lay(image, colour, ImageChops.multiply(band, neck), strength)
    for offset in (-6.8, 6.8):
        for start in range(12, len(COLLAR) - 13, 4):
            stitch = moved(COLLAR[start : start + 3], 0, offset)
            fill(image, (250, 214, 190), BODY(ribbon(stitch, 1.3, 1.3)), strength=0.85)


def tag(image: Image.Image) -> None:
    """A round brass tag with a heart, hanging from a ring."""
    at, turn = (0.0, 221.0), np.linspace(0, 2 * np.pi, 60)
    circle = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    lobes = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    heart = np.stack([np.sin(turn) ** 3, -lobes / 16], axis=1)
    ring = moved(moved(circle * 5, *at), 0, -19)
    fill(image, (90, 84, 84), BODY(ribbon(ring, 2.2, 2.2)))
    for outline, size, shift, colour, blur in (
        (circle, 18, (3, 5), (20, 8, 8), 3.0),
        (circle, 17, (0, 0), (116, 74, 20), 0.3),
        (circle, 15, (-0.6, -0.8), (226, 174, 74), 0.8),
        (circle, 8, (-4, -5), (255, 236, 176), 3.5),
        (heart, 8, (0.8, 1.0), (255, 236, 180), 0.3),
        (heart, 8, (0, 0), (130, 82, 24), 0.3),
    ):
        fill(
            image, colour, BODY(moved(moved(outline * size, *at), *shift)), blur=blur, strength=0.9
        )


def mouth(image: Image.Image) -> None:
    """The open mouth and the tongue, under the lips."""
    fill(image, (52, 18, 20), HEAD(MOUTH), blur=1.5)
    fill(image, (70, 26, 24), moved(HEAD(TONGUE), 3, 6), blur=4, strength=0.55)
    tongue = mask(HEAD(TONGUE), blur=0.4)
    lay(image, (206, 84, 96), tongue)
    glow = mask(HEAD(moved(TONGUE * 0.62, -4, 56)), blur=7)
    lay(image, (246, 150, 156), ImageChops.multiply(glow, tongue), 0.85)
    shade = mask(moved(HEAD(MOUTH), 0, 2), blur=5)
    lay(image, (70, 18, 24), ImageChops.multiply(shade, tongue), 0.75)
    features.crease(image, HEAD(curve("0,118 1,140 0,156")), 1.6, (150, 44, 60))
    shine = HEAD(curve("-14,142 -10,140 -9,154 -13,156", closed=True))
    fill(image, (255, 232, 232), shine, blur=1.2, strength=0.7)


def face(image: Image.Image) -> None:
    """Eyes, lips, nose and whiskers."""
    look = features.Look(22.5, (11.5, 11.5), (176, 108, 48), (84, 44, 20), (30, 18, 16))
    for side in (-1, 1):
        features.eye(image, HEAD, look, EYE, LIDS, side)
    for lip in both_sides("0,84 1,98 14,110 36,112 56,104 68,92", closed=False):
        features.crease(image, HEAD(lip), 3.0, (44, 24, 24))
    features.nose(image, HEAD, NOSE, (78, 70, 76), (22, 18, 22))
    features.nostrils(image, HEAD, "9,66 14,58 25,57 29,63 23,66 15,70", (4, 3, 5))
    spots = "34,84 46,80 58,76 38,94 50,91 62,86 44,101 56,98"
    features.spots(image, HEAD, spots, (96, 74, 64))
    long = "58,76 116,64  50,91 132,84  56,98 126,108  46,80 104,56"
    features.whiskers(image, HEAD, long, seed=4, width=1.2)


def draw() -> Image.Image:
    """The whole picture at working size."""
    image = backdrop.fence()
    backdrop.leaves(image)
    shadow = [moved(part, 24, 18) for part in (BODY(SHOULDERS), HEAD(OUTLINE * [1.45, 0.95]))]
    fill(image, (14, 20, 34), *shadow, blur=16, strength=0.55)
    grow(image, Coat(BODY, SHOULDERS, body_colour, body_height, BODY_FUR, even(19), 60))
    collar(image)
    tag(image)
    fill(image, (40, 22, 16), moved(HEAD(OUTLINE * 0.9), 6, 24), blur=12, strength=0.6)
    head = curve(OUTLINE, closed=True)
    grow(image, Coat(HEAD, head, head_colour, head_height, HEAD_FUR, head_length, 70))
    for side, outline in enumerate(EARS):
        fill(image, (20, 12, 10), moved(HEAD(outline), 7, 12), blur=9, strength=0.5)
        grow(image, Coat(HEAD, outline, ear_colour, ear_height, EAR_FUR, ear_length, 40 + side))
    mouth(image)
    face(image)
    return image
