"""The maps of all layers of a stack side by side, on which a unit can be picked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convviz.browser.cells import bring
from convviz.browser.mount import mount, together
from convviz.browser.picture import FRAMELESS, UnitsPicture
from convviz.text.words import PICTURE, translated

LARGEST_PIXEL = 40  # screen pixels for one unit of a tiny map

_component = mount("layer_maps")


@dataclass(frozen=True, eq=False)
class LayerMaps:
    """The maps of all layers of a stack."""

    maps: Sequence[UnitsPicture]  # in the order of the layers
    chosen: int  # the layer whose name stands out
    key: str  # Streamlit key of the component
    group: str  # the photo of the same group shows the field of the unit pointed at

    def show(self) -> tuple[int, int, int] | None:
        """Draw them; return (layer, row, column) of the unit just picked, None in every other run."""
        words = translated(PICTURE)
        lit = [each.overlay.data for each in self.maps]
        strengths = [data.pop("strength", np.zeros(0, dtype=np.uint8)) for data in lit]
        data: dict[str, Any] = {
            "common": {
                "kind": "map",
                "gray": True,
                "planes": 1,
                "box": None,
                "group": self.group,
                "words": words,
                "largest": LARGEST_PIXEL,
                "below": 0,
                **FRAMELESS,
            },
            "maps": [
                {
                    "title": each.title,
                    "detail": each.size_text,
                    "description": words["unitDescription"].format(
                        title=each.title, detail=each.size_text
                    ),
                    "rows": each.values.shape[0],
                    "columns": each.values.shape[1],
                    "lattice": each.lattice.data,
                    "chosen": layer == self.chosen,
                    "strengths": strength.size,
                    **overlay,
                }
                for layer, (each, overlay, strength) in enumerate(
                    zip(self.maps, lit, strengths, strict=True)
                )
            ],
        }
        if any(strength.size for strength in strengths):
            data["strength"] = np.concatenate(strengths)
        with together():
            numbers = np.concatenate([each.values.ravel() for each in self.maps])
            data["numbers"] = {"cells": bring(numbers, key=f"{self.key} cells")}
            picked = _component(key=self.key, data=data, on_picked_change=lambda: None).picked
        return None if picked is None else (picked["layer"], picked["row"], picked["column"])
