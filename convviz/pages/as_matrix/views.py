"""The views of the As a matrix page: the three matrices, and their loops one step at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from convviz.browser.product import Product
from convviz.export import Tile
from convviz.export.code import ColumnsBackwardCode, ColumnsCode
from convviz.ops.conv import conv2d_backward
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
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.trace import Scene
from convviz.ui.inputs.convolve_controls import ConvolveSettings, about_loop
from convviz.ui.inputs.photos import photo_note
from convviz.ui.inputs.region_controls import pick_region, picked_step, window_lattice
from convviz.ui.places import as_given
from convviz.ui.state import live
from convviz.ui.step_view import step_view
from convviz.ui.view import PhotoPart, TablePart, View

WHOLE, FILL, PRODUCT = N_("Matrices"), N_("im2col"), N_("Product")
DW, BACKWARD = N_("dw"), N_("col2im")
BELOW = 450  # screen pixels kept for what stands above and below the photo


@dataclass(frozen=True, eq=False)
class ProductPart(Product):
    """The matrices, on the page and on a slide."""

    made: Matrices

    def tiles(self) -> list[Tile]:
        """How often each number is copied, the filters' rows, the first image's columns, and their product."""
        shown = {
            _("x_pad copies of each number"): self.copies().astype(np.float64),
            "w_rows": self.made.rows,
            "x_cols": self.made.columns[0],
            "out_rows": self.made.out[0],
        }
        return [
            Tile(_titled(name, values), CellTile(number_cells(values)))
            for name, values in shown.items()
        ]


@dataclass(frozen=True, eq=False)
class Chosen:
    """What the As a matrix page shows."""

    settings: ConvolveSettings
    # Where the gradients begin, (N, F, OH, OW); None where a view has none.
    dout: Floats | None = None

    @property
    def operands(self) -> tuple[Floats, Floats, Conv2dSpec]:
        """The region of every photo, the filters, and how they are convolved."""
        x = self.settings.region.batch(self.settings.photos, self.settings.channels)
        return x, self.settings.filters.weights, self.settings.spec

    def forward(self) -> ColumnsCode:
        """The product, as a script computes it."""
        x, w, spec = self.operands
        return ColumnsCode(x, w, np.zeros(len(w)), spec)

    def backward(self) -> ColumnsBackwardCode:
        """The backward pass, as a script computes it."""
        x, w, spec = self.operands
        assert self.dout is not None
        return ColumnsBackwardCode(self.dout, x, w, spec)

    def by_conv2d(self) -> dict[str, Floats]:
        """The gradients as `conv2d_backward` computes them."""
        code = self.backward()
        dx, dw, _db = conv2d_backward(code.dout, code.x, code.w, **code.spec.keywords)
        return {"dw": dw, "dx": dx}


def whole_view(chosen: Chosen) -> None:
    """The region, its matrix of windows, the filters' rows and their product; and what each way costs."""
    settings, (x, w, spec) = chosen.settings, chosen.operands
    window, photo = spec.window, settings.photos[0]
    made = matrices(x, w, spec)
    picked_from = PhotoPart(
        photo.pixels,
        "matrix photo",
        shown_name(photo.name),
        window_lattice(window),
        note=photo_note(photo),
        box=settings.region.box,
        padding=window.padding,
        below=BELOW,
    )
    costs = TablePart(*costs_rows(x, w, spec, milliseconds(x, w, spec)))
    is_shown = settings.region.size == settings.size and len(x) == 1
    said = [
        sizes_sentence(made),
        photo_sentence(settings.size, x.shape[1], window, is_shown=is_shown),
    ]
    product = ProductPart(
        pad(x, window.padding, spec.padding_mode)[0],
        w,
        made.out[0].reshape(len(w), *spec.output_size(settings.region.size)),
        window,
        settings.region.size,
        [_(name) for name in photo.channel_names(settings.channels)],
        not photo.signed,
        [*said, *costs.lines],
        made,
    )
    View(
        [_("As a matrix"), _(WHOLE)],
        "convolution-columns",
        [[picked_from, costs], [product]],
        [window_line(window), *said],
        lambda: _arrays(chosen),
        chosen.forward,
    ).offer()
    left, right = live.columns([5, 19])
    with left:
        place = picked_from.show()
    with right:
        product.show()
    if place:
        pick_region(place[0], place[1])


