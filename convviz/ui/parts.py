"""Parts that every page shows."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from convviz.i18n import _
from convviz.ui import link
from convviz.ui.photos import photo_error

STYLE = Path(__file__).with_name("page.css")


def page_style() -> None:
    """Let the content start at the top and use the width. First of all: what comes before it would move."""
    st.html(STYLE)


def plain(text: str) -> str:
    r"""Text as Markdown that shows it as it is: links and file names may say anything.

    Examples
    --------
    >>> plain("a ![b](c) for 1.5")
    'a \\!\\[b\\]\\(c\\) for 1.5'
    """
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$~:-])", r"\\\1", text)


def show_notes() -> None:
    """Say which upload was refused and what a link asked for in vain; nothing otherwise."""
    if error := photo_error():
        st.error(plain(f"{error} {_('The image shown has not changed.')}"))
    if notes := link.notes():
        st.warning("  \n".join(map(plain, notes)))
