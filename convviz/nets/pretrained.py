"""The network that comes with convviz, trained on the embedded set: ``make pretrained`` makes it again."""

from __future__ import annotations

from dataclasses import replace

from convviz.nets.checkpoint import load_network
from convviz.nets.data import Dataset, shapes
from convviz.nets.sequential import Sequential
from convviz.photos.samples import ASSETS

FILE = ASSETS / "pretrained.npz"


def pretrained() -> tuple[Sequential, Dataset, float]:
    """The network, its data, and the share of the 1000 test pictures it got right when it was trained.

    Of the 20 000 training pictures the data holds only the first ten; their mean image and deviations
    come with the network.

    Examples
    --------
    >>> from convviz.nets.stack import stack_text
    >>> stack_text(pretrained()[0].layers)
    'conv7-8 norm relu pool2 affine48 norm relu affine10'
    """
    net, notes = load_network(FILE)
    known = notes["mean"], notes["deviation"]
    data = replace(shapes(10, standardised=True), known=known)
    return net, data, float(notes["test_accuracy"])
