"""What can be taken away: pages that play offline, animations, arrays and code."""

from convviz.export.animation import animated_gif
from convviz.export.arrays import arrays_file, zip_file
from convviz.export.code import Conv, numpy_script, torch_script
from convviz.export.page import StepPage, step_page, step_through
from convviz.export.still import map_png, step_png

__all__ = [
    "Conv",
    "StepPage",
    "animated_gif",
    "arrays_file",
    "map_png",
    "numpy_script",
    "step_page",
    "step_png",
    "step_through",
    "torch_script",
    "zip_file",
]
