"""Sentences that repeat what a link, a file or a person wrote: shown as they are, never read as Markdown."""

from __future__ import annotations

import re

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.text.i18n import explain
from convviz.text.words import shown_name

JOINER = "\u2060"  # invisible: breaks what Streamlit would find in the text after its marks have been read


def plain(text: str) -> str:
    r"""Text as Markdown that shows it as it is: links and file names may say anything.

    Examples
    --------
    >>> plain("a ![b](c) for 1.5")
    'a \\!\\[b\\]\\(c\\) for 1.5'
    """
    marked = re.sub(r"([\\`*_{}\[\]()<>#+!|$~:-])", r"\\\1", text)
    # Addresses become links, and :words: icons, whatever stands before them.
    return re.sub(r"(?i)(www)(?=\.)|(:|@)(?=[\w/])", rf"\1\2{JOINER}", marked)


def plain_name(name: str) -> str:
    """The name of a sample or of an own photo where Markdown is read."""
    return plain(shown_name(name))


def say_error(error: SpecError | str) -> None:
    """Say in a red box why something cannot be done."""
    text = explain(error) if isinstance(error, SpecError) else error
    st.error("  \n".join(map(plain, text.splitlines())))
