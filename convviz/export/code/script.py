"""What all scripts share: a template, the words that fill it, and the arrays beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from string import Template
from typing import Any, Literal, Protocol

import numpy as np

from convviz.browser.bundle import read
from convviz.export.arrays import arrays_file
from convviz.ops.naive.source import script_of
from convviz.ops.types import Array

Library = Literal["numpy", "torch"]
WRITTEN_OUT = 1000  # numbers; a larger array is read from the file beside the script
ARRAYS = "arrays.npz"
OPENING: dict[Library, str] = {"numpy": "", "torch": "torch.tensor("}


class Code(Protocol):
    """What a view shows, for scripts that compute it again."""

    @property
    def name(self) -> str:
        """Name of its templates, ``<name>_numpy.txt`` and ``<name>_torch.txt``, and of the files to download."""
        ...

    @property
    def arrays(self) -> Mapping[str, Array]:
        """The arrays that the scripts begin with, by their names in the templates."""
        ...

    def words(self, library: Library) -> Mapping[str, object]:
        """The other words that fill the template of a library, by name."""
        ...


def numpy_script(code: Code) -> str:
    """A script that computes what is shown with NumPy alone, and leaves it in named variables.

    Examples
    --------
    >>> from convviz.export.code import ConvCode
    >>> from convviz.ops.spec import Conv2dSpec
    >>> conv = ConvCode(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), np.zeros(1), Conv2dSpec.make(2))
    >>> names = {}
    >>> exec(numpy_script(conv), names)
    [[[[4. 4.]
       [4. 4.]]]]
    >>> names["out"].shape
    (1, 1, 2, 2)
    """
    return _script(code, "numpy")


def torch_script(code: Code) -> str:
    """A script that computes the same with PyTorch, and leaves it in variables of the same names."""
    return _script(code, "torch")


def code_files(code: Code) -> dict[str, str | bytes]:
    """Both scripts and the arrays they may read, by file name."""
    return {
        f"{code.name}_numpy.py": numpy_script(code),
        f"{code.name}_torch.py": torch_script(code),
        ARRAYS: arrays_file(code.arrays),
    }


def literal(name: str, array: Array, library: Library = "numpy") -> str:
    """An expression for an array: all its numbers if they are few, else the file to read it from.

    Examples
    --------
    >>> literal("w", np.array([[0.1, -2]]))
    'np.array([[ 0.1, -2. ]])'
    >>> literal("x", np.zeros((40, 40)))
    'np.load("arrays.npz")["x"]'
    >>> literal("rest", np.zeros((1, 0, 3)))
    'np.zeros((1, 0, 3))'
    """
    if array.size > WRITTEN_OUT:
        return f'np.load("{ARRAYS}")["{name}"]'
    if not array.size:
        return f"np.zeros({array.shape})"
    text = np.array2string(
        array,
        separator=", ",
        prefix=f"{name} = {OPENING[library]}np.array(",
        threshold=sys.maxsize,
        floatmode="unique",
        max_line_width=96,
    )
    dtype = ", dtype=np.float32" if array.dtype == np.float32 else ""
    return f"np.array({text}{dtype})"


def loops(*shown: Callable[..., Any]) -> str:
    """The loops that the stepper shows, as functions of a script.

    Examples
    --------
    >>> from convviz.ops.naive import receptive_loop
    >>> loops(receptive_loop).splitlines()[-1]
    '    return r, j'
    """
    return "\n\n\n".join(map(script_of, shown))


def functions(names: Iterable[str], **words: object) -> str:
    """NumPy functions that scripts of several kinds call, by the names of their files.

    Examples
    --------
    >>> functions(["relu"]).splitlines()[0]
    'def relu(x):'
    """
    return "\n\n\n".join(filled(f"functions/{name}", words) for name in names)


def written(value: Mapping[str, object]) -> str:
    """A dictionary as a script has it.

    Examples
    --------
    >>> print(written({"stride": 2, "pad": 1}))
    {"stride": 2, "pad": 1}
    """
    return json.dumps(value)


def filled(template: str, words: Mapping[str, object]) -> str:
    """A template by its name, filled.

    Examples
    --------
    >>> print(filled("checks/affine_torch", {}).splitlines()[-1])
        return F.linear(x, w.T, b)
    """
    return Template(read(f"export/templates/{template}.txt")).substitute(words).rstrip()


def _script(code: Code, library: Library) -> str:
    literals = {name: literal(name, array, library) for name, array in code.arrays.items()}
    opening, closing = OPENING[library], ")" if OPENING[library] else ""
    arrays = "\n".join(f"{name} = {opening}{text}{closing}" for name, text in literals.items())
    words = {**literals, "arrays": arrays, **code.words(library)}
    return filled(f"{code.name}_{library}", words) + "\n"
