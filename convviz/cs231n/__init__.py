"""Stanford CS231n, assignment 2, under the course's names and with its signatures, of all years from 2016 on.

The modules have the names of a student's files: ``layers.py``, ``fast_layers.py``, ``im2col.py``,
``layer_utils.py``, ``gradient_check.py``, ``optim.py``, ``solver.py``, ``classifiers/fc_net.py`` and
``classifiers/cnn.py``. Each function takes the same arguments as there and gives ``(out, cache)`` from a forward
pass, the gradients from a backward pass. What a cache holds is between the two. The dictionaries ``conv_param``,
``pool_param``, ``bn_param`` and ``dropout_param`` have the course's keys; one that is missing or misspelt is an
error that names it.

A student's notebook runs with these files in place of its own after

    import sys, convviz.cs231n
    sys.modules["cs231n"] = convviz.cs231n

Source: Stanford CS231n, assignment 2, ``cs231n/*.py`` and its notebooks.
"""

from convviz.cs231n.classifiers.cnn import (
    ThreeLayerConvNet,
)
from convviz.cs231n.classifiers.fc_net import (
    FullyConnectedNet,
    TwoLayerNet,
)
from convviz.cs231n.fast_layers import (
    conv_backward_fast,
    conv_backward_im2col,
    conv_backward_strides,
    conv_forward_fast,
    conv_forward_im2col,
    conv_forward_strides,
    max_pool_backward_fast,
    max_pool_backward_im2col,
    max_pool_backward_reshape,
    max_pool_forward_fast,
    max_pool_forward_im2col,
    max_pool_forward_reshape,
)
from convviz.cs231n.gradient_check import (
    eval_numerical_gradient,
    eval_numerical_gradient_array,
    eval_numerical_gradient_blobs,
    eval_numerical_gradient_net,
    grad_check_sparse,
    rel_error,
)
from convviz.cs231n.im2col import (
    col2im_indices,
    get_im2col_indices,
    im2col_indices,
)
from convviz.cs231n.layer_utils import (
    affine_batchnorm_relu_backward,
    affine_batchnorm_relu_forward,
    affine_relu_backward,
    affine_relu_forward,
    conv_bn_relu_backward,
    conv_bn_relu_forward,
    conv_relu_backward,
    conv_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from convviz.cs231n.layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    conv_backward_naive,
    conv_forward_naive,
    dropout_backward,
    dropout_forward,
    layernorm_backward,
    layernorm_forward,
    max_pool_backward_naive,
    max_pool_forward_naive,
    relu_backward,
    relu_forward,
    softmax_loss,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
    svm_loss,
)
from convviz.cs231n.optim import (
    adam,
    rmsprop,
    sgd,
    sgd_momentum,
)
from convviz.cs231n.solver import (
    Solver,
)

__all__ = [
    "FullyConnectedNet",
    "Solver",
    "ThreeLayerConvNet",
    "TwoLayerNet",
    "adam",
    "affine_backward",
    "affine_batchnorm_relu_backward",
    "affine_batchnorm_relu_forward",
    "affine_forward",
    "affine_relu_backward",
    "affine_relu_forward",
    "batchnorm_backward",
    "batchnorm_backward_alt",
    "batchnorm_forward",
    "col2im_indices",
    "conv_backward_fast",
    "conv_backward_im2col",
    "conv_backward_naive",
    "conv_backward_strides",
    "conv_bn_relu_backward",
    "conv_bn_relu_forward",
    "conv_forward_fast",
    "conv_forward_im2col",
    "conv_forward_naive",
    "conv_forward_strides",
    "conv_relu_backward",
    "conv_relu_forward",
    "conv_relu_pool_backward",
    "conv_relu_pool_forward",
    "dropout_backward",
    "dropout_forward",
    "eval_numerical_gradient",
    "eval_numerical_gradient_array",
    "eval_numerical_gradient_blobs",
    "eval_numerical_gradient_net",
    "get_im2col_indices",
    "grad_check_sparse",
    "im2col_indices",
    "layernorm_backward",
    "layernorm_forward",
    "max_pool_backward_fast",
    "max_pool_backward_im2col",
    "max_pool_backward_naive",
    "max_pool_backward_reshape",
    "max_pool_forward_fast",
    "max_pool_forward_im2col",
    "max_pool_forward_naive",
    "max_pool_forward_reshape",
    "rel_error",
    "relu_backward",
    "relu_forward",
    "rmsprop",
    "sgd",
    "sgd_momentum",
    "softmax_loss",
    "spatial_batchnorm_backward",
    "spatial_batchnorm_forward",
    "spatial_groupnorm_backward",
    "spatial_groupnorm_forward",
    "svm_loss",
]
