"""The Backward page: the three gradients of a convolution, one step at a time."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.export.code import ConvBackwardCode, FullCorrelation
from convviz.ops.index import visits
from convviz.ops.types import Floats
from convviz.photos.images import to_chw
from convviz.pictures.screen.numbers import numbers_figure
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.trace import Scene, conv_backward_scene, conv_scene, correlation_scene
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.giving.exports import offer_counts
from convviz.ui.giving.slides import counts_tile, offer_slide
from convviz.ui.inputs.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.region_controls import picked_step
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.step_view import step_view
from convviz.ui.theme import is_dark

LOOP, CORRELATION, COUNTS = N_("The loop"), N_("As a full correlation"), N_("Visit counts")
REGION = 5  # with one row of padding every number of all six arrays fits a lecture screen


def render() -> None:
    """Draw the page."""
    link.read_link()
    # What a backward pass begins with stands above the other settings.
    first = st.sidebar.container()
    settings = convolve_controls(side=REGION, with_bias=False)
    view_column, size_column = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [LOOP, CORRELATION, COUNTS], show_label=False)
    show_notes()
    size = (settings.region.rows, settings.region.columns)
    if view != COUNTS:
        show_leftover(settings.spec.window, size)
    x, w, spec = _cut(settings), settings.filters.weights, settings.spec
    out = conv_scene(x, w, None, spec).panels["out"].values
    with first:
        dout = gradient_controls(out.shape, lambda: out)
    by_loop = conv_backward_scene(dout, x, w, spec)
    if view == CORRELATION:
        by_correlation = correlation_scene(dout, w, spec.window, size)
        size_column.markdown(_comparison(by_correlation, by_loop))
        correlation = FullCorrelation(dout, w, spec.window, size)
        return step_view(by_correlation, "full-correlation", lambda: correlation)
    show_size(size_column, spec.window, size, settings.size)
    if view == LOOP:
        loop = ConvBackwardCode(dout, x, w, spec)
        start = picked_step(by_loop, settings.region, spec.window)
        return step_view(by_loop, "convolution-backward", lambda: loop, start=start)
    return _counts(settings, (out.shape[2], out.shape[3]))


def _cut(settings: ConvolveSettings) -> Floats:
    """The region of every photo, shape (N, C, rows, columns)."""
    images = [to_chw(photo.pixels, settings.channels) for photo in settings.photos]
    return np.stack([settings.region.cut(image) for image in images]).astype(np.float64)


def _comparison(by_correlation: Scene, by_loop: Scene) -> str:
    """What the correlation is, and how far its dx_pad lies from the loop's."""
    difference = np.abs(by_correlation.panels["dx"].values - by_loop.panels["dx"].values).max()
    return _(
        "dout spread out by the stride, correlated with the filter turned by 180°. "
        "**Largest difference from the loop's dx_pad: {difference}**"
    ).format(difference=f"{difference:.2g}")


def _counts(settings: ConvolveSettings, out: tuple[int, int]) -> None:
    """How many windows each cell of the padded region lies in."""
    window, size = settings.spec.window, (settings.region.rows, settings.region.columns)
    said = _(
        "In how many windows each cell of x_pad lies: so many terms are added up in its dx_pad, which is why "
        "the loop needs +=. A cell in no window keeps the gradient 0."
    )
    st.markdown(said)
    counts = visits(window, out, window.padded_size(size))
    offer_counts(counts, window, size)
    view = [_("Backward"), _(COUNTS)]
    offer_slide(view, [window_line(window), said], lambda: [[counts_tile(counts)]], "visit-counts")
    figure = numbers_figure(counts, dark=is_dark())
    st.plotly_chart(figure, key="counts", theme=None, config={"displayModeBar": False})
