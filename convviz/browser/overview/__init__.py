"""The overview in the browser: every layer's maps on one screen, and how any of them came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from convviz.browser.mount import mount
from convviz.browser.overview.words import HOW, WORDS
from convviz.nets.overview import Detail, LayerView
from convviz.ops.types import Floats, Pixels
from convviz.text.i18n import _
from convviz.text.words import translated

BELOW = 146  # screen pixels kept for what stands above and below the overview

_component = mount("overview")


@dataclass(frozen=True, eq=False)
class Overview:
    """Every layer's maps for one picture."""

    layers: Sequence[LayerView]  # the input and each layer's output; the last are the scores
    picture: Pixels  # the input as people see it, shape (H, W, 3)
    probabilities: Floats  # of the classes, (classes,)
    names: Sequence[str]  # of the classes, in the language in use
    label: int | None  # the right class, if it is known
    # How the network computes one of the maps; it covers the others. None for none.
    detail: Detail | None
    key: str  # Streamlit key of the component
    # Called with the layer and the map that a person opens, before the script runs again.
    on_open: Callable[[int, int], None]
    # Called with the layer, the map, and row and column of the cell to step through.
    on_step: Callable[[int, int, int, int], None]
    on_close: Callable[[], None]  # called when a person closes the map

    def show(self) -> None:
        """Draw it."""
        data = _pictures(self.layers) | {
            "stack": [view.text for view in self.layers],
            "groups": [_group(view) for view in self.layers],
            "photo": self.picture.ravel(),
            "probabilities": [float(share) for share in self.probabilities],
            "names": list(self.names),
            "label": self.label,
            "words": translated(WORDS),
            "below": BELOW,
            "detail": None,
        }
        if self.detail is not None:
            data |= _detail_data(self.detail, self.layers, self.names)
        _component(
            key=self.key,
            data=data,
            on_opened_change=self._calling("opened", self.on_open),
            on_stepped_change=self._calling("stepped", self.on_step),
            on_closed_change=self.on_close,
        )

    def _calling(self, name: str, action: Callable[..., None]) -> Callable[[], None]:
        """A callback that calls an action with what the browser sent under a name."""

        def call() -> None:
            chosen = st.session_state[self.key][name]
            cell = [int(place) for place in chosen.get("cell", [])]
            action(int(chosen["layer"]), int(chosen["index"]), *cell)

        return call


def _pictures(layers: Sequence[LayerView]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for k, view in enumerate(layers):
        data[f"values:{k}"] = view.values.ravel()
        if view.contributions is not None:
            data[f"shares:{k}"] = view.contributions.ravel()
    return data


def _group(view: LayerView) -> dict[str, Any]:
    return {
        "kind": view.kind,
        "title": _("input") if view.kind == "input" else view.text,
        "shape": list(view.values.shape),
        "feeds": view.feeds,
    }


def _detail_data(
    detail: Detail, layers: Sequence[LayerView], names: Sequence[str]
) -> dict[str, Any]:
    view, before = layers[detail.layer + 1], layers[detail.layer]
    adds = view.feeds == "all"
    scores = detail.layer + 2 == len(layers)
    first = 0 if adds else detail.index
    row, column = np.unravel_index(int(np.abs(detail.out).argmax()), detail.out.shape)
    arrays = {"parts": detail.parts, "total": detail.total, "out": detail.out}
    if detail.kernels is not None:
        arrays["kernels"] = detail.kernels
    arrays |= {f"after:{k}": values for k, (_kind, values) in enumerate(detail.after)}
    meta = {
        "layer": detail.layer,
        "index": detail.index,
        "title": f"{view.text} {names[detail.index] if scores else detail.index}",
        "scores": scores,
        "layerTitle": view.text,
        "how": _(HOW[view.kind]),
        "shape": list(detail.parts.shape),
        "outShape": list(detail.out.shape),
        "kernel": 0 if detail.kernels is None else detail.kernels.shape[1],
        "names": [_channel(before, first + k) for k in range(len(detail.parts))],
        "bias": detail.bias if adds else None,
        "after": [kind for kind, _values in detail.after],
        "steps": view.kind in ("conv", "pool"),
        "strongest": [int(row), int(column)],
        "kind": view.kind,
        "window": dict(zip(("start", "step", "extent"), detail.window, strict=True)),
        "norm": None if detail.norm is None else list(detail.norm),
    }
    flat = {f"detail:{name}": array.ravel().astype(np.float32) for name, array in arrays.items()}
    return {"detail": meta, **flat}


def _channel(view: LayerView, index: int) -> str:
    return "RGB"[index] if view.kind == "input" and len(view.values) == 3 else str(index)
