"""Loops as sequences of steps, and as scenes for the stepper to draw."""

from convviz.trace.batch_norm import batch_norm_scene
from convviz.trace.columns import im2col_scene, product_scene
from convviz.trace.columns_backward import col2im_scene, dw_product_scene
from convviz.trace.conv import conv_scene
from convviz.trace.conv_backward import conv_backward_scene
from convviz.trace.conv_transpose import conv_transpose_scene
from convviz.trace.conv_transpose_backward import conv_transpose_backward_scene
from convviz.trace.correlation import correlation_scene
from convviz.trace.data import scene_data
from convviz.trace.panel import Access, Panel
from convviz.trace.photo import ScenePhoto
from convviz.trace.place import ScenePlace
from convviz.trace.pool import avg_pool_scene, max_pool_scene
from convviz.trace.pool_backward import avg_pool_backward_scene, max_pool_backward_scene
from convviz.trace.scene import Phase, Scene, Unit, Variable
from convviz.trace.steps import Step, Trace

__all__ = [
    "Access",
    "Panel",
    "Phase",
    "Scene",
    "ScenePhoto",
    "ScenePlace",
    "Step",
    "Trace",
    "Unit",
    "Variable",
    "avg_pool_backward_scene",
    "avg_pool_scene",
    "batch_norm_scene",
    "col2im_scene",
    "conv_backward_scene",
    "conv_scene",
    "conv_transpose_backward_scene",
    "conv_transpose_scene",
    "correlation_scene",
    "dw_product_scene",
    "im2col_scene",
    "max_pool_backward_scene",
    "max_pool_scene",
    "product_scene",
    "scene_data",
]
