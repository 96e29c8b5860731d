"""Filters for edges: first and second derivatives of brightness."""

from __future__ import annotations

import numpy as np

from convviz.ops.filters.kernel import GONZALEZ, Filter, Size, offsets, sigma_for
from convviz.ops.types import Floats


def sobel_x() -> Filter:
    """Brightness growing to the right, smoothed by 1, 2, 1 down the column."""
    return Filter("Sobel x", _edge((1, 2, 1)), "1", "Sobel and Feldman (1968)")


def sobel_y() -> Filter:
    """Brightness growing downwards, smoothed by 1, 2, 1 along the row."""
    return Filter("Sobel y", _edge((1, 2, 1)).T.copy(), "1", "Sobel and Feldman (1968)")


def prewitt_x() -> Filter:
    """Brightness growing to the right, smoothed by 1, 1, 1."""
    return Filter("Prewitt x", _edge((1, 1, 1)), "1", "Prewitt (1970)")


def prewitt_y() -> Filter:
    """Brightness growing downwards, smoothed by 1, 1, 1."""
    return Filter("Prewitt y", _edge((1, 1, 1)).T.copy(), "1", "Prewitt (1970)")


def scharr_x() -> Filter:
    """Brightness growing to the right, smoothed by 3, 10, 3: nearly the same for every direction."""
    return Filter("Scharr x", _edge((3, 10, 3)), "1", "Scharr, doctoral thesis, Heidelberg (2000)")


def scharr_y() -> Filter:
    """Brightness growing downwards, smoothed by 3, 10, 3."""
    return Filter(
        "Scharr y", _edge((3, 10, 3)).T.copy(), "1", "Scharr, doctoral thesis, Heidelberg (2000)"
    )


def emboss() -> Filter:
    """Light from the top left."""
    kernel = np.array([[-2.0, -1, 0], [-1, 1, 1], [0, 1, 2]])
    return Filter("Emboss", kernel, "1", "common in image editors; no first publication known")


def laplacian() -> Filter:
    """Second derivative down plus second derivative across, from the four neighbours."""
    return Filter("Laplacian (4)", np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]), "1", GONZALEZ)


def laplacian_8() -> Filter:
    """Laplacian from all eight neighbours."""
    return Filter("Laplacian (8)", np.array([[1.0, 1, 1], [1, -8, 1], [1, 1, 1]]), "1", GONZALEZ)


def log(size: Size = 5, sigma: float | None = None) -> Filter:
    """Laplacian of a Gaussian, shifted to sum 0: blobs of about ``sigma * sqrt(2)`` pixels radius.

    The Gaussian is 1 in its middle. So the numbers are ``2 * pi * sigma**2`` times those of a Gaussian of sum 1,
    which SciPy's ``gaussian_laplace`` takes.

    Examples
    --------
    >>> bool(abs(log(7).kernel.sum()) < 1e-12)
    True
    """
    u, v = offsets(size)
    sigma = sigma_for(size, sigma)
    square = u**2 + v**2
    kernel = (square - 2 * sigma**2) / sigma**4 * np.exp(-square / (2 * sigma**2))
    kernel -= kernel.mean()
    scale = f"sum 0, sigma {sigma:g}, of a Gaussian that is 1 in its middle"
    return Filter("Laplacian of Gaussian", kernel, scale, "Marr and Hildreth (1980)")


def _edge(smooth: tuple[int, int, int]) -> Floats:
    """Right minus left, smoothed down the column."""
    return np.outer(smooth, (-1.0, 0.0, 1.0))
