"""The operations of a convolutional network in NumPy, forward beside backward.

Nothing here imports anything but NumPy and the standard library.
"""

from convviz.ops import filters
from convviz.ops.conv import conv2d
from convviz.ops.errors import SpecError
from convviz.ops.pool import avg_pool2d, max_pool2d
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
    "avg_pool2d",
    "conv2d",
    "field_of",
    "filters",
    "max_pool2d",
    "output_size",
    "receptive_field",
    "units_seeing",
]
