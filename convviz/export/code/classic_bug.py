"""A classic bug as scripts."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.export.code.script import Library, filled
from convviz.lessons.lesson import Lesson
from convviz.ops.types import Floats

CONV, POOL = "bugs/conv_backward", "bugs/max_pool_backward"
RIGHT = {
    CONV: {"unpad": "dx_pad[:, :, pad : pad + H, pad : pad + W]"},
    POOL: {"assign": "+=", "share": "dout[n, c, i, j] / is_max.sum()"},
}
BUGGY = {  # the function each bug is in, and the line that differs
    "pad:-pad": (CONV, {"unpad": "dx_pad[:, :, pad:-pad, pad:-pad]"}),
    "= for +=": (POOL, {"assign": "="}),
    "All maxima in full": (POOL, {"share": "dout[n, c, i, j]"}),
}
FORWARD = {  # as PyTorch has it; amax shares the gradient among equal maxima
    CONV: "out = F.conv2d(x, w, stride=stride, padding=pad)",
    POOL: "out = x.unfold(2, size, stride).unfold(3, size, stride).amax(dim=(4, 5))",
}


@dataclass(frozen=True)
class ClassicBug:
    """The right and the buggy function, on the case that tells them apart.

    The scripts leave ``dx_right``, PyTorch's by autograd; NumPy's also leaves ``dx_buggy``.

    Parameters
    ----------
    lesson
        The bug.
    """

    lesson: Lesson

    @property
    def name(self) -> str:
        """Of the files."""
        return "classic_bug"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The gradient that arrives, the input, and a convolution's filters."""
        dout, cache = self.lesson.revealing()
        arrays = {"dout": dout, "x": cache[0]}
        return arrays | {"w": cache[1]} if self._function == CONV else arrays

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Both functions, the settings, and the forward pass as PyTorch has it."""
        function, bug = BUGGY[self.lesson.name]
        right = RIGHT[function] | {"name": "right"}
        pair = (filled(function, right), filled(function, right | bug | {"name": "buggy"}))
        return {
            "title": self.lesson.name,
            "settings": "\n".join(f"{name} = {value}" for name, value in self._settings.items()),
            "functions": "\n\n\n".join(pair),
            "forward": FORWARD[function],
        }

    @property
    def _function(self) -> str:
        return BUGGY[self.lesson.name][0]

    @property
    def _settings(self) -> dict[str, int]:
        """Stride, and padding or the size of the window."""
        param = self.lesson.revealing()[1][-1]
        named = {"stride": "stride", "pad": "pad", "pool_height": "size"}
        return {named[key]: value for key, value in param.items() if key in named}
