"""The network that comes with convviz, trained on the embedded set: ``make pretrained`` makes it again."""

from __future__ import annotations

from typing import Any

from convviz.nets.checkpoint import load_network
from convviz.nets.sequential import Sequential
from convviz.samples import ASSETS

FILE = ASSETS / "pretrained.npz"


def pretrained() -> tuple[Sequential, dict[str, Any]]:
    """The network, and what is known of it: "classes", "test_accuracy", "settings".

    Examples
    --------
    >>> from convviz.nets.stack import stack_text
    >>> stack_text(pretrained()[0].layers)
    'conv7-16 relu pool2 affine64 relu affine10'
    """
    return load_network(FILE)
