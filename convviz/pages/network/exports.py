"""What several views of the Network page let a person take along: numbers and code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from convviz.export.code import Network
from convviz.nets.data import Dataset
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.ops.types import Array
from convviz.ui.training.subject import Sample, Subject, probabilities

NAME, BATCH = "network", 10


def pass_files(
    subject: Subject, sample: Sample, run: Run
) -> tuple[Callable[[], Mapping[str, Array]], Callable[[], Network]]:
    """One picture through the network: the arrays, and the code that computes them."""
    labels = None if sample.label is None else np.array([sample.label])
    return (
        lambda: {"scores": run.scores, "probabilities": probabilities(run)[None]},
        lambda: Network(subject.net, subject.data, sample.picture[None], labels),
    )


def network_code(net: Sequential, data: Dataset) -> Network:
    """A network as it is now, and its loss on the first pictures it is trained on."""
    first = data.train.first(BATCH)
    return Network(net, data, first.images, first.labels)
