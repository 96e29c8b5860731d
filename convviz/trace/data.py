"""A scene in the form that is sent to the browser: plain values, and one-dimensional arrays beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from convviz.trace.panel import Access, Panel
from convviz.trace.photo import ScenePhoto
from convviz.trace.place import Part, ScenePlace
from convviz.trace.scene import Phase, Scene, Visit


def scene_data(scene: Scene, say: Callable[[str], str] = str) -> dict[str, Any]:
    """Flatten a scene: plain values under "scene", one-dimensional arrays beside it.

    Arrays are named ``values:<panel>`` (float64), ``table:<access>`` (int32) and, of a photo,
    ``pixels:photo`` (uint8).

    Parameters
    ----------
    scene
        What to send.
    say
        Puts a sentence of the scene into the reader's language.
    """
    meta = {
        "title": scene.title,
        "loops": [{"name": name, "length": length} for name, length in scene.loops],
        "panels": [_panel(panel, say) for panel in scene.panels.values()],
        "accesses": {key: _access(access) for key, access in scene.accesses.items()},
        "phases": [_phase(phase, say) for phase in scene.phases],
        "columns": [list(column) for column in scene.columns],
        "tap_grid": list(scene.tap_grid),
        "tap_planes": list(scene.tap_planes),
        "source": list(scene.source),
        "variables": [
            {
                "name": v.name,
                "strides": list(v.strides),
                "offset": v.offset,
                "every": _every(v.every, v.strides),
            }
            for v in scene.variables
        ],
        "visit": scene.visit and _said(scene.visit, ("sentence", "total", "tied"), say),
        "photo": scene.photo and _photo(scene.photo),
        "place": scene.place and _place(scene.place),
        "whole": list(scene.whole),
        "units": [{"name": say(unit.name), "length": unit.steps} for unit in scene.units],
    }
    arrays = {f"values:{key}": panel.values.ravel() for key, panel in scene.panels.items()}
    tables = {f"table:{key}": access.table.ravel() for key, access in scene.accesses.items()}
    pixels = {"pixels:photo": scene.photo.pixels.ravel()} if scene.photo else {}
    return {"scene": meta, **arrays, **tables, **pixels}


def _panel(panel: Panel, say: Callable[[str], str]) -> dict[str, Any]:
    rows, columns = panel.values.shape[-2:]
    return {
        "key": panel.key,
        "label": say(panel.label),
        "planes": list(panel.planes),
        "rows": rows,
        "columns": columns,
        "colours": panel.colours,
        "frame": [list(side) for side in panel.frame],
        "leftover": list(panel.leftover),
        "fills": panel.fills,
    }


def _access(access: Access) -> dict[str, Any]:
    return {
        "panel": access.panel,
        "taps": access.table.shape[1],
        "row_strides": list(access.row_strides),
        "offset_strides": list(access.offset_strides),
        "every": _every(access.every, access.row_strides),
    }


def _every(every: tuple[int, ...], strides: tuple[int, ...]) -> list[int]:
    """For each loop variable, how many of its values in a row count as one."""
    return list(every or (1,) * len(strides))


def _photo(photo: ScenePhoto) -> dict[str, Any]:
    rows, columns, planes = photo.pixels.shape
    return {
        "rows": rows,
        "columns": columns,
        "planes": planes,
        "padding": [list(sides) for sides in photo.padding],
        "boxes": [list(box) for box in photo.boxes],
        "captions": list(photo.captions),
        "since": photo.since,
    }


def _place(place: ScenePlace) -> dict[str, Any]:
    return {
        "photo": _part(place.photo),
        "pixels": [small.address for small in place.pixels],
        "map": _part(place.map),
        "start": list(place.start),
        "step": list(place.step),
        "extent": list(place.extent),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "rows": part.size[0],
        "columns": part.size[1],
        "box": list(part.box),
        "wholes": [small.address for small in part.wholes],
        "shaded": any(small.pixels.ndim == 2 for small in part.wholes),
        "titles": list(part.titles),
    }


def _phase(phase: Phase, say: Callable[[str], str]) -> dict[str, Any]:
    return (
        asdict(phase)
        | _said(phase, ("sentence", "total", "tied", "heading", "asks"), say)
        | {
            "reads": list(phase.reads),
            "factors": list(phase.factors),
            "adds": phase.adds,
        }
    )


def _said(what: Phase | Visit, names: tuple[str, ...], say: Callable[[str], str]) -> dict[str, str]:
    return {name: say(getattr(what, name)) for name in names}
