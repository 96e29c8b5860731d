"""The ``convviz train`` command."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from convviz.cli.curves import draw_curves
from convviz.cli.progress_bar import ProgressBar
from convviz.nets.data import Dataset, load
from convviz.nets.resume import data_of, load_training, save_training
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack, stack_text
from convviz.nets.trainer import Trainer
from convviz.ops.errors import SpecError

INTERRUPTED = 130  # the exit status shells give to Ctrl-C


def train(chosen: argparse.Namespace) -> int:
    """Train as the command line says.

    Returns
    -------
    int
        The exit status: 0 when trained to the end, 130 when interrupted, 2 where something given cannot work.
    """
    try:
        where, trainer = _resumed(chosen) if chosen.resume else _begun(chosen)
        chosen.out.mkdir(parents=True, exist_ok=True)
    except (SpecError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except MemoryError:
        print(f"{chosen.layers} does not fit into memory: use smaller layers", file=sys.stderr)
        return 2
    try:
        return _carry_out(chosen, where, trainer)
    except OSError as error:  # a full disk
        why = error.strerror or error
        print(f"The training cannot be written to {chosen.out}: {why}", file=sys.stderr)
        return 2


def _carry_out(chosen: argparse.Namespace, where: str, trainer: Trainer) -> int:
    """Train, and write what it reaches; the exit status."""
    net = trainer.net
    print(f"{stack_text(net.layers)}: {net.size:,} parameters")
    checkpoint = chosen.out / "checkpoint.npz"
    with _interruptible() as interrupted:
        start = time.monotonic()
        line = ProgressBar()
        for progress in trainer:
            line.show(progress)
            if progress.accuracies:
                save_training(trainer, checkpoint, where)
            if interrupted:
                break
        line.end()
    save_training(trainer, checkpoint, where)
    if interrupted:
        print(f"Stopped. To go on: convviz train --out {chosen.out} --resume {checkpoint}")
        return INTERRUPTED
    print(_report(trainer, time.monotonic() - start))
    curves = chosen.out / "curves.png"
    draw_curves(trainer.history, f"{trainer.data.name}: {stack_text(net.layers)}").save(curves)
    print(f"Written: {checkpoint}, {curves}")
    return 0


def _begun(chosen: argparse.Namespace) -> tuple[str, Trainer]:
    data = load(chosen.data, chosen.standardise)
    if chosen.train is not None:
        data = data.smaller(chosen.train)
    net = Sequential(
        parse_stack(f"{chosen.layers} affine{len(data.classes)}"),
        data.shape,
        weight_scale=_weight_scale(chosen.weight_scale),
        reg=chosen.reg,
        dtype=np.float64 if chosen.double else np.float32,
        seed=chosen.seed,
    )
    settings = Settings(
        chosen.optimiser,
        chosen.learning_rate,
        chosen.decay,
        chosen.batch,
        chosen.epochs,
        seed=chosen.seed,
    )
    return chosen.data, Trainer(net, data, settings)


def _resumed(chosen: argparse.Namespace) -> tuple[str, Trainer]:
    kept = data_of(chosen.resume)
    data: Dataset = load(kept["where"], kept["standardised"]).smaller(kept["train"])
    return kept["where"], load_training(chosen.resume, data)


def _weight_scale(text: str) -> float | None:
    if text == "kaiming":
        return None
    try:
        return float(text)
    except ValueError:
        raise SpecError(
            "weight_scale",
            text,
            None,
            "weight scale {value!r} is not a number",
            "use a number such as 0.001, or kaiming",
        ) from None


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """A list that Ctrl-C puts something into, so that the iteration it falls into is still finished."""
    seen: list[int] = []

    def note(number: int, _frame: Any) -> None:
        seen.append(number)
        signal.signal(signal.SIGINT, before)  # a second one stops at once

    before = signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)


def _report(trainer: Trainer, seconds: float) -> str:
    history, data = trainer.history, trainer.data
    lines = [
        f"iterations           {trainer.iteration}",
        f"last loss            {history.losses[-1]:.6f}",
        f"training accuracy    {history.training[-1]:.4f}",
        f"validation accuracy  {history.validation[-1]:.4f}",
        f"test accuracy        {trainer.accuracy(data.test):.4f}  ({len(data.test)} images)",
        f"time                 {seconds:.1f} s",
    ]
    return "\n".join(lines)
