"""Numbers in prose."""

from __future__ import annotations


def number(value: float, digits: int = 6) -> str:
    """As the browser parts write it: so many digits, a real minus sign.

    Examples
    --------
    >>> number(-12.3456789), number(-0.0), number(-12.3456789, digits=4)
    ('−12.3457', '0', '−12.35')
    """
    return f"{value + 0.0:.{digits}g}".replace("-", "−")
