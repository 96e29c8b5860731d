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
from convviz.nets.checked import array, listed, mapping, measured, real, text, whole
from convviz.nets.checkpoint import net_arrays, net_meta, network_of
from convviz.nets.data.dataset import Dataset
from convviz.nets.data.errors import DataError
from convviz.nets.layer import Params
from convviz.nets.progress import History
from convviz.nets.settings import Settings
from convviz.nets.trainer import Trainer
from convviz.ops.optimisers import Config, rule

LONGEST_PLACE, LONGEST_NAME = 1000, 100  # characters of a data set's place and of its name
LARGEST_BATCH = 10_000  # pictures


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
    kept = {key: data_of_meta(meta, path).get(key) for key in given}
    if kept != given:
        raise DataError(
            name_of(path),
            "{value} was trained on other data ({kept}) than this ({given})",
            "use the same data set and sizes",
            kept=_said(kept),
            given=_said(given),
        )
    net = network_of(meta, arrays, path)
    try:
        trainer = Trainer(net, data, Settings(**mapping(meta["settings"])))
        whole(trainer.settings.batch_size, most=LARGEST_BATCH)
        iteration = whole(meta["iteration"], most=trainer.iterations)
        history = _history(mapping(meta["history"]), iteration)
        trainer.go_on_from(
            iteration, history, _configs(meta, arrays, trainer), mapping(meta["rng"])
        )
    except (LookupError, AttributeError, TypeError, ValueError, ArithmeticError):
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
    return data_of_meta(meta, path)


def data_of_meta(meta: dict[str, Any], path: Source) -> dict[str, Any]:
    """The same of a file that has been read; `path` is what a refusal names."""
    if "data" not in meta:
        raise without_training(path)
    try:
        kept = mapping(meta["data"])
        text(kept["where"], LONGEST_PLACE)
        text(kept["name"], LONGEST_NAME)
        whole(kept["train"], 1)
        whole(kept["validation"])
        if type(kept["standardised"]) is not bool:
            raise ValueError("standardised")
    except (KeyError, ValueError):
        raise damaged(path) from None
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


def _history(kept: dict[str, Any], iteration: int) -> History:
    """What was measured; a ValueError where it is not numbers, or not as many of each."""
    lists = {name: listed(kept[name], iteration) for name in vars(History())}
    history = History(
        [measured(loss) for loss in lists["losses"]],
        [whole(at, 1, iteration) for at in lists["measured_at"]],
        [real(share, 0, 1) for share in lists["training"]],
        [real(share, 0, 1) for share in lists["validation"]],
    )
    if len(history.losses) != iteration:
        raise ValueError("history")
    if not len(history.measured_at) == len(history.training) == len(history.validation):
        raise ValueError("history")
    return history


def _configs(meta: dict[str, Any], arrays: Params, trainer: Trainer) -> dict[str, Config]:
    """What the update rule remembers of each parameter; a ValueError where the rule could not go on with it."""
    configs = {}
    for name, value in trainer.net.params.items():
        plain = mapping(mapping(meta["configs"])[name])
        start = f"config:{name}:"
        remembered = {
            key.removeprefix(start): array(arrays, key, value.shape).astype(value.dtype, copy=False)
            for key in arrays
            if key.startswith(start)
        }
        for number in plain.values():
            real(int(number) if isinstance(number, bool) else number, least=0)
        configs[name] = plain | remembered
        one = np.zeros(1)  # the rule refuses settings that it does not have
        with np.errstate(all="ignore"):
            rule(trainer.settings.optimiser)(one, one, plain | dict.fromkeys(remembered, one))
    return configs


def _said(kept: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in kept.items())
