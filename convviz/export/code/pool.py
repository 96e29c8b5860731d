"""Max and average pooling as scripts, forward beside backward."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.export.code.script import Library, filled, loops, written
from convviz.ops.checks import Ties
from convviz.ops.errors import SpecError
from convviz.ops.naive import (
    avg_pool_backward_loops,
    avg_pool_loops,
    course_pool_param,
    max_pool_backward_loops,
    max_pool_backward_naive,
    max_pool_forward_naive,
    max_pool_loops,
)
from convviz.ops.pool import PoolKind
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats, Pair


@dataclass(frozen=True, eq=False)
class PoolCode:
    """Pooling. The scripts leave ``out``."""

    x: Floats  # input, (N, C, H, W)
    kind: PoolKind
    spec: PoolSpec  # kernel, stride, padding and ``ceil_mode``; not dilated
    count_include_pad: bool = True  # whether padding cells count in the mean

    def __post_init__(self) -> None:
        window = self.spec.window
        if window.dilation != (1, 1):
            raise SpecError(
                "spec",
                window,
                None,
                "the pooling scripts do not support dilation",
                "use dilation 1",
            )

    @property
    def name(self) -> str:
        """Of the files."""
        return f"{self.kind}_pool"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The input."""
        return {"x": self.x}

    def words(self, library: Library) -> dict[str, object]:
        """The settings, and the loops that the stepper shows for them."""
        words = self.settings(library)
        if library == "torch":
            return words
        if self.kind == "average":
            return words | {
                "loops": loops(avg_pool_loops),
                "divisor": filled("loops/divisor", words),
            }
        if param := course_pool_param(self.spec, self.size):
            computed = f"out, cache = max_pool_forward_naive(x, {written(param)})"
            return words | {"loops": loops(max_pool_forward_naive), "computed": computed}
        return words | {"loops": loops(max_pool_loops), "computed": filled("loops/max_pool", words)}

    def settings(self, library: Library) -> dict[str, object]:
        """The settings as a library writes them, and PyTorch's call."""
        window, counted = self.spec.window, self.count_include_pad
        (top, bottom), (left, right) = window.padding
        reaching = self.spec.reaching(self.size).padding
        over = ((0, reaching[0][1] - bottom), (0, reaching[1][1] - right))
        words: dict[str, object] = {
            "kernel": window.kernel,
            "stride": window.stride,
            "padding": window.padding,
            "reaching": reaching,
            "overhang": over,
            "ceil_mode": self.spec.ceil_mode,
            "counted": int(counted),
        }
        if library == "numpy":
            return words
        uneven = (top, left) != (bottom, right)
        words |= {
            "padding": (top, left),
            "reaching": (*reaching[1], *reaching[0]),
            "sides": (left, right, top, bottom),
            "beyond": (*over[1], *over[0]),
            "counted": int(counted) if uneven else counted,
        }
        return words | {"pooled": filled(f"pooled/{self.kind}{'_uneven' * uneven}", words)}

    @property
    def size(self) -> Pair:
        """(H, W)."""
        return self.x.shape[2], self.x.shape[3]


@dataclass(frozen=True, eq=False)
class PoolBackwardCode:
    """The backward pass of pooling. The scripts leave ``dx``."""

    dout: Floats  # gradient of the output
    pool: PoolCode  # the forward pass
    # Which of several equal maxima get the gradient: "split" for all of them, "first" for the
    # first.
    ties: Ties = "split"

    @property
    def name(self) -> str:
        """Of the files."""
        return f"{self.pool.name}_backward"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The gradient and the input."""
        return {"dout": self.dout, "x": self.pool.x}

    def words(self, library: Library) -> dict[str, object]:
        """The settings, the rule for equal maxima, and the loops that the stepper shows."""
        words = self.pool.settings(library) | {"ties": self.ties}
        if library == "torch":
            return words
        if self.pool.kind == "average":
            divisor = filled("loops/divisor", words)
            return words | {"loops": loops(avg_pool_backward_loops), "divisor": divisor}
        param = course_pool_param(self.pool.spec, self.pool.size)
        if param and self.ties == "split":
            cache = f"cache = x, {written(param)}  # as the forward pass returns it"
            computed = f"{cache}\ndx = max_pool_backward_naive(dout, cache)"
            return words | {"loops": loops(max_pool_backward_naive), "computed": computed}
        computed = filled("loops/max_pool_backward", words)
        return words | {"loops": loops(max_pool_backward_loops), "computed": computed}
