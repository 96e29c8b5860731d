"""A ginger tabby with green eyes, in front of wallpaper, behind a knitted blanket."""

from __future__ import annotations

import numpy as np
from PIL import Image

from drawing import backdrop, features
from drawing.brush import (
    Array,
    Pose,
    both_sides,
    bump,
    curve,
    fill,
    line_distance,
    mirrored,
    mix,
    moved,
    noise,
    points,
    smoothstep,
)
from drawing.fur import Coat, combed, even, grow

HEAD = Pose(258, 262, degrees=-5)
BODY = Pose(258, 262)
GINGER, DARK, CREAM, WHITE = (226, 138, 62), (150, 70, 26), (250, 205, 146), (264, 256, 246)
PINK = (226, 142, 126)
EYE = (58.0, -14.0)
OUTLINE = mirrored("0,-108 44,-110 86,-96 116,-64 133,-20 142,22 136,52 110,80 74,102 36,116 0,120")
SHOULDERS = curve("-96,84 -126,150 -150,270 150,270 126,150 96,84", closed=True)
EARS = both_sides("22,-104 52,-142 98,-190 108,-193 132,-140 142,-50 96,-70")
INNER_EARS = both_sides("52,-106 74,-142 100,-174 116,-138 124,-84 92,-80")
TUFTS = both_sides("34,-92 44,-112 58,-128 72,-118 90,-100 112,-86 118,-66 70,-60")
LIDS = points("-37,13 -26,-10 -6,-25 17,-26 36,-13 35,6 18,23 -6,25 -25,19")
NOSE = "-18,37 -9,34 0,35 9,34 18,37 17,44 8,53 0,58 -8,53 -17,44"
STRIPES = [  # the right half of the tabby's lines, each with its width
    (7, curve("0,-58 0,-84 0,-114")),
    (6, curve("17,-44 22,-74 19,-114")),
    (7, curve("40,-52 50,-80 50,-112")),
    (7, curve("66,-58 82,-80 88,-100")),
    (6, curve("90,-22 112,-34 134,-38")),
    (7, curve("88,2 114,4 142,-6")),
    (7, curve("82,26 108,36 138,34")),
    (6, curve("74,52 98,66 122,68")),
]
HEAD_FUR = combed(
    "0,34>0,-1  0,0>0,-1  0,-60>0,-1  0,-112>0,-1  40,-60>0.25,-1  56,-46>0.3,-1  80,-92>0.6,-0.8"
    "  98,-45>1,-0.5  96,-8>1,0  130,15>1,0.3  84,36>0.9,0.45  112,68>0.75,0.75  62,96>0.5,0.9"
    "  0,112>0,1  0,86>0,1  32,62>0.85,0.45  14,48>0.7,0.3  20,18>0.5,-0.6  56,22>0.5,0.8"
    "  24,-16>0.1,-1"
)
BODY_FUR = combed("0,100>0,1  40,120>0.35,1  100,130>0.5,1  120,240>0.25,1  0,240>0,1")
EAR_FUR = combed("50,-110>0.5,-0.8  80,-160>0.6,-0.8  110,-200>0.3,-1  128,-120>0.35,-1")
TUFT_FUR = combed("50,-100>0.55,-0.8  84,-100>0.25,-1  118,-80>-0.35,-1")
TUFT_LAYERS = ((0.06, 1.0, 1.2, 0.8, 0.1), (0.11, 1.1, 0.8, 1.05, 0.1))


def head_colour(u: Array, v: Array) -> Array:
    """Ginger with darker stripes, cream around the eyes, white around the mouth."""
    wobble = noise(u, v, 14, 3)
    lighter = 0.35 * smoothstep(-40, 90, v) + 0.2 * bump(u, v, (0, -10), (16, 50))
    colour = mix(GINGER, CREAM, lighter)
    for width, line in STRIPES:
        distance = line_distance(np.abs(u), v + 3 * wobble, line)
        colour = mix(colour, DARK, 0.88 * (1 - smoothstep(0.35 * width, 0.85 * width, distance)))
    colour = mix(colour, CREAM, 0.9 * smoothstep(0.25, 0.6, bump(u, v, EYE, (48, 40))))
    pale = bump(u, v, (28, 66), (44, 32)) + bump(u, v, (0, 104), (60, 28))
    pale += bump(u, v, (0, 34), (15, 34)) + 0.15 * wobble
    pale += 0.8 * bump(u, v, (50, 22), (40, 15)) + 0.8 * bump(u, v, (56, -50), (30, 9))
    return mix(colour, WHITE, smoothstep(0.32, 0.72, pale))


def head_height(u: Array, v: Array) -> Array:
    """A ball with whisker pads, bridge, brows, cheeks and chin, and hollows for the eyes."""
    return (
        78 * np.sqrt(np.clip(1 - (u / 158) ** 2 - ((v - 2) / 148) ** 2, 0.02, 1))
        + 17 * bump(u, v, (27, 62), (27, 20))
        + 13 * bump(u, v, (0, 15), (17, 50))
        + 8 * bump(u, v, (52, -52), (32, 18))
        + 9 * bump(u, v, (98, 40), (36, 36))
        + 11 * bump(u, v, (0, 99), (26, 12))
        - 7 * bump(u, v, EYE, (40, 30))
    )


