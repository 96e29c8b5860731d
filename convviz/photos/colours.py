"""What a file's numbers mean as colours, where it says so without a profile, and the same colours on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from convviz.ops.types import Floats

# x and y of white, red, green and blue, by the code points of ITU-T H.273.
D65 = (0.3127, 0.3290)
SRGB = (*D65, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060)
PRIMARIES = {
    4: (0.310, 0.316, 0.670, 0.330, 0.210, 0.710, 0.140, 0.080),
    5: (*D65, 0.640, 0.330, 0.290, 0.600, 0.150, 0.060),
    6: (*D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    9: (*D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0}
# Cameras write the curve of BT.709 (1, 6, 14, 15) for pictures that are meant for an sRGB screen.
NEAR = 0.05  # of the usual gamma, 1/2.2: within this it stands for sRGB's curve
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


@dataclass(frozen=True)
class Colours:
    """What three numbers from 0 to 1 mean."""

    primaries: tuple[float, ...] = SRGB  # x and y of white, red, green and blue
    gamma: float | None = None  # light is the number to this power; None is sRGB's curve

    @classmethod
    def coded(cls, primaries: int, transfer: int) -> Colours | None:
        """By the code points of ITU-T H.273; None where they say sRGB, or nothing that is known.

        Examples
        --------
        >>> Colours.coded(1, 13), Colours.coded(1, 8).gamma, Colours.coded(12, 13).primaries[2:4]
        (None, 1.0, (0.68, 0.32))
        """
        return _unless_srgb(cls(PRIMARIES.get(primaries, SRGB), GAMMAS.get(transfer)))

    @classmethod
    def measured(cls, primaries: Sequence[float] | None, gamma: float | None) -> Colours | None:
        """As PNG says them: x and y of white, red, green and blue, and the gamma of the file; each may be missing.

        Examples
        --------
        >>> Colours.measured(None, 0.45455) is None, Colours.measured(None, 1.0).gamma
        (True, 1.0)
        """
        found = SRGB if primaries is None else tuple(primaries)
        usual = gamma is None or abs(gamma * 2.2 - 1) < NEAR
        if usual and _unless_srgb(cls(found)) is None:
            return None
        return cls(found, None if gamma is None else 1 / gamma)

    def on_screen(self, image: Image.Image) -> Image.Image:
        """The same colours in sRGB; what a screen cannot show becomes the nearest it can."""
        levels = np.arange(256) / 255
        light = _light(levels) if self.gamma is None else levels**self.gamma
        matrix = np.linalg.inv(_to_xyz(SRGB)) @ _to_xyz(self.primaries)
        linear = light[np.asarray(image.convert("RGB"))] @ matrix.T  # (H, W, 3)
        return Image.fromarray(np.rint(255 * _encoded(np.clip(linear, 0, 1))).astype(np.uint8))


def _unless_srgb(colours: Colours) -> Colours | None:
    near = np.allclose(colours.primaries, SRGB, atol=0.003)
    return None if near and colours.gamma is None else colours


def _light(levels: Floats) -> Floats:
    """The curve of sRGB."""
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def _encoded(light: Floats) -> Floats:
    """Back again."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _to_xyz(primaries: Sequence[float]) -> Floats:
    """The matrix from linear RGB to XYZ, its white made D65 (Bradford).

    Raises
    ------
    ValueError
        If the primaries make no colours.
    """
    x, y = np.reshape(primaries, (4, 2)).T
    if not (y > 0).all():
        raise ValueError("primaries")
    columns = np.stack([x / y, np.ones(4), (1 - x - y) / y])  # (XYZ, white red green blue)
    white, rgb = columns[:, 0], columns[:, 1:]
    try:
        matrix = rgb * np.linalg.solve(rgb, white)
    except np.linalg.LinAlgError:
        raise ValueError("primaries") from None
    screen = np.array([D65[0] / D65[1], 1, (1 - sum(D65)) / D65[1]])
    scale = (BRADFORD @ screen) / (BRADFORD @ white)
    return np.asarray(np.linalg.inv(BRADFORD) @ np.diag(scale) @ BRADFORD @ matrix)
