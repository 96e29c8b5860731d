"""The stepper as one HTML file that plays offline, and in a notebook."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.browser.bundle import bundle, read
from convviz.ops.conv import conv2d
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Pair
from convviz.ops.window import PaddingLike
from convviz.text.i18n import _, tag_in_use
from convviz.text.words import STEPPER, translated
from convviz.trace import Scene, conv_scene, scene_data

FRAME_HEIGHT = 700  # pixels in a notebook


@dataclass(frozen=True)
class StepPage:
    """A page that steps through a loop. A notebook displays it; `save` writes it to a file."""

    html: str  # the whole page. It asks nothing of the network.
    title: str  # name of the function stepped

    def save(self, path: str | PathLike[str]) -> None:
        """Write the page to a file, to be opened in any browser."""
        Path(path).write_text(self.html, "utf-8")

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame of its own."""
        frame = Template(read("export/templates/frame.html"))
        return frame.substitute(
            title=html.escape(self.title), page=html.escape(self.html), height=FRAME_HEIGHT
        )


def step_through(
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    b: npt.ArrayLike | None = None,
    *,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    padding_mode: str = "zeros",
) -> StepPage:
    """Step through ``conv2d(x, w, b)`` in a notebook or a browser.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W).
    w
        Weights, shape (F, C, KH, KW).
    b
        Bias, shape (F,); zeros if None.
    stride, padding, dilation, padding_mode
        As in `convviz.conv2d`.

    Raises
    ------
    SpecError
        If the kernel does not fit the padded input, or a setting is out of range.

    Examples
    --------
    >>> page = step_through(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), stride=1, padding=1)
    >>> page.title
    'conv_forward_naive'
    """
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    settings: dict[str, Any] = {
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "padding_mode": padding_mode,
    }
    b = None if b is None else np.asarray(b, dtype=np.float64)
    conv2d(x, w, b, **settings)  # refuses arrays that do not go together
    spec = Conv2dSpec.make(w.shape[-2:], **settings)
    return step_page(conv_scene(x if x.ndim == 4 else x[None], w, b, spec))


def step_page(scene: Scene, step: int | None = None, about: Sequence[str] = ()) -> StepPage:
    """The page of any scene, in the language in use.

    Parameters
    ----------
    scene
        What to step through.
    step
        Where to begin; the end of the first visit if None.
    about
        What stands above the stepper: a title, and the settings. By default the name of the function.
    """
    title, *settings = about or (scene.title,)
    data = scene_data(scene, _)
    content = {
        "scene": data.pop("scene"),
        "arrays": {name: _base64(array) for name, array in data.items()},
        "words": translated(STEPPER),
        "seek": step,
    }
    page = Template(read("export/templates/page.html")).substitute(
        language=tag_in_use(),
        title=html.escape(f"{title} · convviz"),
        heading=html.escape(title),
        settings="".join(f"<span>{html.escape(each)}</span> " for each in settings if each),
        style=bundle("export/standalone.css"),
        markup=read("browser/stepper/stepper.html"),
        # Only "<" could end the element early; in JSON it stands in texts alone.
        scene=json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"),
        script=bundle("export/standalone.js"),
    )
    return StepPage(page, scene.title)


def _base64(array: npt.NDArray[np.generic]) -> str:
    little = array.astype(array.dtype.newbyteorder("<"))
    return base64.b64encode(little.tobytes()).decode()
