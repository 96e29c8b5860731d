"""What a gradient check is done on: a case, and a layer as the check sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convviz.ops.types import Array, Shape
from convviz.text.i18n import N_

Gradients = dict[str, Array]
RIGHT = N_("Right")
IMAGES, CHANNELS, FILTERS = 2, 2, 3


@dataclass(frozen=True)
class Case:
    """What is checked."""

    layer: str  # a name in `convviz.lessons.layers.LAYERS`
    # rows, columns: of the images, where the layer takes any
    rows: int = 5
    columns: int = 5
    # kernel, stride, padding, dilation: of convolution and pooling; only convolution is dilated
    kernel: int = 3
    stride: int = 1
    padding: int = 1
    dilation: int = 1
    dtype: str = "float64"  # "float64" or "float32"
    step: float = 1e-5  # h of the centred difference ``(f(x + h) - f(x - h)) / 2h``
    seed: int = 0  # of the random numbers
    # Whether the inputs are whole numbers from -2 to 2, of which many are equal or 0, instead of
    # normally distributed ones.
    whole: bool = False
    code: str = RIGHT  # "Right", or a bug of the layer
    # Images to check on, (N, C, H, W), instead of random ones; () for none.
    given: tuple[tuple[tuple[tuple[float, ...], ...], ...], ...] = ()

    def numbers(self, **shapes: Shape) -> Gradients:
        """Random numbers for each name and shape.

        Examples
        --------
        >>> Case("ReLU", whole=True).numbers(x=(4,))
        {'x': array([ 2.,  1.,  0., -1.])}
        """
        rng = np.random.default_rng(self.seed)
        drawn = {
            name: rng.integers(-2, 3, shape) if self.whole else rng.normal(size=shape)
            for name, shape in shapes.items()
        }
        if self.given and shapes["x"] == self.shape:
            drawn["x"] = np.array(self.given)
        return {name: values.astype(self.dtype) for name, values in drawn.items()}

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Of the images, where the layer takes any."""
        if self.given:
            images = np.shape(self.given)
            return images[0], images[1], images[2], images[3]
        return IMAGES, CHANNELS, self.rows, self.columns

    def images(self) -> Gradients:
        """Images as the only input."""
        return self.numbers(x=self.shape)


def nothing(case: Case) -> dict[str, Array]:  # noqa: ARG001
    """What most layers hold besides their inputs."""
    return {}


@dataclass(frozen=True)
class CheckedLayer:
    """A layer as the check sees it."""

    # Makes the inputs of a case, by name; the input proper is "x".
    inputs: Callable[[Case], Gradients]
    forward: Callable[..., Any]  # the output from the inputs
    backward: Callable[..., Gradients]  # the gradient with respect to each input
    takes_images: bool = False  # whether rows and columns matter
    slides: bool = False  # whether kernel, stride and padding matter
    dilates: bool = False  # whether dilation matters
    # Whether the layer is curved in some input; a difference is exact, but for rounding, where it
    # is not.
    curved: bool = False
    # How many inputs lie within a step of a kink; None for a smooth layer.
    kinks: Callable[[Case, Array], int] | None = None
    bugs: tuple[str, ...] = ()  # wrong backward passes by name
    # What the layer needs besides its inputs and is not checked, by name.
    held: Callable[[Case], dict[str, Array]] = nothing
