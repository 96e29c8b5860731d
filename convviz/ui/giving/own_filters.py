"""Filters of the network trained in this session, kept as they were when they were taken, and weights brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from convviz.pipeline import Own, Stored, first_filters
from convviz.text.i18n import _
from convviz.ui.state import link
from convviz.ui.training import jobs

PIPELINE = "pipeline"  # in the link: the stages, with filters by their digest
MOST_KEPT = 16
_KEPT = "own filters"


def can_take() -> bool:
    """Whether a network has been trained in this session, or is being trained."""
    return jobs.current() is not None


def take_filters() -> Own:
    """The first layer of the session's network as it is now.

    Raises
    ------
    SpecError
        If it cannot be shown.
    """
    training = jobs.current()
    assert training is not None
    own = first_filters(training.job.trainer)
    put_filters([own])
    return own


def put_filters(filters: Iterable[Stored]) -> None:
    """Keep filters, to be found by their digest."""
    new = list(filters)
    kept = [each for each in _kept() if each not in new]
    st.session_state[_KEPT] = [*kept, *new][-MOST_KEPT:]


def find_filters(digest: str) -> Stored | None:
    """Filters a link names; where they are not in this session, the page says so."""
    found = next((own for own in _kept() if own.digest == digest), None)
    if found is None:
        link.add_note(
            _(
                "This link uses filters that a link cannot hold: those of a network trained in another "
                "session, or many weights. Showing the filters of the pretrained network. A scene file "
                "can hold them."
            )
        )
    return found


def filters_shown(pipelines: Sequence[str]) -> tuple[Stored, ...]:
    """The filters named in these pipelines, for a scene file."""
    named = {own.digest: own for own in _kept() if any(own.digest in text for text in pipelines)}
    return tuple(named.values())


def _kept() -> list[Stored]:
    kept: list[Stored] = st.session_state.get(_KEPT, [])
    return kept
