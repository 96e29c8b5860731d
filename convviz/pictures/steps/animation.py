"""The stepping as an animated GIF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from convviz.ops.errors import SpecError
from convviz.pictures.steps.drawing import Drawing
from convviz.text.limits import MOST_FRAMES
from convviz.trace import Scene

FASTEST = 50  # frames a second; browsers slow down what asks for more


def animated_gif(scene: Scene, steps: Sequence[int], per_second: float = 2) -> bytes:
    """One frame for each of these steps, over and over.

    Parameters
    ----------
    scene
        The stepped loop.
    steps
        The steps shown, at most `MOST_FRAMES`.
    per_second
        Frames a second, at most `FASTEST`. GIF counts in hundredths of a second.

    Raises
    ------
    SpecError
        If there is no step, or there are too many, or the speed is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> from convviz.trace import conv_scene
    >>> scene = conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
    >>> gif = Image.open(io.BytesIO(animated_gif(scene, range(0, 12, 3), per_second=4)))
    >>> gif.n_frames, gif.info["duration"]
    (4, 250)
    """
    _check(len(steps), per_second)
    drawing = Drawing(scene)
    colours = _palette([drawing.step(steps[0]), drawing.step(steps[-1])])
    frames = [
        drawing.step(step).quantize(palette=colours, dither=Image.Dither.NONE) for step in steps
    ]
    buffer = io.BytesIO()
    frames[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=round(100 / per_second) * 10,
        loop=0,
    )
    return buffer.getvalue()


def _check(frames: int, per_second: float) -> None:
    if not 1 <= frames <= MOST_FRAMES:
        raise SpecError(
            "steps",
            frames,
            MOST_FRAMES,
            "an animation of {value} frames cannot be made",
            "choose from 1 to {limit}",
        )
    if not 0 < per_second <= FASTEST:
        raise SpecError(
            "per_second",
            per_second,
            FASTEST,
            "{value} frames a second is out of range",
            "use more than 0 and at most {limit}",
        )


def _palette(pictures: list[Image.Image]) -> Image.Image:
    """One palette for all frames: only what changes from frame to frame is stored."""
    width, height = pictures[0].size
    both = Image.new("RGB", (width, height * len(pictures)))
    for k, picture in enumerate(pictures):
        both.paste(picture, (0, k * height))
    return both.quantize(method=Image.Quantize.FASTOCTREE)
