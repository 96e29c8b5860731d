"""The other layers of a network, each forward beside backward."""

from convviz.ops.layers.affine import affine, affine_backward
from convviz.ops.layers.dropout import dropout, dropout_backward
from convviz.ops.layers.group import (
    group_norm,
    group_norm_backward,
    layer_norm,
    layer_norm_backward,
)
from convviz.ops.layers.loss import softmax, softmax_loss, svm_loss
from convviz.ops.layers.norm import (
    batch_norm,
    batch_norm_backward,
    spatial_batch_norm,
    spatial_batch_norm_backward,
)
from convviz.ops.layers.relu import relu, relu_backward

__all__ = [
    "affine",
    "affine_backward",
    "batch_norm",
    "batch_norm_backward",
    "dropout",
    "dropout_backward",
    "group_norm",
    "group_norm_backward",
    "layer_norm",
    "layer_norm_backward",
    "relu",
    "relu_backward",
    "softmax",
    "softmax_loss",
    "spatial_batch_norm",
    "spatial_batch_norm_backward",
    "svm_loss",
]
