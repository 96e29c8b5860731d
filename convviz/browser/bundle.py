"""How the parts that run in the browser are put together: each file, and what it imports, as one text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
IMPORTS = {
    ".js": re.compile(r'^import .* from "(\.\.?/.*)";\n', re.M),
    ".css": re.compile(r'^@import "(\.\.?/.*)";\n', re.M),
}
INSERTED = re.compile(r'<!-- insert "(.*)" -->')


@dataclass(frozen=True)
class Part:
    """A part that runs in the browser: its script, and where it has them, its markup and its style."""

    html: str | None
    css: str | None
    js: str


@cache
def part(name: str) -> Part:
    """The part whose files are ``browser/<name>/<name>.html``, ``.css`` and ``.js``.

    In its markup, ``<!-- insert "../other/other.html" -->`` stands for that file.
    """
    path = f"browser/{name}/{name}"
    html = read(f"{path}.html") if (PACKAGE / f"{path}.html").is_file() else None
    if html is not None:
        html = INSERTED.sub(lambda found: read(f"browser/{name}/{found[1]}"), html)
    css = bundle(f"{path}.css") if (PACKAGE / f"{path}.css").is_file() else None
    return Part(html, css, bundle(f"{path}.js"))


def bundle(entry: str) -> str:
    """One text out of a script or a style and all that it imports, each file once, before those that import it.

    The files then share one scope: two of them must not declare the same name. `entry` is a path below this
    package, for example ``"export/standalone.js"``.
    """
    imports = IMPORTS[Path(entry).suffix]
    texts: dict[Path, str] = {}
    begun: set[Path] = set()

    def add(path: Path) -> None:
        if path in begun:
            return
        begun.add(path)
        text = path.read_text("utf-8")
        for imported in imports.findall(text):
            add((path.parent / imported).resolve())
        texts[path] = re.sub(r"^export (?!default)", "", imports.sub("", text), flags=re.M)

    add((PACKAGE / entry).resolve())
    return "\n".join(texts.values())


def read(path: str) -> str:
    """A text file below this package."""
    return (PACKAGE / path).read_text("utf-8")
