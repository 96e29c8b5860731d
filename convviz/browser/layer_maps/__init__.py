"""The maps of all layers of a stack side by side, on which a unit can be picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.cells import bring
from convviz.browser.mount import mount
from convviz.browser.picture import FRAMELESS, Lattice
from convviz.pictures.overlay import Overlay
from convviz.text.words import PICTURE, translated

__all__ = ["LayerMap", "show_layers"]

LARGEST_PIXEL = 40  # screen pixels for one unit of a tiny map

_component = mount("layer_maps")


@dataclass(frozen=True, eq=False)
class LayerMap:
    """One layer's map."""

    # title, detail: what it is called, and what stands beneath
    title: str
    detail: str
    values: npt.NDArray[np.uint8]  # uint8 of shape (OH, OW)
    lattice: Lattice  # how its units' fields lie on the photo
    overlay: Overlay  # boxes drawn on it, and units lit


def show_layers(
    maps: Sequence[LayerMap], chosen: int, *, key: str, group: str
) -> tuple[int, int, int] | None:
    """Show the maps; return (layer, row, column) of the unit just picked, None in every other run.

    The name of the layer ``chosen`` stands out. The photo of the same group shows the field of a unit.
    """
    words = translated(PICTURE)
    lit = [each.overlay.data for each in maps]
    strengths = [data.pop("strength", np.zeros(0, dtype=np.uint8)) for data in lit]
    data: dict[str, Any] = {
        "common": {
            "kind": "map",
            "gray": True,
            "planes": 1,
            "box": None,
            "group": group,
            "words": words,
            "largest": LARGEST_PIXEL,
            "below": 0,
            **FRAMELESS,
        },
        "maps": [
            {
                "title": each.title,
                "detail": each.detail,
                "description": words["unitDescription"].format(
                    title=each.title, detail=each.detail
                ),
                "rows": each.values.shape[0],
                "columns": each.values.shape[1],
                "lattice": asdict(each.lattice),
                "chosen": layer == chosen,
                "strengths": strength.size,
                **overlay,
            }
            for layer, (each, overlay, strength) in enumerate(
                zip(maps, lit, strengths, strict=True)
            )
        ],
    }
    if any(strength.size for strength in strengths):
        data["strength"] = np.concatenate(strengths)
    with st.container(gap=None):
        numbers = np.concatenate([each.values.ravel() for each in maps])
        data["numbers"] = {"cells": bring(numbers, key=f"{key} cells")}
        picked = _component(key=key, data=data, on_picked_change=lambda: None).picked
    return None if picked is None else (picked["layer"], picked["row"], picked["column"])
