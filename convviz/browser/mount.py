"""How the page gets a part that runs in the browser, and how parts that stand on the page get new data.

A part's script travels once: Streamlit is given two lines that load it from this server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.bundle import part, read

Data = dict[str, Any]


@dataclass
class Gathered:
    """Data for parts that stand on the page.

    Parameters
    ----------
    parts
        What each part shows from now on, by its key.
    numbers
        Numbers that the page does not have, by their marks.
    """

    parts: dict[str, Data] = field(default_factory=dict)
    numbers: dict[str, npt.NDArray[Any]] = field(default_factory=dict)


class _Unpicked:
    """What a part returns on which nobody has just picked anything."""

    def __getattr__(self, _name: str) -> None:
        return None


_gathered: ContextVar[Gathered | None] = ContextVar("data gathered", default=None)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Gather the data of the parts shown meanwhile, instead of drawing them; `send` then sends it."""
    gathered = Gathered()
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)


def now_gathering() -> Gathered | None:
    """Where data is gathered at present; None where parts are drawn."""
    return _gathered.get()


def mount(name: str) -> Callable[..., Any]:
    """Register the part in the folder ``browser/<name>`` as the component ``convviz.<name>``."""
    made = part(name)
    script = read("browser/loader.js").replace("ADDRESS", address_of(name))
    component = st.components.v2.component(
        f"convviz.{name}", html=made.html, css=made.css, js=script
    )

    def show(*, key: str, data: Data, **callbacks: Any) -> Any:
        gathered = now_gathering()
        if gathered is None:
            return component(key=key, data={**data, "key": key}, **callbacks)
        gathered.parts[key] = data
        return _Unpicked()

    return show


@cache
def address_of(name: str) -> str:
    """Where the script of a part is served, below the address of the app; another script has another address."""
    return f"parts/{name}.js?{fingerprint(part(name).js)[:16]}"


@cache
def script_of(name: str) -> str:
    """The script of a part, with all that it imports."""
    return part(name).js


def send(gathered: Gathered) -> None:
    """Send data to the parts on the page. They keep it until they are drawn again, or other data comes."""
    arrays: dict[str, npt.NDArray[Any]] = {}

    def packed(value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            return value
        arrays[f"array {len(arrays)}"] = value.ravel()
        return {"array": f"array {len(arrays) - 1}"}

    parts = {
        key: {name: packed(value) for name, value in data.items()}
        for key, data in gathered.parts.items()
    }
    numbers = {mark: packed(cells) for mark, cells in gathered.numbers.items()}
    _live()(key="live data", data={"parts": parts, "numbers": numbers, **arrays})


@cache
def _live() -> Callable[..., Any]:
    return mount("live")


def fingerprint(*parts: object, arrays: list[npt.NDArray] | None = None) -> str:  # type: ignore[type-arg]
    """A digest by which the browser sees that it already has this data."""
    digest = hashlib.sha256(repr(parts).encode())
    for array in arrays or []:
        digest.update(array.tobytes())
    return digest.hexdigest()
