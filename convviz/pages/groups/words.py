"""What the Groups page says: what each way costs, and what a 1×1 convolution is."""

from __future__ import annotations

from math import prod

import numpy as np

from convviz.ops.grouping import GroupedConv, multiply_adds, ways, weights_of
from convviz.ops.types import Array
from convviz.pages.groups.controls import SEPARABLE, GroupsSettings
from convviz.text.i18n import N_, _

NAMES = {
    "standard": N_("Standard"),
    "groups": N_("In {groups} groups"),
    "depthwise": N_("Depthwise, {channels} groups"),
    "separable": SEPARABLE,
    "bottleneck": N_("1×1 to {middle} maps, then {kernel}×{kernel}"),
}


def costs_rows(settings: GroupsSettings) -> tuple[list[str], list[list[str]], int]:
    """Names of the columns, a row of texts for each way, and the row of the way chosen."""
    side = settings.side
    heads = [
        _("Way"),
        _("Weights"),
        _("Multiply–adds on {side}×{side}").format(side=side),
        _("Of standard"),
    ]
    made = ways_of(settings)
    standard, rows = weights_of(made["standard"]), []
    for name, convs in made.items():
        title = _(NAMES[name]).format(
            groups=settings.divisor,
            channels=settings.channels,
            middle=settings.middle,
            kernel=settings.kernel[0],
        )
        count = weights_of(convs)
        share = f"{100 * count / standard:.3g} %"
        products = f"{multiply_adds(convs, (side, side)):,}"
        rows.append([title, f"{_formula(convs)} = {count:,}", products, share])
    return heads, rows, list(made).index(_chosen(settings, made))


def ways_of(settings: GroupsSettings) -> dict[str, tuple[GroupedConv, ...]]:
    """The convolutions of each way, by its name."""
    return ways(
        settings.channels, settings.filters, settings.kernel, settings.divisor, settings.middle
    )


def _chosen(settings: GroupsSettings, made: dict[str, tuple[GroupedConv, ...]]) -> str:
    if settings.choice == SEPARABLE:
        return "separable"
    if settings.groups == 1:
        return "standard"
    return "groups" if "groups" in made else "depthwise"


def _formula(convs: tuple[GroupedConv, ...]) -> str:
    """Filters · channels of a group · kernel, of each convolution.

    Examples
    --------
    >>> from convviz.ops.grouping import separable
    >>> _formula(separable(16, 32, (3, 3)))
    '16·1·3·3 + 32·16'
    """
    return " + ".join(_product(conv) for conv in convs)


def _product(conv: GroupedConv) -> str:
    filters, channels, *kernel = conv.factors
    sides = () if prod(kernel) == 1 else kernel
    return "·".join(map(str, (filters, channels, *sides)))


def layer_sentence(settings: GroupsSettings) -> str:
    """What one filter sees."""
    first, *behind = settings.convs
    own = first.factors[1]
    said = _(
        "Each of {filters} filters sees {own} of {channels} channels, so it has "
        "{own}×{height}×{width} weights."
    ).format(
        filters=first.filters,
        own=own,
        channels=first.channels,
        height=first.kernel[0],
        width=first.kernel[1],
    )
    if behind:
        said += " " + _("The 1×1 behind it mixes the channels again, pixel by pixel.")
    return said


def columns_of(settings: GroupsSettings) -> tuple[str, ...]:
    """What stands beneath each column of dots."""
    counts = [settings.channels, *(conv.filters for conv in settings.convs)]
    last = len(counts) - 1
    return tuple(
        (
            _("{count} channels")
            if k == 0
            else _("{count} maps")
            if k == last
            else _("{count} between")
        ).format(count=count)
        for k, count in enumerate(counts)
    )


def pointwise_sentence(by_dense: Array, by_conv: Array) -> str:
    """What a 1×1 convolution is, and how far both lie apart."""
    filters, pixels = by_conv.shape[1], prod(by_conv.shape[2:])
    return _(
        "A 1×1 convolution is a dense layer at each pixel: the same {filters} rows of weights meet the "
        "channels of each of the {pixels} pixels. **Largest difference from conv2d: {difference}**"
    ).format(filters=filters, pixels=pixels, difference=f"{np.abs(by_dense - by_conv).max():.2g}")
