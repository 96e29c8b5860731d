"""What a page that steps or computes offers to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy.typing as npt
import streamlit as st

from convviz.export import (
    animated_gif,
    arrays_file,
    step_page,
    step_png,
    zip_file,
)
from convviz.export.code import Code, code_files
from convviz.text.i18n import _, in_use
from convviz.text.limits import MOST_FRAMES
from convviz.trace import Scene
from convviz.ui.cache import once
from convviz.ui.giving.room import tell_loop
from convviz.ui.giving.share import File, download, offer_file, offer_group

SPEEDS = (0.5, 1, 2, 3, 5, 10, 20)


def offer_steps(scene: Scene, step: int | None, name: str, about: Sequence[str]) -> None:
    """The stepper as a page that plays offline, the step shown as a picture, and an animation.

    The page begins at `step`, or at the end of the first visit; `name` is that of the files, without ending.
    `about` is the title of the page that plays offline, and the settings.
    """
    shown = scene.steps_per_visit - 1 if step is None else step
    tell_loop(lambda: _phone_page(scene, tuple(about), in_use()))
    offer_file(
        File(
            _("Web page (.html)"),
            lambda: step_page(scene, shown, about).html,
            f"{name}.html",
            "text/html",
            _("Opens in any browser, also offline, and steps with the same keys."),
        )
    )
    offer_picture(lambda: step_png(scene, shown), name)
    offer_group(lambda: _animation(scene, name))


@once(16)
def _phone_page(scene: Scene, about: tuple[str, ...], _language: str) -> str:
    """The page by which phones step through a loop. It costs 40 ms, and an open room gets it in each run."""
    return step_page(scene, about=about).html


def offer_picture(make: Callable[[], bytes], name: str) -> None:
    """A picture twice as fine as the screen."""
    label, use = _("Picture (.png)"), _("Twice the resolution of the screen, for slides.")
    offer_file(File(label, make, f"{name}.png", "image/png", use))


def offer_arrays(arrays: Callable[[], Mapping[str, npt.ArrayLike]], name: str) -> None:
    """The arrays under their names."""
    label, use = _("Arrays (.npz)"), _("For numpy.load.")
    kind = "application/octet-stream"
    offer_file(File(label, lambda: arrays_file(arrays()), f"{name}.npz", kind, use))


def offer_code(code: Callable[[], Code], name: str) -> None:
    """Scripts that compute what is shown, with the arrays they need; `code` runs when the file is made."""
    label, use = _("Code (.zip)"), _("A NumPy and a PyTorch script that compute what is shown.")
    offer_file(
        File(label, lambda: zip_file(code_files(code())), f"{name}.zip", "application/zip", use)
    )


def _animation(scene: Scene, name: str) -> None:
    """Range and speed of the animation."""
    st.markdown(f"**{_('Animation')}**")
    left, right = st.columns(2)
    names = [unit.name for unit in scene.units]
    unit = left.selectbox(_("One frame for each"), names, min(1, len(names) - 1), format_func=_)
    speed = right.select_slider(_("Frames per second"), SPEEDS, 2)
    length, total = scene.units[names.index(unit)].steps, scene.visits * scene.steps_per_visit
    count = -(-total // length)
    first, last = 1, count
    if count > 1:
        first, last = st.slider(_("Frames"), 1, count, (1, min(count, MOST_FRAMES)))
    steps = [min(k * length, total) - 1 for k in range(first, last + 1)]
    many = len(steps) > MOST_FRAMES
    if many:
        st.caption(_("At most {count} frames.").format(count=MOST_FRAMES))
    gif = File(
        _("Animation (.gif)"), lambda: animated_gif(scene, steps, speed), f"{name}.gif", "image/gif"
    )
    download(gif, disabled=many)
