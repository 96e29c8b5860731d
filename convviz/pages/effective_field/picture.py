"""The views of the Effective field page as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from convviz.export import Tile
from convviz.nets.stack import stack_text
from convviz.ops.receptive.effective import GaussianFit, Growth
from convviz.pages.effective_field.controls import RANDOM, UNIFORM, EffectiveSettings
from convviz.pages.effective_field.views import (
    Measured,
    effective_sentence,
    frame_of_field,
    network_sentence,
    photo_overlay,
    widths,
)
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.axis import Axis
from convviz.pictures.paper.chart import Bars, Chart, Line
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.giving.slides import lit_photo, map_tile, offer_slide

NAME, CHART = "effective-field", (620, 470)
Labels = dict[str, str]


def offer_photo_picture(
    settings: EffectiveSettings, measured: Measured, detail: str, labels: Labels
) -> None:
    """Offer the lit photo beside the profile.

    Parameters
    ----------
    settings, measured
        The stack, and what was measured of it.
    detail
        What the photo shows.
    labels
        What the chart says: "measured", "fitted", "theory", "column" and "share".
    """

    def rows() -> list[list[Tile]]:
        body = lit_photo(settings.pixels, photo_overlay(measured), padding=frame_of_field(measured))
        row = [Tile(f"{_(settings.photo.name)}: {detail}", body)]
        if measured.fit:
            row.append(Tile("", _profile(measured, measured.fit, labels)))
        return [row]

    view = [_("Effective field"), _("On the photo")]
    offer_slide(view, [_stack(settings), effective_sentence(measured)], rows, NAME)


def offer_growth_picture(
    settings: EffectiveSettings, measured: Measured, growth: Sequence[Growth], labels: Labels
) -> None:
    """Offer the gradient beside the growth of both fields with depth.

    Parameters
    ----------
    settings, measured, growth
        The stack, what was measured of it, and of plain stacks of several depths: none for a trained network.
    labels
        What the chart says: "depth", "width", "theory", "effective" and "here".
    """

    def rows() -> list[list[Tile]]:
        title = f"{_('Mean absolute gradient')}  {settings.side}×{settings.side}"
        row = [map_tile(title, measured.influence)]
        here = widths(settings, measured)
        return [[*row, Tile("", _growth(growth, here, labels))] if growth else row]

    view = [_("Effective field"), _("Gradient and growth")]
    offer_slide(view, [_stack(settings), effective_sentence(measured)], rows, NAME)


def _stack(settings: EffectiveSettings) -> str:
    """The stack, or the network, in one line."""
    if settings.subject:
        return f"{stack_text(settings.subject.net.layers)}. {network_sentence(settings)}"
    kinds = [layer.kind for layer in settings.layers]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    parts = [f"{count} × {kind}" if kind == "conv" else kind for kind, count in runs]
    parts.append(window_line(settings.layers[0].window))
    parts.append(f"{_('Weights')}: {_(RANDOM if settings.random else UNIFORM)}")
    parts += [_("ReLU after each layer")] if settings.relu else []
    return ", ".join(parts)


def _profile(measured: Measured, fit: GaussianFit, labels: Labels) -> Chart:
    """Influence by column, the fitted Gaussian, and the theoretical field as a band."""
    share = measured.columns
    fine = np.linspace(0, len(share) - 1, 8 * len(share))
    bell = fit.profile(fine)
    _top, left, _bottom, right = measured.field.unclipped
    blue, orange, _green, purple = LIGHT.series[:4]
    return Chart(
        Axis(-0.5, len(share) - 0.5),
        Axis.around([*share, *bell], zero=True),
        (Line(labels["fitted"], fine.tolist(), bell.tolist(), orange),),
        Bars(
            labels["measured"],
            np.arange(-0.5, len(share)).tolist(),
            share.tolist(),
            [blue] * len(share),
        ),
        names=(labels["column"], labels["share"]),
        band=(left - 0.5, right - 0.5, purple, labels["theory"]),
        size=CHART,
    )


def _growth(growth: Sequence[Growth], here: Growth, labels: Labels) -> Chart:
    depths = [row.depth for row in growth]
    theory = [row.theoretical for row in growth]
    counted = [row.counted for row in growth]
    marked = (here.theoretical, here.counted)
    return Chart(
        Axis.around(depths, zero=True),
        Axis.around([*theory, *counted, *marked], zero=True),
        (
            Line(labels["theory"], depths, theory, LIGHT.series[3]),
            Line(labels["effective"], depths, counted, LIGHT.series[0]),
            Line(labels["here"], [here.depth, here.depth], marked, LIGHT.text, dashed=True),
        ),
        names=(labels["depth"], labels["width"]),
        ringed=tuple((here.depth, width) for width in marked),
        size=CHART,
    )
