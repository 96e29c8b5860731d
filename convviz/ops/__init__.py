"""The operations of a convolutional network in NumPy, forward beside backward.

Nothing here imports anything but NumPy and the standard library.
"""

from convviz.ops import filters
from convviz.ops.columns import col2im, im2col
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.conv_transpose import conv_transpose2d, conv_transpose2d_backward
from convviz.ops.errors import SpecError
from convviz.ops.layers import (
    affine,
    affine_backward,
    batch_norm,
    batch_norm_backward,
    dropout,
    dropout_backward,
    group_norm,
    group_norm_backward,
    layer_norm,
    layer_norm_backward,
    relu,
    relu_backward,
    softmax,
    softmax_loss,
    spatial_batch_norm,
    spatial_batch_norm_backward,
    svm_loss,
)
from convviz.ops.pool import (
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from convviz.ops.receptive import Branches, Layer, field_of, receptive_field, units_seeing
from convviz.ops.spec import Conv2dSpec, PoolSpec, output_size
from convviz.ops.window import Window2d

__all__ = [
    "Branches",
    "Conv2dSpec",
    "Layer",
    "PoolSpec",
    "SpecError",
    "Window2d",
    "affine",
    "affine_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm",
    "batch_norm_backward",
    "col2im",
    "conv2d",
    "conv2d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "dropout",
    "dropout_backward",
    "field_of",
    "filters",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "global_max_pool2d_backward",
    "group_norm",
    "group_norm_backward",
    "im2col",
    "layer_norm",
    "layer_norm_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "output_size",
    "receptive_field",
    "relu",
    "relu_backward",
    "softmax",
    "softmax_loss",
    "spatial_batch_norm",
    "spatial_batch_norm_backward",
    "svm_loss",
    "units_seeing",
]
