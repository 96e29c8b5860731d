"""What the Network page offers to take away: numbers and code."""

from __future__ import annotations

import numpy as np

from convviz.export.code import Network
from convviz.nets.data import Dataset
from convviz.nets.results import Results
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.training.subject import Sample, Subject, probabilities

NAME, BATCH = "network", 10


def offer_pass(subject: Subject, sample: Sample, run: Run) -> None:
    """One picture through the network."""
    labels = None if sample.label is None else np.array([sample.label])
    code = Network(subject.net, subject.data, sample.picture[None], labels)
    offer_arrays(lambda: {"scores": run.scores, "probabilities": probabilities(run)[None]}, NAME)
    offer_code(lambda: code, NAME)


def offer_results(subject: Subject, results: Results) -> None:
    """All validation pictures through the network."""
    validation = subject.data.validation
    code = Network(subject.net, subject.data, validation.images, validation.labels)
    offer_arrays(lambda: {"scores": results.scores, "labels": results.labels}, NAME)
    offer_code(lambda: code, NAME)


def offer_network(net: Sequential, data: Dataset) -> None:
    """A network as it is now, and its loss on the first pictures it is trained on."""
    first = data.train.first(BATCH)
    offer_code(lambda: Network(net, data, first.images, first.labels), NAME)
