"""One image on its way through a network: every layer's maps, and what each map is made of."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d
from convviz.nets.regularising import EPSILON, BatchNorm
from convviz.nets.run import Run
from convviz.nets.sequential import Sequential
from convviz.ops.conv import conv2d
from convviz.ops.padding import pad
from convviz.ops.types import Array
from convviz.ops.window import Window2d


@dataclass(frozen=True)
class LayerView:
    """What a layer gives for one image."""

    layer: int  # its number; -1 for the input
    # kind, text: "input", or the layer's, for example "conv" and "conv7-16"
    kind: str
    text: str
    values: npt.NDArray[np.float32]  # float32, (C, H, W) or (units,)
    # "all" where each map is made of all maps before it, "same" where of the one with its number,
    # "" where it is the input.
    feeds: str
    # Only where "all" feed: how much each of the maps (or units) before adds to each map, on
    # average over its cells; float32, (maps, maps before).
    contributions: npt.NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Detail:
    """How one map came about."""

    # layer, index: which map
    layer: int
    index: int
    # What is added up, (parts, H, W): for a convolution each channel's result; for an affine unit
    # each map's products, or each unit's product as (parts, 1, 1); for others what goes in.
    parts: Array
    kernels: Array | None  # for a convolution, (parts, K, K)
    total: Array  # the sum of the parts, (H, W)
    bias: float  # what is added to it
    out: Array  # the layer's output, (H, W)
    # What the norms and relus that follow make of it, one by one: kind and (H, W).
    after: tuple[tuple[str, Array], ...]
    # Which rows (and columns) of what goes in belong to row i of the output: from ``start + step *
    # i``, ``extent`` of them; as (start, step, extent).
    window: tuple[int, int, int]
    # For a norm, the map's running mean, its deviation (with epsilon, as divided by), gamma and
    # beta.
    norm: tuple[float, float, float, float] | None


def views(net: Sequential, run: Run) -> list[LayerView]:
    """The input and every layer's output for the first image of a run."""
    first = LayerView(-1, "input", "input", run.outputs[0][0].astype(np.float32), "")
    found = [first]
    for k, layer in enumerate(net.layers):
        values = run.outputs[k + 1][0].astype(np.float32)
        adds = isinstance(layer, Conv2d | Affine)
        shares = contributions(net, run, k).astype(np.float32) if adds else None
        found.append(
            LayerView(k, layer.kind, layer.text, values, "all" if adds else "same", shares)
        )
    return found


def contributions(net: Sequential, run: Run, k: int) -> Array:
    """What each map before adds to each map of layer `k`, averaged over the map's cells; (maps, maps before)."""
    layer, x = net.layers[k], run.outputs[k][0]
    w = net.params[net.names[k]["W"]]
    if isinstance(layer, Conv2d):
        window = Window2d.make(layer.kernel, padding="same")
        x_pad, (height, width) = pad(x, window.padding), x.shape[1:]
        taps = range(layer.kernel)
        means = np.stack(
            [
                [x_pad[:, u : u + height, v : v + width].mean(axis=(1, 2)) for v in taps]
                for u in taps
            ]
        )  # (K, K, C)
        added = np.zeros((len(w), len(x)), dtype=x.dtype)  # (F, C)
        for f in range(len(w)):
            own = layer.sees(f, len(x))
            added[f, own] = (w[f] * means.transpose(2, 0, 1)[own]).sum(axis=(1, 2))
        return added
    products = x.reshape(-1, 1) * w  # (D, units)
    return np.asarray(
        products.reshape(len(x), -1, w.shape[1]).sum(axis=1).T
    )  # (units, maps before)


def detail(net: Sequential, run: Run, k: int, index: int) -> Detail:
    """How map (or unit) `index` of layer `k` came about, for the first image of a run."""
    layer, x, out = net.layers[k], run.outputs[k][0], run.outputs[k + 1][0]
    names, kernels, bias = net.names[k], None, 0.0
    if isinstance(layer, Conv2d):
        w = np.zeros((len(x), layer.kernel, layer.kernel), dtype=x.dtype)
        w[layer.sees(index, len(x))] = net.params[names["W"]][index]  # it does not see the others
        bias, kernels = float(net.params[names["b"]][index]), w
        padding = Window2d.make(layer.kernel, padding="same").padding
        parts = conv2d(x, w[:, None], padding=padding, groups=len(x))  # (C, H, W)
    elif isinstance(layer, Affine):
        column = net.params[names["W"]][:, index]
        bias = float(net.params[names["b"]][index])
        parts = (x.ravel() * column).reshape(x.shape)
        parts = parts if x.ndim == 3 else parts[:, None, None]
    else:
        parts = np.atleast_2d(x[index])[None]  # (1, H, W)
    whole = isinstance(layer, Affine)
    total = np.atleast_2d(parts.sum()) if whole else parts.sum(axis=0)  # (H, W)
    return Detail(
        k,
        index,
        parts,
        kernels,
        total,
        bias,
        np.atleast_2d(out[index]),
        _after(net, run, k, index),
        _window(layer),
        _norm(net, k, index) if isinstance(layer, BatchNorm) else None,
    )


def _window(layer: Layer) -> tuple[int, int, int]:
    if isinstance(layer, Conv2d):
        (before, _), _ = Window2d.make(layer.kernel, padding="same").padding
        return -before, 1, layer.kernel
    if isinstance(layer, MaxPool2d):
        return 0, layer.size, layer.size
    return 0, 1, 1


def _norm(net: Sequential, k: int, index: int) -> tuple[float, float, float, float]:
    numbers = net.params | net.state
    own = {local: float(numbers[name][index]) for local, name in net.names[k].items()}
    return own["mean"], sqrt(own["var"] + EPSILON), own["gamma"], own["beta"]


def _after(net: Sequential, run: Run, k: int, index: int) -> tuple[tuple[str, Array], ...]:
    found: list[tuple[str, Array]] = []
    for place in range(k + 1, len(net.layers)):
        if net.layers[place].kind not in ("norm", "relu"):
            break
        values = np.atleast_2d(run.outputs[place + 1][0][index])
        found.append((net.layers[place].kind, values))
    return tuple(found)
