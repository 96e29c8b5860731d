"""The network as a row of boxes."""

from __future__ import annotations

from convviz.browser.mount import mount
from convviz.nets.layer import parameter_count
from convviz.nets.sequential import Sequential
from convviz.text.i18n import _

_component = mount("diagram")


def show_diagram(net: Sequential, *, key: str) -> None:
    """Show each layer, the shape of its output and how many numbers it trains."""
    heads = ("title", "shape", "parameters")
    boxes = [dict(zip(heads, row, strict=True)) for row in layer_rows(net)]
    _component(key=key, data={"boxes": boxes, "label": diagram_label(net)})


def layer_rows(net: Sequential) -> list[tuple[str, str, str]]:
    """Name, shape of the output and count of the parameters, "" for none, from the input to the softmax."""
    rows = [(_("input"), _shape(net.shapes[0]), "")]
    for k, layer in enumerate(net.layers):
        count = parameter_count(layer.sizes(net.shapes[k]))
        rows.append((layer.text, _shape(net.shapes[k + 1]), f"{count:,}" if count else ""))
    return [*rows, ("softmax", _shape(net.shapes[-1]), "")]


def diagram_label(net: Sequential) -> str:
    """What the diagram shows."""
    return _("Layers, shapes and parameters, {count} in all").format(count=f"{net.size:,}")


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
