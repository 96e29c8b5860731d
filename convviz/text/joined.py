"""Sentences and lists that are put together, with the marks of the language in use."""

from __future__ import annotations

from collections.abc import Iterable

from convviz.text.i18n import _


def sentences(said: Iterable[str]) -> str:
    """Sentences one after the other; empty ones are left out, and a Chinese full stop needs no space.

    Examples
    --------
    >>> sentences(["It fits.", "", "It ends."]), sentences(["完。", "又完。"])
    ('It fits. It ends.', '完。又完。')
    """
    return " ".join(filter(None, said)).replace("。 ", "。")


def listed(names: Iterable[str]) -> str:
    """Several in a row, with what the language has between two.

    Examples
    --------
    >>> listed(["stride 1", "padding 2"])
    'stride 1, padding 2'
    """
    return _("{first}, {second}").format(first="", second="").join(names)
