"""How the page gets a part that runs in the browser, and how parts that stand on the page get new data.

A part's script travels once: Streamlit is given two lines that load it from this server.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
    known
        Marks of numbers that the browser has by another way.
    """

    parts: dict[str, Data] = field(default_factory=dict)
    numbers: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    known: Collection[str] = ()


class _Unpicked:
    """What a part returns on which nobody has just picked anything."""

    def __getattr__(self, _name: str) -> None:
        return None


_gathered: ContextVar[Gathered | None] = ContextVar("data gathered", default=None)


@contextmanager
def gathering(known: Collection[str] = ()) -> Iterator[Gathered]:
    """Gather the data of the parts shown meanwhile, instead of drawing them; `send` then sends it.

    Numbers with the `known` marks are left out.
    """
    gathered = Gathered(known=known)
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)


def now_gathering() -> Gathered | None:
    """Where data is gathered at present; None where parts are drawn."""
    return _gathered.get()


def together() -> AbstractContextManager[object]:
    """Let the parts drawn inside stand without a gap; where data is gathered, nothing is drawn."""
    return nullcontext() if now_gathering() else st.container(gap=None)


def mount(name: str) -> Callable[..., Any]:
    """A function that shows the part in the folder ``browser/<name>``, the component ``convviz.<name>``."""

    def show(*, key: str, data: Data, **callbacks: Any) -> Any:
        gathered = now_gathering()
        if gathered is None:
            return _registered(name)(key=key, data=_sent({**data, "key": key}), **callbacks)
        gathered.parts[key] = data
        return _Unpicked()

    return show


def _sent(data: Data) -> bytes | list[Data]:
    """Data of one part as Streamlit passes it on unread.

    Among the values of a dictionary it would look for tables. For that it imports pandas, and the first visitor
    would wait for it longer than for all else that is computed.
    """
    parts, arrays = packed({"": data})
    return joined({"data": parts[""]}, {}, arrays) if arrays else [data]


@cache
def _registered(name: str) -> Callable[..., Any]:
    made = part(name)
    script = read("browser/loader.js").replace("ADDRESS", address_of(name))
    return st.components.v2.component(f"convviz.{name}", html=made.html, css=made.css, js=script)


@cache
def address_of(name: str) -> str:
    """Where the script of a part is served, below the address of the app; another script has another address."""
    return f"parts/{name}.js?{fingerprint(part(name).js)[:16]}"


@cache
def script_of(name: str) -> str:
    """The script of a part, with all that it imports."""
    return part(name).js


def packed(parts: dict[str, Data]) -> tuple[dict[str, Data], list[npt.NDArray[Any]]]:
    """The data of parts with its arrays beside it: each in one row, and named by its place among them."""
    arrays: list[npt.NDArray[Any]] = []

    def apart(value: Any) -> Any:
        if not isinstance(value, np.ndarray):
            return value
        arrays.append(value.ravel())
        return {"array": len(arrays) - 1}

    return {
        key: {name: apart(value) for name, value in data.items()} for key, data in parts.items()
    }, arrays


def send(gathered: Gathered, said: Sequence[str], follow: Data) -> None:
    """Send data to the parts on the page. They keep it until they are drawn again, or other data comes.

    Parameters
    ----------
    gathered
        The data.
    said
        Markdown, a line each, that stands where the element is drawn.
    follow
        How the page asks for other data: see `convviz.ui.state.follow`.
    """
    _registered("live")(
        key="live data", data=in_bytes(gathered, {"said": [*said], "follow": follow})
    )


def in_bytes(gathered: Gathered, more: Data) -> bytes:
    """Data of parts, and more beside it."""
    parts, arrays = packed(gathered.parts)
    return joined({"parts": parts, **more}, gathered.numbers, arrays)


def joined(
    head: Data, numbers: Mapping[str, npt.NDArray[Any]], arrays: Sequence[npt.NDArray[Any]] = ()
) -> bytes:
    """A line of JSON, its length before it, and then the arrays, each at a multiple of 8 bytes."""
    kinds = [[array.dtype.str[1:], array.size] for array in [*numbers.values(), *arrays]]
    line = json.dumps({**head, "marks": [*numbers], "kinds": kinds}).encode()
    blocks = [len(line).to_bytes(4, "little") + line]
    blocks += [np.ascontiguousarray(array).tobytes() for array in [*numbers.values(), *arrays]]
    return b"".join(block + bytes(-len(block) % 8) for block in blocks)


def fingerprint(*parts: object, arrays: list[npt.NDArray] | None = None) -> str:  # type: ignore[type-arg]
    """A digest by which the browser sees that it already has this data."""
    digest = hashlib.sha256(repr(parts).encode())
    for array in arrays or []:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