def head_length(u: Array, v: Array) -> Array:
    """Velvet on the nose and around the eyes, long on the cheeks and the chin."""
    edge = smoothstep(60, 135, np.hypot(u, v * 1.05))
    return 7 + 13 * edge + 6 * bump(u, v, (0, 112), (50, 20)) - 2.5 * bump(u, v, (0, 30), (22, 40))


def ear_colour(_: Array, v: Array) -> Array:
    """Dark at the tip and at the base."""
    return mix(GINGER, DARK, 0.75 * smoothstep(-150, -195, v) + 0.25 * smoothstep(-90, -60, v))


def ear_height(u: Array, v: Array) -> Array:
    """A slope towards the middle of the head."""
    return 0.5 * (np.abs(u) - 80) + 0.15 * v


def tuft_colour(u: Array, _: Array) -> Array:
    """Cream, a little lighter towards the middle."""
    return mix(WHITE, CREAM, 0.6 + 0.001 * np.abs(u))


def body_colour(u: Array, v: Array) -> Array:
    """A white bib between striped shoulders."""
    bands = np.sin(v / 8.5 + 0.004 * u**2 + 1.5 * noise(u, v, 30, 8))
    stripes = smoothstep(0.2, 0.75, bands) * smoothstep(46, 70, np.abs(u))
    bib = smoothstep(74, 44, np.abs(u) + 0.12 * (v - 120) + 7 * noise(u, v, 12, 9))
    return mix(mix(GINGER, DARK, 0.75 * stripes), WHITE, bib)


def body_height(u: Array, v: Array) -> Array:
    """A column with a rounded chest."""
    return 90 * np.sqrt(np.clip(1 - (u / 165) ** 2, 0.03, 1)) + 10 * bump(u, v, (0, 140), (40, 60))


def ear(image: Image.Image, side: int) -> None:
    """A furry shell, skin inside, and long pale hairs over its lower edge (side 0 is the left)."""
    shell, inner, tuft = EARS[side], INNER_EARS[side], TUFTS[side]
    grow(image, Coat(HEAD, shell, ear_colour, ear_height, EAR_FUR, even(11), 40 + side))
    middle = inner.mean(axis=0)
    for colour, size, down, blur in (
        ((120, 52, 40), 1.0, 0, 3.5),
        (PINK, 0.86, 4, 6.0),
        ((92, 36, 30), 0.5, 26, 9.0),
    ):
        part = moved((inner - middle) * size + middle, 0, down)
        fill(image, colour, HEAD(part), blur=blur, strength=0.85)
    hairs = Coat(HEAD, tuft, tuft_colour, ear_height, TUFT_FUR, even(34), 50 + side)
    grow(image, hairs, TUFT_LAYERS)


def face(image: Image.Image) -> None:
    """Eyes, nose, mouth and whiskers."""
    look = features.Look(32, (13.5, 21), (214, 222, 92), (82, 150, 74), (58, 30, 20))
    for side in (-1, 1):
        features.eye(image, HEAD, look, EYE, LIDS, side)
    for line in both_sides("0,56 0,68 9,78 24,80 37,73", closed=False):
        features.crease(image, HEAD(line), 2.6, (84, 36, 30))
    features.nose(image, HEAD, NOSE, (244, 164, 152), (202, 100, 98))
    features.nostrils(image, HEAD, "6,47 11,44 15,45 11,49", (92, 34, 36))
    spots = "22,58 32,56 42,56 24,66 34,65 44,64 28,73 38,72"
    features.spots(image, HEAD, spots, (150, 104, 84))
    long = "32,56 170,20  42,56 186,38  44,64 184,62  34,65 176,88  38,72 158,112  22,58 140,4"
    features.whiskers(image, HEAD, long, seed=4)
    features.whiskers(image, HEAD, "40,-46 66,-92  48,-50 86,-88  56,-52 104,-78", 7, width=1.0)


def draw() -> Image.Image:
    """The whole picture at working size."""
    image = backdrop.wallpaper()
    shape = [BODY(SHOULDERS), HEAD(OUTLINE), HEAD(EARS[0]), HEAD(EARS[1])]
    shadow = [moved(part, 26, 20) for part in shape]
    fill(image, (8, 26, 34), *shadow, blur=15, strength=0.62)
    grow(image, Coat(BODY, SHOULDERS, body_colour, body_height, BODY_FUR, even(21), 60))
    fill(image, (60, 28, 14), moved(HEAD(OUTLINE * 0.93), 6, 24), blur=12, strength=0.62)
    for side in (0, 1):
        ear(image, side)
    head = curve(OUTLINE, closed=True)
    grow(image, Coat(HEAD, head, head_colour, head_height, HEAD_FUR, head_length, 70))
    face(image)
    backdrop.blanket(image)
    return image
