"""The stepper: a browser component that draws any `Scene` and moves through its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from convviz.browser.mount import fingerprint, mount
from convviz.text.i18n import _
from convviz.text.words import STEPPER, translated
from convviz.trace import Scene, scene_data

_component = mount("stepper")


def step_through(
    scene: Scene,
    *,
    key: str,
    seek: int | None = None,
    nonce: int | str = 0,
    leave: Callable[[int], None] | None = None,
    rested: Callable[[int, int | str], None] | None = None,
    notes: Sequence[Mapping[str, str]] = (),
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
    leave
        Called with the step before the next run, when the person presses the button back to the photo or Escape;
        None for no such button.
    rested
        Called before the next run with the step at which the person paused, and the `nonce` of which the stepper
        had heard by then.
    notes
        What the link says where the stepper rests beside the step: settings for each visit; () for nothing.

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
        "leaves": leave is not None,
        "notes": [dict(each) for each in notes],
        "words": translated(STEPPER),
    }

    def left() -> None:
        if leave is not None and (at := st.session_state[key].left) is not None:
            leave(int(at["step"]))

    def paused() -> None:
        if rested is not None and (at := st.session_state[key].step) is not None:
            rested(int(at["step"]), at["nonce"])

    result = _component(key=key, data=data, on_step_change=paused, on_left_change=left)
    return None if result.step is None else int(result.step["step"])
