"""convviz: convolution on your own photo, step by step."""

from typing import Any

from convviz.ops import (
    Branches,
    Conv2dSpec,
    Layer,
    PoolSpec,
    SpecError,
    Window2d,
    affine,
    affine_backward,
    avg_pool2d,
    avg_pool2d_backward,
    batch_norm,
    batch_norm_backward,
    conv2d,
    conv2d_backward,
    dropout,
    dropout_backward,
    field_of,
    filters,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    output_size,
    receptive_field,
    relu,
    relu_backward,
    softmax,
    softmax_loss,
    spatial_batch_norm,
    spatial_batch_norm_backward,
    units_seeing,
)

__version__ = "0.1.0"
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
    "conv2d",
    "conv2d_backward",
    "dropout",
    "dropout_backward",
    "field_of",
    "filters",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "global_max_pool2d_backward",
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
    "step_through",
    "units_seeing",
]


def __getattr__(name: str) -> Any:
    """`convviz.step_through`, loaded when asked for: computing needs none of what it brings."""
    if name == "step_through":
        from convviz.export import step_through

        return step_through
    raise AttributeError(f"module 'convviz' has no attribute {name!r}")
