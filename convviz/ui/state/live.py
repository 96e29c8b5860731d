"""A view that runs again by itself when a control beside it changes: a live run.

Every element that a run draws costs the browser about 3 ms and the server 1 ms, also where it looks as before. A
whole run draws the controls and the view. After a change of a control only a fragment runs: it *reads* the
controls, which stand on the page already, and sends the parts of the view new data, all in one element. It calls
the same functions as the whole run to do so: those of `link` and `switch` then return what is chosen, and draw
nothing.

Where the controls would look different, the page follows: at once where one comes or goes, or offers something
else; when the hand rests where only the bounds of a number have moved, or where the view can wait for the change.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

import streamlit as st

from convviz.browser.cells import forget_numbers
from convviz.browser.mount import Gathered, gathering, send
from convviz.ops.errors import SpecError
from convviz.ui.internals import requests
from convviz.ui.internals.requests import is_run_of, may_run_at_once, page_of_run
from convviz.ui.state import language, told
from convviz.ui.state.follow import (
    Differs,
    begin_following,
    end_following,
    renew_following,
)
from convviz.ui.state.left_out import is_left_out
from convviz.ui.state.reduced import is_reduced
from convviz.ui.state.shown import stay

RESTS = 0.6  # seconds without a change: the hand rests
_NAME, _SHARING, _ROOM = "live view", "share", "room wanted"
_HAS_VIEW, _READY = "page has a live view", "live view can run alone"
Settings = TypeVar("Settings")


@dataclass
class _Controls:
    """The controls of a page: how the last whole run drew them, or those that a live run has read so far."""

    looks: dict[str, object] = field(default_factory=dict)
    bounds: dict[str, object] = field(default_factory=dict)
    sliders: dict[str, int] = field(default_factory=dict)
    drawn: _Controls | None = None  # by the whole run, where they are read now
    is_behind: bool = False


_now: ContextVar[_Controls | None] = ContextVar("controls drawn or read", default=None)


def reads() -> bool:
    """Whether the controls are only read in this run."""
    now = _now.get()
    return now is not None and now.drawn is not None


def draws() -> bool:
    """Whether this run draws what comes now: not where controls are only read, or lie in a group left out."""
    return not reads() and not is_left_out()


def is_read(key: str, look: object, bounds: object = None) -> bool:
    """Whether a control is only to be read; else it is to be drawn.

    Parameters
    ----------
    key
        In the session.
    look
        What the control offers. A change of it is seen at once.
    bounds
        Of a number, or whatever else can change without the view. A change of them is seen when the hand rests.
    """
    now = _now.get()
    if now is None:
        return False
    if is_left_out():
        look = bounds = None  # nobody sees it
    now.looks[key], now.bounds[key] = look, bounds
    if now.drawn is not None and now.drawn.looks.get(key, Differs) != look:
        raise Differs
    return now.drawn is not None


def note_slider(key: str, value: int) -> None:
    """Note a slider that the view can follow while it is dragged, and its value."""
    if now := _now.get():
        now.sliders[key] = value


def depends_on(name: str, look: object) -> None:
    """Note something else by which the page looks different; a change of it is seen at once."""
    is_read(name, look)


def stands(name: str, is_wanted: bool) -> bool:
    """Whether a control is to be drawn; where it is only read, whether it stands on the page.

    Where it comes or goes, that is seen when the hand rests.
    """
    is_read(name, None, is_wanted)
    now = _now.get()
    if now is None or now.drawn is None or is_left_out():
        return is_wanted
    return bool(now.drawn.bounds[name])


def popover(label: str, **look: Any) -> AbstractContextManager[Any]:
    """`st.popover` for controls."""
    return st.popover(label, **look) if draws() else nullcontext()


def on_change() -> Any:
    """What Streamlit is to do when the control changes that is drawn next."""
    return run_whole if _now.get() is None else run_view


def markdown(name: str, said: str) -> None:
    """`st.markdown` beside controls; what it says from now on is seen when the hand rests."""
    if not is_read(name, None, said) and draws():
        st.markdown(said)


def columns(shape: int | Sequence[int]) -> list[AbstractContextManager[Any]]:
    """`st.columns` for controls and parts: places for them where they are drawn."""
    count = shape if isinstance(shape, int) else len(shape)
    return [*st.columns(shape)] if draws() else [nullcontext()] * count


def container(**look: Any) -> AbstractContextManager[Any]:
    """`st.container` for controls."""
    return st.container(**look) if draws() else nullcontext()


def show(
    controls: Callable[[], Settings],
    view: Callable[[Settings], None],
    said: Callable[[Settings], Sequence[str]],
    place: AbstractContextManager[Any],
) -> None:
    """Draw the controls of a page and its view.

    Parameters
    ----------
    controls
        Draws the controls with the functions of `link`, `switch` and this module, and returns what they are set
        to. Everything else it draws it has to leave out where the controls are only read.
    view
        Draws the view of these settings: parts that run in the browser. In a live run they get new data.
    said
        What is said of the settings: markdown, a line each.
    place
        Where that stands.
    """
    drawn = _Controls()
    with _using(drawn):
        settings = controls()
    view(settings)
    runs = itertools.count()

    def make() -> tuple[Settings, _Controls]:
        now = _Controls(drawn=drawn)
        with _using(now):
            chosen = _read(controls, now)
            view(chosen)
        return chosen, now

    def answer() -> tuple[Sequence[str], dict[str, int]]:
        chosen, now = make()
        return said(chosen), now.sliders

    follower = begin_following(answer)

    def part() -> None:
        gathered, chosen, now = Gathered(), settings, drawn
        with follower.run():
            if next(runs):  # not the first, which draws the whole page
                stay()
                told.begin()
                try:
                    with gathering(follower.sent) as gathered:
                        chosen, now = make()
                except Differs:
                    st.rerun()
                follower.renew()
                told.tell()
            send(gathered, said(chosen), follower.offer(now.sliders))
        if now.bounds != drawn.bounds or now.is_behind:
            _run_at_rest()

    with place:
        language.fragment(part, name=_NAME)()
    st.session_state[_HAS_VIEW] = True


def _read(controls: Callable[[], Settings], now: _Controls) -> Settings:
    """What the controls are set to.

    Raises
    ------
    Differs
        If they would look different, or the whole page has to run for another reason.
    """
    try:
        settings = controls()
    except SpecError as error:
        raise Differs from error
    if now.drawn is None or now.looks != now.drawn.looks or _is_taken_along():
        raise Differs
    return settings


def _is_taken_along() -> bool:
    """Whether files or a link of what is shown are offered, or phones in a room are told of it, by a whole run."""
    return bool(st.session_state.get(_SHARING) or st.session_state.get(_ROOM) or is_reduced())


def fall_behind() -> None:
    """Note that a control shows another value than the one it was read as."""
    if (now := _now.get()) and not is_left_out():
        now.is_behind = True


def move_control() -> None:
    """Call before the session sets a control to another value: a live run ends here, and the whole page runs."""
    if reads():
        raise Differs


def begin() -> None:
    """Begin a run of the whole page. Until it has ended, a change is a reason for another."""
    st.session_state[_READY], st.session_state[_HAS_VIEW] = "", False
    forget_numbers()
    end_following()


def end() -> None:
    """End a run of the whole page."""
    st.session_state[_READY] = page_of_run() if st.session_state[_HAS_VIEW] else ""
    renew_following()


def _run_at_rest() -> None:
    """Run the whole page when the hand rests: the browser asks also for the changes before the last."""
    runs, changed = itertools.count(), monotonic()

    def part() -> None:
        if next(runs) and monotonic() - changed >= RESTS:
            st.rerun()

    language.fragment(part, every=RESTS)()


@contextmanager
def _using(controls: _Controls) -> Iterator[None]:
    token = _now.set(controls)
    try:
        yield
    finally:
        _now.reset(token)


def run_whole() -> None:
    """Let the next run be one of the whole page, also where a change of the view alone comes before it starts.

    Call in a callback; one of the view's own parts calls `st.rerun` too, as `run_whole_now` does.
    """
    st.session_state[_READY] = ""


def run_whole_now() -> None:
    """Begin a run of the whole page, out of a callback that may be in a run of the view alone."""
    run_whole()
    st.rerun()


@may_run_at_once
def run_view() -> None:
    """Run only the view, unless the page is not whole yet, is being turned, or is taken along.

    Call in the callback of a control.
    """
    if st.session_state.get(_READY) == page_of_run() and not _is_taken_along():
        if not is_run_of(_NAME):
            st.rerun(_NAME)
    elif is_run_of(_NAME):
        st.rerun()


def run_at_once() -> None:
    """From now on let a change of a control run only the view from the start. Call once, as the server starts."""
    requests.run_at_once(_NAME, _READY)
