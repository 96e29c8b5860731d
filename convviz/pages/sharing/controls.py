"""The sidebar of the Sparse and shared page: the layer whose connections are counted."""

from __future__ import annotations

import streamlit as st

from convviz.ops.counting import EDGE_EXAMPLE, LayerShape
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.ui.parts import in_columns
from convviz.ui.state import link
from convviz.ui.state.shown import key_of

EXAMPLES = {
    N_("Course notes: 5×5×3 to 3×3×2"): LayerShape(3, (5, 5), 2, Window2d.make(3, 2, 1)),
    N_("One row, two taps"): LayerShape(1, (1, 12), 1, Window2d.make((1, 2))),
    N_("8×8 in gray, 3×3"): LayerShape(1, (8, 8), 1, Window2d.make(3, padding=1)),
    N_("AlexNet conv1"): LayerShape(3, (227, 227), 96, Window2d.make(11, 4)),
    N_("CIFAR-10, 12 filters of 5×5"): LayerShape(3, (32, 32), 12, Window2d.make(5, padding=2)),
    N_("ThreeLayerConvNet"): LayerShape(3, (32, 32), 32, Window2d.make(7, padding=3)),
    N_("The book's edges, 320×280"): EDGE_EXAMPLE,
}


def sharing_controls() -> LayerShape:
    """Draw the controls and return the layer."""
    with st.sidebar:
        example = EXAMPLES[
            link.select(_("Layer"), "example", list(EXAMPLES), on_change=_take_example)
        ]
        window = example.window
        channels = link.number(_("Channels C"), "channels", (1, 64), example.channels)
        height, width = in_columns(
            lambda: link.number(_("Height H"), "height", (1, 512), example.size[0]),
            lambda: link.number(_("Width W"), "width", (1, 512), example.size[1]),
        )
        filters = link.number(_("Filters F"), "filters", (1, 128), example.filters)
        padding = link.number(_("Padding on each side"), "pad", (0, 8), window.padding[0][0])
        high, wide = ((1, min(16, length + 2 * padding)) for length in (height, width))
        kernel = in_columns(
            lambda: link.number(_("Kernel height"), "kh", high, window.kernel[0]),
            lambda: link.number(_("Kernel width"), "kw", wide, window.kernel[1]),
        )
        stride = link.number(_("Stride"), "stride", (1, 8), window.stride[0])
    return LayerShape(
        channels, (height, width), filters, Window2d.make((kernel[0], kernel[1]), stride, padding)
    )


def _take_example() -> None:
    """Give every box the number of the example just chosen."""
    example = EXAMPLES[st.session_state[key_of("example")]]
    window = example.window
    numbers = {
        "channels": example.channels,
        "height": example.size[0],
        "width": example.size[1],
        "filters": example.filters,
        "pad": window.padding[0][0],
        "kh": window.kernel[0],
        "kw": window.kernel[1],
        "stride": window.stride[0],
    }
    st.session_state.update({key_of(name): value for name, value in numbers.items()})
