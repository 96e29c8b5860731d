"""What the page's link asked for, and what to say where it asked for the impossible."""

from __future__ import annotations

import streamlit as st

from convviz.i18n import _

_ASKED = "link values not yet checked"
_NOTES = "link notes"


def read_link() -> None:
    """Remember what the link asked for. Call once at the start of each run, before any widget."""
    if _ASKED not in st.session_state:
        st.session_state[_ASKED] = st.query_params.to_dict()


def notes() -> list[str]:
    """Sentences about link values that could not be used, each returned once."""
    said: list[str] = st.session_state.pop(_NOTES, [])
    return said


def add_note(sentence: str) -> None:
    """Say a sentence about the link above the page's content."""
    st.session_state.setdefault(_NOTES, []).append(sentence)


def asked(key: str) -> str | None:
    """Take what the link asked for under a key that is not a widget's; None the second time."""
    value: str | None = st.session_state[_ASKED].pop(key, None)
    return value


def step(count: int) -> int | None:
    """The step the link asks for; None without one. Says so if the loop is shorter."""
    wanted = asked("step")
    if wanted is None:
        return None
    if not wanted.isdecimal() or int(wanted) >= count:
        add_note(
            _("The link asks for step {wanted}, but steps go from 0 to {last}.").format(
                wanted=wanted, last=count - 1
            )
        )
        return None
    return int(wanted)


def keep_step(step: int | None, count: int) -> int | None:
    """Keep in the link where the stepper rests, and return it; before its first report, what the link holds."""
    if step is not None:
        st.query_params["step"] = str(step)
    kept = st.query_params.get("step", "")
    return int(kept) if kept.isdecimal() and int(kept) < count else None
