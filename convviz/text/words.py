"""What the browser parts say: tables of words, in English, translated when they are sent."""

from __future__ import annotations

import re
from typing import Any

from convviz.text.i18n import N_, _

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
    "predict": N_("Guess first (G)"),
    "present": N_("Present (P)"),
    "fullscreen": N_("Fullscreen (F)"),
    "more": N_("More"),
    "leave": N_("Back to the photo (Esc)"),
    "guess": N_("Your guess for {cell}"),
    "asks": N_("What will {cell} be?"),
    "noGuess": N_("Type a number."),
    "rule": N_("Whole numbers must be exact, others within {percent} %."),
    "right": N_("{guess} is right."),
    "near": N_("{guess} is right, within {percent} % of {result}."),
    "wrong": N_("Not {guess}: it is {result}."),
    "scrub": N_("Position"),
    "speed": N_("Steps per second"),
    "unit": N_("Step by"),
    "planes": N_("Channel shown"),
    "arithmetic": N_("Arithmetic"),
    "source": N_("Source"),
    "values": N_("Values"),
    "controls": N_("Stepping"),
    "window": N_("window"),
    "framed": N_("{title}, framed: {name}"),
    "windowAt": N_("{title}. The window: rows {top} to {bottom}, columns {left} to {right}."),
    "cellAt": N_("{title}. Row {row}, column {column} of {name}: {value}."),
    "folds": {"sum": N_("sum"), "max": N_("max")},
    "termsOf": N_("{count} terms"),
    "windowCell": N_(
        "{label} {plane} row {row}, column {column}: {value}. Windows that touch it: {count}."
    ),
    "notYet": N_("not computed yet"),
    "plainCell": N_("{label} row {row}, column {column}: {value}"),
    "outputCell": N_(
        "{label} row {row}, column {column}: {value}. Lit: its window. Double-click to go there."
    ),
    "tapCell": N_(
        "Tap {plane} row {row}, column {column}: {a} × {b} = {product}. Lit: every cell it is "
        "multiplied with."
    ),
    "tapValue": N_("Tap row {row}, column {column}: {a}. Lit: every cell it is multiplied with."),
}

PICTURE: dict[str, Any] = {
    "description": N_("{title} {detail}. Arrow keys move the region, Enter chooses it."),
    "pointed": N_("Value under the pointer"),
    "range": N_("Minimum {minimum}, maximum {maximum}"),
    "missing": N_("{count} cells are not finite"),
    "mapCell": N_("out[{row}, {column}] = {value}"),
    "photoCell": N_("Row {row}, column {column}: R {r}, G {g}, B {b}"),
    "grayCell": N_("Row {row}, column {column}: {value}"),
    "unitCell": N_("Unit [{row}, {column}]: {value}"),
    "unitDescription": N_("{title} {detail}. Arrow keys move the pointer, Enter chooses."),
    "slide": N_("Slide the kernel over the photo"),
    "rest": N_("Pause"),
    "pace": N_("Time for the whole map"),
    "seconds": N_("{count} s"),
}

LENS: dict[str, Any] = {
    "arithmetic": N_("Arithmetic of the cell pointed at"),
    "window": N_("window"),
    "sum": N_("out[{row}, {column}] = {parts} + bias {bias} = {value}"),
    "max": N_("out[:, {row}, {column}], the largest of each window: {parts}"),
    "mean": N_("out[:, {row}, {column}], the mean of each window: {parts}"),
    "large": N_(
        "A {rows}×{columns} window has more numbers than there is room for here; the loop shows them."
    ),
    "hint": N_("Click either picture: the loop begins there. Drag the frame to move it."),
}

