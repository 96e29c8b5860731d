"""The stepper: a browser component that draws any `Scene` and moves through its steps."""

from __future__ import annotations

import streamlit as st

from convviz.components import fingerprint, join_modules, read
from convviz.trace import Scene, scene_data

MODULES = (
    "scene",
    "format",
    "colour",
    "brush",
    "planes",
    "draw",
    "measure",
    "grids",
    "stack",
    "layout",
    "text",
    "names",
    "controls",
    "clock",
    "links",
    "pointer",
    "stage",
    "units",
    "player",
    "stepper",
)

WORDS = {
    "stepper": "Stepper",
    "picture": "Input, window, products and output as grids of numbers; the text says the same.",
    "first": "First (Home)",
    "back": "Back (←)",
    "play": "Play (Space)",
    "pause": "Pause (Space)",
    "next": "Next (→)",
    "last": "Last (End)",
    "fullscreen": "Fullscreen (F)",
    "scrub": "Position",
    "speed": "Steps per second",
    "unit": "Step by",
    "units": {"tap": "tap", "cell": "cell", "row": "row", "filter": "filter", "image": "image"},
    "planes": "Channel shown",
    "arithmetic": "Arithmetic",
    "source": "Source",
    "values": "Values",
    "controls": "Stepping",
    "window": "window",
    "products": "products",
    "output": "output",
    "bias": "bias",
    "runningSum": "sum",
    "sumOf": "sum of {count} products",
    "inputCell": "Input {plane} row {row}, column {column}: {value}. Read by {count} output cells.",
    "outputCell": (
        "Output row {row}, column {column}: {value}. Lit: its window. Double-click to go there."
    ),
    "tapCell": (
        "Tap {plane} row {row}, column {column}: {a} × {b} = {product}. Lit: every cell it meets."
    ),
}


_component = st.components.v2.component(
    "convviz.stepper",
    html=read("stepper/stepper.html"),
    css=read("stepper/stepper.css"),
    js=join_modules(*(f"stepper/{name}.js" for name in MODULES)),
)


def step_through(scene: Scene, *, key: str, seek: int | None = None, nonce: int = 0) -> int | None:
    """Show a scene and let the person step through it.

    Parameters
    ----------
    scene
        What to draw.
    key
        Streamlit key of the component.
    seek
        Step to go to when first shown and whenever `nonce` changes; the end of the first
        visit if None.
    nonce
        Change it to move a stepper already on the page.

    Returns
    -------
    int or None
        The step at which the person last paused; None before the first report.
    """
    data = scene_data(scene)
    arrays = [array for name, array in data.items() if name != "scene"]
    data |= {
        "fingerprint": fingerprint(data["scene"], arrays=arrays),
        "seek": seek,
        "nonce": nonce,
        "words": WORDS,
    }
    result = _component(key=key, data=data, on_step_change=lambda: None)
    return None if result.step is None else int(result.step)
