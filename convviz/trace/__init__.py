"""Loops as sequences of steps, and as scenes for the stepper to draw."""

from convviz.trace.conv import conv_scene
from convviz.trace.scene import Access, Panel, Phase, Scene, Variable, scene_data
from convviz.trace.steps import Step, Trace

__all__ = [
    "Access",
    "Panel",
    "Phase",
    "Scene",
    "Step",
    "Trace",
    "Variable",
    "conv_scene",
    "scene_data",
]
