"""The overview in the browser: every layer's maps on one screen, and how any of them came about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.mount import mount
from convviz.browser.overview.words import HOW, WORDS
from convviz.nets.overview import Detail, LayerView
from convviz.text.i18n import _
from convviz.text.words import translated

BELOW = 146  # screen pixels kept for what stands above and below the overview

_component = mount("overview")


@dataclass(frozen=True)
class Actions:
    """What to do with what the person chooses, before the script runs again.

    Parameters
    ----------
    opened
        Told of the layer and the map to show the making of.
    stepped
        Told of the layer, the map and the row and column of its cell to step through.
    closed
        The making of a map is no longer wanted.
    """

    opened: Callable[[int, int], None]
    stepped: Callable[[int, int, int, int], None]
    closed: Callable[[], None]


def show_network(
    layers: Sequence[LayerView],
    picture: npt.NDArray[np.uint8],
    probabilities: npt.NDArray[np.float64],
    names: Sequence[str],
    *,
    key: str,
    actions: Actions,
    label: int | None = None,
    detail: Detail | None = None,
) -> None:
    """Show every layer's maps for one picture.

    Parameters
    ----------
    layers
        The input and each layer's output; the last are the scores.
    picture
        What the input was made of, uint8 (H, W, 3).
    probabilities
        Of the classes, (classes,).
    names
        Of the classes, in the language in use.
    key
        Streamlit key of the component.
    actions
        What to do with what the person chooses.
    label
        The right class, if it is known.
    detail
        How one of the maps came about, to be shown over the others.
    """
    data = _pictures(layers) | {
        "stack": [view.text for view in layers],
        "groups": [_group(view) for view in layers],
        "photo": picture.ravel(),
        "probabilities": [float(share) for share in probabilities],
        "names": list(names),
        "label": label,
        "words": translated(WORDS),
        "below": BELOW,
        "detail": None,
    }
    if detail is not None:
        data |= _detail_data(detail, layers, names)

    def told(name: str, action: Callable[..., None]) -> Callable[[], None]:
        def tell() -> None:
            chosen = st.session_state[key][name]
            cell = [int(place) for place in chosen.get("cell", [])]
            action(int(chosen["layer"]), int(chosen["index"]), *cell)

        return tell

    _component(
        key=key,
        data=data,
        on_opened_change=told("opened", actions.opened),
        on_stepped_change=told("stepped", actions.stepped),
        on_closed_change=actions.closed,
    )


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
