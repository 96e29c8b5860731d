"""The views of the Transposed page: the stamps one by one, the pattern of their overlaps, and the way back."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from convviz.export.code import TransposedBackwardCode, TransposedCode
from convviz.ops import conv2d, conv_transpose2d, conv_transpose2d_backward
from convviz.ops.conv import conv2d_backward_input
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Array, Floats
from convviz.ops.window import Window2d
from convviz.pages.transposed.cached import backward_scene, enlarged, overlaps, stamps_scene
from convviz.pages.transposed.controls import TransposedSettings
from convviz.pages.transposed.words import (
    difference_sentence,
    dx_sentence,
    gathered_sentence,
    output_padding_sentence,
    pattern_sentence,
    size_sentence,
)
from convviz.pictures.cells import number_cells
from convviz.text.i18n import N_, _
from convviz.text.joined import listed
from convviz.text.windows import pair_text, window_line
from convviz.text.words import shown_name
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.region_controls import window_lattice
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.places import as_given
from convviz.ui.step_view import step_view
from convviz.ui.view import CellsPart, MapPart, PooledPart, View

STAMPS, BACKWARD = N_("Stamps"), N_("Backward")
CHECKERBOARD, INVERSE = N_("Checkerboard"), N_("Not the inverse")
BELOW, HEIGHT, DIGITS = 330, 165, 3
TALL = 260  # screen pixels of the counts
PLAIN = window_lattice(Window2d.make(1))  # these maps lie on no photo


def stamps_view(settings: TransposedSettings) -> None:
    """The loop: each input cell stamps the filters onto the output."""
    scene = stamps_scene(settings.x, settings.w, settings.window, settings.output_padding)
    shown = as_given(scene, settings.photo, settings.x.shape[1])
    code, about = partial(_code, settings), _about(settings, _(STAMPS))
    step_view(shown, "transposed", code, about, arrays=lambda: _arrays(settings))


def _about(settings: TransposedSettings, view: str) -> list[str]:
    """A title, and what is stepped through."""
    more = f"{_('Output padding')} {pair_text(settings.output_padding)}"
    return [
        f"{_('Transposed')} · {view}",
        shown_name(settings.photo.name),
        listed([window_line(settings.window), more]),
        size_sentence(settings).replace("**", ""),
    ]


def stamps_said(settings: TransposedSettings) -> list[str]:
    """The size of the output, and what the output padding is for."""
    return [*size_sentence(settings).split("  \n"), output_padding_sentence(settings)]


def backward_view(settings: TransposedSettings, first: DeltaGenerator) -> None:
    """Backward: each input cell gathers the gradient under its stamp, as a convolution does."""
    x, w, window, more = settings.x, settings.w, settings.window, settings.output_padding
    with first:
        dout = gradient_controls(
            (len(x), w.shape[1], *settings.output_size), lambda: _out(settings)
        )
    by_conv = conv2d(dout, w, None, window.stride, window.padding, window.dilation)
    scene = backward_scene(dout, x, w, window, more)
    st.markdown(gathered_sentence(scene.panels["dx"].values, by_conv))
    code = TransposedBackwardCode(dout, x, w, window, more)

    def arrays() -> dict[str, Floats]:
        how = (window.stride, window.padding, more, window.dilation)
        dx, dw, db = conv_transpose2d_backward(dout, x, w, *how)
        return code.arrays | {"dx": dx, "dw": dw, "db": db}

    shown = as_given(scene, settings.photo, x.shape[1])
    step_view(
        shown, "transposed-backward", lambda: code, _about(settings, _(BACKWARD)), arrays=arrays
    )


def checkerboard_view(settings: TransposedSettings) -> None:
    """How many stamps lie on each cell, and what that does to a photo; beside it, resize and then convolve."""
    window = settings.window
    counts, both = overlaps(settings.size, window), enlarged(settings.photo, window)
    said = pattern_sentence(_inner(counts, window.extent))
    titles = {"stamped": _("Transposed convolution"), "resized": _("Resize, then convolve")}
    shown = {"stamped": both.stamped, "resized": both.resized}
    maps = [_picture(settings, key, titles[key], values) for key, values in shown.items()]
    grid = CellsPart(number_cells(counts), "overlaps", _("**Stamps on each cell**"), TALL)
    st.markdown(said)
    View(
        [_("Transposed"), _(CHECKERBOARD)],
        "checkerboard",
        [[grid, *maps]],
        [size_sentence(settings), said],
        lambda: _arrays(settings) | shown,
        lambda: _code(settings),
    ).show((2, 3, 3))


def _picture(
    settings: TransposedSettings, key: str, title: str, values: Floats
) -> MapPart | PooledPart:
    """A photo in gray, white where it is 255 or more; numbers as a map."""
    name = f"enlarged {key}"
    if settings.photo.signed:
        return MapPart(values, name, title, PLAIN, below=BELOW)
    return PooledPart(values, name, title, PLAIN, below=BELOW)


def inverse_view(settings: TransposedSettings) -> None:
    """The convolution of the output: the size comes back, the numbers do not."""
    x, out = settings.x, _out(settings)
    window = settings.window
    again = conv2d(
        out, settings.w, None, window.stride, window.padding, window.dilation
    )  # (N, C, H, W)
    # of a convolution from the output's size to x's
    dx = conv2d_backward_input(x, settings.w, out.shape, Conv2dSpec(window))
    said = [dx_sentence(out, dx), difference_sentence(x, again)]
    there = [
        _grid(_("x"), x),
        _grid(_("out = conv_transpose2d(x, w)"), out),
        _grid(_("dx of a convolution by w, for dout = x"), dx),
    ]
    back = [_grid(_("conv2d(out, w)"), again), _grid(_("Difference from x"), again - x)]
    view = View(
        [_("Transposed"), _(INVERSE)],
        "not-the-inverse",
        [there, back],
        [size_sentence(settings), *said],
        lambda: {**_arrays(settings), "dx": dx, "again": again},
        lambda: _code(settings),
    )
    view.offer()
    for sentence, row, shape in zip(said, view.rows, ((3, 5, 5), (3, 3, 7)), strict=True):
        st.markdown(sentence)
        for grid, column in zip(row, st.columns(shape), strict=False):
            with column:
                grid.show()


def _grid(title: str, values: Array) -> CellsPart:
    """The first plane of the first image."""
    cells = number_cells(values[0, 0], digits=DIGITS)
    return CellsPart(cells, title, f"**{title}** {values.shape[2]}×{values.shape[3]}", HEIGHT)


def _inner(counts: Array, extent: tuple[int, int]) -> Array:
    """The counts away from the border, where every stamp that could reach a cell does; all if there are none."""
    down, across = extent[0] - 1, extent[1] - 1
    inner = counts[down : counts.shape[0] - down, across : counts.shape[1] - across]
    return inner if inner.size else counts


def _code(settings: TransposedSettings) -> TransposedCode:
    return TransposedCode(settings.x, settings.w, settings.window, settings.output_padding)


def _out(settings: TransposedSettings) -> Floats:
    return _stamped(settings, settings.x, settings.w)


def _stamped(settings: TransposedSettings, x: Floats, w: Floats) -> Floats:
    window, more = settings.window, settings.output_padding
    return conv_transpose2d(x, w, None, window.stride, window.padding, more, window.dilation)


def _arrays(settings: TransposedSettings) -> dict[str, Floats]:
    """The inputs, the output, and how many stamps lie on each of its cells."""
    ones = np.ones((1, *settings.size)), np.ones((1, 1, *settings.window.kernel))
    counts = _stamped(settings, *ones)[0]
    return _code(settings).arrays | {"out": _out(settings), "overlaps": counts}
