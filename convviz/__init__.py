"""convviz: convolution on your own photo, step by step."""

from convviz.ops import (
    Conv2dSpec,
    PoolSpec,
    SpecError,
    Window2d,
    avg_pool2d,
    conv2d,
    filters,
    max_pool2d,
    output_size,
)

__version__ = "0.1.0"
__all__ = [
    "Conv2dSpec",
    "PoolSpec",
    "SpecError",
    "Window2d",
    "avg_pool2d",
    "conv2d",
    "filters",
    "max_pool2d",
    "output_size",
]
