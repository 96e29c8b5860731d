"""Reading the course's ``*_param`` dictionaries, so that a misspelt key cannot pass unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from convviz.ops.errors import SpecError, require_int


def read_param(
    name: str,
    param: Mapping[str, Any],
    keys: Collection[str],
    optional: Mapping[str, Any] | None = None,
) -> list[Any]:
    """The values of a dictionary that must have all of ``keys`` and may have those of ``optional``.

    Parameters
    ----------
    name
        What the dictionary is called, for the error.
    param
        The dictionary.
    keys
        Keys that must be there.
    optional
        Keys that may be there, and what they are otherwise.

    Returns
    -------
    list
        The value of each of `keys`, then of each of `optional`, in their order.

    Raises
    ------
    SpecError
        If it is not a dictionary, or a key is missing or unknown; `argument` is that key.

    Examples
    --------
    >>> read_param("dropout_param", {"p": 0.5}, ("p",), {"seed": None})
    [0.5, None]
    >>> read_param("dropout_param", {"P": 0.5, "p": 0.5}, ("p",), {"seed": None})
    Traceback (most recent call last):
    ...
    convviz.ops.errors.SpecError: dropout_param has an unknown key 'P': give 'p'; 'seed' may be left out
    """
    defaults = optional or {}
    suggestion = "give {keys}"
    if defaults:
        suggestion = "give {keys}; {optional} may be left out" if keys else "it may have {optional}"
    words = {
        "name": name,
        "keys": ", ".join(map(repr, keys)),
        "optional": ", ".join(map(repr, defaults)),
    }
    if not isinstance(param, Mapping):
        raise SpecError(
            name, param, keys, "{argument} {value!r} is not a dictionary", suggestion, **words
        )
    for key in keys:
        if key not in param:
            raise SpecError(key, None, keys, "{name} has no key {argument!r}", suggestion, **words)
    for key, value in param.items():
        if key not in keys and key not in defaults:
            raise SpecError(
                key, value, keys, "{name} has an unknown key {argument!r}", suggestion, **words
            )
    return [param[key] for key in keys] + [param.get(key, value) for key, value in defaults.items()]


def read_ints(name: str, param: Mapping[str, Any], least: Mapping[str, int]) -> dict[str, int]:
    """A dictionary of whole numbers, each of at least what ``least`` says for its key.

    Raises
    ------
    SpecError
        If a key is missing or unknown, or a value is out of range.

    Examples
    --------
    >>> read_ints("conv_param", {"stride": 2, "pad": 1}, {"stride": 1, "pad": 0})
    {'stride': 2, 'pad': 1}
    >>> read_ints("conv_param", {"stride": 2, "pad": (1, 1)}, {"stride": 1, "pad": 0})
    Traceback (most recent call last):
    ...
    convviz.ops.errors.SpecError: pad (1, 1) is not a whole number: use an int of at least 0
    """
    values = read_param(name, param, least)
    return {
        key: require_int(key, value, least[key]) for key, value in zip(least, values, strict=True)
    }


def require_mode(name: str, mode: object) -> None:
    """Refuse a ``mode`` other than "train" and "test".

    Raises
    ------
    SpecError
        Naming the dictionary it is in.

    Examples
    --------
    >>> require_mode("bn_param", "training")
    Traceback (most recent call last):
    ...
    convviz.ops.errors.SpecError: bn_param has mode 'training': use 'train' or 'test'
    """
    if mode not in ("train", "test"):
        raise SpecError(
            "mode",
            mode,
            ("train", "test"),
            "{name} has mode {value!r}",
            "use 'train' or 'test'",
            name=name,
        )
