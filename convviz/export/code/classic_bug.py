"""A classic bug as scripts."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, loops, written
from convviz.lessons.lesson import Lesson
from convviz.ops.naive import conv_backward_loops
from convviz.ops.types import Floats

BACKWARD = "x.requires_grad_()\n{forward}\nout.backward(dout)\ndx_right = x.grad"
CONV = BACKWARD.format(forward="out = F.conv2d(x, w, stride=stride, padding=pad)")
POOL = BACKWARD.format(  # amax, unlike max_pool2d, shares the gradient among equal maxima
    forward="windows = x.unfold(2, pool_height, stride).unfold(3, pool_width, stride)\n"
    "out = windows.amax(dim=(4, 5))"
)
NORM = "out_right = F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)"


@dataclass(frozen=True)
class ClassicBug:
    """The right and the buggy function, on the case that tells them apart.

    The scripts leave ``dx_right``, PyTorch's by autograd; NumPy's also leaves ``dx_buggy``. Of a forward pass they
    leave ``out_right`` and ``out_buggy``.
    """

    lesson: Lesson
    name: ClassVar = "classic_bug"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The gradient that arrives and the input of a backward pass, or the arrays of a forward pass."""
        return self.lesson.revealing().arrays

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Both functions as they are shown, the settings, and the right result as PyTorch computes it."""
        right, buggy, param = self.lesson.right, self.lesson.buggy, self.lesson.revealing().param
        result_alone = self.lesson.result == "dx" and "w" not in self.arrays
        called = conv_backward_loops.__name__ in inspect.getsource(right)
        return {
            "title": self.lesson.name,
            "arguments": self._arguments(written(param)),
            "functions": loops(*[conv_backward_loops] * called, right, buggy),
            "result": self.lesson.result,
            "right": right.__name__,
            "buggy": buggy.__name__,
            "first": "" if result_alone else "[0]",
            "settings": "\n".join(f"{name} = {value}" for name, value in param.items()),
            "computed": CONV if "w" in self.arrays else POOL if "dout" in self.arrays else NORM,
        }

    def _arguments(self, param: str) -> str:
        """What both functions are called with; a backward pass has its cache in brackets."""
        if "dout" not in self.arrays:
            return ", ".join((*self.arrays, param))
        inputs = "x, w, np.zeros(len(w))" if "w" in self.arrays else "x"
        return f"dout, ({inputs}, {param})"
