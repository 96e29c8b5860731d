"""The layers whose gradients can be checked, each on a small random case."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.lessons.case import Case, CheckedLayer, Gradients
from convviz.lessons.sliding import AVERAGE_POOLING, CONVOLUTION, MAX_POOLING
from convviz.ops import layers as ops
from convviz.ops.types import Array
from convviz.text.i18n import N_

CLASSES, FEATURES, UNITS, EXAMPLES = 3, 6, 4, 5
KEEP = 0.5  # of dropout


def _affine_inputs(case: Case) -> Gradients:
    return case.numbers(x=(EXAMPLES, FEATURES), w=(FEATURES, UNITS), b=(UNITS,))


def _affine(_case: Case, x: Array, w: Array, b: Array) -> Array:
    return ops.affine(x, w, b)


def _affine_backward(_case: Case, dout: Array, x: Array, w: Array, **_bias: Array) -> Gradients:
    dx, dw, db = ops.affine_backward(dout, x, w)
    return {"x": dx, "w": dw, "b": db}


def _relu(_case: Case, x: Array) -> Array:
    return ops.relu(x)


def _relu_backward(_case: Case, dout: Array, x: Array) -> Gradients:
    return {"x": ops.relu_backward(dout, x)}


def _relu_kinks(case: Case, x: Array) -> int:
    """Numbers nearer to 0 than a step."""
    return int((np.abs(x) < case.step).sum())


def _norm_inputs(case: Case) -> Gradients:
    return case.numbers(x=(EXAMPLES, FEATURES), gamma=(FEATURES,), beta=(FEATURES,))


def _norm(_case: Case, x: Array, gamma: Array, beta: Array) -> Array:
    return ops.batch_norm(x, gamma, beta)


def _norm_backward(_case: Case, dout: Array, x: Array, gamma: Array, **_beta: Array) -> Gradients:
    dx, dgamma, dbeta = ops.batch_norm_backward(dout, x, gamma)
    return {"x": dx, "gamma": dgamma, "beta": dbeta}


def _spatial_inputs(case: Case) -> Gradients:
    return case.numbers(x=case.shape, gamma=case.shape[1:2], beta=case.shape[1:2])


def _spatial(_case: Case, x: Array, gamma: Array, beta: Array) -> Array:
    return ops.spatial_batch_norm(x, gamma, beta)


def _spatial_backward(
    _case: Case, dout: Array, x: Array, gamma: Array, **_beta: Array
) -> Gradients:
    dx, dgamma, dbeta = ops.spatial_batch_norm_backward(dout, x, gamma)
    return {"x": dx, "gamma": dgamma, "beta": dbeta}


def _dropout(case: Case, x: Array) -> tuple[Array, Array]:
    """The same seed each time: a difference must not compare the outputs of two masks."""
    return ops.dropout(x, KEEP, np.random.default_rng(case.seed))


def _dropped(case: Case, x: Array) -> Array:
    return _dropout(case, x)[0]


def _dropout_backward(case: Case, dout: Array, x: Array) -> Gradients:
    _out, mask = _dropout(case, x)
    return {"x": ops.dropout_backward(dout, mask)}


def _mask(case: Case) -> dict[str, Array]:
    return {"mask": _dropout(case, case.images()["x"])[1]}


def _right_classes(case: Case) -> dict[str, Array]:
    return {"y": _classes(case)}


def _scores(case: Case) -> Gradients:
    return case.numbers(x=(EXAMPLES, CLASSES))


def _classes(case: Case) -> npt.NDArray[np.int64]:
    return np.random.default_rng(case.seed).integers(0, CLASSES, EXAMPLES)


def _loss(case: Case, x: Array) -> np.float64:
    return np.float64(ops.softmax_loss(x, _classes(case))[0])


def _loss_backward(case: Case, dout: Array, x: Array) -> Gradients:
    return {"x": dout * ops.softmax_loss(x, _classes(case))[1]}


LAYERS = {
    N_("Convolution"): CONVOLUTION,
    N_("Max pooling"): MAX_POOLING,
    N_("Average pooling"): AVERAGE_POOLING,
    N_("Affine"): CheckedLayer(_affine_inputs, _affine, _affine_backward),
    N_("ReLU"): CheckedLayer(
        Case.images, _relu, _relu_backward, takes_images=True, kinks=_relu_kinks
    ),
    N_("Batch norm"): CheckedLayer(_norm_inputs, _norm, _norm_backward, curved=True),
    N_("Spatial batch norm"): CheckedLayer(
        _spatial_inputs, _spatial, _spatial_backward, takes_images=True, curved=True
    ),
    N_("Dropout"): CheckedLayer(
        Case.images, _dropped, _dropout_backward, takes_images=True, held=_mask
    ),
    N_("Softmax loss"): CheckedLayer(
        _scores, _loss, _loss_backward, curved=True, held=_right_classes
    ),
}
