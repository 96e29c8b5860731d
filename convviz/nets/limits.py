"""What a network costs, computed from its shapes before it is built, and how large it may be on a shared server.

A link or typed text can name any network. The library builds whatever fits into memory. On a page, where many
people share one machine, `check_stack` refuses a network that would slow down everybody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from convviz.nets.layer import Layer, parameter_count
from convviz.ops.errors import SpecError
from convviz.ops.types import Shape
from convviz.text.i18n import N_

MOST_LAYERS = 30


@dataclass(frozen=True)
class Cost:
    """What the layers up to one cost."""

    layer: str  # the last of them, as `parse_stack` reads it
    parameters: int  # numbers that are trained
    activations: int  # numbers that are kept of one image for the backward pass
    products: int  # multiplications of one image's forward pass


LIMITS = {
    "parameters": (10_000_000, N_("with {layer} the network has {value} parameters")),
    "activations": (300_000, N_("with {layer} one picture becomes {value} numbers")),
    "products": (100_000_000, N_("with {layer} one picture takes {value} multiplications")),
}


def costs(layers: Sequence[Layer], input_dim: Shape) -> Iterator[Cost]:
    """The cost of each layer and all before it.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> for cost in costs(parse_stack("conv3-8 pool2 affine10"), (1, 4, 4)):
    ...     print(cost)
    Cost(layer='conv3-8', parameters=80, activations=144, products=1152)
    Cost(layer='pool2', parameters=80, activations=176, products=1152)
    Cost(layer='affine10', parameters=410, activations=186, products=1472)
    """
    shape = input_dim
    parameters, activations, products = 0, prod(shape), 0
    for layer in layers:
        sizes, shape = layer.sizes(shape), layer.shape_after(shape)
        parameters += parameter_count(sizes)
        activations += prod(shape)
        products += prod(sizes["W"]) * prod(shape[1:]) if "W" in sizes else 0
        yield Cost(layer.text, parameters, activations, products)


def check_stack(layers: Sequence[Layer], input_dim: Shape) -> None:
    """Refuse a network that is too large to be trained beside others.

    Parameters
    ----------
    layers
        The layers; nothing is computed with them.
    input_dim
        (C, H, W) of one image.

    Raises
    ------
    SpecError
        If there are more than `MOST_LAYERS` layers, or the network costs more than `LIMITS` says.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> check_stack(parse_stack("affine100000000"), (3, 32, 32))
    Traceback (most recent call last):
        ...
    convviz.ops.errors.SpecError: with affine100000000 the network has 307,300,000,000 parameters: use fewer or \
smaller layers, for at most 10,000,000
    """
    if len(layers) > MOST_LAYERS:
        raise SpecError(
            "stack", len(layers), MOST_LAYERS, "{value} layers are too many", "use at most {limit}"
        )
    for cost in costs(layers, input_dim):
        for name, (limit, problem) in LIMITS.items():
            if (value := getattr(cost, name)) > limit:
                raise SpecError(
                    "stack",
                    f"{value:,}",
                    f"{limit:,}",
                    problem,
                    "use fewer or smaller layers, for at most {limit}",
                    layer=cost.layer,
                )
