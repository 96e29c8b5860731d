"""What is known of one layer of a stack."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.ops.types import Pair


@dataclass(frozen=True)
class LayerStep:
    """A layer by itself, or branches as one layer: what it adds to the recurrence."""

    extent: Pair
    stride: Pair
    before: Pair | None
    output_size: Pair | None
    fits: tuple[bool, bool] | None


@dataclass(frozen=True)
class LayerField:
    """What one layer's units see of the input, each pair (height, width).

    Parameters
    ----------
    name
        Of the layer, "" where it has none.
    output_size
        Units of its map; None if the input's size is not given.
    jump
        Input pixels from one unit to the next: the product of the strides.
    receptive_field
        Input pixels one unit's field spans, gaps included.
    effective_padding
        Pixels by which unit 0's field begins before the input; None if that depends on a size not given.
    start
        Centre of unit 0's field, where pixel 0 is centred at 0.5; None with `effective_padding`.
    fits
        Whether the stride divides; None if the input's size is not given.
    step
        The layer by itself.
    """

    name: str
    output_size: Pair | None
    jump: Pair
    receptive_field: Pair
    effective_padding: Pair | None
    start: tuple[float, float] | None
    fits: tuple[bool, bool] | None
    step: LayerStep
