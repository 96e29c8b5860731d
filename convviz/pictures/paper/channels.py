"""A tile of a slide: channels and filters as dots, and a line for each pair that is connected."""

from __future__ import annotations

from colorsys import hls_to_rgb
from dataclasses import dataclass

from convviz.ops.grouping import GroupedConv
from convviz.pictures.palette import LIGHT, RGB
from convviz.pictures.paper.pen import SIZE, Pen

APART, TALL = 190, 320  # screen pixels between two columns of dots, and of a column at most
STEP, RADIUS = 24, 6  # between two dots at most, and of a dot at most


@dataclass(frozen=True)
class ChannelTile:
    """Convolutions one behind the other."""

    convs: tuple[GroupedConv, ...]
    names: tuple[str, ...]  # of each column of dots, in the reader's language

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        return APART * len(self.names), TALL + 2 * SIZE

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        counts = [self.convs[0].channels, *(conv.filters for conv in self.convs)]
        across = [x + APART * (k + 0.5) for k in range(len(counts))]
        for k, conv in enumerate(self.convs):
            for f in range(conv.filters):
                end = (across[k + 1], y + _height(f, conv.filters))
                group = f // (conv.filters // conv.groups)
                for c in conv.sees(f):
                    start = (across[k], y + _height(c, conv.channels))
                    pen.line([start, end], group_colour(group, conv.groups))
        for at, count, name in zip(across, counts, self.names, strict=True):
            radius = min(RADIUS, 0.4 * min(STEP, TALL / count))
            for k in range(count):
                pen.dot((at, y + _height(k, count)), radius, fill=LIGHT.text, line=None)
            pen.text((at, y + TALL + SIZE), name, anchor="mm")


def group_colour(group: int, groups: int) -> RGB:
    """A hue for each group."""
    red, green, blue = hls_to_rgb((group / max(1, groups) + 0.06) % 1, 0.42, 0.62)
    return round(255 * red), round(255 * green), round(255 * blue)


def _height(k: int, count: int) -> float:
    step = min(STEP, TALL / count)
    return TALL / 2 + (k - (count - 1) / 2) * step
