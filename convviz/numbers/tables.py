"""Rows of numbers without brackets: CSV, a piece of a spreadsheet, a table of pandas, a blackboard."""

from __future__ import annotations

import csv
import re
from itertools import pairwise

from convviz.numbers.refusals import (
    Place,
    cut_short,
    nothing_there,
    number_at,
    too_many,
    uneven,
    uneven_blocks,
    wrong_at,
)
from convviz.text.i18n import N_

Rows = list[list[str]]
SPACE = " "
_DECIMAL_COMMA = re.compile(r"[+\-−]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_MISSING = {"nan", "inf", "na", "n/a", "none", "null", "true", "false", "nat", "infinity", "<na>"}
AMBIGUOUS = N_("“{text}” can be read in two ways, so write decimals with a point")


def read_table(text: str, most: int) -> list[list[float]] | list[list[list[float]]]:
    r"""The rows of a text; several blocks of them where empty lines stand between.

    Raises
    ------
    ArrayError
        If a cell is no number or the rows are uneven.

    Examples
    --------
    >>> read_table("1,5\t2\n3\t4", most=9)
    [[1.5, 2.0], [3.0, 4.0]]
    >>> read_table("1 2\n3 4\n\n5 6\n7 8", most=9)
    [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]
    """
    lines = [line.rstrip(" ") for line in text.splitlines() if not line.lstrip().startswith("#")]
    rows = _separated(lines)
    blocks = [_body(block) for block in _blocks([row if any(row) else [] for row in rows])]
    if not blocks:
        raise nothing_there()
    if all(len(block) == 1 for block in blocks):  # rows with an empty line after each
        blocks = [[row for block in blocks for row in block]]
    commas = _has_decimal_commas(blocks)
    if sum(len(row) for block in blocks for row in block) > most:
        raise too_many(most)
    several = len(blocks) > 1
    read = [
        _numbers(block, f"{k}" if several else "", commas)
        for k, block in enumerate(blocks, start=1)
    ]
    for k, (before, block) in enumerate(pairwise(read), start=2):
        if len(block) != len(before):
            raise uneven_blocks(f"{k}", len(block), len(before))
        if len(block[0]) != len(before[0]):
            raise uneven(Place(1, 1, f"{k}"), len(block[0]), len(before[0]))
    return read if several else read[0]


def _separated(lines: list[str]) -> Rows:
    """The cells of each line; an empty line has none."""
    text = "\n".join(lines)
    if "\t" in text:
        return [_split(line, "\t") for line in lines]
    if ";" in text:
        return _by_semicolons(lines)
    separator = "," if "," in text else SPACE
    return [_split(line, separator) for line in lines]


def _by_semicolons(lines: list[str]) -> Rows:
    """Semicolons between numbers, as in Europe's CSV files, or between rows, as in "1 2;3 4"."""
    parts = [part.strip() for line in lines for part in line.rstrip("; ").split(";")]
    ends = all(";" not in line.rstrip("; ") for line in lines)
    if ends or any(SPACE in part for part in parts) or len([line for line in lines if line]) == 1:
        separator = "," if any("," in part for part in parts) else SPACE
        rows = [_split(part, separator) for part in parts]
        if separator == "," and not ends and all(len(row) < 3 for row in rows):
            raise wrong_at(Place(1, 1), AMBIGUOUS, ";".join(parts))
        return rows
    return [_split(line, ";") for line in lines]


def _split(line: str, separator: str) -> list[str]:
    if separator == SPACE:
        return [cell.strip('"') for cell in line.split()]
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell of more than 131,072 characters
        cells = line.split(separator)
    return [cell.strip() for cell in cells]


def _blocks(rows: Rows) -> list[Rows]:
    """Rows that stand together; an empty row ends them."""
    blocks: list[Rows] = [[]]
    for row in rows:
        if row:
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _body(rows: Rows) -> Rows:
    """The rows without the names of columns and rows that pandas prints."""
    head, *rest = rows
    if not rest or _are_names(rest[0]):
        return rows
    index = [row[0] for row in rest]
    if len(head) == len(rest[0]):
        if head[0] == "" and _are_labels(head[1:]) and _are_labels(index):
            return [row[1:] for row in rest]  # to_csv
        return rest if _are_names(head) else rows
    if len(head) + 1 == len(rest[0]) and _are_labels(head) and _are_labels(index):
        return [row[1:] for row in rest]  # to_string
    return rows


def _are_labels(cells: list[str]) -> bool:
    """Whether they are what pandas writes beside rows or columns: 0, 1, 2, … or names."""
    return cells == [str(k) for k in range(len(cells))] or _are_names(cells)


def _are_names(cells: list[str]) -> bool:
    """Whether each begins with a letter and none stands for a missing number."""
    return all(cell[:1].isalpha() and cell.lower() not in _MISSING for cell in cells)


def _has_decimal_commas(blocks: list[Rows]) -> bool:
    """Whether commas begin decimals.

    Raises
    ------
    ArrayError
        If each comma may as well stand between thousands.
    """
    with_comma = [
        (cell, Place(r, c, f"{k}" if len(blocks) > 1 else ""))
        for k, block in enumerate(blocks, start=1)
        for r, row in enumerate(block, start=1)
        for c, cell in enumerate(row, start=1)
        if "," in cell
    ]
    if not with_comma:
        return False
    if all(_THOUSANDS.fullmatch(cell) for cell, _ in with_comma):
        raise wrong_at(with_comma[0][1], AMBIGUOUS, with_comma[0][0])
    for cell, place in with_comma:
        if not _DECIMAL_COMMA.fullmatch(cell):
            raise wrong_at(place, N_("“{text}” is not a number"), cell)
    for k, block in enumerate(blocks, start=1):
        for r, row in enumerate(block, start=1):
            for c, cell in enumerate(row, start=1):
                if "." in cell:
                    place = Place(r, c, f"{k}" if len(blocks) > 1 else "")
                    raise wrong_at(place, AMBIGUOUS, cell)
    return True


def _numbers(rows: Rows, block: str, commas: bool) -> list[list[float]]:
    """The numbers of a block of rows."""
    if all(row[-1] == "" for row in rows):
        rows = [row[:-1] for row in rows]  # each row ends in a separator
    read: list[list[float]] = []
    for r, row in enumerate(rows, start=1):
        if row in (["..."], ["…"]) or row[0] in (":", ".."):
            raise cut_short(Place(r, 1, block))
        cells = [cell.replace(",", ".") for cell in row] if commas else row
        read.append([number_at(cell, Place(r, c, block)) for c, cell in enumerate(cells, start=1)])
        if r > 1 and len(read[-1]) != len(read[-2]):
            raise uneven(Place(r, len(row), block), len(read[-1]), len(read[-2]))
    return read
