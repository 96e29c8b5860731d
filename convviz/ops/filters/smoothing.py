"""Filters that blur, and those that bring back what a blur takes away."""

from __future__ import annotations

import numpy as np

from convviz.ops.filters.kernel import GONZALEZ, Filter, Size, offsets, pair, sigma_for

MOTION = "Gonzalez and Woods, Digital Image Processing, 4th ed. (2018), ch. 5 (uniform motion)"


def identity(size: Size = 3) -> Filter:
    """One in the middle, zero elsewhere: the output is the input.

    Examples
    --------
    >>> identity(3).kernel
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]])
    """
    kernel = np.zeros(pair(size))
    kernel[tuple(length // 2 for length in kernel.shape)] = 1
    return Filter("Identity", kernel, "1", GONZALEZ)


def box(size: Size = 3) -> Filter:
    """The mean of the window.

    Examples
    --------
    >>> box((2, 5)).scale, float(box((2, 5)).kernel.sum().round(12))
    ('1/10', 1.0)
    """
    kernel = np.ones(pair(size))
    return Filter("Box blur", kernel / kernel.size, f"1/{kernel.size}", GONZALEZ)


def gaussian(size: Size = 3, sigma: float | None = None) -> Filter:
    """``exp(-(u² + v²) / (2 sigma²))`` around the middle, scaled to sum 1.

    Parameters
    ----------
    size
        Any size, also even or rectangular.
    sigma
        Standard deviation in pixels; a fifth of the larger side, at least 0.5, if None.

    Examples
    --------
    >>> gaussian(3, sigma=0.85).kernel.round(3)
    array([[0.063, 0.125, 0.063],
           [0.125, 0.25 , 0.125],
           [0.063, 0.125, 0.063]])
    """
    u, v = offsets(size)
    sigma = sigma_for(size, sigma)
    kernel = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    return Filter("Gaussian blur", kernel / kernel.sum(), f"sum 1, sigma {sigma:g}", GONZALEZ)


def motion_blur(size: Size = 5, angle: float = 45.0) -> Filter:
    """The mean along a line through the middle, ``angle`` degrees anticlockwise from the right.

    Examples
    --------
    >>> (motion_blur(3, angle=45).kernel * 3).round()
    array([[0., 0., 1.],
           [0., 1., 0.],
           [1., 0., 0.]])
    """
    u, v = offsets(size)
    radians = np.deg2rad(angle)
    away = np.abs(u * np.cos(radians) + v * np.sin(radians))
    kernel = np.clip(1 - 1.4142 * away, 0, None) if min(pair(size)) > 1 else np.ones(pair(size))
    return Filter("Motion blur", kernel / kernel.sum(), f"sum 1, angle {angle:g}°", MOTION)


def sharpen() -> Filter:
    """The image plus its negative four-neighbour Laplacian."""
    return Filter("Sharpen", np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]), "1", GONZALEZ)


def unsharp(size: Size = 5, amount: float = 1.0) -> Filter:
    """The image plus ``amount`` times what a Gaussian blur removes.

    Examples
    --------
    >>> float(unsharp().kernel.sum().round(12))
    1.0
    """
    same = identity(size).kernel
    kernel = same + amount * (same - gaussian(size).kernel)
    return Filter("Unsharp mask", kernel, "sum 1", GONZALEZ)


def high_pass(size: Size = 3) -> Filter:
    """What a box blur removes: the image minus its local mean.

    Examples
    --------
    >>> bool(abs(high_pass(5).kernel.sum()) < 1e-12)
    True
    """
    return Filter("High-pass", identity(size).kernel - box(size).kernel, "sum 0", GONZALEZ)
