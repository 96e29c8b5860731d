"""Layers that usually come together, as the course's ``layer_utils.py`` joins them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from convviz.cs231n.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from convviz.cs231n.layers import affine_backward, affine_forward, relu_backward, relu_forward
from convviz.cs231n.norm import (
    batchnorm_backward,
    batchnorm_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
)
from convviz.ops.types import Array


def affine_relu_forward(x: Array, w: Array, b: Array) -> tuple[Array, Any]:
    """Affine, then ReLU.

    Examples
    --------
    >>> import numpy as np
    >>> affine_relu_forward(np.array([[1.0, 2.0]]), np.array([[1.0, -1.0], [1.0, -1.0]]), np.zeros(2))[0]
    array([[3., 0.]])
    """
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients dx, dw and db."""
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)


def affine_batchnorm_relu_forward(
    x: Array,
    w: Array,
    b: Array,
    gamma: Array,
    beta: Array,
    bn_param: MutableMapping[str, Any],
) -> tuple[Array, Any]:
    """Affine, then batch normalisation, then ReLU.

    Examples
    --------
    >>> import numpy as np
    >>> x, w, one, zero = np.array([[1.0], [3.0]]), np.ones((1, 1)), np.ones(1), np.zeros(1)
    >>> affine_batchnorm_relu_forward(x, w, zero, one, zero, {"mode": "train"})[0].round(3)
    array([[0.],
           [1.]])
    """
    scores, affine_cache = affine_forward(x, w, b)
    normed, norm_cache = batchnorm_forward(scores, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normed)
    return out, (affine_cache, norm_cache, relu_cache)


def affine_batchnorm_relu_backward(
    dout: Array, cache: Any
) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients dx, dw, db, dgamma and dbeta."""
    affine_cache, norm_cache, relu_cache = cache
    dnormed = relu_backward(dout, relu_cache)
    dscores, dgamma, dbeta = batchnorm_backward(dnormed, norm_cache)
    dx, dw, db = affine_backward(dscores, affine_cache)
    return dx, dw, db, dgamma, dbeta


def conv_relu_forward(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, Any]:
    """Convolution, then ReLU.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.array([[[[1.0, 3, 2]]]]), np.array([[[[1.0, -1.0]]]])
    >>> conv_relu_forward(x, w, np.zeros(1), {"stride": 1, "pad": 0})[0]
    array([[[[0., 1.]]]])
    """
    maps, conv_cache = conv_forward_fast(x, w, b, conv_param)
    out, relu_cache = relu_forward(maps)
    return out, (conv_cache, relu_cache)


def conv_relu_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients dx, dw and db."""
    conv_cache, relu_cache = cache
    return conv_backward_fast(relu_backward(dout, relu_cache), conv_cache)


def conv_bn_relu_forward(
    x: Array,
    w: Array,
    b: Array,
    gamma: Array,
    beta: Array,
    conv_param: Mapping[str, int],
    bn_param: MutableMapping[str, Any],
) -> tuple[Array, Any]:
    """Convolution, then spatial batch normalisation, then ReLU.

    Examples
    --------
    >>> import numpy as np
    >>> x, w, one, zero = np.array([[[[1.0, 3, 2]]]]), np.ones((1, 1, 1, 2)), np.ones(1), np.zeros(1)
    >>> conv_param, bn_param = {"stride": 1, "pad": 0}, {"mode": "train"}
    >>> conv_bn_relu_forward(x, w, zero, one, zero, conv_param, bn_param)[0].round(3)
    array([[[[0., 1.]]]])
    """
    maps, conv_cache = conv_forward_fast(x, w, b, conv_param)
    normed, norm_cache = spatial_batchnorm_forward(maps, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normed)
    return out, (conv_cache, norm_cache, relu_cache)


def conv_bn_relu_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients dx, dw, db, dgamma and dbeta."""
    conv_cache, norm_cache, relu_cache = cache
    dnormed = relu_backward(dout, relu_cache)
    dmaps, dgamma, dbeta = spatial_batchnorm_backward(dnormed, norm_cache)
    dx, dw, db = conv_backward_fast(dmaps, conv_cache)
    return dx, dw, db, dgamma, dbeta


def conv_relu_pool_forward(
    x: Array,
    w: Array,
    b: Array,
    conv_param: Mapping[str, int],
    pool_param: Mapping[str, int],
) -> tuple[Array, Any]:
    """Convolution, then ReLU, then max pooling.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.array([[[[1.0, 3, 2]]]]), np.array([[[[1.0, -1.0]]]])
    >>> conv_param = {"stride": 1, "pad": 0}
    >>> pool_param = {"pool_height": 1, "pool_width": 2, "stride": 2}
    >>> conv_relu_pool_forward(x, w, np.zeros(1), conv_param, pool_param)[0]
    array([[[[1.]]]])
    """
    active, conv_relu_cache = conv_relu_forward(x, w, b, conv_param)
    out, pool_cache = max_pool_forward_fast(active, pool_param)
    return out, (conv_relu_cache, pool_cache)


def conv_relu_pool_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients dx, dw and db."""
    conv_relu_cache, pool_cache = cache
    return conv_relu_backward(max_pool_backward_fast(dout, pool_cache), conv_relu_cache)
