"""Numbers in brackets, as NumPy, torch, TensorFlow and Python print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from convviz.numbers.refusals import (
    Place,
    cut_short,
    number_at,
    too_many,
    uneven,
    uneven_blocks,
    wrong_at,
)
from convviz.numbers.tables import read_table
from convviz.text.i18n import N_

Nested: TypeAlias = Any  # a list of lists of … numbers
DEEPEST = 4  # axes
_LONGEST_WRAPPING = 500  # characters before the brackets, and behind them
_CALLS = (
    r"(?:\w+\.)*(?:array|asarray|as_tensor|tensor|Tensor|FloatTensor|DoubleTensor|Parameter|Array|"
    r"DeviceArray|constant|Variable|matrix|list)\s*\("
)
_BEFORE = re.compile(
    rf"\s*(?:[\w.]+\s*=\s*)?(?:Parameter containing:\s*)?"
    rf"(?:<tf\.(?:Tensor|Variable)[^<>\[\]]*numpy=\s*)?(?:{_CALLS}\s*)*"
)
_AFTER = re.compile(
    r"(?:\s*,\s*(?:(?:dtype|device|grad_fn|requires_grad|weak_type|name|order|copy)\s*=\s*"
    r"(?:'[^'\[\]]*'|\"[^\"\[\]]*\"|<\w+>|[\w.]+)|(?:shape|size)\s*=\s*(?:\w+(?:\.\w+)*\()?\([0-9, ]*\)\)?|"
    r"(?:\w+\.)?(?:float|int|uint|bool|double|half)\w*))*\s*,?[\s)>;,]*"
)
_TOKEN = re.compile(r"np\.\w+\([^()\[\],\s]*\)|numpy\.\w+\([^()\[\],\s]*\)|[\[\](),]|[^\s\[\](),]+")


@dataclass
class _Reading:
    """How far a text has been read."""

    most: int
    open: list[list[Nested]] = field(default_factory=lambda: [[]])  # lists not yet closed
    opened_by: list[str] = field(default_factory=list)  # their brackets
    depth: int = 0  # of the first number; each number has it
    count: int = 0  # numbers so far
    comma: bool = False  # whether one was read since the last number or list
    commas: bool | None = None  # whether commas stand between; None until two things have been read
    last: Place | None = None  # of the number read last
    lengths: dict[int, int] = field(default_factory=dict)  # of the list closed last, by depth

    @property
    def place(self) -> Place:
        """Where the next number stands."""
        outer, *inner = [len(items) + 1 for items in self.open]
        if inner and self.open[-1] and isinstance(self.open[-1][-1], list):
            inner.append(1)  # between two rows
        counts = inner if len(inner) > 1 and outer == 1 else [outer, *(inner or [1])]
        *blocks, row, column = counts
        return Place(row, column, ", ".join(map(str, blocks)))

    @property
    def block(self) -> str:
        """The block that closes next, which holds rows or blocks."""
        outer, *inner = [len(items) + 1 for items in self.open[:-1]]
        return ", ".join(map(str, inner or [outer]))


def read_brackets(text: str, most: int) -> Nested:
    r"""The numbers between brackets, nested as they are.

    Raises
    ------
    ArrayError
        If the brackets do not match, the rows are uneven, or something between them is no number.

    Examples
    --------
    >>> read_brackets("array([[1., 2.],\n       [3., 4.]], dtype=float32)", most=9)
    [[1.0, 2.0], [3.0, 4.0]]
    """
    core, wrapped = _without_wrapping(text)
    if ";" in core and core.count("[") == 1:
        return read_table(core.strip("[] \n").replace(";", "\n"), most)  # as MATLAB writes a matrix
    reading = _Reading(most)
    for match in _TOKEN.finditer(core):
        _take(match.group(), reading)
    if len(reading.open) > 1:
        raise wrong_at(
            reading.last or reading.place,
            N_("the text ends here without “{text}”"),
            "".join({"[": "]", "(": ")"}[each] for each in reversed(reading.opened_by)),
        )
    parts = reading.open[0]
    if len(parts) > 1 and wrapped:
        raise wrong_at(Place(1, 1), N_("“{text}” holds more than one array"), text.strip())
    if len(parts) > 1 and len({len(part) for part in parts}) > 1:
        raise wrong_at(Place(1, 1), N_("“{text}” holds more than one array"), text.strip())
    return parts if len(parts) > 1 else parts[0]


def _without_wrapping(text: str) -> tuple[str, bool]:
    """What stands between the outer brackets, with them, and whether a call stands around it."""
    start, end = text.index("["), text.rfind("]") + 1 or len(text)
    before, after = text[:start].strip(), text[end:].strip()
    called = _BEFORE.match(before[:_LONGEST_WRAPPING])
    rest = before[called.end() :] if called else before
    tuples = rest.count("(")
    if rest.strip("( "):
        raise wrong_at(Place(1, 1), N_("“{text}” stands before the brackets"), rest)
    core = "(" * tuples + text[start:end]
    for _each in range(tuples):  # round brackets of Python's tuples belong to the numbers
        inside, closed, after = after.partition(")")
        core += inside + closed
    calls = before.count("(") - before.count(")") - tuples
    ends = _AFTER.fullmatch(after) if len(after) <= _LONGEST_WRAPPING else None
    if not ends or (calls and after.count(")") < calls):
        raise wrong_at(_end_of(core), N_("“{text}” follows the brackets"), after or "]")
    return core, calls > 0


def _end_of(core: str) -> Place:
    """Row and column of the last number."""
    rows = [row for row in re.split(r"[\[\]]+", core) if row.strip(" ,\n")]
    return Place(max(1, len(rows)), len(rows[-1].replace(",", " ").split()) if rows else 1)


def _take(token: str, reading: _Reading) -> None:
    """Read one bracket, comma or number."""
    if token in "[(":
        _open(token, reading)
    elif token in "])":
        _close(token, reading)
    elif token == ",":
        if reading.comma or not reading.open[-1]:
            raise wrong_at(reading.place, N_("no number stands before the comma"))
        reading.comma = True
    else:
        _number(token, reading)


def _between(reading: _Reading, text: str) -> None:
    """Refuse a comma too many or too few before what comes next."""
    if reading.open[-1]:
        if reading.commas is None:
            reading.commas = reading.comma
        if reading.commas != reading.comma and len(reading.open) > 1:
            problem = N_("a comma is missing before “{text}”")
            if reading.comma:
                problem = N_("a comma stands before “{text}”, and none before other numbers")
            raise wrong_at(reading.place, problem, text)
    reading.comma = False


def _open(token: str, reading: _Reading) -> None:
    if reading.open[-1] and not isinstance(reading.open[-1][-1], list):
        raise wrong_at(reading.place, N_("“{text}” stands where a number belongs"), token)
    _between(reading, token)
    if len(reading.open) > DEEPEST:
        raise wrong_at(reading.place, N_("brackets are nested more than {most} deep"), most=DEEPEST)
    reading.open.append([])
    reading.opened_by.append(token)


def _close(token: str, reading: _Reading) -> None:
    if not reading.opened_by or reading.opened_by[-1] != {"]": "[", ")": "("}[token]:
        raise wrong_at(reading.last or reading.place, N_("“{text}” closes nothing"), token)
    items = reading.open[-1]
    place, depth = reading.place, len(reading.open) - 1
    if not items:
        raise wrong_at(place, N_("no number stands here"))
    reading.comma = False
    before = reading.lengths.setdefault(depth, len(items))
    if before != len(items):
        if isinstance(items[-1], list):
            raise uneven_blocks(reading.block, len(items), before)
        raise uneven(place, len(items), before)
    reading.opened_by.pop()
    reading.open.pop()
    reading.open[-1].append(items)


def _number(token: str, reading: _Reading) -> None:
    place = reading.place
    if "..." in token or "…" in token:
        raise cut_short(place)
    if reading.open[-1] and isinstance(reading.open[-1][-1], list):
        raise wrong_at(place, N_("“{text}” stands where a bracket belongs"), token)
    number = number_at(token, place)
    _between(reading, token)
    depth = len(reading.open) - 1
    if reading.depth and depth != reading.depth:
        raise wrong_at(place, N_("“{text}” is nested {depth} deep, the numbers before {before}"),
                       token, depth=depth, before=reading.depth)  # fmt: skip
    reading.depth, reading.last = depth, place
    reading.count += 1
    if reading.count > reading.most:
        raise too_many(reading.most)
    reading.open[-1].append(number)
