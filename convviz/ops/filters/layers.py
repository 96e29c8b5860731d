"""Filters as the layers of a network have them: Gabor's, random ones, and the course's pair."""

from __future__ import annotations

import numpy as np

from convviz.ops.errors import require_number
from convviz.ops.filters.kernel import Filter, Size, offsets, pair

CS231N = "Stanford CS231n, assignment 2, ConvolutionalNetworks.ipynb"


def gabor(size: Size = 9, orientation: float = 0.0, wavelength: float = 4.0) -> Filter:
    """A wave under a Gaussian, with sum 0 and absolute sum 1: stripes of one orientation and width.

    Parameters
    ----------
    orientation
        Direction in which the wave runs, degrees anticlockwise from the right; 0 finds vertical stripes.
    wavelength
        Pixels from crest to crest.

    Examples
    --------
    >>> bool(abs(gabor(9).kernel.sum()) < 1e-12)
    True
    """
    u, v = offsets(size)
    wavelength = require_number("wavelength", wavelength, least=0, above=True)
    radians = np.deg2rad(orientation)
    along = v * np.cos(radians) - u * np.sin(radians)
    sigma = 0.5 * wavelength
    envelope = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    kernel = envelope * np.cos(2 * np.pi * along / wavelength)
    kernel -= envelope * kernel.sum() / envelope.sum()
    total = np.abs(kernel).sum()
    if total > 1e-9:  # a kernel of one tap has no wave to show
        kernel /= total
    scale = f"absolute sum 1, wavelength {wavelength:g}"
    return Filter(f"Gabor {orientation:g}°", kernel, scale, "Daugman (1985)")


def random(size: Size = 3, seed: int = 0) -> Filter:
    """Normally distributed weights with standard deviation ``sqrt(2 / size)``, as a layer starts (He, 2015)."""
    shape = pair(size)
    kernel = np.random.default_rng(seed).normal(0, np.sqrt(2 / np.prod(shape)), shape)
    return Filter(
        "Random", kernel.round(3), f"seed {seed}", "He et al. (2015), Kaiming initialisation"
    )


def course_gray() -> Filter:
    """The course's filter 0: 0.3 R + 0.6 G + 0.1 B at the middle tap."""
    kernel = np.zeros((3, 3, 3))
    kernel[:, 1, 1] = 0.3, 0.6, 0.1
    return Filter("Course: grayscale", kernel, "1", CS231N)


def course_blue_edge() -> Filter:
    """The course's filter 1: horizontal edges in the blue channel only."""
    kernel = np.zeros((3, 3, 3))
    kernel[2] = [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]
    return Filter("Course: blue edge", kernel, "1", CS231N)
