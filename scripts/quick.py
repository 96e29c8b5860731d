"""Measure the training that the Network page offers first: ``python -m scripts.quick`` (half a minute)."""

from __future__ import annotations

import json
import time

from convviz.nets.data import load
from convviz.nets.quick import FILE, IMAGES, SETTINGS, STACK, WEIGHT_SCALE
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack
from convviz.nets.trainer import Trainer


def main() -> None:
    """Train as the page does, and write down what was reached."""
    data = load("shapes", standardised=True).smaller(IMAGES)
    layers = parse_stack(f"{STACK} affine{len(data.classes)}")
    trainer = Trainer(Sequential(layers, data.shape, weight_scale=WEIGHT_SCALE), data, SETTINGS)
    begun = time.thread_time()
    for _ in trainer:
        pass
    seconds = round(time.thread_time() - begun, 1)
    reached = {"accuracy": trainer.history.validation[-1], "seconds": seconds}
    FILE.write_text(json.dumps(reached) + "\n", "utf-8")
    print(f"{FILE}: {reached}")


if __name__ == "__main__":
    main()
