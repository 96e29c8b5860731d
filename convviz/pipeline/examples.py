"""Pipelines to begin with."""

from __future__ import annotations

from convviz.pipeline.banks import Chosen
from convviz.pipeline.chain import Pipeline
from convviz.pipeline.course import PIPELINE
from convviz.pipeline.generated import Gabor, Random
from convviz.pipeline.stages import Conv, Pool, Relu
from convviz.pipeline.trained import Trained
from convviz.text.i18n import N_

EDGES = Pipeline(
    (
        Conv(Chosen(("Sobel x", "Sobel y", "Laplacian (8)", "Gaussian blur")), padding=1),
        Relu(),
        Pool("max"),
    )
)
COURSE = N_("The course's two filters")
EXAMPLES: dict[str, Pipeline] = {
    N_("Edges, ReLU, max pooling"): EDGES,
    COURSE: PIPELINE,
    N_("Eight Gabor orientations"): Pipeline(
        (Conv(Gabor(8), padding=4), Relu(), Pool("max", 4, 4))
    ),
    N_("Filters a network has learned"): Pipeline(
        (Conv(Trained(), padding=3), Relu(), Pool("max"))
    ),
    N_("Two layers of random filters"): Pipeline(
        (
            Conv(Random(8, size=3), padding=1),
            Relu(),
            Pool("max"),
            Conv(Random(8, size=3, seed=1), padding=1),
            Relu(),
        )
    ),
}
