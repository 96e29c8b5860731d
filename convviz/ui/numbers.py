"""Numbers in prose."""

from __future__ import annotations


def number(value: float) -> str:
    """As the browser parts write it: six digits, a real minus sign.

    Examples
    --------
    >>> number(-12.3456789), number(-0.0)
    ('−12.3457', '0')
    """
    return f"{value + 0.0:.6g}".replace("-", "−")
