"""Stages one after another: what each makes of an input, and how its maps lie on the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from convviz.ops.errors import SpecError
from convviz.ops.receptive import Box, LayerField, field_of, receptive_field
from convviz.ops.types import Array, Pair
from convviz.pipeline.limits import MOST_STAGES
from convviz.pipeline.stages import Conv, Shape, Stage, StageCost
from convviz.text.i18n import Sentence


@dataclass(frozen=True)
class Pipeline:
    """Stages applied one after another.

    Examples
    --------
    >>> from convviz.pipeline import Gabor, Pool, Relu
    >>> pipeline = Pipeline((Conv(Gabor(8, size=9), padding=4), Relu(), Pool("max")))
    >>> [cost.output_shape for cost in pipeline.costs((3, 200, 100))]
    [(8, 200, 100), (8, 200, 100), (8, 100, 50)]
    """

    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        if len(self.stages) > MOST_STAGES:
            raise SpecError(
                "stages",
                len(self.stages),
                MOST_STAGES,
                "a pipeline of {value} stages is too long",
                "use at most {limit}",
            )

    def __len__(self) -> int:
        return len(self.stages)

    def costs(self, shape: Shape) -> list[StageCost]:
        """What each stage makes of an input of ``shape`` (C, H, W), and what it takes.

        Raises
        ------
        SpecError
            If a stage cannot take what the one before it makes.
        """
        costs: list[StageCost] = []
        for stage in self.stages:
            costs.append(stage.cost(shape))
            shape = costs[-1].output_shape
        return costs

    def outputs(self, x: Array) -> list[Array]:
        """What each stage makes of an input of shape (C, H, W) or (N, C, H, W)."""
        made: list[Array] = []
        for stage in self.stages:
            made.append(stage.apply(made[-1] if made else x))
        return made

    def working(self, shape: Shape) -> tuple[Pipeline, SpecError | None]:
        """The stages before the first that cannot take its input, and the error of that one."""
        for count in range(len(self), 0, -1):
            try:
                Pipeline(self.stages[:count]).costs(shape)
            except SpecError as error:
                wrong: SpecError | None = error
            else:
                return Pipeline(self.stages[:count]), wrong if count < len(self) else None
        return Pipeline(), wrong if len(self) else None

    def map_names(self, stage: int) -> tuple[Sentence, ...]:
        """Names of a stage's maps: those of the last filters on the way to it."""
        banks = [one.bank for one in self.stages[: stage + 1] if isinstance(one, Conv)]
        return banks[-1].names if banks else ()

    def lattice(self, stage: int) -> LayerField:
        """How the windows of a stage's cells lie on the photo: their size, their distance, the first one."""
        return receptive_field([one.window for one in self.stages[: stage + 1]])[-1]

    def window_on_photo(self, stage: int, row: int, column: int, size: Pair) -> Box:
        """(top, left, bottom, right) of the pixels one cell of a stage depends on, within a photo of ``size``."""
        windows = [one.window for one in self.stages[: stage + 1]]
        return field_of(windows, row, column, input_size=size).box

    def added(self, stage: Stage) -> Pipeline:
        """The pipeline with one more stage at the end."""
        return Pipeline((*self.stages, stage))

    def replaced(self, at: int, stage: Stage) -> Pipeline:
        """The pipeline with one stage replaced."""
        return replace(self, stages=(*self.stages[:at], stage, *self.stages[at + 1 :]))

    def removed(self, at: int) -> Pipeline:
        """The pipeline without one stage."""
        return Pipeline(self.stages[:at] + self.stages[at + 1 :])

    def moved_up(self, at: int) -> Pipeline:
        """The pipeline with a stage moved one place forward."""
        swapped = (self.stages[at], self.stages[at - 1])
        return Pipeline((*self.stages[: at - 1], *swapped, *self.stages[at + 1 :]))
