"""Train the network that comes with convviz and write it to assets/: ``make pretrained`` (about two minutes)."""

from __future__ import annotations

import sys

from convviz.nets.checkpoint import save_network
from convviz.nets.data import shapes
from convviz.nets.pretrained import FILE
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.trainer import Trainer

TRAIN = 20_000  # pictures
STACK = "conv7-8 norm relu pool2 affine48 norm relu affine10"
SETTINGS = Settings(learning_rate=1e-3, decay=0.75, epochs=10)


def main() -> None:
    """Train, measure on the test pictures, and write."""
    data = shapes(TRAIN, standardised=True)
    trainer = Trainer(Sequential(parse_stack(STACK), data.shape, reg=1e-3), data, SETTINGS)
    for progress in trainer:
        if progress.accuracies:
            print(progress.epoch, *progress.accuracies, file=sys.stderr, flush=True)
    accuracy = trainer.accuracy(data.test)
    notes = {"mean": data.mean, "deviation": data.deviation, "test_accuracy": accuracy}
    save_network(trainer.net, FILE, **notes)
    print(
        f"{FILE}: {FILE.stat().st_size:,} bytes, {accuracy:.3f} of {len(data.test)} test pictures"
    )


if __name__ == "__main__":
    main()
