"""The network as a row of boxes."""

from __future__ import annotations

import streamlit as st

from convviz.components import read
from convviz.i18n import _
from convviz.nets.layer import parameter_count
from convviz.nets.sequential import Sequential

_component = st.components.v2.component(
    "convviz.diagram",
    html=read("network/diagram.html"),
    css=read("network/diagram.css"),
    js=read("network/diagram.js"),
)


def show_diagram(net: Sequential, *, key: str) -> None:
    """Show each layer, the shape of its output and how many numbers it trains."""
    boxes = [{"title": _("input"), "shape": _shape(net.shapes[0]), "parameters": ""}]
    for k, layer in enumerate(net.layers):
        count = parameter_count(layer.sizes(net.shapes[k]))
        boxes.append(
            {
                "title": layer.text,
                "shape": _shape(net.shapes[k + 1]),
                "parameters": f"{count:,}" if count else "",
            }
        )
    boxes.append(
        {"title": "softmax", "shape": _shape(net.shapes[-1]), "parameters": ""},
    )
    label = _("Layers, shapes and parameters, {count} in all").format(count=f"{net.size:,}")
    _component(key=key, data={"boxes": boxes, "label": label})


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
