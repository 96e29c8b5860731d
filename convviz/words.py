"""What the browser parts say: tables of words, in English, translated when they are sent."""

from __future__ import annotations

from typing import Any

from convviz.i18n import N_, _

STEPPER: dict[str, Any] = {
    "stepper": N_("Stepper"),
    "picture": N_(
        "Input, window, products and output as grids of numbers; the text says the same."
    ),
    "first": N_("First (Home)"),
    "back": N_("Back (←)"),
    "play": N_("Play (Space)"),
    "pause": N_("Pause (Space)"),
    "next": N_("Next (→)"),
    "last": N_("Last (End)"),
    "fullscreen": N_("Fullscreen (F)"),
    "scrub": N_("Position"),
    "speed": N_("Steps per second"),
    "unit": N_("Step by"),
    "units": {
        "tap": N_("tap"),
        "cell": N_("cell"),
        "row": N_("row"),
        "filter": N_("filter"),
        "image": N_("image"),
    },
    "planes": N_("Channel shown"),
    "arithmetic": N_("Arithmetic"),
    "source": N_("Source"),
    "values": N_("Values"),
    "controls": N_("Stepping"),
    "window": N_("window"),
    "products": N_("products"),
    "output": N_("output"),
    "bias": N_("bias"),
    "runningSum": N_("sum"),
    "sumOf": N_("sum of {count} products"),
    "inputCell": N_(
        "Input {plane} row {row}, column {column}: {value}. Read by {count} output cells."
    ),
    "outputCell": N_(
        "Output row {row}, column {column}: {value}. Lit: its window. Double-click to go there."
    ),
    "tapCell": N_(
        "Tap {plane} row {row}, column {column}: {a} × {b} = {product}. Lit: every cell it meets."
    ),
}

PICTURE: dict[str, Any] = {
    "description": N_("{title} {detail}. Arrow keys move the region, Enter chooses it."),
    "pointed": N_("Value under the pointer"),
    "range": N_("Minimum {minimum}, maximum {maximum}"),
    "missing": N_("{count} cells are not finite"),
    "mapCell": N_("out[{row}, {column}] = {value}"),
    "photoCell": N_("Row {row}, column {column}: R {r}, G {g}, B {b}"),
    "grayCell": N_("Row {row}, column {column}: {value}"),
}

SPOKEN = {"sentence", "caption", "label"}  # entries of a scene that are said to a person


def translated(words: Any) -> Any:
    """A table of words, or any nesting of dicts and lists of them, in the language in use.

    Examples
    --------
    >>> translated({"units": {"tap": "tap"}, "count": 3})
    {'units': {'tap': 'tap'}, 'count': 3}
    """
    if isinstance(words, dict):
        return {name: translated(word) for name, word in words.items()}
    if isinstance(words, list | tuple):
        return [translated(word) for word in words]
    return _(words) if isinstance(words, str) else words


def spoken(meta: Any) -> Any:
    """What a scene says, translated, in all its parts; its names, keys and source stay as they are.

    Examples
    --------
    >>> spoken({"panels": [{"key": "x", "caption": "input"}]})
    {'panels': [{'key': 'x', 'caption': 'input'}]}
    """
    if isinstance(meta, dict):
        return {
            name: _(part) if name in SPOKEN and isinstance(part, str) else spoken(part)
            for name, part in meta.items()
        }
    return [spoken(part) for part in meta] if isinstance(meta, list | tuple) else meta
