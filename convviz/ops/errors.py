"""The one error of a setting that cannot work, and the checks that raise it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.types import Pair


class SpecError(ValueError):
    """A setting that cannot work, and what would.

    Parameters
    ----------
    argument
        Name of the offending argument.
    value
        What was given.
    limit
        The limit that it breaks.
    problem, suggestion
        The two halves of the sentence shown, "<problem>: <suggestion>", with placeholders in braces for
        ``argument``, ``value``, ``limit`` and `words`. So the sentence can be said in another language.
    **words
        Other values in the sentence.

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


def require_int(name: str, value: object, least: int) -> int:
    """The value as an int, once it is a whole number of at least ``least``; True is not a number here.

    Raises
    ------
    SpecError
        If it is not.

    Examples
    --------
    >>> require_int("padding", np.uint8(2), least=0)  # a uint8 would overflow where sizes are added up
    2
    """
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
    return int(value)


def require_number(name: str, value: object, least: float, *, above: bool = False) -> float:
    """The value as a float, once it is a finite number of at least ``least``, or ``above`` it.

    Raises
    ------
    SpecError
        If it is not.

    Examples
    --------
    >>> require_number("eps", 0, least=0)
    0.0
    >>> require_number("sigma", 0, least=0, above=True)
    Traceback (most recent call last):
        ...
    convviz.ops.errors.SpecError: sigma 0 is out of range: use a finite number above 0
    """
    real = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    number = float(value) if real else float("nan")  # type: ignore[arg-type]
    if not np.isfinite(number) or number < least or (above and number == least):
        raise SpecError(
            name,
            value,
            least,
            "{argument} {value} is out of range",
            "use a finite number above {limit}" if above else "use a finite number from {limit} on",
        )
    return number


def require_pair(name: str, value: object, least: int) -> Pair:
    """The value as a pair of ints, once it is a pair of whole numbers of at least ``least``.

    Raises
    ------
    SpecError
        If it is not.

    Examples
    --------
    >>> require_pair("stride", (2, np.int8(1)), least=1)
    (2, 1)
    """
    if not (isinstance(value, tuple) and len(value) == 2):
        raise SpecError(
            name,
            value,
            "pair",
            "{argument} {value!r} is not a pair",
            "use an int or (height, width) for {argument}",
        )
    return require_int(name, value[0], least), require_int(name, value[1], least)


def require_word(name: str, value: object, words: Sequence[str]) -> None:
    """Refuse a value that is not one of the words a setting may have.

    Raises
    ------
    SpecError
        With the words.

    Examples
    --------
    >>> require_word("ties", "last", ("split", "first"))
    Traceback (most recent call last):
        ...
    convviz.ops.errors.SpecError: ties 'last' is unknown: use one of split, first
    """
    if value not in words:
        raise SpecError(
            name,
            value,
            words,
            "{argument} {value!r} is unknown",
            "use one of {words}",
            words=", ".join(words),
        )
