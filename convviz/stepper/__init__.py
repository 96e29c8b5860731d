"""The stepper: a browser component that draws any `Scene` and moves through its steps.

The JavaScript is a handful of modules without a build step. Streamlit takes one text, so the modules are
joined as they stand: `join_modules` drops the lines that import siblings and the word ``export``.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import streamlit as st

from convviz.trace import Scene, scene_data

FOLDER = Path(__file__).parent
MODULES = ("scene", "format", "colour", "layout", "draw", "text", "controls", "player")

WORDS = {
    "stepper": "Stepper",
    "picture": "Input, window, products and output as grids of numbers; the text below says the same.",
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
    "outputCell": "Output row {row}, column {column}: {value}. Its window is lit. Double-click to go there.",
    "tapCell": "Tap {plane} row {row}, column {column}: {a} × {b} = {product}. Lit: every input cell it meets.",
}


def join_modules(entry: str, modules: tuple[str, ...], folder: Path) -> str:
    """One text out of ES modules that import each other by name, in dependency order."""
    texts = [(folder / f"{name}.js").read_text("utf-8") for name in (*modules, entry)]
    joined = "\n".join(re.sub(r'^import .* from "\./.*";$', "", text, flags=re.M) for text in texts)
    return re.sub(r"^export (?!default)", "", joined, flags=re.M)


_component = st.components.v2.component(
    "convviz.stepper",
    html=(FOLDER / "stepper.html").read_text("utf-8"),
    css=(FOLDER / "stepper.css").read_text("utf-8"),
    js=join_modules("stepper", MODULES, FOLDER),
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
        Step to go to when first shown and whenever `nonce` changes; the end of the first visit if None.
    nonce
        Change it to move a stepper already on the page.

    Returns
    -------
    int or None
        The step at which the person last paused; None before the first report.
    """
    data = scene_data(scene)
    digest = hashlib.sha256(repr(data["scene"]).encode())
    for name, array in data.items():
        if name != "scene":
            digest.update(array.tobytes())
    data |= {"fingerprint": digest.hexdigest(), "seek": seek, "nonce": nonce, "words": WORDS}
    result = _component(key=key, data=data, on_step_change=lambda: None)
    return None if result.step is None else int(result.step)
