"""The layers of a stack: a window each, TensorFlow's SAME among its paddings, and branches that meet again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from convviz.ops.errors import SpecError
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Pair, Sides
from convviz.ops.window import PaddingLike, Window2d, as_pair

Kind = Literal["conv", "pool"]
SAME = "SAME"


@dataclass(frozen=True)
class Layer:
    """One convolution or pooling of a stack.

    Parameters
    ----------
    window
        Kernel, stride, padding and dilation.
    name
        What to call it.
    kind
        "conv" or "pool"; its receptive field is the same.
    same
        True for TensorFlow's SAME, which pads by the size of the input; the window's own padding is 0 then.
    ceil_mode
        True if the last, partial window counts, as in Caffe's pooling.

    Examples
    --------
    >>> layer = Layer.make(3, stride=2, padding="SAME")
    >>> layer.at((224, 225)).padding
    ((0, 1), (1, 1))
    """

    window: Window2d
    name: str = ""
    kind: Kind = "conv"
    same: bool = False
    ceil_mode: bool = False

    @classmethod
    def make(
        cls,
        kernel: int | Pair,
        stride: int | Pair = 1,
        padding: PaddingLike = 0,
        dilation: int | Pair = 1,
        name: str = "",
        kind: Kind = "conv",
    ) -> Layer:
        """Build a layer as `Window2d.make` does; padding "SAME" is TensorFlow's."""
        same = padding == SAME
        window = Window2d.make(kernel, stride, 0 if same else padding, dilation)
        return cls(window, name, kind, same)

    def at(self, size: Pair) -> Window2d:
        """The window on an input of ``size``, with the padding it gets there."""
        if self.ceil_mode:
            return PoolSpec(self.window, ceil_mode=True).reaching(size)
        if not self.same:
            return self.window
        rows, columns = (
            tensorflow_same(length, extent, stride)
            for length, extent, stride in zip(
                size, self.window.extent, self.window.stride, strict=True
            )
        )
        return replace(self.window, padding=(rows, columns))

    def padding_before(self) -> Pair | None:
        """(top, left) padding where it does not depend on the input's size; None where it does.

        Examples
        --------
        >>> Layer.make(5, padding="SAME").padding_before()
        (2, 2)
        >>> Layer.make(3, stride=2, padding="SAME").padding_before() is None
        True
        """
        if not self.same:
            (top, _), (left, _) = self.window.padding
            return top, left
        found = []
        for extent, stride in zip(self.window.extent, self.window.stride, strict=True):
            lengths = range(extent, extent + stride)  # one for each remainder of the division
            before = {tensorflow_same(length, extent, stride)[0] for length in lengths}
            if len(before) > 1:
                return None
            found.append(before.pop())
        return found[0], found[1]


@dataclass(frozen=True)
class Branches:
    """Paths that start from one map and meet again: a residual unit (add) or an inception block (concatenate).

    Parameters
    ----------
    paths
        The layers of each path; an empty path is the identity.
    name
        What to call the place where they meet.

    Examples
    --------
    >>> unit = Branches.make([[], [(3, 1, 1), (3, 1, 1)]], name="add")
    >>> [len(path) for path in unit.paths]
    [0, 2]
    """

    paths: tuple[tuple[Layer | Branches, ...], ...]
    name: str = "add"

    @classmethod
    def make(cls, paths: Iterable[Sequence[Any]], name: str = "add") -> Branches:
        """Build from paths whose layers are given as for `receptive_field`."""
        made = tuple(as_layers(path) for path in paths)
        if len(made) < 2:
            raise SpecError(
                "paths",
                len(made),
                2,
                "{value} path does not make a branch",
                "give at least {limit} paths",
            )
        return cls(made, name)


LayerLike: TypeAlias = Layer | Branches | Window2d | Conv2dSpec | PoolSpec | Sequence[Any]


def as_layers(layers: Iterable[LayerLike]) -> tuple[Layer | Branches, ...]:
    """Layers from specs or from short tuples ``(kernel, stride, padding, dilation)``.

    Raises
    ------
    SpecError
        If one of them is neither, or its values are out of range.

    Examples
    --------
    >>> [layer.window.kernel for layer in as_layers([(3, 1, 1), ((3, 5), 2), Window2d.make(2)])]
    [(3, 3), (3, 5), (2, 2)]
    """
    return tuple(_as_layer(layer, number) for number, layer in enumerate(layers, start=1))


def _as_layer(layer: LayerLike, number: int) -> Layer | Branches:
    if isinstance(layer, Layer | Branches):
        return layer
    if isinstance(layer, Window2d):
        return Layer(layer)
    if isinstance(layer, Conv2dSpec):
        return Layer(layer.window)
    if isinstance(layer, PoolSpec):
        return Layer(layer.window, kind="pool", ceil_mode=layer.ceil_mode)
    if isinstance(layer, tuple | list) and 1 <= len(layer) <= 4:
        return Layer.make(*layer)
    raise SpecError(
        "layers",
        layer,
        "a spec or a tuple",
        "layer {number} is {value!r}",
        "use a Layer, Window2d, Conv2dSpec, PoolSpec, Branches or (kernel, stride, padding, dilation)",
        number=number,
    )


def tensorflow_same(length: int, extent: int, stride: int) -> Pair:
    """(before, after) padding of TensorFlow's SAME on one axis: ``ceil(length / stride)`` outputs.

    Source: TensorFlow, "Neural network: padding" (tf.nn). The odd one comes after.

    Examples
    --------
    >>> tensorflow_same(224, 7, 2), tensorflow_same(225, 7, 2), tensorflow_same(13, 6, 5)
    ((2, 3), (3, 3), (1, 2))
    """
    total = max((-(-length // stride) - 1) * stride + extent - length, 0)
    return total // 2, total - total // 2


def sides_before(padding: Sides) -> Pair:
    """(top, left) of ((top, bottom), (left, right))."""
    return padding[0][0], padding[1][0]


def as_size(size: int | Pair | None) -> Pair | None:
    """An input size as (height, width), or None."""
    return None if size is None else as_pair(size)
