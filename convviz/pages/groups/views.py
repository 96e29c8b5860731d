"""The views of the Groups page: the connections and what they cost, both loops, and 1×1 as a dense layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from convviz.browser.channels import Channels
from convviz.export import Tile
from convviz.export.arrays import scene_arrays
from convviz.export.code import ConvBackwardCode, ConvCode, GroupCosts, PointwiseCode
from convviz.ops.conv import conv2d, conv2d_backward_input
from convviz.ops.grouping import GroupedConv
from convviz.ops.types import Array, Floats
from convviz.pages.groups.cached import (
    backward_scene,
    channels_of,
    filters_of,
    forward_scene,
    gradients,
    outputs,
    spec_of,
)
from convviz.pages.groups.controls import SEPARABLE, GroupsSettings
from convviz.pages.groups.words import (
    columns_of,
    costs_rows,
    layer_sentence,
    pointwise_sentence,
    ways_of,
)
from convviz.pictures.cells import number_cells
from convviz.pictures.paper.channels import ChannelTile
from convviz.text.i18n import N_, _
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.parts import in_columns
from convviz.ui.state import link
from convviz.ui.step_view import step_view
from convviz.ui.view import CellsPart, TablePart, View

DEPTHWISE, POINTWISE = N_("Depthwise"), N_("1×1")
MOST_STEPPED = 32  # channels that a loop is stepped through with
HEIGHT, CELL = 420, 40  # screen pixels: of all rows, and of one


@dataclass(frozen=True)
class ChannelsPart(Channels):
    """The connections of channels, on the page and on a slide."""

    def tiles(self) -> list[Tile]:
        """The same dots and lines."""
        return [Tile(_("Connections"), ChannelTile(self.convs, self.names))]


def connections_view(settings: GroupsSettings) -> None:
    """Which channels each filter sees."""
    made, lines = ways_of(settings), ChannelsPart(settings.convs, columns_of(settings))
    View(
        [_("Groups"), _("Connections")],
        "groups",
        [[lines, _costs(settings)]],
        [layer_sentence(settings)],
        code=lambda: GroupCosts(made, (settings.side, settings.side)),
    ).offer()
    lines.show()


def connections_said(settings: GroupsSettings) -> list[str]:
    """The layer chosen, and what each way costs."""
    return [layer_sentence(settings), *_costs(settings).lines]


def _costs(settings: GroupsSettings) -> TablePart:
    heads, rows, marked = costs_rows(settings)
    return TablePart(heads, rows, marked)


def forward_view(settings: GroupsSettings) -> None:
    """The loop of one convolution, one step at a time."""
    if not _can_step(settings):
        return
    x = channels_of(settings.photo, settings.region, settings.channels)
    at = _shown(settings)
    conv, before = settings.convs[at], outputs(x, settings.convs)[at]
    scene = forward_scene(before, conv)
    w = filters_of(conv)
    step_view(
        scene,
        f"groups-{at}",
        lambda: ConvCode(before, w, np.zeros(len(w)), spec_of(conv)),
        about=_about(settings),
    )


def backward_view(settings: GroupsSettings, first: DeltaGenerator) -> None:
    """Its backward loop; what begins it stands above the other settings."""
    if not _can_step(settings):
        return
    x = channels_of(settings.photo, settings.region, settings.channels)
    convs, at = settings.convs, _shown(settings)
    made = outputs(x, convs)
    with first:
        last = gradient_controls(made[-1].shape, lambda: made[-1])
    conv, before, dout = convs[at], made[at], gradients(last, made, convs)[at]
    scene, w = backward_scene(dout, before, conv), filters_of(conv)
    code = ConvBackwardCode(dout, before, w, spec_of(conv))

    def arrays() -> Mapping[str, Array]:
        dx = conv2d_backward_input(dout, w, before.shape, spec_of(conv))
        return {**scene_arrays(scene), **code.arrays, "dx": dx}

    step_view(
        scene,
        f"groups-backward-{at}",
        lambda: code,
        arrays=arrays,
        about=_about(settings),
    )


def pointwise_view(settings: GroupsSettings, first: DeltaGenerator) -> None:
    """A 1×1 convolution as a dense layer: one pixel's channels, the weights, and what comes out there."""
    region = settings.region
    x = channels_of(settings.photo, region, settings.channels)
    conv = GroupedConv(settings.channels, settings.filters, (1, 1))
    w = filters_of(conv)
    rows, out = w[:, :, 0, 0], conv2d(x, w)
    dense = np.einsum("fc,nchw->nfhw", rows, x)
    with first:
        i, j = in_columns(
            lambda: link.number(_("Pixel row"), "pixel_row", (0, region.rows - 1), 0),
            lambda: link.number(_("Pixel column"), "pixel_column", (0, region.columns - 1), 0),
        )
    said = pointwise_sentence(dense, out)
    st.markdown(said)
    high = min(CELL, HEIGHT // max(rows.shape))
    grids = [
        _grid("w[:, :, 0, 0]", rows, high),
        _grid(f"x[0, :, {i}, {j}]", x[0, :, i, j][:, None], high),
        _grid(f"out[0, :, {i}, {j}]", out[0, :, i, j][:, None], high),
    ]
    code = PointwiseCode(x, w, (i, j))
    View(
        [_("Groups"), _("1×1 at each pixel")],
        "pointwise",
        [grids],
        [said],
        lambda: code.arrays | {"out": out, "column": out[0, :, i, j]},
        lambda: code,
    ).show((3, 2, 2))


def _shown(settings: GroupsSettings) -> int:
    """Which of two convolutions is stepped through."""
    if settings.choice != SEPARABLE:
        return 0
    both = [DEPTHWISE, POINTWISE]
    return both.index(link.choice(_("Convolution"), "part", both, show_label=False))


def _can_step(settings: GroupsSettings) -> bool:
    """Say so where there are too many channels to be followed."""
    most = max(settings.channels, settings.filters)
    if most > MOST_STEPPED:
        st.info(
            _("The loop can be followed with at most {most} channels and filters.").format(
                most=MOST_STEPPED
            )
        )
    return most <= MOST_STEPPED


def _about(settings: GroupsSettings) -> list[str]:
    return [_("Groups"), _(settings.photo.name), layer_sentence(settings)]


def _grid(title: str, values: Floats, high: int) -> CellsPart:
    """Rows of so many screen pixels, the same in all grids."""
    return CellsPart(
        number_cells(values, digits=4),
        title,
        f"**{title}** {values.shape[0]}×{values.shape[1]}",
        HEIGHT,
        high,
    )
