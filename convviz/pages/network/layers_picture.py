"""Every layer of a network, or how one of its maps came about, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.browser.overview.words import HOW, WORDS
from convviz.export import Tile
from convviz.nets.overview import Detail, LayerView, detail, views
from convviz.nets.run import Run
from convviz.nets.stack import stack_text
from convviz.ops.types import Array
from convviz.pictures.paper.montage import montage
from convviz.pictures.paper.raster import photo, signed_map
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.ui.giving.slides import map_tile, offer_slide, range_text
from convviz.ui.training.subject import Sample, Subject, probabilities

NAME = "network"
MAP, UNIT, PICTURE, SIDE = 76, 18, 160, 220  # screen pixels
TALL = {True: 4, False: 16}  # maps, and units, below one another
PARTS = 2  # of what is added up to a map


def offer_layers_picture(
    subject: Subject, sample: Sample, run: Run, opened: tuple[int, int] | None
) -> None:
    """Offer every layer's maps, or how the map that is opened came about.

    Parameters
    ----------
    subject, sample, run
        The network, the picture, and what passed through.
    opened
        Layer and number of the map; None where none is.
    """
    said, view = [stack_text(subject.net.layers)], [_("Network"), _("Every layer")]
    layers = views(subject.net, run)
    if opened is None:
        offer_slide(view, said, lambda: _layers(layers, subject, sample, run), NAME)
        return
    made, at = detail(subject.net, run, *opened), layers[opened[0] + 1]
    view.append(f"{at.text}, {opened[1]}")
    said.append(_(HOW[at.kind]))
    offer_slide(view, said, lambda: _made(made, at, layers[opened[0]]), NAME)


def _layers(
    layers: Sequence[LayerView], subject: Subject, sample: Sample, run: Run
) -> list[list[Tile]]:
    """The picture and each layer's maps; scores as a table with their probabilities."""
    tiles = [Tile(_("Picture"), photo(sample.pixels, side=PICTURE))]
    tiles += [_layer(each) for each in layers[:-1]]
    shares = probabilities(run)
    rows = [
        [subject.names[k], number(float(score), 3), f"{100 * shares[k]:.1f}%"]
        for k, score in enumerate(layers[-1].values)
    ]
    tiles.append(Tile(_title(layers[-1]), Table((), rows, sample.label)))
    return [tiles]


def _layer(each: LayerView) -> Tile:
    maps = each.values if each.values.ndim == 3 else each.values[:, None, None]
    is_map = each.values.ndim == 3
    body = montage(maps, cell=MAP if is_map else UNIT, tall=TALL[is_map])
    return Tile(_title(each), body, _between(maps), least=body.size[0])


def _title(each: LayerView) -> str:
    return f"{_name(each)}  {'×'.join(map(str, each.values.shape))}"


def _name(each: LayerView) -> str:
    return _("input") if each.kind == "input" else each.text


def _between(values: Array) -> str:
    """The range, shortly."""
    low, high = (number(float(value), 3) for value in (values.min(), values.max()))
    return _(WORDS["between"]).format(minimum=low, maximum=high)


def _made(made: Detail, at: LayerView, before: LayerView) -> list[list[Tile]]:
    """What is added up, the sum, and what becomes of it."""
    title = f"{_title(before)} → {at.text}, {made.index}"
    if made.total.size == 1:
        return _unit(made, at, before, title)
    parts = montage(made.parts, cell=MAP, tall=PARTS)
    first = [Tile(title, parts, range_text(made.parts))] if at.feeds == "all" else []
    if made.kernels is not None:
        kernels = montage(made.kernels, cell=MAP, tall=PARTS)
        named = f"{_('Weights')}  {'×'.join(map(str, made.kernels.shape))}"
        first.insert(0, Tile(named, kernels, range_text(made.kernels)))
    if at.feeds == "all":
        foot = f"{range_text(made.total)}; {_(WORDS['bias'])} {number(made.bias, 4)}"
        ends = [Tile(f"Σ {_(WORDS['sum'])}", signed_map(made.total, side=SIDE), foot)]
    else:
        ends = [map_tile(f"{_name(before)}, {made.index}", made.parts[0], side=SIDE)]
    ends.append(map_tile(f"→ {at.text}", made.out, side=SIDE))
    ends += [map_tile(f"→ {kind}", np.asarray(values), side=SIDE) for kind, values in made.after]
    return [first, ends]


def _unit(made: Detail, at: LayerView, before: LayerView, title: str) -> list[list[Tile]]:
    """A single number: what is added up for it, and what becomes of it."""
    total, out = number(float(made.total[0, 0]), 4), number(float(made.out[0, 0]), 4)
    if at.feeds == "all":
        lines = [[f"Σ {_(WORDS['sum'])}", total], [_(WORDS["bias"]), number(made.bias, 4)]]
    else:
        lines = [[f"{_name(before)}, {made.index}", total]]
    lines.append([f"→ {at.text}", out])
    lines += [[f"→ {kind}", number(float(values[0, 0]), 4)] for kind, values in made.after]
    table = Tile("", Table((), lines))
    if at.feeds != "all":
        return [[table]]
    is_map = made.parts.shape[1:] != (1, 1)
    parts = montage(made.parts, cell=MAP if is_map else UNIT, tall=TALL[is_map])
    return [[Tile(title, parts, range_text(made.parts)), table]]
