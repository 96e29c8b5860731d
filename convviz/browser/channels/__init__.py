"""Which channels each filter sees, in the browser: pointing at a dot lights all that it is connected to."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.browser.mount import mount
from convviz.ops.grouping import GroupedConv
from convviz.text.words import CHANNELS, translated

BELOW = 300  # screen pixels kept for what stands above and below the dots

_component = mount("channels")


@dataclass(frozen=True)
class Channels:
    """Convolutions one behind the other: a column of dots for the input, and one for the maps of each."""

    convs: tuple[GroupedConv, ...]
    names: tuple[str, ...]  # of each column, in the reader's language

    def show(self) -> None:
        """Draw it."""
        convs = [
            {"channels": conv.channels, "filters": conv.filters, "groups": conv.groups}
            for conv in self.convs
        ]
        data = {
            "convs": convs,
            "names": list(self.names),
            "words": translated(CHANNELS),
            "below": BELOW,
        }
        _component(key="channel dots", data=data)
