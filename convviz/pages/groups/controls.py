"""The sidebar of the Groups page and its slider, and the convolutions they make."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.ops.grouping import GroupedConv, possible_groups, separable
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.text.i18n import N_, _
from convviz.text.words import group_name
from convviz.ui.inputs.region_controls import region_controls
from convviz.ui.parts import in_columns
from convviz.ui.state import link
from convviz.ui.state.shown import key_of

SEPARABLE = N_("Depthwise, then 1×1")
MOST_CHANNELS, MOST_FILTERS, LARGEST_KERNEL, LARGEST_SIDE = 192, 128, 7, 512
REGION = 4
ANY = Window2d.make(1)  # a region of any size will do: the padding keeps it
EXAMPLES = {  # C, F, kernel, side of the maps, maps between the two of a bottleneck
    N_("4 channels, 8 filters of 3×3"): (4, 8, 3, 28, 2),
    N_("16 channels, 32 filters of 3×3"): (16, 32, 3, 28, 8),
    N_("192 channels, 32 filters of 5×5, 28×28 (Inception)"): (192, 32, 5, 28, 16),
}
_NUMBERS = ("channels", "filters", "kernel", "side", "middle")


@dataclass(frozen=True)
class GroupsSettings:
    """Everything the Groups page shows, as chosen in its sidebar and by its slider."""

    photo: Photo
    region: Region
    channels: int
    filters: int
    kernel: Pair
    side: int  # rows and columns of the maps whose products are counted
    middle: int  # maps between the two convolutions of a bottleneck
    choice: str  # a number of groups, or `SEPARABLE`

    @property
    def groups(self) -> int:
        """Of the first convolution."""
        return self.channels if self.choice == SEPARABLE else int(self.choice)

    @property
    def convs(self) -> tuple[GroupedConv, ...]:
        """What was chosen, one or two."""
        if self.choice == SEPARABLE:
            return separable(self.channels, self.filters, self.kernel)
        return (GroupedConv(self.channels, self.filters, self.kernel, self.groups),)

    @property
    def divisor(self) -> int:
        """Groups that the filters can have as well: 1 where only the separable form has so many."""
        return self.groups if self.filters % self.groups == 0 else 1


def layer_controls(photo: Photo) -> tuple[Region, dict[str, int]]:
    """Draw the layer's sizes in the sidebar, and the region of the photo that is stepped through."""
    with st.sidebar:
        example = link.select(_("Layer"), "example", list(EXAMPLES), on_change=_take_example)
        usual = dict(zip(_NUMBERS, EXAMPLES[example], strict=True))
        channels, filters = in_columns(
            lambda: link.number(_("Channels C"), "channels", (1, MOST_CHANNELS), usual["channels"]),
            lambda: link.number(_("Filters F"), "filters", (1, MOST_FILTERS), usual["filters"]),
        )
        kernel, side = in_columns(
            lambda: link.number(_("Kernel size"), "kernel", (1, LARGEST_KERNEL), usual["kernel"]),
            lambda: link.number(_("Map size"), "side", (1, LARGEST_SIDE), usual["side"]),
        )
        middle = link.number(
            _("Maps after a 1×1 in front"), "middle", (1, MOST_CHANNELS), usual["middle"]
        )
        region = region_controls(photo, "gray", ANY, side=REGION)
    sizes = {"channels": channels, "filters": filters, "kernel": kernel}
    return region, sizes | {"side": side, "middle": middle}


def groups_slider(channels: int, filters: int) -> str:
    """From one group to one for each channel, then with a 1×1 convolution behind it."""
    options = [*map(str, possible_groups(channels, filters)), SEPARABLE]

    def shown(option: str) -> str:
        return _(option) if option == SEPARABLE else group_name(option, channels)

    return link.stop(_("Groups"), "groups", options, shown=shown)


def _take_example() -> None:
    """Give every box the number of the example just chosen."""
    numbers = EXAMPLES[st.session_state[key_of("example")]]
    made = {key_of(name): value for name, value in zip(_NUMBERS, numbers, strict=True)}
    st.session_state.update(made)
