"""The views of the As a matrix page: the three matrices, and their loops one step at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from convviz.browser.product import Product
from convviz.export import Tile
from convviz.export.code import ColumnsBackwardCode, ColumnsCode
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.index import visits
from convviz.ops.padding import pad, unpad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats
from convviz.pages.as_matrix.cached import (
    Matrices,
    back_scene,
    fill_scene,
    matrices,
    milliseconds,
    multiply_scene,
    weights_scene,
)
from convviz.pages.as_matrix.words import (
    costs_rows,
    dw_sentence,
    dx_sentence,
    photo_sentence,
    sizes_sentence,
)
from convviz.pictures.cells import number_cells
from convviz.pictures.paper.cells import CellTile
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import photo_note
from convviz.ui.inputs.region_controls import pick_region, picked_step, window_lattice
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.places import as_given
from convviz.ui.step_view import step_view
from convviz.ui.view import CellsPart, PhotoPart, TablePart, View

BELOW = 520  # screen pixels kept for what stands above and below the photo
SMALL = 150  # screen pixels of all rows of a grid


@dataclass(frozen=True, eq=False)
class ProductPart(Product):
    """The matrices, on the page and on a slide."""

    made: Matrices

    def tiles(self) -> list[Tile]:
        """The filters' rows, the first image's columns, and their product."""
        shown = {
            "w_rows": self.made.rows,
            "x_cols": self.made.columns[0],
            "out_rows": self.made.out[0],
        }
        return [
            Tile(_titled(name, values), CellTile(number_cells(values)))
            for name, values in shown.items()
        ]


def whole_view(settings: ConvolveSettings) -> None:
    """The region, its matrix of windows, the filters' rows and their product; and what each way costs."""
    x, w, spec = _inputs(settings)
    window, photo, region = spec.window, settings.photos[0], settings.region
    made = matrices(x, w, spec)
    out = spec.output_size(region.size)
    copies = visits(window, out, window.padded_size(region.size))
    picked_from = PhotoPart(
        photo.pixels,
        "matrix photo",
        shown_name(photo.name),
        window_lattice(window),
        note=photo_note(photo),
        box=region.box,
        padding=window.padding,
        below=BELOW,
    )
    copied = CellsPart(
        number_cells(copies),
        "copies",
        _("**x_pad** copies of each number"),
        SMALL,
    )
    costs = TablePart(*costs_rows(x, w, spec, milliseconds(x, w, spec)))
    said = [sizes_sentence(made), photo_sentence(settings.size, x.shape[1], window)]
    product = _product(settings, made)
    View(
        [_("As a matrix"), _("Matrices")],
        "convolution-columns",
        [[picked_from, copied, costs], [product]],
        [window_line(window), *said],
        lambda: _arrays(settings),
        lambda: _code(settings),
    ).offer()
    st.markdown("  \n".join(said))
    left, right = st.columns([2, 7.6])
    with left:
        place = picked_from.show()
        copied.show()
    with right:
        costs.show()
        product.show()
    if place:
        pick_region(place[0], place[1])


def fill_view(settings: ConvolveSettings) -> None:
    """Window by window, the matrix of windows fills in."""
    x, w, spec = _inputs(settings)
    shown = as_given(fill_scene(x, w, spec), settings.photos[0], x.shape[1])
    step_view(shown, "im2col", lambda: _code(settings), arrays=lambda: _arrays(settings))


def product_view(settings: ConvolveSettings) -> None:
    """Each filter's row meets each window's column."""
    x, w, spec = _inputs(settings)
    scene = multiply_scene(x, w, spec)
    start = picked_step(scene, settings.region, spec.window)
    name, arrays = "columns-product", lambda: _arrays(settings)
    shown = as_given(scene, settings.photos[0], x.shape[1])
    step_view(shown, name, lambda: _code(settings), start=start, arrays=arrays)


def weights_back_view(settings: ConvolveSettings, first: DeltaGenerator) -> None:
    """The gradient of the filters: each row of dout meets each row of x_cols."""
    code, by_loop = _back(settings, first)
    scene = weights_scene(code.dout, code.x, code.w, code.spec)
    st.markdown(dw_sentence(scene.panels["dw"].values, by_loop["dw"]))
    shown = as_given(scene, settings.photos[0], code.x.shape[1])
    step_view(shown, "dw-product", lambda: code, arrays=lambda: code.arrays | by_loop)


def columns_back_view(settings: ConvolveSettings, first: DeltaGenerator) -> None:
    """The gradient of the columns, and the loop that adds them back to the input."""
    code, by_loop = _back(settings, first)
    scene, spec = back_scene(code.dout, code.x, code.w, code.spec), code.spec
    gained = {"dx_cols": scene.panels["cols"].values, "dx_pad": scene.panels["dx"].values}
    dx = unpad(gained["dx_pad"], spec.window.padding, spec.padding_mode)
    st.markdown(dx_sentence(dx, by_loop["dx"]))
    shown = as_given(scene, settings.photos[0], code.x.shape[1])
    step_view(shown, "col2im", lambda: code, arrays=lambda: code.arrays | gained | by_loop)


def _back(
    settings: ConvolveSettings, first: DeltaGenerator
) -> tuple[ColumnsBackwardCode, dict[str, Floats]]:
    """The backward pass, and both gradients as the loop computes them."""
    x, w, spec = _inputs(settings)
    out = spec.output_size((x.shape[2], x.shape[3]))
    with first:
        dout = gradient_controls((len(x), len(w), *out), lambda: conv2d(x, w, **spec.keywords))
    dx, dw, _db = conv2d_backward(dout, x, w, **spec.keywords)
    return ColumnsBackwardCode(dout, x, w, spec), {"dw": dw, "dx": dx}


def _inputs(settings: ConvolveSettings) -> tuple[Floats, Floats, Conv2dSpec]:
    x = settings.region.batch(settings.photos, settings.channels)
    return x, settings.filters.weights, settings.spec


def _code(settings: ConvolveSettings) -> ColumnsCode:
    x, w, spec = _inputs(settings)
    return ColumnsCode(x, w, np.zeros(len(w)), spec)


def _arrays(settings: ConvolveSettings) -> dict[str, Floats]:
    """The inputs, the matrices, and the product laid out as maps."""
    x, w, spec = _inputs(settings)
    made, out = matrices(x, w, spec), spec.output_size((x.shape[2], x.shape[3]))
    maps = made.out.reshape(*made.out.shape[:2], *out)
    return _code(settings).arrays | {"x_cols": made.columns, "w_rows": made.rows, "out": maps}


def _product(settings: ConvolveSettings, made: Matrices) -> ProductPart:
    """The first image's input, the filters' rows, the columns, their product and its maps."""
    x, w, spec = _inputs(settings)
    size, photo = settings.region.size, settings.photos[0]
    return ProductPart(
        pad(x, spec.window.padding, spec.padding_mode)[0],
        w,
        made.out[0].reshape(len(w), *spec.output_size(size)),
        spec.window,
        size,
        [_(name) for name in photo.channel_names(settings.channels)],
        not photo.signed,
        made,
    )


def _titled(name: str, values: Floats) -> str:
    return f"{name} {values.shape[0]}×{values.shape[1]}"
