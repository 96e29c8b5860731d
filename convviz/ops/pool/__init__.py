"""Pooling: the largest number or the mean under each window, forward beside backward."""

from convviz.ops.checks import Ties
from convviz.ops.pool.by_spec import PoolKind, pool2d
from convviz.ops.pool.maximum import max_pool2d, max_pool2d_backward
from convviz.ops.pool.mean import avg_divisor, avg_pool2d, avg_pool2d_backward
from convviz.ops.pool.whole import (
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
)

__all__ = [
    "PoolKind",
    "Ties",
    "avg_divisor",
    "avg_pool2d",
    "avg_pool2d_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "global_max_pool2d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "pool2d",
]
