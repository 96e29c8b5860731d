"""Every layer at once, and how the network computes one map."""

from __future__ import annotations

import streamlit as st

from convviz.browser.overview.words import HOW
from convviz.nets.overview import detail, views
from convviz.nets.run import Run
from convviz.nets.stack import stack_text
from convviz.pages.network.exports import NAME, pass_files
from convviz.pages.network.overview_part import OverviewPart
from convviz.pages.network.steps import can_step, map_steps
from convviz.text.i18n import _
from convviz.text.numbers import whole_in
from convviz.ui.state import history, link
from convviz.ui.state.language import fragment
from convviz.ui.training.subject import Sample, Subject, pass_through, probabilities
from convviz.ui.view import View

_OPEN, _STEPS = "network map open", "network map stepped"
# In the link: layer and number of the map that is open, such as 0-3, and row and column of the cell stepped to.
_LINK, _CELL = "map", "cell"


def overview_view(subject: Subject, sample: Sample) -> None:
    """The overview, or the stepper on the map the person chose in it."""
    run = pass_through(subject, sample)
    _take_link(subject)
    stepped = st.session_state.get(_STEPS)
    if stepped is not None and not can_step(subject, *stepped):
        _back()
        stepped = None
    if stepped is not None:
        map_steps(subject, sample, run, stepped, back=_back)
        return
    title, said = [_("Network"), _("Every layer")], [stack_text(subject.net.layers)]
    if opened := _opened(subject):
        layer = subject.net.layers[opened[0]]
        title.append(f"{layer.text}, {opened[1]}")
        said.append(_(HOW[layer.kind]))
    part = _part(subject, sample, run)
    View(title, NAME, [[part]], said, *pass_files(subject, sample, run)).offer()
    fragment(_overview)(subject, sample, run)


def _overview(subject: Subject, sample: Sample, run: Run) -> None:
    """A part of its own, so that opening a map computes nothing else again."""
    _part(subject, sample, run).show()
    if _STEPS in st.session_state:
        st.rerun()  # the stepper takes the place of all this


def _part(subject: Subject, sample: Sample, run: Run) -> OverviewPart:
    opened = _opened(subject)
    return OverviewPart(
        views(subject.net, run),
        sample.pixels,
        probabilities(run),
        subject.names,
        sample.label,
        detail(subject.net, run, *opened) if opened else None,
        "network overview",
        _open,
        _step,
        _close,
    )


def _opened(subject: Subject) -> tuple[int, int] | None:
    """Layer and number of the map that is open; None for none."""
    opened: tuple[int, int] | None = st.session_state.get(_OPEN)
    return opened if opened is not None and _exists(subject, *opened) else None


def _open(layer: int, index: int) -> None:
    st.session_state[_OPEN] = (layer, index)
    st.query_params[_LINK] = f"{layer}-{index}"


def _take_link(subject: Subject) -> None:
    """Open what the link asks for, or say that there is no such map or cell."""
    history.mirror(_OPEN, _STEPS)
    asked, cell = link.asked(_LINK), link.asked(_CELL)
    if asked is None:
        return
    place = _two_numbers(asked)
    if place is None or not _exists(subject, *place):
        _forget(_("The link asks for map {wanted}, which this network does not have."), asked)
        return
    _open(*place)
    if cell is None:
        return
    where = _two_numbers(cell)
    if where is None or not can_step(subject, *place, *where):
        _forget(_("The link asks for cell {wanted}, but the steps do not reach it."), cell)
        return
    _step(*place, *where)


def _two_numbers(text: str) -> tuple[int, int] | None:
    first, _, second = text.partition("-")
    place = whole_in(first), whole_in(second)
    return None if place[0] is None or place[1] is None else (place[0], place[1])


def _forget(sentence: str, wanted: str) -> None:
    link.add_note(sentence.format(wanted=wanted))
    for key in (_LINK, _CELL) if _OPEN not in st.session_state else (_CELL,):
        st.query_params.pop(key, None)


def _step(layer: int, index: int, row: int, column: int) -> None:
    st.session_state[_STEPS] = (layer, index, row, column)
    st.query_params[_CELL] = f"{row}-{column}"


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(_LINK, None)


def _back() -> None:
    st.session_state.pop(_STEPS, None)
    link.put_all({_CELL: (), "step": ()})


def _exists(subject: Subject, layer: int, index: int) -> bool:
    return layer < len(subject.net.layers) and index < subject.net.shapes[layer + 1][0]
