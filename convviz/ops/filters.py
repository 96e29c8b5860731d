"""Named filters, each with its scale and where it comes from.

All are given as they are multiplied, that is for cross-correlation: ``sobel_x`` answers positively where the
image grows brighter to the right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Size = int | tuple[int, int]

GONZALEZ = "Gonzalez and Woods, Digital Image Processing, 4th ed. (2018), ch. 3"
CS231N = "Stanford CS231n, assignment 2, ConvolutionalNetworks.ipynb"


@dataclass(frozen=True)
class Filter:
    """A kernel and what is known of it.

    Parameters
    ----------
    name
        What people call it.
    kernel
        float64 of shape (KH, KW), the same for every channel, or (C, KH, KW).
    scale
        The common factor already contained in `kernel`, for example "1/9"; "1" for whole numbers.
    source
        Where it is published.
    """

    name: str
    kernel: Floats
    scale: str
    source: str


def identity(size: Size = 3) -> Filter:
    """One in the middle, zero elsewhere: the output is the input.

    Examples
    --------
    >>> identity(3).kernel
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]])
    """
    kernel = np.zeros(_pair(size))
    kernel[tuple(length // 2 for length in kernel.shape)] = 1
    return Filter("Identity", kernel, "1", GONZALEZ)


def box(size: Size = 3) -> Filter:
    """The mean of the window.

    Examples
    --------
    >>> box((2, 5)).scale, float(box((2, 5)).kernel.sum().round(12))
    ('1/10', 1.0)
    """
    kernel = np.ones(_pair(size))
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
    u, v = _offsets(size)
    sigma = _default_sigma(size) if sigma is None else sigma
    kernel = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    return Filter("Gaussian blur", kernel / kernel.sum(), f"sum 1, sigma {sigma:g}", GONZALEZ)


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


def laplacian() -> Filter:
    """Second derivative down plus second derivative across, from the four neighbours."""
    return Filter("Laplacian (4)", np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]), "1", GONZALEZ)


def laplacian_8() -> Filter:
    """Laplacian from all eight neighbours."""
    return Filter("Laplacian (8)", np.array([[1.0, 1, 1], [1, -8, 1], [1, 1, 1]]), "1", GONZALEZ)


def log(size: Size = 5, sigma: float | None = None) -> Filter:
    """Laplacian of a Gaussian, shifted to sum 0: blobs of about ``sigma * sqrt(2)`` pixels radius.

    Examples
    --------
    >>> bool(abs(log(7).kernel.sum()) < 1e-12)
    True
    """
    u, v = _offsets(size)
    sigma = _default_sigma(size) if sigma is None else sigma
    square = u**2 + v**2
    kernel = (square - 2 * sigma**2) / sigma**4 * np.exp(-square / (2 * sigma**2))
    kernel -= kernel.mean()
    return Filter(
        "Laplacian of Gaussian", kernel, f"sum 0, sigma {sigma:g}", "Marr and Hildreth (1980)"
    )


def emboss() -> Filter:
    """Light from the top left."""
    return Filter("Emboss", np.array([[-2.0, -1, 0], [-1, 1, 1], [0, 1, 2]]), "1", GONZALEZ)


def motion_blur(size: Size = 5, angle: float = 45.0) -> Filter:
    """The mean along a line through the middle, ``angle`` degrees anticlockwise from the right.

    Examples
    --------
    >>> (motion_blur(3, angle=45).kernel * 3).round()
    array([[0., 0., 1.],
           [0., 1., 0.],
           [1., 0., 0.]])
    """
    u, v = _offsets(size)
    radians = np.deg2rad(angle)
    away = np.abs(u * np.cos(radians) + v * np.sin(radians))
    kernel = np.clip(1 - 1.4142 * away, 0, None) if min(_pair(size)) > 1 else np.ones(_pair(size))
    return Filter("Motion blur", kernel / kernel.sum(), f"sum 1, angle {angle:g}°", GONZALEZ)


def gabor(size: Size = 9, orientation: float = 0.0, wavelength: float = 4.0) -> Filter:
    """A wave under a Gaussian: stripes of one orientation and width.

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
    u, v = _offsets(size)
    radians = np.deg2rad(orientation)
    along = v * np.cos(radians) - u * np.sin(radians)
    sigma = 0.5 * wavelength
    envelope = np.exp(-(u**2 + v**2) / (2 * sigma**2))
    kernel = envelope * np.cos(2 * np.pi * along / wavelength)
    kernel -= envelope * kernel.sum() / envelope.sum()
    total = np.abs(kernel).sum()
    if total > 1e-9:  # a kernel of one tap has no wave to show
        kernel /= total
    return Filter(f"Gabor {orientation:g}°", kernel, f"wavelength {wavelength:g}", "Daugman (1985)")


def random(size: Size = 3, seed: int = 0) -> Filter:
    """Normally distributed weights with standard deviation ``sqrt(2 / size)``, as a layer starts (He, 2015)."""
    shape = _pair(size)
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


@dataclass(frozen=True)
class Preset:
    """A filter as a list offers it: whether its size may be chosen, and how it is made."""

    make: Callable[..., Filter]
    sized: bool = False
    channels: int | None = None


PRESETS: dict[str, Preset] = {
    "Sobel x": Preset(sobel_x),
    "Sobel y": Preset(sobel_y),
    "Identity": Preset(identity, sized=True),
    "Box blur": Preset(box, sized=True),
    "Gaussian blur": Preset(gaussian, sized=True),
    "Sharpen": Preset(sharpen),
    "Unsharp mask": Preset(unsharp, sized=True),
    "High-pass": Preset(high_pass, sized=True),
    "Prewitt x": Preset(prewitt_x),
    "Prewitt y": Preset(prewitt_y),
    "Scharr x": Preset(scharr_x),
    "Scharr y": Preset(scharr_y),
    "Laplacian (4)": Preset(laplacian),
    "Laplacian (8)": Preset(laplacian_8),
    "Laplacian of Gaussian": Preset(log, sized=True),
    "Emboss": Preset(emboss),
    "Motion blur": Preset(motion_blur, sized=True),
    "Gabor 0°": Preset(lambda size: gabor(size, 0), sized=True),
    "Gabor 45°": Preset(lambda size: gabor(size, 45), sized=True),
    "Gabor 90°": Preset(lambda size: gabor(size, 90), sized=True),
    "Gabor 135°": Preset(lambda size: gabor(size, 135), sized=True),
    "Random": Preset(random, sized=True),
    "Course: grayscale": Preset(course_gray, channels=3),
    "Course: blue edge": Preset(course_blue_edge, channels=3),
}


def _edge(smooth: tuple[int, int, int]) -> Floats:
    """Right minus left, smoothed down the column."""
    return np.outer(smooth, (-1.0, 0.0, 1.0))


def _pair(size: Size) -> tuple[int, int]:
    return size if isinstance(size, tuple) else (size, size)


def _offsets(size: Size) -> tuple[Floats, Floats]:
    """Row and column of each tap, counted from the middle of the kernel."""
    rows, columns = _pair(size)
    u, v = np.meshgrid(
        np.arange(rows) - (rows - 1) / 2, np.arange(columns) - (columns - 1) / 2, indexing="ij"
    )
    return u, v


def _default_sigma(size: Size) -> float:
    return max(0.5, max(_pair(size)) / 5)
