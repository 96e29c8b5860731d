"""Receptive fields: the recurrence, the exact pixels, published networks, and the effective field."""

from convviz.ops.receptive.fields import (
    Field,
    field_of,
    fields_through,
    units_seeing,
    units_through,
)
from convviz.ops.receptive.layers import SAME, Branches, Layer
from convviz.ops.receptive.records import LayerField
from convviz.ops.receptive.recurrence import receptive_field
from convviz.ops.receptive.sets import Cells
from convviz.ops.types import Box

__all__ = [
    "SAME",
    "Box",
    "Branches",
    "Cells",
    "Field",
    "Layer",
    "LayerField",
    "field_of",
    "fields_through",
    "receptive_field",
    "units_seeing",
    "units_through",
]
