"""Every layer of a network, or how it computes one map: the browser draws it on the page, Pillow on a slide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.browser.overview import Overview
from convviz.browser.overview.words import WORDS
from convviz.export import Tile
from convviz.nets.overview import Detail, LayerView
from convviz.ops.types import Array
from convviz.pictures.paper.montage import montage
from convviz.pictures.paper.raster import Raster, map_tile, photo, range_text, signed_map
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.text.prose import number

MAP, UNIT, PICTURE, SIDE = 76, 18, 160, 220  # screen pixels
TALL = {True: 4, False: 16}  # maps, and units, below one another
PARTS = 2  # of what is added up to a map


@dataclass(frozen=True, eq=False)
class OverviewPart(Overview):
    """The overview of a network."""

    def tiles(self) -> list[Tile]:
        """The picture, each layer's maps and the scores; or what a map that is open is made of."""
        if self.detail is None:
            return [Tile(_("Picture"), photo(self.picture, side=PICTURE)), *self._layers()]
        at, before = self.layers[self.detail.layer + 1], self.layers[self.detail.layer]
        made = _unit if self.detail.total.size == 1 else _map
        return made(self.detail, at, before)

    def _layers(self) -> list[Tile]:
        """Each layer's maps; scores as a table with their probabilities."""
        *hidden, scores = self.layers
        rows = [
            [name, number(float(score), 3), f"{100 * share:.1f}%"]
            for name, score, share in zip(
                self.names, scores.values, self.probabilities, strict=True
            )
        ]
        return [*map(_layer, hidden), Tile(_title(scores), Table((), rows, self.label))]


def _layer(each: LayerView) -> Tile:
    maps = each.values if each.values.ndim == 3 else each.values[:, None, None]
    body = _many(maps, is_map=each.values.ndim == 3)
    low, high = (number(float(value), 3) for value in (maps.min(), maps.max()))
    between = _(WORDS["between"]).format(minimum=low, maximum=high)
    return Tile(_title(each), body, between, least=body.size[0])


def _many(maps: Array, *, is_map: bool) -> Raster:
    """Maps, or units, as one picture."""
    return montage(maps, cell=MAP if is_map else UNIT, tall=TALL[is_map])


def _title(each: LayerView) -> str:
    return f"{_name(each)}  {'×'.join(map(str, each.values.shape))}"


def _name(each: LayerView) -> str:
    return _("input") if each.kind == "input" else each.text


def _map(made: Detail, at: LayerView, before: LayerView) -> list[Tile]:
    """The kernels, what is added up, the sum, and what becomes of it."""
    found = []
    if made.kernels is not None:
        kernels = montage(made.kernels, cell=MAP, tall=PARTS)
        named = f"{_('Weights')}  {'×'.join(map(str, made.kernels.shape))}"
        found.append(Tile(named, kernels, range_text(made.kernels)))
    if at.feeds == "all":
        parts = montage(made.parts, cell=MAP, tall=PARTS)
        title = f"{_title(before)} → {at.text}, {made.index}"
        foot = f"{range_text(made.total)}; {_(WORDS['bias'])} {number(made.bias, 4)}"
        found.append(Tile(title, parts, range_text(made.parts)))
        found.append(Tile(f"Σ {_(WORDS['sum'])}", signed_map(made.total, side=SIDE), foot))
    else:
        found.append(map_tile(f"{_name(before)}, {made.index}", made.parts[0], side=SIDE))
    steps = [(at.text, made.out), *made.after]
    return found + [map_tile(f"→ {name}", np.asarray(values), side=SIDE) for name, values in steps]


def _unit(made: Detail, at: LayerView, before: LayerView) -> list[Tile]:
    """A single number: what is added up for it, and what becomes of it."""
    total = number(float(made.total[0, 0]), 4)
    steps = [(at.text, made.out), *made.after]
    then = [[f"→ {name}", number(float(values[0, 0]), 4)] for name, values in steps]
    if at.feeds != "all":
        return [Tile("", Table((), [[f"{_name(before)}, {made.index}", total], *then]))]
    summed = [[f"Σ {_(WORDS['sum'])}", total], [_(WORDS["bias"]), number(made.bias, 4)]]
    title = f"{_title(before)} → {at.text}, {made.index}"
    parts = _many(made.parts, is_map=made.parts.shape[1:] != (1, 1))
    foot = range_text(made.parts)
    return [Tile(title, parts, foot), Tile("", Table((), [*summed, *then]))]
