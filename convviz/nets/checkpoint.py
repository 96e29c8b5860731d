"""A network's numbers in one ``.npz`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from convviz.nets.archive import (
    Source,
    archive_bytes,
    damaged,
    read_archive,
    write_archive,
)
from convviz.nets.checked import array, mapping, real, text, whole
from convviz.nets.layer import Params
from convviz.nets.limits import costs
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack, stack_text

LARGEST_SIDE, LONGEST_STACK = 10_000, 10_000  # of a picture, and characters of a stack
KINDS = {"float32": np.float32, "float64": np.float64}


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
    meta = {"net": net_meta(net), "notes": plain}
    write_archive(path, archive_bytes(meta, net_arrays(net) | arrays))


def load_network(path: Source, dtype: Any = None) -> tuple[Sequential, dict[str, Any]]:
    """The network in a file and the notes written with it.

    Parameters
    ----------
    path
        A file of `save_network` or `save_training`, or such a file opened.
    dtype
        To hold the numbers in; None is that they were trained in.

    Raises
    ------
    DataError
        If it is not a checkpoint, or is damaged.
    """
    meta, arrays = read_archive(path)
    noted = {key[5:]: value for key, value in arrays.items() if key.startswith("note:")}
    notes = meta.get("notes", {})
    if not isinstance(notes, dict):
        raise damaged(path)
    return network_of(meta, arrays, path, dtype), notes | noted


def net_meta(net: Sequential) -> dict[str, Any]:
    """What JSON can say of a network."""
    return {
        "stack": stack_text(net.layers),
        "input_dim": list(net.input_dim),
        "reg": net.reg,
        "dtype": net.dtype.name,
        "rng": net.rng.bit_generator.state,
    }


def net_arrays(net: Sequential) -> Params:
    """A network's numbers, named as they are in the file."""
    named = {"param": net.params, "state": net.state}
    return {
        f"{kind}:{name}": value for kind, group in named.items() for name, value in group.items()
    }


def network_of(meta: dict[str, Any], arrays: Params, path: Source, dtype: Any = None) -> Sequential:
    """The network of a file that has been read; `path` is what a refusal names."""
    try:
        kept = mapping(meta["net"])
        channels, height, width = (whole(side, 1, LARGEST_SIDE) for side in kept["input_dim"])
        layers = parse_stack(text(kept["stack"], LONGEST_STACK))
        held = sum(value.size for name, value in arrays.items() if name.startswith("param:"))
        if held != [cost.parameters for cost in costs(layers, (channels, height, width))][-1]:
            raise ValueError("stack")  # before as many numbers are made as the text names
        net = Sequential(
            layers,
            (channels, height, width),
            reg=real(kept["reg"], least=0),
            dtype=dtype or KINDS[kept["dtype"]],
        )
        for kind, group in (("param", net.params), ("state", net.state)):
            for name, now in group.items():
                group[name] = array(arrays, f"{kind}:{name}", now.shape).astype(net.dtype)
        net.rng.bit_generator.state = mapping(kept["rng"])
    except (LookupError, AttributeError, TypeError, ValueError, ArithmeticError):
        raise damaged(path) from None
    return net
