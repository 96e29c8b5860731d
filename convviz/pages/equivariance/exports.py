"""What the Equivariance page offers to take away: arrays and code."""

from __future__ import annotations

import numpy as np

from convviz.export.code import Equivariance
from convviz.pages.equivariance.cached import Compared, before_shift
from convviz.pages.equivariance.controls import ShiftSettings, kernel
from convviz.ui.giving.exports import offer_arrays, offer_code

NAME = "equivariance"


def offer_shift(settings: ShiftSettings, compared: Compared) -> None:
    """The image and both orders of shifting and computing."""

    def code() -> Equivariance:
        x = before_shift(settings.photo, settings.blob)
        w = np.array(kernel(settings.filter))
        return Equivariance(x, w, settings.chain, settings.by, settings.fill)

    result = compared.result
    arrays = {
        "image": compared.image,
        "shifted_first": result.shifted_first[0],
        "shifted_after": result.shifted_after[0],
    }
    offer_arrays(lambda: arrays, NAME)
    offer_code(code, NAME)
