"""The scene of a loop over an input that is no photo."""

from __future__ import annotations

from dataclasses import replace

from convviz.trace.scene import Scene
from convviz.trace.tables import channel_names


def of_numbers(scene: Scene, channels: int) -> Scene:
    """The scene with the colours of signed numbers, and with c=0, c=1, … for the names of channels.

    Examples
    --------
    >>> import numpy as np
    >>> from convviz.trace import conv_scene
    >>> scene = of_numbers(conv_scene(np.ones((1, 3, 4, 4)), np.ones((1, 3, 2, 2))), 3)
    >>> scene.panels["x"].colours, scene.panels["x"].planes, scene.tap_planes
    ('signed', ('c=0', 'c=1', 'c=2'), ('c=0', 'c=1', 'c=2'))
    """
    names = {name: f"c={c}" for c, name in enumerate(channel_names(channels)) if name}

    def renamed(plane: str) -> str:
        before, space, last = plane.rpartition(" ")
        return f"{before}{space}{names.get(last, last)}"

    panels = {
        key: replace(panel, colours="signed", planes=tuple(map(renamed, panel.planes)))
        for key, panel in scene.panels.items()
    }
    return replace(scene, panels=panels, tap_planes=tuple(map(renamed, scene.tap_planes)))
