"""A pipeline of stages on images as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, functions
from convviz.ops.types import Floats, Pair
from convviz.pipeline import Conv, Pipeline, Pool, Relu

SETTINGS = "stride, padding, dilation, groups"
Stage = Conv | Relu | Pool


@dataclass(frozen=True, eq=False)
class FeatureMaps:
    """What a pipeline makes of images. The scripts leave ``maps``, an array (F, OH, OW) for each image."""

    images: tuple[Floats, ...]  # each (C, H, W); their sizes may differ
    pipeline: Pipeline  # the stages up to the one shown
    # Which maps (image, filter) are looked at: one, which the scripts leave as ``shown``, or two,
    # of which they leave ``first``, ``second`` and their ``difference``; or none.
    shown: tuple[Pair, ...] = ()
    name: ClassVar = "feature_maps"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The images, and weights and biases of each convolution, numbered as the stages are."""
        arrays = {f"image{n}": image for n, image in enumerate(self.images)}
        shape = self.images[0].shape
        costs = self.pipeline.costs((shape[0], shape[1], shape[2]))
        channels = [shape[0], *(cost.output_shape[0] for cost in costs)]
        for number, stage in enumerate(self.pipeline.stages, start=1):
            if isinstance(stage, Conv):
                arrays[f"w{number}"] = stage.weights(channels[number - 1])
                arrays[f"b{number}"] = stage.biases
        return arrays

    def words(self, library: Library) -> dict[str, object]:
        """A line for each stage, and the functions that NumPy's call."""
        say = _numpy_stage if library == "numpy" else _torch_stage
        stages = enumerate(self.pipeline.stages, start=1)
        used = {type(stage).__name__.lower() for stage in self.pipeline.stages}
        return {
            "stages": "\n".join(f"    x = {say(number, stage)}" for number, stage in stages),
            "functions": functions(sorted(used)),
            "images": ", ".join(f"image{n}" for n in range(len(self.images))),
            "shown": self._shown(),
        }

    def _shown(self) -> str:
        """Lines that pick the maps looked at."""
        picked = [f"maps[{n}][{f}]" for n, f in self.shown]
        if len(picked) == 2:
            return f"first, second = {', '.join(picked)}\ndifference = first - second"
        return f"shown = {picked[0]}" if picked else ""


def _numpy_stage(number: int, stage: Stage) -> str:
    if isinstance(stage, Conv):
        padding = (stage.padding, stage.padding)
        settings = f"{stage.stride}, {padding}, {stage.dilation}, {stage.groups}"
        return f"conv(x, w{number}, b{number}, {settings})  # {SETTINGS}"
    if isinstance(stage, Pool):
        combine = "np.max" if stage.kind == "max" else "np.mean"
        return f"pool(x, {stage.size}, {stage.stride}, {combine})"
    return "relu(x)"


def _torch_stage(number: int, stage: Stage) -> str:
    if isinstance(stage, Conv):
        settings = f"{stage.stride}, {stage.padding}, {stage.dilation}, {stage.groups}"
        return f"F.conv2d(x, w{number}, b{number}, {settings})  # {SETTINGS}"
    if isinstance(stage, Pool):
        name = "max_pool2d" if stage.kind == "max" else "avg_pool2d"
        return f"F.{name}(x, {stage.size}, {stage.stride})"
    return "F.relu(x)"
