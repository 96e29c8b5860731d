"""How the browser parts are put together: plain ES modules, joined into the one text Streamlit takes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy.typing as npt

PACKAGE = Path(__file__).parents[1]


def join_modules(*modules: str) -> str:
    """One text out of ES modules that import each other by relative name, given in dependency order.

    Lines that import a sibling are dropped, and so is the word ``export``, except before ``default``.

    Parameters
    ----------
    *modules
        Paths below this package, for example ``"browser/stepper/scene.js"``; the entry last.
    """
    texts = [(PACKAGE / module).read_text("utf-8") for module in modules]
    joined = "\n".join(
        re.sub(r'^import .* from "\.\.?/.*";$', "", text, flags=re.M) for text in texts
    )
    return re.sub(r"^export (?!default)", "", joined, flags=re.M)


def bundle(entry: str) -> str:
    """One text out of an ES module and all that it imports.

    Parameters
    ----------
    entry
        Path below this package, for example ``"export/standalone.js"``.
    """
    seen: set[str] = set()
    ordered: list[str] = []

    def add(module: str) -> None:
        if module in seen:
            return
        seen.add(module)
        path = PACKAGE / module
        for sibling in re.findall(r'^import .* from "(\.\.?/.*)";$', read(module), flags=re.M):
            add((path.parent / sibling).resolve().relative_to(PACKAGE.resolve()).as_posix())
        ordered.append(module)

    add(entry)
    return join_modules(*ordered)


def read(path: str) -> str:
    """A text file below this package."""
    return (PACKAGE / path).read_text("utf-8")


def fingerprint(*parts: object, arrays: list[npt.NDArray] | None = None) -> str:  # type: ignore[type-arg]
    """A digest by which the browser sees that it already has this data."""
    digest = hashlib.sha256(repr(parts).encode())
    for array in arrays or []:
        digest.update(array.tobytes())
    return digest.hexdigest()
