"""Numbers in prose."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

LEAST, WHOLE = 1e-4, 1e15  # numbers beyond are written with an exponent
CELL_WHOLE = 1e6  # in a cell


def number(value: float, digits: int = 6) -> str:
    """As the browser parts write it: so many significant digits, and all of those before the point.

    The same rule as ``numberText`` in ``browser/shared/format.js``; a test compares them.

    Examples
    --------
    >>> number(-12.3456789), number(-0.0), number(-12.3456789, digits=4), number(float("-inf"))
    ('−12.3457', '0', '−12.35', '−∞')
    >>> number(3111110.856), number(0.000012345678), number(1234.5, digits=2)
    ('3111111', '1.23457e−5', '1235')
    """
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    size = abs(value)
    if size and not LEAST <= size < WHOLE:
        return _with_exponent(value, digits)
    whole = len(str(int(size)))
    text = f"{_rounded(value, max(digits, whole)):f}"
    return _plain(text)


def cell_number(value: float) -> str:
    """The short form for a cell: whole numbers whole, others with three significant digits, small ones with two.

    The same rule as ``cellText`` in ``browser/shared/format.js``; a test compares them.

    Examples
    --------
    >>> [cell_number(value) for value in (250.0, -0.5, 12.345, 0.0133, 0.00429, 0.00042, 1234567.0)]
    ['250', '−0.5', '12.3', '0.0133', '0.0043', '4.2e−4', '1.2e6']
    """
    size = abs(value)
    if not size or math.isnan(size) or math.isinf(size):
        return number(value)
    if size >= CELL_WHOLE or size < 1e-3:
        return _with_exponent(value, 2)
    if size < 0.01:
        return number(value, 2)
    return number(value, 3)


def _rounded(value: float, digits: int) -> Decimal:
    """To so many significant digits, halves away from zero as in a browser."""
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(float(value))


def _with_exponent(value: float, digits: int) -> str:
    mantissa, exponent = f"{_rounded(value, digits):e}".split("e")
    return f"{_plain(mantissa)}e{int(exponent)}".replace("-", "−")


def _plain(text: str) -> str:
    """Without zeros at its end, with a real minus sign."""
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short.replace("-", "−")


def without_markup(markdown: str) -> str:
    r"""A sentence without its markup, in one line.

    Examples
    --------
    >>> without_markup(":small[:material/warning: A **bold** word and `code`.]  \nMore")
    'A bold word and code. More'
    """
    text = re.sub(r":material/\w+: ?|\*\*|`", "", markdown)
    text = re.sub(r":[a-z]+\[(.*?)\](?=\s|$)", r"\1", text, flags=re.S)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    return " ".join(text.split())


def signed(value: int) -> str:
    """A whole number with a real minus sign."""
    return str(value).replace("-", "−")
