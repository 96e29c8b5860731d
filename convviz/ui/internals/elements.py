"""The elements of a page."""

from __future__ import annotations

import re

from streamlit.delta_generator import DeltaGenerator as DeltaGenerator


def class_of(key: str) -> str:
    """The class in the document of the element with a key.

    Examples
    --------
    >>> class_of("bias 0")
    'st-key-bias-0'
    """
    return f"st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}"
