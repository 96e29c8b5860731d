"""A classic bug as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from convviz.export.code.script import Library, loops, written
from convviz.lessons.lesson import Lesson
from convviz.ops.naive import conv_backward_loops
from convviz.ops.types import Floats

CONV_FORWARD = "out = F.conv2d(x, w, stride=stride, padding=pad)"
POOL_FORWARD = (  # amax, unlike max_pool2d, shares the gradient among equal maxima
    "windows = x.unfold(2, pool_height, stride).unfold(3, pool_width, stride)\n"
    "out = windows.amax(dim=(4, 5))"
)


@dataclass(frozen=True)
class ClassicBug:
    """The right and the buggy function, on the case that tells them apart.

    The scripts leave ``dx_right``, PyTorch's by autograd; NumPy's also leaves ``dx_buggy``.
    """

    lesson: Lesson
    name: ClassVar = "classic_bug"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The gradient that arrives, the input, and a convolution's filters."""
        dout, cache = self.lesson.revealing()
        arrays = {"dout": dout, "x": cache[0]}
        return arrays | {"w": cache[1]} if self._is_conv else arrays

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Both functions as they are shown, the settings, and the forward pass as PyTorch has it."""
        right, buggy = self.lesson.right, self.lesson.buggy
        called = (conv_backward_loops,) if self._is_conv else ()
        first = "[0]" if self._is_conv else ""  # of dx, dw and db
        inputs = "x, w, np.zeros(len(w))" if self._is_conv else "x"
        return {
            "title": self.lesson.name,
            "cache": f"{inputs}, {written(self._param)}",
            "functions": loops(*called, right, buggy),
            "right": f"{right.__name__}(dout, cache){first}",
            "buggy": f"{buggy.__name__}(dout, cache){first}",
            "settings": "\n".join(f"{name} = {value}" for name, value in self._param.items()),
            "forward": CONV_FORWARD if self._is_conv else POOL_FORWARD,
        }

    @property
    def _param(self) -> dict[str, Any]:
        """The course's dictionary of settings, which its cache ends with."""
        return dict(self.lesson.revealing()[1][-1])

    @property
    def _is_conv(self) -> bool:
        return "pad" in self._param
