"""The screen's colours of whole arrays: signed maps, gray ones, veils, and a hue for each weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import ImageColor

from convviz.ops.types import Array, Pixels
from convviz.pictures.palette import LIFT, LIGHT

GOLDEN = 137.508  # degrees from one weight's hue to the next
LIGHTNESS, CHROMA = 0.6, 0.15  # of every weight, in OKLCh
VEIL = 0.66  # how much darker a photo's pixel is that is not lit


def signed_pixels(values: Array, limit: float | None = None) -> Pixels:
    """Numbers, (H, W), as colours, (H, W, 3): blue below zero, orange above, neutral at zero and where not finite.

    What lies beyond the limit, by default the largest absolute value, has the colour of the scale's end.

    Examples
    --------
    >>> signed_pixels(np.array([[-5.0, 0.0, 2.0]]), limit=2).tolist()
    [[[24, 90, 188], [243, 243, 240], [200, 80, 8]]]
    """
    finite = np.where(np.isfinite(values), values, 0).astype(np.float64)
    limit = float(np.abs(finite).max(initial=0)) if limit is None else limit
    share = np.minimum(np.abs(finite) / max(limit, 1e-300), 1)[..., None] ** LIFT  # (H, W, 1)
    end = np.where(finite[..., None] < 0, LIGHT.low, LIGHT.high)  # (H, W, 3)
    zero = np.array(LIGHT.zero)
    return np.asarray(np.rint(zero + (end - zero) * share), dtype=np.uint8)


def gray_pixels(values: Array) -> Pixels:
    """Black at the least number and white at the greatest, as the course shows a map.

    Examples
    --------
    >>> gray_pixels(np.array([[-1.0, 0.0, 1.0]]))[0, :, 0].tolist()
    [0, 128, 255]
    """
    low, high = float(values.min()), float(values.max())
    shades = (values - low) * (255 / (high - low) if high > low else 0)
    return in_gray(np.rint(shades).clip(0, 255).astype(np.uint8))


def in_gray(shades: Pixels) -> Pixels:
    """Shades of gray, (H, W), as pixels, (H, W, 3)."""
    return np.repeat(shades[..., None], 3, axis=2)


def scale_pixels(places: Array, stops: Sequence[tuple[float, str]]) -> Pixels:
    """Places on a scale of colours, from 0 to 1, as its colours.

    Examples
    --------
    >>> scale_pixels(np.array([0.0, 0.75]), [(0, "#000000"), (0.5, "rgb(0, 0, 200)"), (1, "#ffffff")]).tolist()
    [[0, 0, 0], [128, 128, 228]]
    """
    at = [place for place, _ in stops]
    colours = np.array([ImageColor.getrgb(colour)[:3] for _, colour in stops])
    channels = [np.interp(places, at, colours[:, k]) for k in range(3)]
    return np.asarray(np.rint(np.stack(channels, axis=-1)), dtype=np.uint8)


def veiled(
    pixels: Pixels,
    box: tuple[int, int, int, int],
    strength: Array | None = None,
    *,
    dark: float = VEIL,
) -> Pixels:
    """A picture, (H, W, 3), of which only a box (top, left, bottom, right) is lit; what is not lit is darker.

    The strength, from 0 to 1, says how strongly each cell of the box is lit; all fully if None.

    Examples
    --------
    >>> veiled(np.full((1, 2, 3), 100, np.uint8), (0, 0, 1, 1))[0, :, 0].tolist()
    [100, 34]
    """
    lit = np.zeros(pixels.shape[:2])
    top, left, bottom, right = box
    lit[top:bottom, left:right] = 1 if strength is None else strength
    return np.asarray(np.rint(pixels * (1 - dark * (1 - lit[..., None]))), dtype=np.uint8)


def weight_pixels(weights: Array) -> Pixels:
    """A colour for each weight's number, and white for -1, no weight.

    Source: Björn Ottosson, "A perceptual color space for image processing", 2020 (OKLab to sRGB).

    Examples
    --------
    >>> weight_pixels(np.array([[-1, 0]])).tolist()
    [[[255, 255, 255], [197, 84, 124]]]
    """
    hue = np.deg2rad(weights * GOLDEN % 360)
    a, b = CHROMA * np.cos(hue), CHROMA * np.sin(hue)
    long = (LIGHTNESS + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (LIGHTNESS - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (LIGHTNESS - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.stack(
        [
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        ],
        axis=-1,
    ).clip(0, 1)  # (..., 3)
    shown = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(np.where(weights[..., None] < 0, 1, shown) * 255), dtype=np.uint8)
