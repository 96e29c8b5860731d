"""Checkpoints: everything a training needs to go on with the same numbers, in one ``.npz`` file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from convviz.nets.archive import archive_bytes, damaged, read_archive, write_archive
from convviz.nets.data.dataset import Dataset
from convviz.nets.data.errors import DataError
from convviz.nets.layer import Params
from convviz.nets.limits import costs
from convviz.nets.progress import History
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack, stack_text
from convviz.nets.trainer import Trainer


def save_network(net: Sequential, path: str | Path, **notes: Any) -> None:
    """Write a network's numbers, and notes on it, to a ``.npz`` file.

    Parameters
    ----------
    net
        The network.
    path
        File to write.
    **notes
        Arrays, and whatever JSON can say.
    """
    arrays = {f"note:{key}": value for key, value in notes.items() if isinstance(value, np.ndarray)}
    plain = {key: value for key, value in notes.items() if not isinstance(value, np.ndarray)}
    meta = {"net": _net_meta(net), "notes": plain}
    write_archive(path, archive_bytes(meta, _net_arrays(net) | arrays))


def load_network(path: str | Path, dtype: Any = None) -> tuple[Sequential, dict[str, Any]]:
    """The network in a file and the notes written with it.

    Parameters
    ----------
    path
        A file of `save_network` or `save_training`.
    dtype
        To hold the numbers in; None is that they were trained in.

    Raises
    ------
    DataError
        If it is not a checkpoint, or is damaged.
    """
    meta, arrays = read_archive(path)
    noted = {key[5:]: value for key, value in arrays.items() if key.startswith("note:")}
    return _network(meta, arrays, path, dtype), dict(meta.get("notes", {})) | noted


def save_training(trainer: Trainer, path: str | Path, where: str) -> None:
    """Write everything needed to go on; parameters as those of `training_bytes`, and the file to write."""
    write_archive(path, training_bytes(trainer, where))


def training_bytes(trainer: Trainer, where: str) -> bytes:
    """A checkpoint file's content: everything needed to go on.

    Parameters
    ----------
    trainer
        Between two iterations.
    where
        The data set, as `convviz.nets.data.load` takes it.
    """
    plain = {
        name: {key: value for key, value in config.items() if not isinstance(value, np.ndarray)}
        for name, config in trainer.configs.items()
    }
    meta = {
        "net": _net_meta(trainer.net),
        "settings": asdict(trainer.settings),
        "history": asdict(trainer.history),
        "iteration": trainer.iteration,
        "rng": trainer.rng.bit_generator.state,
        "configs": plain,
        "data": {"where": where, **_data_meta(trainer.data)},
    }
    arrays = _net_arrays(trainer.net)
    for name, config in trainer.configs.items():
        for key, value in config.items():
            if isinstance(value, np.ndarray):
                arrays[f"config:{name}:{key}"] = value
    return archive_bytes(meta, arrays)


def load_training(path: str | Path, data: Dataset) -> Trainer:
    """A trainer that goes on where the file was written, with the same numbers to the last bit.

    Raises
    ------
    DataError
        If it is not a checkpoint of a training, is damaged, or was made with other data.
    """
    meta, arrays = read_archive(path)
    if "iteration" not in meta:
        raise DataError(
            path, "{value} holds a network but no training", "use a training checkpoint"
        )
    given = _data_meta(data)
    kept = {key: meta["data"].get(key) for key in given}
    if kept != given:
        raise DataError(
            path,
            "{value} was trained on other data ({kept}) than this ({given})",
            "use the same data set and sizes",
            kept=_said(kept),
            given=_said(given),
        )
    try:
        trainer = Trainer(_network(meta, arrays, path), data, Settings(**meta["settings"]))
        trainer.history = History(**meta["history"])
        trainer.arrive(int(meta["iteration"]))
        trainer.rng.bit_generator.state = meta["rng"]
        trainer.configs = {name: dict(meta["configs"][name]) for name in trainer.net.params}
    except (KeyError, TypeError, ValueError):
        raise damaged(path) from None
    for key, value in arrays.items():
        kind, _, rest = key.partition(":")
        if kind == "config":
            name, _, entry = rest.partition(":")
            trainer.configs[name][entry] = value
    return trainer


def data_of(path: str | Path) -> dict[str, Any]:
    """Which data set a training checkpoint was made with: "where", and its sizes."""
    meta, _ = read_archive(path)
    return dict(meta.get("data", {}))


def _data_meta(data: Dataset) -> dict[str, Any]:
    return {
        "name": data.name,
        "train": len(data.train),
        "validation": len(data.validation),
        "standardised": data.standardised,
    }


def _said(kept: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in kept.items())


def _net_meta(net: Sequential) -> dict[str, Any]:
    return {
        "stack": stack_text(net.layers),
        "input_dim": list(net.input_dim),
        "reg": net.reg,
        "dtype": net.dtype.name,
        "rng": net.rng.bit_generator.state,
    }


def _net_arrays(net: Sequential) -> Params:
    named = {"param": net.params, "state": net.state}
    return {
        f"{kind}:{name}": value for kind, group in named.items() for name, value in group.items()
    }


def _network(
    meta: dict[str, Any], arrays: Params, path: str | Path, dtype: Any = None
) -> Sequential:
    try:
        kept = meta["net"]
        channels, height, width = map(int, kept["input_dim"])
        layers = parse_stack(kept["stack"])
        held = sum(value.size for name, value in arrays.items() if name.startswith("param:"))
        if held != [cost.parameters for cost in costs(layers, (channels, height, width))][-1]:
            raise ValueError("stack")  # before as many numbers are made as the text names
        net = Sequential(
            layers,
            (channels, height, width),
            reg=kept["reg"],
            dtype=dtype or kept["dtype"],
        )
        for kind, group in (("param", net.params), ("state", net.state)):
            for name, now in group.items():
                value = arrays[f"{kind}:{name}"]
                if value.shape != now.shape:
                    raise ValueError(name)
                group[name] = value.astype(net.dtype)
        net.rng.bit_generator.state = kept["rng"]
    except (KeyError, IndexError, AttributeError, TypeError, ValueError):
        raise damaged(path) from None
    return net
