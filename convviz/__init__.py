"""convviz: convolution on your own photo, step by step."""

from typing import Any

from convviz.ops import (
    Branches,
    Conv2dSpec,
    Layer,
    PoolSpec,
    SpecError,
    Window2d,
    avg_pool2d,
    conv2d,
    field_of,
    filters,
    max_pool2d,
    output_size,
    receptive_field,
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
    "avg_pool2d",
    "conv2d",
    "field_of",
    "filters",
    "max_pool2d",
    "output_size",
    "receptive_field",
    "step_through",
    "units_seeing",
]


def __getattr__(name: str) -> Any:
    """`convviz.step_through`, loaded when asked for: computing needs none of what it brings."""
    if name == "step_through":
        from convviz.export import step_through

        return step_through
    raise AttributeError(f"module 'convviz' has no attribute {name!r}")
