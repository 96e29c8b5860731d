"""The Train view as a picture, and the parts that pictures of other trainings need too."""

from __future__ import annotations

from convviz.browser.diagram import diagram_label, layer_rows
from convviz.export import Tile
from convviz.nets.sequential import Sequential
from convviz.nets.trainer import Trainer
from convviz.nets.worker import Job
from convviz.pages.network.charts import chart_part, first_filters, training_lines
from convviz.pictures.paper.raster import Raster
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.ui.giving.slides import offer_slide
from convviz.ui.training.settings import NetworkSettings

NAME, FILTERS = "training", 260  # screen pixels


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
    begun = job is not None and bool(job.trainer.reached.history.losses)
    charts = training_lines(job) if job and begun else []
    filters = first_filters(job.trainer.reached.net) if job and begun else None

    def rows() -> list[list[Tile]]:
        lines = [list(row) for row in zip(*layer_rows(net), strict=True)]
        found = [[Tile(diagram_label(net), Table((), lines))]]
        tiles = [tile for each in charts for tile in chart_part(each).tiles()]
        found += [tiles[:2], tiles[2:]]
        if filters:
            pixels, caption = filters
            found[-1].append(Tile(_("First filters"), Raster(pixels, side=FILTERS), caption))
        return found

    offer_slide([_("Network"), _("Train")], [settings_line(settings), said], rows, NAME)


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