CONNECTIONS: dict[str, Any] = {
    "matrix": N_("Connection matrix. Arrow keys move from connection to connection."),
    "weights": N_("Weights of the filters. Arrow keys move from weight to weight."),
    "hint": N_(
        "Rows are outputs, columns are inputs. Point at a connection to see which others share "
        "its weight. Below: the filters, one a row, with a kernel for each channel."
    ),
    "ownHint": N_(
        "Rows are outputs, columns are inputs. Every connection has a weight of its own."
    ),
    "connection": N_("out[{f}, {i}, {j}] takes x[{c}, {row}, {column}]."),
    "none": N_("out[{f}, {i}, {j}] does not take x[{c}, {row}, {column}]."),
    "sharedBy": N_("Weight w[{f}, {c}, {u}, {v}] is shared by {count} connections."),
    "own": N_("It has a weight of its own, shared by no other."),
}

CHANNELS: dict[str, Any] = {
    "drawn": N_(
        "Channels and filters as dots, connected by lines. Arrow keys move from dot to dot."
    ),
    "hint": N_("Point at a dot: all that it is connected to lights up. Each group has a colour."),
    "sees": N_("Filter {k}, group {g}, sees channels {first} to {last}: {count} of {all}."),
    "seesOne": N_("Filter {k}, group {g}, sees channel {first} alone, 1 of {all}."),
    "seenBy": N_(
        "Channel {k} is seen by filters {first} to {last} of group {g}: {count} of {all}."
    ),
    "seenByOne": N_("Channel {k} is seen by filter {first} of group {g} alone, 1 of {all}."),
}


PRODUCT: dict[str, Any] = {
    "grid": N_("{name}, {size} numbers. Arrow keys move from number to number."),
    "hint": N_(
        "Point at a number: all that belongs to it lights up in the input, both matrices, their "
        "product and the maps."
    ),
    "copied": N_(
        "x_pad[0, {c}, {row}, {column}] = {value} lies in {count} windows: x_cols holds it {count} "
        "times."
    ),
    "once": N_("x_pad[0, {c}, {row}, {column}] = {value} lies in 1 window: x_cols holds it once."),
    "uncopied": N_(
        "x_pad[0, {c}, {row}, {column}] = {value} lies in no window: x_cols does not hold it."
    ),
    "copies": N_("copies of each number"),
    "times": N_(
        "Copies of each number x_pad[0, :, {row}, {column}]: {count}, one for each window that holds it."
    ),
    "column": N_(
        "x_cols[{k}, {l}] = x_pad[0, {c}, {row}, {column}] = {value}, copied for window [{i}, {j}]. "
        "It meets the weights in column {k} of w_rows."
    ),
    "row": N_(
        "w_rows[{f}, {k}] = w[{f}, {c}, {u}, {v}] = {value}. It meets row {k} of x_cols, one number "
        "in each of {windows} windows."
    ),
    "output": N_("out[0, {f}, {i}, {j}] = row {f} of w_rows · column {l} of x_cols = {value}"),
}


def group_name(groups: str, channels: int) -> str:
    """So many groups, in the language in use; one is the standard, one for each of some channels is depthwise.

    Examples
    --------
    >>> group_name("4", 4)
    '4 groups: depthwise'
    """
    if groups == "1":
        return _("1 group: standard")
    if groups == str(channels):
        return _("{groups} groups: depthwise").format(groups=groups)
    return _("{groups} groups").format(groups=groups)


# What stands around a question of a lesson, an exercise or a room.
QUESTION = {
    "predict": N_("Predict"),
    "answer": N_("Your answer"),
    "check": N_("Check"),
    "number": N_("{text} is not a number. Write one such as 8192 or -0.5."),
}


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


def shown_name(name: str) -> str:
    """The name of an input in the language in use; what tells it from others of its name stays.

    Examples
    --------
    >>> shown_name("Numbers, n = 1 (2)"), shown_name("mine (2).png")
    ('Numbers, n = 1 (2)', 'mine (2).png')
    """
    begun = re.match(r"(.+?)((?:, n = \d+)?(?: \(\d+\))?)$", name, re.DOTALL)
    return _(begun[1]) + begun[2] if begun else name
