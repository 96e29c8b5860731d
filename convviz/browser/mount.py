"""How the page gets a part that runs in the browser."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy.typing as npt
import streamlit as st

from convviz.browser.bundle import part


def mount(name: str) -> Callable[..., Any]:
    """Register the part in the folder ``browser/<name>`` as the component ``convviz.<name>``."""
    made = part(name)
    return st.components.v2.component(f"convviz.{name}", html=made.html, css=made.css, js=made.js)


def fingerprint(*parts: object, arrays: list[npt.NDArray] | None = None) -> str:  # type: ignore[type-arg]
    """A digest by which the browser sees that it already has this data."""
    digest = hashlib.sha256(repr(parts).encode())
    for array in arrays or []:
        digest.update(array.tobytes())
    return digest.hexdigest()
