"""The loops as the course writes them: the stepper shows them line by line, and scripts contain them."""

from convviz.ops.naive.columns import col2im_loops, dw_product_loops, im2col_loops, product_loops
from convviz.ops.naive.conv import conv_backward_naive, conv_forward_naive, course_conv_param
from convviz.ops.naive.conv_general import conv_backward_loops, conv_loops
from convviz.ops.naive.conv_groups import conv_group_backward_loops, conv_group_loops
from convviz.ops.naive.conv_transpose import conv_transpose_backward_loops, conv_transpose_loops
from convviz.ops.naive.correlation import dx_correlation_loops
from convviz.ops.naive.norm import batchnorm_loops
from convviz.ops.naive.pool import (
    course_pool_param,
    max_pool_backward_naive,
    max_pool_forward_naive,
)
from convviz.ops.naive.pool_general import (
    avg_pool_backward_loops,
    avg_pool_loops,
    max_pool_backward_loops,
    max_pool_loops,
)
from convviz.ops.naive.receptive import receptive_loop

__all__ = [
    "avg_pool_backward_loops",
    "avg_pool_loops",
    "batchnorm_loops",
    "col2im_loops",
    "conv_backward_loops",
    "conv_backward_naive",
    "conv_forward_naive",
    "conv_group_backward_loops",
    "conv_group_loops",
    "conv_loops",
    "conv_transpose_backward_loops",
    "conv_transpose_loops",
    "course_conv_param",
    "course_pool_param",
    "dw_product_loops",
    "dx_correlation_loops",
    "im2col_loops",
    "max_pool_backward_loops",
    "max_pool_backward_naive",
    "max_pool_forward_naive",
    "max_pool_loops",
    "product_loops",
    "receptive_loop",
]
