"""Reading the course's ``*_param`` dictionaries, so that a misspelt key cannot pass unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from convviz.ops.errors import SpecError


def read_param(
    name: str, param: Mapping[str, Any], keys: Collection[str], optional: Collection[str] = ()
) -> list[Any]:
    """The values of a dictionary that must have all of ``keys`` and may have ``optional``.

    Parameters
    ----------
    name
        What the dictionary is called, for the error.
    param
        The dictionary.
    keys
        Keys that must be there.
    optional
        Keys that may be there.

    Returns
    -------
    list
        The value of each of `keys`, in their order.

    Raises
    ------
    SpecError
        If a key is missing or unknown; `argument` is that key.

    Examples
    --------
    >>> read_param("conv_param", {"stride": 2, "pad": 1}, ("stride", "pad"))
    [2, 1]
    >>> read_param("dropout_param", {"mode": "test", "P": 0.5}, ("mode",), optional=("p", "seed"))
    Traceback (most recent call last):
    ...
    convviz.ops.errors.SpecError: dropout_param has an unknown key 'P': give 'mode'; 'p', 'seed' are optional
    """
    advice = "give {keys}; {optional} are optional" if optional else "give {keys}"
    words = {
        "name": name,
        "keys": ", ".join(map(repr, keys)),
        "optional": ", ".join(map(repr, optional)),
    }
    for key in keys:
        if key not in param:
            raise SpecError(key, None, keys, "{name} has no key {argument!r}", advice, **words)
    for key, value in param.items():
        if key not in keys and key not in optional:
            raise SpecError(
                key, value, keys, "{name} has an unknown key {argument!r}", advice, **words
            )
    return [param[key] for key in keys]
