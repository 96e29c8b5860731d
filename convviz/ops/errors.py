"""The one error of a setting that cannot work, and the checks that raise it."""

from __future__ import annotations

import numpy as np


class SpecError(ValueError):
    """A setting that cannot work, and what would.

    Parameters
    ----------
    argument
        Name of the offending argument.
    value
        What was given.
    limit
        What it was held against.
    problem, suggestion
        The two halves of the sentence shown: "<problem>: <suggestion>".
    """

    def __init__(self, argument: str, value: object, limit: object, problem: str, suggestion: str):
        super().__init__(f"{problem}: {suggestion}")
        self.argument, self.value, self.limit = argument, value, limit
        self.suggestion = suggestion


def require_int(name: str, value: object, least: int) -> None:
    """Refuse what is not a whole number of at least ``least``; True is not a number here."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise SpecError(
            name,
            value,
            "int",
            f"{name} {value!r} is not a whole number",
            f"use an int of at least {least}",
        )
    if value < least:
        raise SpecError(
            name, value, least, f"{name} {value} is too small", f"use {name} of at least {least}"
        )


def require_pair(name: str, value: object, least: int) -> None:
    """Refuse what is not a pair of whole numbers of at least ``least``."""
    if not (isinstance(value, tuple) and len(value) == 2):
        raise SpecError(
            name,
            value,
            "pair",
            f"{name} {value!r} is not a pair",
            f"use an int or (height, width) for {name}",
        )
    for item in value:
        require_int(name, item, least)
