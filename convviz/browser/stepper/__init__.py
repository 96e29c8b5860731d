"""The stepper: a browser component that draws any `Scene` and moves through its steps."""

from __future__ import annotations

import streamlit as st

from convviz.browser.bundle import fingerprint, join_modules, read
from convviz.text.i18n import _
from convviz.text.words import STEPPER, translated
from convviz.trace import Scene, scene_data

PARTS = (
    "scene",
    "format",
    "colour",
    "brush",
    "planes",
    "terms",
    "tally",
    "operators",
    "measure",
    "grids",
    "options",
    "place",
    "stack",
    "layout",
    "termgrids",
    "draw",
    "element",
    "said",
    "arithmetic",
    "text",
    "names",
    "keys",
    "controls",
    "clock",
    "rest",
    "links",
    "pointer",
    "space",
    "stage",
    "units",
    "question",
    "predict",
    "present",
    "photo",
    "player",
    "stepper",
)
SHARED = ("format", "colour", "element")  # other components use them too


def _file(part: str) -> str:
    return f"browser/{'shared' if part in SHARED else 'stepper'}/{part}.js"


MODULES = (
    *(_file(part) for part in PARTS[: PARTS.index("photo")]),
    *(f"browser/picture/{part}.js" for part in ("canvas", "marks", "pixels")),  # what draws a photo
    *(_file(part) for part in PARTS[PARTS.index("photo") :]),
)

_component = st.components.v2.component(
    "convviz.browser.stepper",
    html=read("browser/stepper/stepper.html"),
    css=read("browser/stepper/stepper.css"),
    js=join_modules(*MODULES),
)


def step_through(
    scene: Scene, *, key: str, seek: int | None = None, nonce: int | str = 0
) -> int | None:
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
    data = scene_data(scene, _)
    arrays = [array for name, array in data.items() if name != "scene"]
    data |= {
        "fingerprint": fingerprint(data["scene"], arrays=arrays),
        "seek": scene.steps_per_visit - 1 if seek is None else seek,
        "nonce": nonce,
        "words": translated(STEPPER),
    }
    result = _component(key=key, data=data, on_step_change=lambda: None)
    return None if result.step is None else int(result.step)
