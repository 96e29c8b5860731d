"""A map before and after ReLU as histograms, and the difference of two maps."""

from __future__ import annotations

import streamlit as st

from convviz.ops.types import Floats
from convviz.pages.feature_maps.exports import map_view, maps_code
from convviz.pages.feature_maps.grid import GridColours
from convviz.pages.feature_maps.settings import MapSettings, chosen_map
from convviz.pictures.histogram import relu_histograms
from convviz.pictures.scales import near_all, signed_limit
from convviz.pipeline import Relu
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.ui.parts import in_columns
from convviz.ui.view import ChartPart, MapPart, Part, View

HEIGHT, SIZE = 245, (860, 260)  # of a histogram, in screen pixels: on the page, and on a slide
BELOW = 290  # screen pixels kept for what stands above and below a picture


def histogram_view(settings: MapSettings) -> None:
    """How often each number occurs in one map before ReLU and after."""
    n, f = chosen_map(settings)
    stage = settings.stage
    if isinstance(settings.pipeline.stages[stage], Relu):
        stage -= 1
    before: Floats = settings.maps(n, stage)[f]
    said = _(
        "{negative:.1%} of the {count:,} cells are negative before ReLU; {zero:.1%} are 0 after it."
    ).format(
        negative=float((before < 0).mean()), count=before.size, zero=float((before <= 0).mean())
    )
    st.markdown(said)
    charts: list[list[Part]] = [
        [ChartPart(chart, f"histogram {k}", HEIGHT, SIZE)]
        for k, chart in enumerate(relu_histograms(before))
    ]
    title = f"{_('Histogram')} · {settings.images[n]}, {settings.filters[f]}"
    map_view(settings, title, charts, said, (n, f), "feature-map-histogram").show()


def difference_view(settings: MapSettings, colours: GridColours) -> None:
    """Two maps of a stage, on one scale, and their difference, on its own."""
    (n, f), (m, g) = in_columns(lambda: chosen_map(settings), lambda: chosen_map(settings, "_b"))
    first, second = settings.maps(n)[f], settings.maps(m)[g]
    if first.shape != second.shape:
        st.info(_("These maps have different sizes. Cut the images square to compare them."))
        return
    difference = first - second
    said = _difference_sentence(difference)
    st.markdown(said)
    shared = _limit(colours, first, second)
    shown = (
        (f"A: {settings.images[n]}, {settings.filters[f]}", first, shared),
        (f"B: {settings.images[m]}, {settings.filters[g]}", second, shared),
        ("A − B", difference, _limit(colours, difference)),
    )
    parts = [
        MapPart(
            values,
            f"difference {k}",
            title,
            settings.lattice,
            limit=limit,
            group=f"difference {k}",
            below=BELOW,
        )
        for k, (title, values, limit) in enumerate(shown)
    ]
    View(
        [_("Feature maps"), _("Difference")],
        "difference",
        [parts],
        [settings.line, said],
        lambda: {"first": first, "second": second, "difference": difference},
        lambda: maps_code(settings, (n, m), ((0, f), (1, g))),
    ).show()


def _limit(colours: GridColours, *maps: Floats) -> float | None:
    """End of the scale that maps share; None where all numbers are 0."""
    farthest = signed_limit(*maps)
    near = 0.0 if colours.full else max(near_all(each) for each in maps)
    return near or farthest or None


def _difference_sentence(difference: Floats) -> str:
    size = abs(difference)
    row, column = divmod(int(size.argmax()), difference.shape[1])
    return _(
        "A − B is largest in size at ({row}, {column}): {value}. Mean of |A − B|: {mean}."
    ).format(
        row=row,
        column=column,
        value=number(float(difference[row, column])),
        mean=number(float(size.mean())),
    )
