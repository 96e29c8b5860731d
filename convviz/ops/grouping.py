"""What a convolution costs in groups, channel by channel, and with a 1×1 convolution before or behind it.

All convolutions here have stride 1 and keep the size of the maps: each weight is multiplied once for each pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from convviz.ops.errors import SpecError, require_int, require_pair
from convviz.ops.types import Pair


@dataclass(frozen=True)
class GroupedConv:
    """A convolution from so many channels to so many maps, in groups.

    Examples
    --------
    >>> GroupedConv(16, 32, (3, 3)).weights, GroupedConv(16, 32, (3, 3), groups=16).weights
    (4608, 288)
    """

    channels: int
    filters: int
    kernel: Pair
    groups: int = 1

    def __post_init__(self) -> None:
        for name in ("channels", "filters", "groups"):
            require_int(name, getattr(self, name), least=1)
        require_pair("kernel", self.kernel, least=1)
        if self.channels % self.groups or self.filters % self.groups:
            raise SpecError(
                "groups",
                self.groups,
                gcd(self.channels, self.filters),
                "groups {value} does not divide {channels} channels and {filters} filters",
                "use a divisor of {limit}",
                channels=self.channels,
                filters=self.filters,
            )

    @property
    def factors(self) -> tuple[int, int, int, int]:
        """Filters, channels that each one sees, and the sides of its kernels: their product is the weights."""
        return self.filters, self.channels // self.groups, *self.kernel

    @property
    def weights(self) -> int:
        """How many there are, without biases."""
        filters, channels, height, width = self.factors
        return filters * channels * height * width

    def sees(self, f: int) -> range:
        """The channels that filter f sees.

        Examples
        --------
        >>> GroupedConv(6, 4, (3, 3), groups=2).sees(3)
        range(3, 6)
        """
        channels, first = self.factors[1], f // (self.filters // self.groups)
        return range(first * channels, (first + 1) * channels)


def weights_of(convs: tuple[GroupedConv, ...]) -> int:
    """Weights of several, one behind the other."""
    return sum(conv.weights for conv in convs)


def multiply_adds(convs: tuple[GroupedConv, ...], size: Pair) -> int:
    """Products in all of them, for maps of so many rows and columns.

    Examples
    --------
    >>> multiply_adds((GroupedConv(192, 32, (5, 5)),), (28, 28))
    120422400
    """
    return weights_of(convs) * size[0] * size[1]


def separable(channels: int, filters: int, kernel: Pair) -> tuple[GroupedConv, ...]:
    """Depthwise, every channel by itself, and then 1×1, every pixel by itself.

    Examples
    --------
    >>> weights_of(separable(16, 32, (3, 3)))
    656
    """
    depthwise = GroupedConv(channels, channels, kernel, groups=channels)
    return depthwise, GroupedConv(channels, filters, (1, 1))


def bottleneck(channels: int, filters: int, kernel: Pair, middle: int) -> tuple[GroupedConv, ...]:
    """First 1×1 to fewer maps, then the convolution of these.

    Examples
    --------
    >>> multiply_adds(bottleneck(192, 32, (5, 5), 16), (28, 28))
    12443648
    """
    return GroupedConv(channels, middle, (1, 1)), GroupedConv(middle, filters, kernel)


def possible_groups(channels: int, filters: int) -> tuple[int, ...]:
    """Every number of groups that divides both.

    Examples
    --------
    >>> possible_groups(16, 32), possible_groups(6, 4)
    ((1, 2, 4, 8, 16), (1, 2))
    """
    most = gcd(channels, filters)
    return tuple(groups for groups in range(1, most + 1) if most % groups == 0)


def ways(
    channels: int, filters: int, kernel: Pair, groups: int, middle: int
) -> dict[str, tuple[GroupedConv, ...]]:
    """The convolutions of each way from so many channels to so many maps, by its name.

    Each way is there once: one group is the standard, one for each channel is depthwise.

    Parameters
    ----------
    channels, filters, kernel
        Of the convolution that is replaced.
    groups
        Of the way "groups".
    middle
        Maps between the two convolutions of a bottleneck.

    Examples
    --------
    >>> for name, convs in ways(16, 32, (3, 3), 4, 8).items():
    ...     print(name, weights_of(convs))
    standard 4608
    groups 1152
    depthwise 288
    separable 656
    bottleneck 2432
    """
    made: dict[str, tuple[GroupedConv, ...]] = {
        "standard": (GroupedConv(channels, filters, kernel),),
    }
    if groups not in (1, channels):
        made["groups"] = (GroupedConv(channels, filters, kernel, groups),)
    if filters % channels == 0:
        made["depthwise"] = (GroupedConv(channels, filters, kernel, channels),)
    made["separable"] = separable(channels, filters, kernel)
    made["bottleneck"] = bottleneck(channels, filters, kernel, middle)
    return made
