"""Parts that every page shows."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from convviz.i18n import _
from convviz.ui import link
from convviz.ui.photos import photo_error

STYLE = Path(__file__).with_name("page.css")


def page_style() -> None:
    """Let the content start at the top and use the width."""
    st.html(STYLE)


def show_notes() -> None:
    """Say which upload was refused and what a link asked for in vain; nothing otherwise."""
    if error := photo_error():
        st.error(f"{error} {_('The image shown has not changed.')}")
    for sentence in link.notes():
        st.warning(sentence)
