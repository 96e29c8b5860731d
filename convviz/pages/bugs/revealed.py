"""The case that reveals a bug: as grids of numbers with the wrong cells marked, and as the loop stepped there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.lessons.lesson import Lesson
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array
from convviz.pictures.cells import number_cells
from convviz.text.i18n import _, ngettext
from convviz.text.prose import number
from convviz.trace import (
    Scene,
    Trace,
    batch_norm_scene,
    conv_backward_scene,
    max_pool_backward_scene,
)
from convviz.ui.view import CellsPart

HEIGHT, DIGITS = 150, 3  # screen pixels of all rows of a grid, and digits of a number


def revealed_arrays(lesson: Lesson) -> dict[str, Array]:
    """The input that reveals the bug, and the result of both functions."""
    (right, buggy), name = lesson.results(), lesson.result
    return {"x": lesson.revealing().arrays["x"], f"{name}_right": right, f"{name}_buggy": buggy}


def failure(lesson: Lesson) -> str:
    """How the buggy function fails in that case."""
    (right, buggy), wrong = lesson.results(), lesson.wrong()
    if buggy.size == 0:
        return _("The buggy dx is empty.")
    if wrong is None:
        return _("The buggy dx is {buggy} instead of {right}.").format(
            buggy=_size(buggy), right=_size(right)
        )
    return ngettext(
        "The buggy {result} has {count} wrong cell.",
        "The buggy {result} has {count} wrong cells.",
        int(wrong.sum()),
        result=lesson.result,
    )


def revealed_cells(lesson: Lesson) -> list[CellsPart]:
    """The input, the result of both functions, and their difference where there is one."""
    x, right, buggy = revealed_arrays(lesson).values()
    limit, wrong, name = float(np.abs(right).max()), lesson.wrong(), lesson.result
    grids = [
        _grid(_("x"), x, float(np.abs(x).max())),
        _grid(_("{result}, buggy").format(result=name), buggy, limit, wrong),
        _grid(_("{result}, right").format(result=name), right, limit),
    ]
    if wrong is not None:
        grids.append(_grid(_("Buggy − right"), buggy - right, limit, wrong))
    return grids


def revealed_loop(lesson: Lesson) -> Scene:
    """The right loop in that case."""
    arrays, param = lesson.revealing().arrays, lesson.revealing().param
    if "gamma" in arrays:
        return batch_norm_scene(arrays["x"], arrays["gamma"], arrays["beta"], param["eps"])
    if "w" in arrays:
        spec = Conv2dSpec.make(arrays["w"].shape[2:], param["stride"], param["pad"])
        return conv_backward_scene(arrays["dout"], arrays["x"], arrays["w"], spec)
    kernel = param["pool_height"], param["pool_width"]
    return max_pool_backward_scene(
        arrays["dout"], arrays["x"], PoolSpec.make(kernel, param["stride"])
    )


def first_wrong_step(scene: Scene, lesson: Lesson) -> int:
    """The step that first writes a cell of the result which the buggy function gets wrong; 0 if every cell is."""
    wrong = lesson.wrong()
    if wrong is None:
        return 0
    name = lesson.result
    plane = wrong.reshape(wrong.shape[-2:])
    cells = np.flatnonzero(np.pad(plane, scene.panels[name].frame))
    steps = enumerate(Trace(scene))
    return next(k for k, step in steps if np.isin(step.writes.get(name, ()), cells).any())


def _size(values: Array) -> str:
    rows, columns = values.shape[-2:]
    return f"{rows}×{columns}"


def _grid(
    title: str, values: Array, limit: float, marked: npt.NDArray[np.bool_] | None = None
) -> CellsPart:
    """One plane with its size and sum."""
    said = _("{rows}×{columns}, sum {total}").format(
        rows=values.shape[-2], columns=values.shape[-1], total=number(values.sum())
    )
    empty = _("Empty: no gradient reaches x.")
    plane = values.reshape(values.shape[-2:])
    frames = None if marked is None else marked.reshape(marked.shape[-2:])
    cells = number_cells(plane, limit=limit, marked=frames, digits=DIGITS)
    return CellsPart(cells, title, f"**{title}** {said}", HEIGHT, empty=empty)
