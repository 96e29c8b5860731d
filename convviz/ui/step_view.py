"""The stepper on a page: its step kept in the link, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy.typing as npt
import streamlit as st

from convviz.browser.stepper import step_through
from convviz.export.arrays import scene_arrays
from convviz.export.code import Code
from convviz.trace import Scene
from convviz.ui.giving.exports import offer_arrays, offer_code, offer_steps
from convviz.ui.state import history, link

Arrays = Mapping[str, npt.ArrayLike]


@dataclass(frozen=True)
class Together:
    """A setting that says at which visit the stepper rests: each follows the other, and the setting leads."""

    visit: int  # that the setting says
    now: Callable[[], int | None]  # the same before a run, when the person may have set it anew
    choose: Callable[[int], None]  # sets it to another, before the next run
    notes: Sequence[Mapping[str, str]]  # what the link then says of each visit


def step_view(
    scene: Scene,
    name: str,
    code: Callable[[], Code],
    about: Sequence[str],
    *,
    start: int | None = None,
    arrays: Callable[[], Arrays] | None = None,
    moves: bool = False,
    leave: Callable[[], None] | None = None,
    together: Together | None = None,
) -> None:
    """Step through a scene.

    Parameters
    ----------
    scene
        What is stepped through.
    name
        Of the files that can be taken away, and of the stepper among the page's views.
    code
        Makes what its scripts compute, when they are asked for.
    about
        What the page that plays offline says above the stepper: a title, and the settings.
    start
        The step to begin at where the link asks for none; the end of the first visit by default.
    arrays
        Makes the arrays; by default those of the scene and of its code.
    moves
        Whether another start moves a stepper that is already on the page.
    leave
        Called before the next run when a person goes back to the photo; None where there is none to go back to.
    together
        A setting with which it moves; then it has no other start.
    """
    if together:
        step: int | None = _stepped_together(scene, name, together)
    else:
        step = _stepped(scene, name, start, moves=moves, leave=leave)
    offer_steps(scene, step, name, about)
    offer_arrays(arrays or (lambda: {**code().arrays, **scene_arrays(scene)}), name)
    offer_code(code, name)


def _stepped(
    scene: Scene,
    name: str,
    start: int | None,
    *,
    moves: bool,
    leave: Callable[[], None] | None,
) -> int | None:
    """Show the stepper; return the step at which it rests."""
    count = scene.visits * scene.steps_per_visit
    first = link.first_step(f"{name} {start}" if moves else name, count)
    seek = start if first is None else first
    nonce = f"{start} {history.count()}" if moves else history.count()

    def left(step: int) -> None:
        link.put("step", str(step))  # a run that would do so may have been cut short
        if leave:
            leave()

    step = step_through(
        scene, key=f"{name} stepper", seek=seek, nonce=nonce, leave=left if leave else None
    )
    kept = link.keep_step(step, count)
    return seek if kept is None and moves else kept


def _stepped_together(scene: Scene, name: str, together: Together) -> int:
    """Show the stepper at the visit that a setting says; return the step at which it rests."""
    length, key = scene.steps_per_visit, f"{name} visit"
    before, moved = st.session_state.get(key, (together.visit, 0))
    moved += together.visit != before
    st.session_state[key] = (together.visit, moved)

    def rested(step: int, heard: int | str) -> None:
        visit, moved = st.session_state[key]
        if together.now() != visit or heard != _nonce(moved):
            return  # it does not know yet where the setting has sent it
        visit = step // length
        st.session_state[key] = (visit, moved)
        link.put_all({"step": str(step), **together.notes[visit]})  # as the browser did: at once
        together.choose(visit)

    def in_visit(step: int | None) -> int | None:
        return step if step is not None and step // length == together.visit else None

    count = scene.visits * length
    asked = in_visit(link.first_step(name, count))
    seek = length * (together.visit + 1) - 1 if asked is None else asked
    step = step_through(
        scene,
        key=f"{name} stepper",
        seek=seek,
        nonce=_nonce(moved),
        rested=rested,
        notes=together.notes,
    )
    rests = in_visit(step)
    rests = seek if rests is None else rests
    if "step" in st.query_params:
        link.keep_step(rests, count)
    return rests


def _nonce(moved: int) -> str:
    """What changes where the stepper is to go elsewhere: the setting has moved, or a link was brought back."""
    return f"{moved} {history.count()}"
