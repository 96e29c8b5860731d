"""A text becomes a number, within bounds: links, scene files and boxes may say anything.

Python reads no whole number of 4,301 digits, takes "1e999" for infinity and "1_0" for 10. What comes from outside
is read here.
"""

from __future__ import annotations

import re

from convviz.text.limits import LARGEST_NUMBER, LONGEST_NUMBER

_WHOLE = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def whole_in(text: str) -> int | None:
    """The whole number, 0 or more, that a text of at most nine digits says; None for any other text.

    Examples
    --------
    >>> whole_in("12"), whole_in("-1"), whole_in("1e3"), whole_in("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if _WHOLE.fullmatch(text) else None


def number_in(text: str) -> float | None:
    """The number that a text says, from −`LARGEST_NUMBER` to `LARGEST_NUMBER`; None for any other text.

    Examples
    --------
    >>> number_in("-2.5"), number_in("1e3"), number_in("1e999"), number_in("nan"), number_in("9" * 309)
    (-2.5, 1000.0, None, None, None)
    """
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if abs(number) <= LARGEST_NUMBER else None


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers of a text, separated by spaces.

    Raises
    ------
    ValueError
        The first word that `number_in` cannot read.

    Examples
    --------
    >>> numbers_in("0 -1 0.5")
    (0.0, -1.0, 0.5)
    """
    read = [(word, number_in(word)) for word in text.split()]
    if wrong := [word for word, number in read if number is None]:
        raise ValueError(wrong[0])
    return tuple(number for _, number in read if number is not None)
