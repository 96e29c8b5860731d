"""The loops as the course writes them: the source the stepper shows, line by line."""

from convviz.ops.naive.conv import conv_backward_naive, conv_forward_naive
from convviz.ops.naive.conv_general import conv_backward_loops, conv_loops
from convviz.ops.naive.correlation import dx_correlation_loops
from convviz.ops.naive.pool import max_pool_backward_naive, max_pool_forward_naive
from convviz.ops.naive.pool_general import (
    avg_pool_backward_loops,
    avg_pool_loops,
    max_pool_backward_loops,
    max_pool_loops,
)

__all__ = [
    "avg_pool_backward_loops",
    "avg_pool_loops",
    "conv_backward_loops",
    "conv_backward_naive",
    "conv_forward_naive",
    "conv_loops",
    "dx_correlation_loops",
    "max_pool_backward_loops",
    "max_pool_backward_naive",
    "max_pool_forward_naive",
    "max_pool_loops",
]
