"""The views of the Gradient check page as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from convviz.export import Tile
from convviz.lessons.case import Case
from convviz.lessons.check import Checked, worst
from convviz.lessons.layers import LAYERS
from convviz.pages.gradient_check.words import curve_sentence
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.axis import Axis
from convviz.pictures.paper.cells import CellTile
from convviz.pictures.paper.chart import Chart, Line
from convviz.pictures.paper.grounds import scale_pixels
from convviz.pictures.paper.scale import Scale
from convviz.pictures.screen.error_curve import FLOOR
from convviz.pictures.screen.error_scale import LIMITS, error_scale, place, power_text
from convviz.pictures.screen.errors import tiled
from convviz.text.i18n import _
from convviz.ui.giving.slides import offer_slide

NAME = "gradient-check"
CELL, MOST_ROWS = 30, 40  # screen pixels of a cell, and so many cells a side have numbers


def offer_elements_picture(
    case: Case, checked: list[Checked], bands: Sequence[str], said: Sequence[str]
) -> None:
    """Offer the heat map of each gradient below the scale.

    Parameters
    ----------
    case, checked
        What was checked, and how it came out.
    bands
        What the rule of thumb calls the parts of the scale.
    said
        The verdict, and what stands in the cells.
    """

    def rows() -> list[list[Tile]]:
        last = len(LIMITS) - 1
        ticks = [(0.0, f"≤ 1e{LIMITS[0]}")]
        ticks += [(k / last, f"1e{power}") for k, power in enumerate(LIMITS[1:-1], start=1)]
        at = float(place([worst(checked)])[0]) / last
        scale = Scale(error_scale(LIGHT), [*ticks, (1.0, "1")], bands, at, width=760, height=18)
        return [[Tile("", scale)], [_gradient(one) for one in checked]]

    error = f"{_('Largest relative error')}: {worst(checked):.2e}"
    view = [_("Gradient check"), _("Each element")]
    offer_slide(view, [_settings(case), error, *said], rows, NAME)


def offer_curve_picture(
    case: Case, steps: Sequence[float], curves: Mapping[str, Sequence[float]]
) -> None:
    """Offer the largest error for each step."""

    def rows() -> list[list[Tile]]:
        lines = tuple(
            Line(dtype, steps, [max(error, FLOOR) for error in errors], colour)
            for colour, (dtype, errors) in zip(LIGHT.series, curves.items(), strict=False)
        )
        up = Axis.around((error for line in lines for error in line.up), log=True)
        chosen = curves[case.dtype][list(steps).index(case.step)]
        chart = Chart(
            Axis(min(steps), max(steps), log=True),
            Axis(up.low / 3, max(1.0, up.high * 2), log=True),
            lines,
            names=(_("step h"), _("largest relative error")),
            ringed=((case.step, max(chosen, FLOOR)),),
            rules=((), [10.0**power for power in LIMITS[1:-1]]),
            size=(860, 480),
        )
        return [[Tile("", chart)]]

    view = [_("Gradient check"), _("Error against h")]
    offer_slide(view, [_settings(case), curve_sentence(case)], rows, NAME)


def _gradient(one: Checked) -> Tile:
    """One gradient as a heat map of errors."""
    errors, shape = tiled(one.errors), one.errors.shape
    texts = None
    if max(errors.shape) <= MOST_ROWS:
        texts = [[power_text(error) for error in row] for row in errors]
    lines = (range(0), range(0))
    if len(shape) == 4:
        lines = range(shape[2], len(errors), shape[2]), range(shape[3], errors.shape[1], shape[3])
    grounds = scale_pixels(place(errors) / (len(LIMITS) - 1), error_scale(LIGHT))
    title = _("**d{name}** {shape}, at most {error:.2e}").format(
        name=one.name, shape=shape, error=np.max(one.errors)
    )
    return Tile(title.replace("**", ""), CellTile(grounds, texts, lines=lines, tall=CELL))


def _settings(case: Case) -> str:
    """The case in one line."""
    layer = LAYERS[case.layer]
    parts = [
        _(case.layer),
        *([_(case.code)] if layer.bugs else []),
        case.dtype,
        f"h = 1e{round(np.log10(case.step))}",
    ]
    if layer.slides:
        parts += [f"{_('Kernel')} {case.kernel}", f"{_('Stride')} {case.stride}"]
        parts += [f"{_('Padding')} {case.padding}"]
    return ", ".join(parts)
