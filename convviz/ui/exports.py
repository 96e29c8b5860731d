"""What a page offers to take away: each function draws one group of the bar's controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context

import numpy.typing as npt
import streamlit as st

from convviz.export import (
    Conv,
    animated_gif,
    arrays_file,
    numpy_script,
    step_page,
    torch_script,
    zip_file,
)
from convviz.export.animation import MOST_FRAMES
from convviz.export.code import ARRAYS
from convviz.export.still import step_png
from convviz.i18n import _
from convviz.trace import Scene

SPEEDS = (0.5, 1, 2, 3, 5, 10, 20)


def steps_export(scene: Scene, step: int | None, name: str) -> None:
    """The stepper as a page that plays offline, and its steps as an animation.

    Parameters
    ----------
    scene
        What is stepped through.
    step
        The step shown, where the page begins.
    name
        Of the files, without ending.
    """
    st.markdown(f"**{_('The stepping')}**")
    _download(
        _("Web page that plays offline (.html)"),
        lambda: step_page(scene, step).html,
        f"{name}.html",
        "text/html",
    )
    shown = scene.steps_per_visit - 1 if step is None else step
    picture_export(lambda: step_png(scene, shown), name)
    names = [unit.name for unit in scene.units]
    unit = scene.units[
        names.index(
            st.selectbox(_("One frame for each"), names, min(1, len(names) - 1), format_func=_)
        )
    ]
    total = scene.visits * scene.steps_per_visit
    count = -(-total // unit.steps)
    first, last = 1, count
    if count > 1:
        upper = min(count, MOST_FRAMES)
        first, last = st.slider(_("Frames"), 1, count, (1, upper))
    speed = st.select_slider(_("Frames per second"), SPEEDS, 2)
    ends = [min((k + 1) * unit.steps, total) - 1 for k in range(first - 1, last)]
    if len(ends) > MOST_FRAMES:
        st.caption(_("At most {count} frames.").format(count=MOST_FRAMES))
    _download(
        _("Animation (.gif)"),
        lambda: animated_gif(scene, ends, speed),
        f"{name}.gif",
        "image/gif",
        disabled=len(ends) > MOST_FRAMES,
    )


def picture_export(make: Callable[[], bytes], name: str) -> None:
    """A picture for slides, twice as fine as the screen."""
    _download(_("Picture for slides (.png)"), make, f"{name}.png", "image/png")


def arrays_export(arrays: Callable[[], Mapping[str, npt.ArrayLike]], name: str) -> None:
    """The arrays under their names, as NumPy reads them."""
    _download(
        _("Arrays (.npz)"), lambda: arrays_file(arrays()), f"{name}.npz", "application/octet-stream"
    )


def code_export(conv: Callable[[], Conv], name: str) -> None:
    """Scripts that compute what is shown, with the arrays they need."""
    _download(
        _("Code: NumPy and PyTorch (.zip)"), lambda: _code(conv()), f"{name}.zip", "application/zip"
    )


def _code(conv: Conv) -> bytes:
    return zip_file(
        {
            "conv_numpy.py": numpy_script(conv),
            "conv_torch.py": torch_script(conv),
            ARRAYS: arrays_file(conv.arrays),
        }
    )


def _download(
    label: str, make: Callable[[], str | bytes], name: str, kind: str, *, disabled: bool = False
) -> None:
    """A button whose file is made when it is asked for, in the language of this run."""
    context = copy_context()
    st.download_button(
        label,
        lambda: context.copy().run(make),
        name,
        kind,
        on_click="ignore",
        width="stretch",
        disabled=disabled,
    )
