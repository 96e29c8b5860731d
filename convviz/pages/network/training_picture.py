"""The views of the Network page that train, as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convviz.browser.overview.diagram import diagram_label, layer_rows
from convviz.export import Tile
from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pages.network.charts import Lines, first_filters, training_lines
from convviz.pages.network.experiment import Experiment
from convviz.pictures.paper.lines import Series, lines_chart
from convviz.pictures.paper.raster import Raster
from convviz.pictures.paper.tables import CodeTile, Table
from convviz.text.i18n import _
from convviz.text.prose import without_markup
from convviz.ui.giving.slides import offer_slide
from convviz.ui.training.settings import NetworkSettings

NAME, CHART, FILTERS, WIDE = "training", (560, 300), 260, 420  # screen pixels


def offer_training_picture(
    settings: NetworkSettings, net: Sequential, job: Job[Trainer] | None, said: str
) -> None:
    """Offer the network's layers, and the charts of its training as they are now.

    Parameters
    ----------
    settings
        Of the training; of the sidebar before the first.
    net
        The network drawn.
    job
        The training; None before the first.
    said
        Where it stands.
    """
    begun = job is not None and bool(job.trainer.history.losses)
    charts = training_lines(job) if job and begun else []
    filters = first_filters(job.trainer.net) if job and begun else None

    def rows() -> list[list[Tile]]:
        lines = [list(row) for row in zip(*layer_rows(net), strict=True)]
        found = [[Tile(diagram_label(net), Table((), lines))]]
        tiles = [_chart(each) for each in charts]
        found += [tiles[:2], tiles[2:]]
        if filters:
            pixels, caption = filters
            found[-1].append(Tile(_("First filters"), Raster(pixels, side=FILTERS), caption))
        return found

    offer_slide([_("Network"), _("Train")], [settings_line(settings), said], rows, NAME)


def offer_experiments_picture(seed: int, experiments: Sequence[Experiment]) -> None:
    """Offer the experiments and what came of them."""

    def rows() -> list[list[Tile]]:
        tables = [
            Tile(each.title, Table(each.head, each.rows), each.more, WIDE)
            for each in experiments
            if each.rows
        ]
        return [tables, [_chart(each.lines) for each in experiments if each.lines]]

    said = [f"{_('Seed')} {seed}", *(f"{each.title}: {each.text}" for each in experiments)]
    offer_slide([_("Network"), _("Experiments")], said, rows, "experiments")


def offer_torch_picture(
    settings: NetworkSettings, codes: Mapping[str, str], losses: Series, said: str
) -> None:
    """Offer both codes, and the losses of both.

    Parameters
    ----------
    settings
        What the sidebar says.
    codes
        Title and lines of each.
    losses
        Of both; empty where they were not compared.
    said
        How far they lie apart.
    """

    def rows() -> list[list[Tile]]:
        titles = [without_markup(title) for title in codes]
        found = [[Tile(*each) for each in zip(titles, map(CodeTile, codes.values()), strict=True)]]
        if losses:
            found.append([_chart(Lines("loss", _("Loss"), losses, {"dashed": ["PyTorch"]}))])
        return found

    offer_slide([_("Network"), "PyTorch"], [settings_line(settings), said], rows, "pytorch")


def _chart(lines: Lines) -> Tile:
    names = (_("iteration"), "")
    return Tile(lines.title, lines_chart(lines.series, names=names, size=CHART, **lines.options))


def settings_line(settings: NetworkSettings) -> str:
    """How the network is trained, in one line."""
    training = settings.training
    scale = "Kaiming" if settings.weight_scale is None else f"{settings.weight_scale:g}"
    parts = {
        _("Training images"): settings.images,
        _("Initial weights"): scale,
        _("Weight decay"): f"{settings.reg:g}",
        _("Update rule"): training.optimiser,
        _("Learning rate"): f"{training.learning_rate:g}",
        _("Batch size"): training.batch_size,
        _("Epochs"): training.epochs,
    }
    return ", ".join(f"{name} {value}" for name, value in parts.items())
