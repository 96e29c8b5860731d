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
        The two halves of the sentence shown, "<problem>: <suggestion>", with placeholders in braces for
        ``argument``, ``value``, ``limit`` and `words`. So the sentence can be said in another language.
    **words
        What else the sentence names.

    Examples
    --------
    >>> print(SpecError("stride", 0, 1, "stride {value} is too small", "use at least {limit}"))
    stride 0 is too small: use at least 1
    """

    def __init__(
        self,
        argument: str,
        value: object,
        limit: object,
        problem: str,
        suggestion: str,
        **words: object,
    ):
        self.argument, self.value, self.limit = argument, value, limit
        self.problem, self.suggestion = problem, suggestion
        self.words = {"argument": argument, "value": value, "limit": limit, **words}
        super().__init__(f"{problem}: {suggestion}".format(**self.words))


def require_int(name: str, value: object, least: int) -> None:
    """Refuse what is not a whole number of at least ``least``; True is not a number here."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise SpecError(
            name,
            value,
            "int",
            "{argument} {value!r} is not a whole number",
            "use an int of at least {least}",
            least=least,
        )
    if value < least:
        raise SpecError(
            name,
            value,
            least,
            "{argument} {value} is too small",
            "use {argument} of at least {limit}",
        )


def require_pair(name: str, value: object, least: int) -> None:
    """Refuse what is not a pair of whole numbers of at least ``least``."""
    if not (isinstance(value, tuple) and len(value) == 2):
        raise SpecError(
            name,
            value,
            "pair",
            "{argument} {value!r} is not a pair",
            "use an int or (height, width) for {argument}",
        )
    for item in value:
        require_int(name, item, least)
