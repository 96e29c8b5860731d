"""The experiments of the Network page as scripts: the first loss, a gradient check, overfitting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library
from convviz.nets.data import Dataset
from convviz.nets.regularising import EPSILON
from convviz.ops.types import Array


@dataclass(frozen=True, eq=False)
class Experiments:
    """The course's three experiments on a data set.

    The scripts leave ``first_losses`` by weight decay, ``gradients`` and their relative ``errors`` of a network
    without and one with batch norm, by the parameters' names, and the ``accuracies`` (training, validation) of a
    training without and one with batch norm and dropout. They draw weights, batches and dropout's masks as
    `Trainer` does, and train in float32 as it does. After a few iterations the accuracies are the same; after 60,
    sums added up in another order have moved them by a few pictures.
    """

    data: Dataset  # its training pictures are learnt by heart; the mean image is subtracted
    seed: int  # of the weights, the batches and dropout
    # filters, size, hidden: of the network: filters of size×size, and hidden units
    filters: int = 32
    size: int = 7
    hidden: int = 100
    # batch, epochs: of the trainings
    batch: int = 50
    epochs: int = 30
    most: int = 60  # elements of each parameter whose gradient is checked
    name: ClassVar = "experiments"

    @property
    def arrays(self) -> dict[str, Array]:
        """The pictures and their classes, and the mean image."""
        train, validation = self.data.train, self.data.validation
        return {
            "pictures": train.images,
            "labels": train.labels,
            "validation_pictures": validation.images,
            "validation_labels": validation.labels,
            "mean": self.data.mean,
        }

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The settings, which are the same for both libraries."""
        names = ("seed", "filters", "size", "hidden", "batch", "epochs", "most")
        settings = {name: getattr(self, name) for name in names}
        return {**settings, "classes": len(self.data.classes), "epsilon": EPSILON}
