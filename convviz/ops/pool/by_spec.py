"""Max or average pooling by one name, with all its settings in one spec."""

from __future__ import annotations

from typing import Literal

from convviz.ops.pool.maximum import max_pool2d
from convviz.ops.pool.mean import avg_pool2d
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Array

PoolKind = Literal["max", "average"]


def pool2d(x: Array, kind: PoolKind, spec: PoolSpec, count_include_pad: bool = True) -> Array:
    """What `max_pool2d` or `avg_pool2d` gives for a spec that is not dilated.

    Parameters
    ----------
    x
        Shape (N, C, H, W) or (C, H, W).
    kind, spec
        The pooling.
    count_include_pad
        Whether padding cells count in a mean.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(4.0).reshape(1, 2, 2)
    >>> pool2d(x, "max", PoolSpec.make(2)), pool2d(x, "average", PoolSpec.make(2))
    (array([[[3.]]]), array([[[1.5]]]))
    """
    window = spec.window
    settings = (window.kernel, window.stride, window.padding)
    if kind == "max":
        return max_pool2d(x, *settings, ceil_mode=spec.ceil_mode)
    return avg_pool2d(x, *settings, ceil_mode=spec.ceil_mode, count_include_pad=count_include_pad)
