"""The sections of ``benchmarks/RESULTS.md``: each benchmark replaces its own and leaves the others alone."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")
HEAD = "# What was measured\n\n`make bench` measures again and replaces each section by its own.\n"


def write(title: str, text: str, file: Path = FILE) -> None:
    """Replace the section of a title, or add it at the end."""
    whole = file.read_text("utf-8") if file.exists() else HEAD
    section = f"## {title}\n\n{text.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.M | re.S)
    if pattern.search(whole):
        whole = pattern.sub(lambda _: f"{section}\n", whole)
    else:
        whole = f"{whole.rstrip()}\n\n{section}"
    file.write_text(f"{whole.rstrip()}\n", "utf-8")
