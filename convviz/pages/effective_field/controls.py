"""The sidebar of the Effective field page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.nets.fields import windows
from convviz.ops.receptive import Layer, receptive_field
from convviz.ops.types import Pixels
from convviz.photos.images import Photo
from convviz.text.i18n import N_, _
from convviz.ui.cache_receptive import fitted_photo
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.photos import one_image
from convviz.ui.state import link
from convviz.ui.state.switch import switch
from convviz.ui.training.subject import Subject, choose_subject

UNIFORM, RANDOM, TRAINED = N_("Equal"), N_("Random"), N_("Trained")
KERNELS = ("3×3", "5×5", "7×7")
SIDES = (56, 160)  # pixels of the square the field is measured on, at least and at most
ROOM = 1.3  # sides of the theoretical field that the square has
MOST_SAMPLES = 40
MORE = ("dilation", "halving", "relu", "samples")


@dataclass(frozen=True)
class EffectiveSettings:
    """Everything chosen in the sidebar."""

    photo: Photo  # as it was read
    # Its middle square, somewhat larger than the theoretical field where that is small enough; for
    # a trained network as large as its input.
    pixels: Pixels
    layers: tuple[Layer, ...]  # the stack; of a trained network what slides
    kernel: int  # of its convolutions
    halving: int  # after so many convolutions the map is halved; 0 for never
    random: bool  # random weights, drawn anew for each sample; else all equal
    relu: bool  # whether a ReLU follows each layer but the last
    samples: int  # how many the mean is taken of
    subject: Subject | None = None  # a trained network; None for the stack alone

    @property
    def seeds(self) -> list[int | None]:
        """Of each sample; None for equal weights."""
        return list(range(self.samples)) if self.random else [None]

    @property
    def side(self) -> int:
        """Rows and columns of the pixels."""
        return int(self.pixels.shape[0])

    @property
    def depth(self) -> int:
        """How many convolutions the stack has."""
        return sum(layer.kind == "conv" for layer in self.layers)


def effective_controls() -> EffectiveSettings:
    """Draw the sidebar and return what was chosen.

    Raises
    ------
    SpecError
        If the trained network chosen has no layer that slides.
    """
    with st.sidebar:
        photo = one_image()
        weights = link.choice(_("Weights"), "weights", [RANDOM, UNIFORM, TRAINED])
        return _trained(photo) if weights == TRAINED else _stack(photo, weights == RANDOM)


def _stack(photo: Photo, random: bool) -> EffectiveSettings:
    """A stack of equal convolutions."""
    depth = link.slider(_("Layers"), "depth", (1, 40), 20)
    kernel = int(link.choice(_("Kernel"), "kernel_size", KERNELS)[0])
    samples = 1
    with fold(_("More settings"), "more", MORE):
        dilation = link.slider(_("Dilation"), "dilation", (1, 4), 1)
        halving = link.slider(_("Halve the map after layer (0: never)"), "halving", (0, 10), 0)
        relu = switch(_("ReLU after each layer"), "relu")
        if random:
            samples = link.slider(_("Samples averaged"), "samples", (1, MOST_SAMPLES), 20)
    layers = equal_layers(depth, kernel, dilation, halving)
    field = receptive_field(layers)[-1].receptive_field[0]
    side = 2 * (min(SIDES[1], max(SIDES[0], round(ROOM * field))) // 2)
    pixels = fitted_photo(photo, (side, side))
    return EffectiveSettings(photo, pixels, layers, kernel, halving, random, relu, samples)


def _trained(photo: Photo) -> EffectiveSettings:
    """The network that comes with convviz, or the one trained in this session."""
    subject = choose_subject()
    layers, side = windows(subject.net), subject.net.input_dim[1]
    kernel = layers[0].window.kernel[0]
    pixels = fitted_photo(photo, (side, side))
    return EffectiveSettings(photo, pixels, layers, kernel, 0, False, True, 1, subject)


def equal_layers(depth: int, kernel: int, dilation: int, halving: int) -> tuple[Layer, ...]:
    """Equal convolutions that keep the size, and after the `halving`-th of them a 2×2 pool; 0 for none.

    Examples
    --------
    >>> [layer.name for layer in equal_layers(3, 3, 1, 2)]
    ['conv1', 'conv2', 'pool', 'conv3']
    """
    stack: list[Layer] = []
    for number in range(1, depth + 1):
        padding = dilation * (kernel // 2)
        stack.append(Layer.make(kernel, 1, padding, dilation, f"conv{number}"))
        if number == halving and number < depth:
            stack.append(Layer.make(2, 2, name="pool", kind="pool"))
    return tuple(stack)
