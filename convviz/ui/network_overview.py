"""Every layer at once, and how one map came about."""

from __future__ import annotations

import streamlit as st

from convviz.nets.overview import detail, views
from convviz.nets.run import Run
from convviz.network import Actions, show_network
from convviz.ui import link
from convviz.ui.language import fragment
from convviz.ui.network_exports import offer_pass
from convviz.ui.network_layers_picture import offer_layers_picture
from convviz.ui.network_steps import can_step, step_view
from convviz.ui.network_subject import Sample, Subject, pass_through, probabilities

_OPEN, _STEPS = "network map open", "network map stepped"
_LINK = "map"  # in the link: layer and number of the map that is open, such as 0-3


def overview_view(subject: Subject, sample: Sample) -> None:
    """The overview, or the stepper on the map the person chose in it."""
    run = pass_through(subject, sample)
    offer_pass(subject, sample, run)
    if (asked := link.asked(_LINK)) is not None:
        _open_asked(asked)
    stepped = st.session_state.get(_STEPS)
    if stepped is not None and not can_step(subject, *stepped):
        del st.session_state[_STEPS]
        stepped = None
    if stepped is not None:
        step_view(subject, sample, run, *stepped, back=_back)
    else:
        offer_layers_picture(subject, sample, run, _opened(subject))
        fragment(_overview)(subject, sample, run)


def _overview(subject: Subject, sample: Sample, run: Run) -> None:
    """A part of its own, so that opening a map computes nothing else again."""
    opened = _opened(subject)
    show_network(
        views(subject.net, run),
        sample.pixels,
        probabilities(run),
        subject.names,
        key="network overview",
        actions=Actions(_open, _step, _close),
        label=sample.label,
        detail=None if opened is None else detail(subject.net, run, *opened),
    )
    if _STEPS in st.session_state:
        st.rerun()  # the stepper takes the place of all this


def _opened(subject: Subject) -> tuple[int, int] | None:
    """The map whose making is shown."""
    opened: tuple[int, int] | None = st.session_state.get(_OPEN)
    return opened if opened is not None and _exists(subject, *opened) else None


def _open(layer: int, index: int) -> None:
    st.session_state[_OPEN] = (layer, index)
    st.query_params[_LINK] = f"{layer}-{index}"


def _open_asked(asked: str) -> None:
    layer, _, index = asked.partition("-")
    if layer.isdecimal() and index.isdecimal():
        _open(int(layer), int(index))


def _step(layer: int, index: int) -> None:
    st.session_state[_STEPS] = (layer, index)


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.query_params.pop(_LINK, None)


def _back() -> None:
    st.session_state.pop(_STEPS, None)


def _exists(subject: Subject, layer: int, index: int) -> bool:
    return layer < len(subject.net.layers) and index < subject.net.shapes[layer + 1][0]
