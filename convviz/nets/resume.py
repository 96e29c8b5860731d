"""Checkpoints: everything a training needs to go on with the same numbers, in one ``.npz`` file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from convviz.nets.archive import (
    Source,
    archive_bytes,
    damaged,
    name_of,
    read_archive,
    write_archive,
)
from convviz.nets.checkpoint import net_arrays, net_meta, network_of
from convviz.nets.data.dataset import Dataset
from convviz.nets.data.errors import DataError
from convviz.nets.progress import History
from convviz.nets.settings import Settings
from convviz.nets.trainer import Trainer


def save_training(trainer: Trainer, path: str | Path, where: str) -> None:
    """Write everything needed to go on; parameters as those of `training_bytes`, and the file to write."""
    write_archive(path, training_bytes(trainer, where))


def training_bytes(trainer: Trainer, where: str) -> bytes:
    """A checkpoint file's content: everything needed to go on.

    Parameters
    ----------
    trainer
        It may be training: the file holds its last whole iteration.
    where
        The data set, as `convviz.nets.data.load` takes it.
    """
    now = trainer.reached
    plain: dict[str, dict[str, Any]] = {}
    arrays = net_arrays(now.net)
    for name, config in now.configs.items():
        plain[name] = {}
        for key, value in config.items():
            if isinstance(value, np.ndarray):
                arrays[f"config:{name}:{key}"] = value
            else:
                plain[name][key] = value
    meta = {
        "net": net_meta(now.net) | {"rng": now.net_rng},
        "settings": asdict(trainer.settings),
        "history": asdict(now.history),
        "iteration": now.iteration,
        "rng": now.rng,
        "configs": plain,
        "data": {"where": where, **_data_meta(trainer.data)},
    }
    return archive_bytes(meta, arrays)


def load_training(path: Source, data: Dataset) -> Trainer:
    """A trainer that goes on where the file was written, with the same numbers to the last bit.

    Raises
    ------
    DataError
        If it is not a checkpoint of a training, is damaged, or was made with other data.
    """
    meta, arrays = read_archive(path)
    if "iteration" not in meta:
        raise without_training(path)
    given = _data_meta(data)
    kept = {key: meta["data"].get(key) for key in given}
    if kept != given:
        raise DataError(
            name_of(path),
            "{value} was trained on other data ({kept}) than this ({given})",
            "use the same data set and sizes",
            kept=_said(kept),
            given=_said(given),
        )
    try:
        trainer = Trainer(network_of(meta, arrays, path), data, Settings(**meta["settings"]))
        configs = {name: dict(meta["configs"][name]) for name in trainer.net.params}
        for key, value in arrays.items():
            kind, _, rest = key.partition(":")
            if kind == "config":
                name, _, entry = rest.partition(":")
                configs[name][entry] = value
        history = _history(meta["history"])
        trainer.go_on_from(int(meta["iteration"]), history, configs, meta["rng"])
    except (KeyError, TypeError, ValueError):
        raise damaged(path) from None
    return trainer


def data_of(path: Source) -> dict[str, Any]:
    """Which data set a training checkpoint was made with: "where", "name", its sizes, "standardised".

    Raises
    ------
    DataError
        If it is not a checkpoint of a training, or is damaged.
    """
    meta, _ = read_archive(path)
    if "data" not in meta:
        raise without_training(path)
    kept = meta["data"]
    if not (
        isinstance(kept, dict)
        and isinstance(kept.get("where"), str)
        and isinstance(kept.get("train"), int)
        and isinstance(kept.get("standardised"), bool)
    ):
        raise damaged(path)
    return kept


def without_training(path: Source) -> DataError:
    """The refusal of a file of `save_network` where a training is wanted."""
    return DataError(
        name_of(path), "{value} holds a network but no training", "use a training checkpoint"
    )


def _data_meta(data: Dataset) -> dict[str, Any]:
    return {
        "name": data.name,
        "train": len(data.train),
        "validation": len(data.validation),
        "standardised": data.standardised,
    }


def _history(kept: dict[str, Any]) -> History:
    """What was measured; a ValueError where it is not numbers, or not as many of each."""
    history = History(
        [float(loss) for loss in kept["losses"]],
        [int(iteration) for iteration in kept["measured_at"]],
        [float(share) for share in kept["training"]],
        [float(share) for share in kept["validation"]],
    )
    if not len(history.measured_at) == len(history.training) == len(history.validation):
        raise ValueError("history")
    return history


def _said(kept: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in kept.items())
