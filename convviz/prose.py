"""Numbers in prose."""

from __future__ import annotations

import re


def number(value: float, digits: int = 6) -> str:
    """As the browser parts write it: so many digits, a real minus sign.

    Examples
    --------
    >>> number(-12.3456789), number(-0.0), number(-12.3456789, digits=4)
    ('−12.3457', '0', '−12.35')
    """
    return f"{value + 0.0:.{digits}g}".replace("-", "−")


def without_markup(markdown: str) -> str:
    r"""A sentence without its markup, in one line.

    Examples
    --------
    >>> without_markup(":small[:material/warning: A **bold** word and `code`.]  \nMore")
    'A bold word and code. More'
    """
    text = re.sub(r":material/\w+: ?|\*\*|`", "", markdown)
    text = re.sub(r":small\[(.*?)\](?=\s|$)", r"\1", text, flags=re.S)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    return " ".join(text.split())
