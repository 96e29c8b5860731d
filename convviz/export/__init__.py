"""What a person can download: pages that play offline, animations, arrays and code."""

from convviz.export.arrays import arrays_file, zip_file
from convviz.export.code import ConvCode, numpy_script, torch_script
from convviz.export.page import StepPage, step_page, step_through
from convviz.pictures.paper.slide import Slide, Tile
from convviz.pictures.steps.animation import animated_gif
from convviz.pictures.steps.drawing import step_png

__all__ = [
    "ConvCode",
    "Slide",
    "StepPage",
    "Tile",
    "animated_gif",
    "arrays_file",
    "numpy_script",
    "step_page",
    "step_png",
    "step_through",
    "torch_script",
    "zip_file",
]