def fill_view(chosen: Chosen) -> None:
    """Window by window, the matrix of windows fills in."""
    x, w, spec = chosen.operands
    shown = as_given(fill_scene(x, w, spec), chosen.settings.photos[0], x.shape[1])
    step_view(shown, "im2col", chosen.forward, _about(chosen, FILL), arrays=lambda: _arrays(chosen))


def _about(chosen: Chosen, view: str) -> list[str]:
    return about_loop(chosen.settings, _("As a matrix"), _(view))


def product_view(chosen: Chosen) -> None:
    """Each filter's row meets each window's column."""
    settings, (x, w, spec) = chosen.settings, chosen.operands
    scene = multiply_scene(x, w, spec)
    start = picked_step(scene, settings.region, spec.window)
    shown = as_given(scene, settings.photos[0], x.shape[1])
    about, arrays = _about(chosen, PRODUCT), partial(_arrays, chosen)
    step_view(shown, "columns-product", chosen.forward, about, start=start, arrays=arrays)


def weights_back_view(chosen: Chosen) -> None:
    """The gradient of the filters: each row of dout meets each row of x_cols."""
    code = chosen.backward()
    shown = as_given(_of_weights(code), chosen.settings.photos[0], code.x.shape[1])

    def arrays() -> dict[str, Floats]:
        return code.arrays | chosen.by_conv2d()

    step_view(shown, "dw-product", lambda: code, _about(chosen, DW), arrays=arrays)


def weights_back_said(chosen: Chosen) -> str:
    """How far that gradient lies from the one that `conv2d_backward` computes."""
    return dw_sentence(_of_weights(chosen.backward()).panels["dw"].values, chosen.by_conv2d()["dw"])


def _of_weights(code: ColumnsBackwardCode) -> Scene:
    return weights_scene(code.dout, code.x, code.w, code.spec)


def columns_back_view(chosen: Chosen) -> None:
    """The gradient of the columns, and the loop that adds them back to the input."""
    code = chosen.backward()
    scene = _of_columns(code)
    gained = {"dx_cols": scene.panels["cols"].values, "dx_pad": scene.panels["dx"].values}
    shown = as_given(scene, chosen.settings.photos[0], code.x.shape[1])

    def arrays() -> dict[str, Floats]:
        return code.arrays | gained | chosen.by_conv2d()

    step_view(shown, "col2im", lambda: code, _about(chosen, BACKWARD), arrays=arrays)


def columns_back_said(chosen: Chosen) -> str:
    """How far that gradient lies from the one that `conv2d_backward` computes."""
    code, spec = chosen.backward(), chosen.settings.spec
    dx = unpad(_of_columns(code).panels["dx"].values, spec.window.padding, spec.padding_mode)
    return dx_sentence(dx, chosen.by_conv2d()["dx"])


def _of_columns(code: ColumnsBackwardCode) -> Scene:
    return back_scene(code.dout, code.x, code.w, code.spec)


def _arrays(chosen: Chosen) -> dict[str, Floats]:
    """The inputs, the matrices, and the product laid out as maps."""
    x, w, spec = chosen.operands
    made, out = matrices(x, w, spec), spec.output_size((x.shape[2], x.shape[3]))
    maps = made.out.reshape(*made.out.shape[:2], *out)
    return chosen.forward().arrays | {"x_cols": made.columns, "w_rows": made.rows, "out": maps}


def _titled(name: str, values: Floats) -> str:
    return f"{name} {values.shape[0]}×{values.shape[1]}"
