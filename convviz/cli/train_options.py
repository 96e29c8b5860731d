"""What ``convviz train`` can be told; what carries it out is imported only then, as it takes a server long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from convviz.ops.optimisers import RULES

LAYERS = "conv7-32 relu pool2 affine100 relu"


def add_parser(commands: Any) -> None:
    """Add ``train`` to the commands of `convviz`."""
    parser = commands.add_parser("train", help="train a network")
    default = "(default %(default)s)"
    parser.add_argument(
        "--data", default="shapes", help=f"shapes, cifar10:PATH or mnist:PATH {default}"
    )
    parser.add_argument("--train", type=int, metavar="N", help="use only the first N images")
    parser.add_argument("--standardise", action="store_true", help="inputs to unit deviation")
    stack = "the stack; an affine layer with a unit for each class is put at its end"
    parser.add_argument("--layers", default=LAYERS, help=f"{stack} {default}")
    scale = 'deviation of the initial weights: a number, or "kaiming"'
    parser.add_argument("--weight-scale", default="0.001", help=f"{scale} {default}")
    parser.add_argument("--reg", type=float, default=0.0, help=f"weight decay {default}")
    parser.add_argument(
        "--optimiser", choices=list(RULES), default="adam", help=f"update rule {default}"
    )
    parser.add_argument("--learning-rate", type=float, default=1e-3, help=f"step size {default}")
    decay = "what the learning rate is multiplied by after each epoch"
    parser.add_argument("--decay", type=float, default=1.0, help=f"{decay} {default}")
    parser.add_argument("--batch", type=int, default=50, help=f"images a step {default}")
    parser.add_argument("--epochs", type=int, default=5, help=f"passes over the data {default}")
    parser.add_argument("--double", action="store_true", help="compute in float64")
    parser.add_argument("--seed", type=int, default=0, help=f"of everything random {default}")
    out = "folder for the checkpoint and the curves"
    parser.add_argument("--out", type=Path, default=Path("training"), help=f"{out} {default}")
    parser.add_argument("--resume", type=Path, metavar="CHECKPOINT", help="go on from a checkpoint")
