"""Bring the catalogues up to date with the texts in the source: ``make messages``.

``make messages NEW=fr`` begins the catalogue of another language. A text belongs into the catalogues if it is an
argument of `_`, `N_`, `ngettext`, `Sentence`, `FileError` or one of its kinds, either half of a `SpecError` or a
`DataError`, or assigned to the name ``problem`` or ``suggestion``.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polib

from convviz.text.i18n import LOCALE, NAME
from scripts.serving import ROOT

MARKS = {"_": (0,), "N_": (0,), "Sentence": (0,), "SpecError": (3, 4)}
MARKS |= {"FileError": (0,), "ImageError": (0,), "ArrayError": (0,), "DataError": (1, 2)}
KEYWORDS = {"template", "problem", "suggestion"}
NAMES = {"problem", "suggestion"}
HEADER = {
    "Project-Id-Version": "convviz",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
    NAME: "",
}


@dataclass
class Message:
    """A marked text, its plural if it has one, and the files that hold it."""

    text: str
    plural: str = ""
    files: set[str] = field(default_factory=set)


@cache
def extract() -> dict[str, Message]:
    """Every marked text of the app, by its text."""
    found: dict[str, Message] = {}
    for path in sorted((ROOT / "convviz").rglob("*.py")):
        for text, plural in marked(ast.parse(path.read_text("utf-8"))):
            message = found.setdefault(text, Message(text))
            message.plural = message.plural or plural
            message.files.add(path.relative_to(ROOT).as_posix())
    return found


def marked(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(text, plural or "") of everything marked in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "ngettext":
                yield from zip(_texts(node.args[0]), _texts(node.args[1]), strict=True)
            parts = [node.args[k] for k in MARKS.get(name, ()) if k < len(node.args)]
            if name in MARKS:
                parts += [word.value for word in node.keywords if word.arg in KEYWORDS]
            yield from ((text, "") for part in parts for text in _texts(part))
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in NAMES:
            yield from ((text, "") for text in _texts(node.value))


def _texts(node: ast.expr) -> list[str]:
    """The text, or both of ``a if condition else b``; none where it is a variable."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
    return [node.value] if constant else []  # type: ignore[attr-defined]


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return {name for _before, name, _format, _how in string.Formatter().parse(text) if name}


def faults(po: polib.POFile, messages: dict[str, Message]) -> list[str]:
    """What is wrong with a catalogue, one line for each fault."""
    entries = {entry.msgid: entry for entry in po if not entry.obsolete}
    said = [] if po.metadata.get(NAME) else [f"the header lacks the language's own name: {NAME}"]
    said += [f"missing: {text!r}" for text in messages if text not in entries]
    said += [f"no longer said: {text!r}" for text in entries if text not in messages]
    for text, entry in entries.items():
        translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if not all(translations):
            said.append(f"not translated: {text!r}")
        elif entry.fuzzy:
            said.append(f"marked as unsure: {text!r}")
        elif any(placeholders(words) != placeholders(text) for words in translations):
            said.append(f"other placeholders: {text!r}")
    return said


def update(path: Path, messages: dict[str, Message]) -> None:
    """Add new texts and drop old ones; keep the translations of the others. Make the file if it is not there."""
    current = polib.pofile(str(path)) if path.exists() else polib.POFile()
    old = {entry.msgid: entry for entry in current}
    po = polib.POFile(wrapwidth=100)
    po.metadata = HEADER | current.metadata | {"Language": path.parents[1].name}
    forms = range(int(re.findall(r"nplurals=(\d+)", po.metadata["Plural-Forms"])[0]))
    for text in sorted(messages, key=lambda text: (min(messages[text].files), text)):
        message = messages[text]
        before = old.get(text)
        entry = polib.POEntry(
            msgid=text, occurrences=[(file, "") for file in sorted(message.files)]
        )
        if message.plural:
            entry.msgid_plural = message.plural
            kept = before.msgstr_plural if before else {}
            entry.msgstr_plural = {form: kept.get(form, "") for form in forms}
        else:
            entry.msgstr = before.msgstr if before else ""
        po.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(str(path))


def main(new: str = "") -> int:
    """Update every catalogue, begin the `new` one, and print what is left to do."""
    paths = set(LOCALE.glob("*/LC_MESSAGES/convviz.po"))
    paths |= {LOCALE / new / "LC_MESSAGES" / "convviz.po"} if new else set()
    messages, left = extract(), []
    for path in sorted(paths):
        update(path, messages)
        found = faults(polib.pofile(str(path)), messages)
        left += [f"{path.parents[1].name}: {fault}" for fault in found]
    print("\n".join(left) or "The catalogues are complete.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
