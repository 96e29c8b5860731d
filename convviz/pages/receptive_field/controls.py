"""The sidebar of the Receptive field page."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.ops.receptive import Layer
from convviz.ops.types import Pixels
from convviz.pages.receptive_field import stack_state
from convviz.pages.receptive_field.stack_controls import preset_note, stack_controls
from convviz.photos.images import Photo
from convviz.text.i18n import N_, _
from convviz.ui.cache_receptive import fitted_photo
from convviz.ui.inputs.fold import fold
from convviz.ui.state import link, live

PUBLISHED, WHOLE = N_("As published"), N_("Whole photo")
NEIGHBOURS = {N_("None"): None, N_("To the right"): (0, 1), N_("Below"): (1, 0)}


@dataclass(frozen=True)
class ReceptiveSettings:
    """Everything chosen in the sidebar."""

    photo: Photo  # as it was read
    # What goes into the stack, (H, W, 3): the photo, or its middle square at the published size.
    pixels: Pixels
    layers: tuple[Layer, ...]
    index: int  # the layer whose units are shown
    # (rows, columns) from the unit to the neighbour drawn with it
    neighbour: tuple[int, int] | None

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the input."""
        return int(self.pixels.shape[0]), int(self.pixels.shape[1])

    @property
    def line(self) -> str:
        """The stack and its input in one line."""
        layers = ", ".join(layer.name for layer in self.layers)
        return f"{'×'.join(map(str, self.size))}: {layers}"


def receptive_controls(photo: Photo) -> ReceptiveSettings:
    """Draw the sidebar and return what was chosen for this photo."""
    with st.sidebar:
        layers = stack_controls()
        side = stack_state.preset().input_size
        with fold(_("Input and neighbours"), "input", ("input", "neighbour")):
            whole = link.choice(
                _("Input"),
                "input",
                [PUBLISHED, WHOLE],
                shown=lambda option: f"{side}×{side}" if option == PUBLISHED else _(option),
            )
            neighbour = NEIGHBOURS[
                link.choice(_("Neighbour drawn with it"), "neighbour", list(NEIGHBOURS))
            ]
        if not live.reads():  # the first change of a stack draws the whole page
            st.caption(preset_note(stack_state.preset(), layers))
    pixels = photo.pixels if whole == WHOLE else fitted_photo(photo, (side, side))
    return ReceptiveSettings(photo, pixels, layers, stack_state.chosen(), neighbour)
