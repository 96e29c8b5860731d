"""A step of a scene as a PNG, large enough for slides."""

from __future__ import annotations

import io

from convviz.pictures.paper.slide import SCALE
from convviz.pictures.steps.drawing import Drawing
from convviz.trace import Scene


def step_png(scene: Scene, step: int) -> bytes:
    """One step of a scene, its grids and numbers, in the language in use.

    Examples
    --------
    >>> import numpy as np
    >>> from PIL import Image
    >>> from convviz.trace import conv_scene
    >>> png = step_png(conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))), 5)
    >>> Image.open(io.BytesIO(png)).format
    'PNG'
    """
    buffer = io.BytesIO()
    Drawing(scene, SCALE).step(step).save(buffer, "PNG")
    return buffer.getvalue()
