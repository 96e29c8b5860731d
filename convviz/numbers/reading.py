"""Pasted text becomes an array: printouts of NumPy and torch, spreadsheets, CSV, or rows of numbers.

Nothing in the text is run.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from convviz.numbers.brackets import read_brackets
from convviz.numbers.refusals import LONGEST_TEXT, MOST_NUMBERS, ArrayError, nothing_there
from convviz.numbers.tables import read_table
from convviz.ops.types import Floats

# What a Chinese keyboard types, and the spaces of web pages and files.
_SIGNS = str.maketrans(
    {"，": ",", "；": ";", "［": "[", "］": "]", "（": "(", "）": ")", "\xa0": " ", "\ufeff": " "}
)


def read_array(
    text: str, *, ndim: Collection[int] = (1, 2, 3, 4), most: int = MOST_NUMBERS
) -> Floats:
    r"""The array that a text says.

    Parameters
    ----------
    text
        Brackets as NumPy, torch and Python print them, with or without ``np.array(…)``, ``tensor(…)`` and their
        ``dtype``, ``device`` or ``grad_fn``; or rows of numbers, separated by tabs, commas, semicolons or spaces,
        as spreadsheets, CSV files and pandas have them. An empty line begins another block of rows.
    ndim
        Numbers of axes that are taken. Rows without brackets have two, blocks of them three.
    most
        More numbers than these are refused.

    Returns
    -------
    ndarray
        float64.

    Raises
    ------
    ArrayError
        If it is anything else. The message is one sentence, with row and column.

    Examples
    --------
    >>> read_array("[[1, 2], [3, -1.5]]").tolist()
    [[1.0, 2.0], [3.0, -1.5]]
    >>> read_array("tensor([[1., 2.]], device='cuda:0', grad_fn=<AddBackward0>)").shape
    (1, 2)
    >>> read_array("1 2 3\n4 5")
    Traceback (most recent call last):
        ...
    convviz.numbers.refusals.ArrayError: Row 2 has 2 numbers, row 1 has 3.
    """
    if len(text) > LONGEST_TEXT:
        raise ArrayError(
            "This text has more than {most} characters: use a shorter one.",
            most=f"{LONGEST_TEXT:,}",
        )
    plain = text.translate(_SIGNS)
    if not plain.strip():
        raise nothing_there()
    read = read_brackets(plain, most) if "[" in plain else read_table(plain, most)
    array = np.array(read, dtype=np.float64)
    if array.ndim not in ndim:
        raise ArrayError(
            "The numbers are {shape}, {count} axes: {wanted} are needed here.",
            shape="×".join(map(str, array.shape)),
            count=array.ndim,
            wanted=" / ".join(map(str, ndim)),
        )
    return array
