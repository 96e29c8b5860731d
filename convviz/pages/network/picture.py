"""The views of the Network page that look into a network, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from convviz.export import Tile
from convviz.nets.stack import stack_text
from convviz.ops.types import Floats
from convviz.pages.network.words import loss_sentence, score_rows, verdict
from convviz.pictures.paper.grid import TileGrid
from convviz.pictures.paper.raster import photo
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.ui.giving.slides import map_tile, offer_slide
from convviz.ui.training.subject import Sample, Subject
from convviz.ui.view import CellsPart

Mistake = tuple[int, npt.NDArray[np.uint8], str]  # number, pixels, caption
NAME, SIDE, SMALL, ACROSS = (
    "network",
    300,
    120,
    3,
)  # screen pixels of pictures; worst mistakes in a row


def offer_scores_picture(
    subject: Subject, sample: Sample, numbers: tuple[Floats, Floats], asked: str, saliency: Floats
) -> None:
    """Offer softmax with its numbers, beside the picture and the saliency of one class.

    Parameters
    ----------
    subject, sample
        The network and the picture.
    numbers
        Scores and probabilities of the classes.
    asked, saliency
        The class, and what moves its score.
    """
    scores, shares = numbers

    def rows() -> list[list[Tile]]:
        label = sample.label
        heads, lines = score_rows(scores, shares, subject.names)
        marked = (
            None if label is None else [name for name, *_rest in lines].index(subject.names[label])
        )
        loss = "" if label is None else loss_sentence(shares, label).replace("**", "")
        size = f"{saliency.shape[0]}×{saliency.shape[1]}"
        seen = Tile(f"{_('Picture')}  {size}", photo(sample.pixels, side=SIDE))
        title = f"{_('Saliency')}: {_(asked)}, {_('largest |∂score/∂channel|')}"
        table = Tile("", Table(heads, lines, marked), loss)
        return [[table, seen, map_tile(title, saliency, side=SIDE)]]

    said = [stack_text(subject.net.layers), verdict(subject, sample, int(scores.argmax()))]
    offer_slide([_("Network"), _("Scores")], said, rows, NAME)


def offer_mistakes_picture(
    subject: Subject, matrix: CellsPart, worst: Sequence[Mistake], said: str
) -> None:
    """Offer the confusion matrix, and the pictures the network is most wrong about."""

    def rows() -> list[list[Tile]]:
        row = matrix.tiles()
        if worst:
            tiles: list[Tile | None] = [
                Tile(caption, photo(pixels, side=SMALL), least=SMALL + 60)
                for _number, pixels, caption in worst
            ]
            tiles += [None] * (-len(tiles) % ACROSS)
            grid = TileGrid([tiles[k : k + ACROSS] for k in range(0, len(tiles), ACROSS)])
            row.append(Tile(_("Worst mistakes: class → taken for"), grid))
        return [row]

    view = [_("Network"), _("Mistakes")]
    offer_slide(view, [stack_text(subject.net.layers), said], rows, NAME)
