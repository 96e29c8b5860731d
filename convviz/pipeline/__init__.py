"""Several stages from photo to feature maps, as a person builds them on the Feature maps page."""

from convviz.pipeline.banks import Bank, Chosen
from convviz.pipeline.chain import Pipeline
from convviz.pipeline.generated import Gabor, Random
from convviz.pipeline.own import Own, first_filters
from convviz.pipeline.stages import Conv, Pool, Relu, Shape, Stage, StageCost
from convviz.pipeline.stored import Given, Stored
from convviz.pipeline.text import from_text, to_text
from convviz.pipeline.trained import Trained

__all__ = [
    "Bank",
    "Chosen",
    "Conv",
    "Gabor",
    "Given",
    "Own",
    "Pipeline",
    "Pool",
    "Random",
    "Relu",
    "Shape",
    "Stage",
    "StageCost",
    "Stored",
    "Trained",
    "first_filters",
    "from_text",
    "to_text",
]
