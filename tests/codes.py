"""What the offered code is tested on, for NumPy's scripts and for PyTorch's.

Each case is a view as a page shows it, and what its scripts must leave behind, by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convviz import (
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    im2col,
    max_pool2d,
    max_pool2d_backward,
)
from convviz.export.arrays import arrays_file
from convviz.export.code import (
    ARRAYS,
    ClassicBug,
    Code,
    ColumnsBackwardCode,
    ColumnsCode,
    ConvBackwardCode,
    ConvCode,
    Edges,
    EffectiveField,
    Equivariance,
    Experiments,
    FeatureMaps,
    FullCorrelation,
    GradientCheck,
    GroupCosts,
    LayerCosts,
    Network,
    PointwiseCode,
    PoolBackwardCode,
    PoolCode,
    ReceptiveField,
    TrainedField,
    TransposedBackwardCode,
    TransposedCode,
    Visits,
)
from convviz.lessons.case import Case as Checkable
from convviz.lessons.check import check
from convviz.lessons.layers import LAYERS
from convviz.lessons.lesson import LESSONS
from convviz.nets.data import Dataset, Split
from convviz.nets.fields import middle_gradient
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.three_layer import ThreeLayerConvNet
from convviz.nets.trainer import Trainer
from convviz.ops.chain import Chain, run_chain
from convviz.ops.counting import CONNECTINGS, LayerShape, count
from convviz.ops.equivariance import commutation
from convviz.ops.grouping import multiply_adds, ways, weights_of
from convviz.ops.index import visits
from convviz.ops.layers import softmax, softmax_loss
from convviz.ops.padding import pad
from convviz.ops.receptive import field_of, receptive_field
from convviz.ops.receptive.effective import effective_field, effective_size, fit_gaussian, influence
from convviz.ops.receptive.layers import Layer, as_layers
from convviz.ops.receptive.stack import Stack, random_weights, uniform_weights
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.transposed import full_correlation
from convviz.ops.window import Window2d
from convviz.pipeline import Chosen, Conv, Gabor, Pipeline, Random, Relu
from convviz.pipeline import Pool as PoolStage

Expected = dict[str, Any]


def agree(left: Any, expected: Any, name: str) -> None:
    """What a script left behind equals what convviz computes; a list, item by item."""
    if isinstance(expected, list) and isinstance(expected[0], np.ndarray):
        assert len(left) == len(expected)
        for k, pair in enumerate(zip(left, expected, strict=True)):
            agree(*pair, f"{name}[{k}]")
    elif isinstance(expected, dict):
        assert set(left) == set(expected)
        for key, value in expected.items():
            agree(left[key], value, f"{name}[{key}]")
    else:
        np.testing.assert_allclose(left, expected, rtol=0, atol=1e-6, err_msg=name)


@dataclass(frozen=True)
class Case:
    """A view as a page shows it.

    Parameters
    ----------
    code
        What is shown.
    left
        What both scripts must leave behind, by name.
    numpy_left, torch_left
        What only NumPy's and only PyTorch's leaves.
    """

    code: Code
    left: Expected
    numpy_left: Expected = field(default_factory=dict)
    torch_left: Expected = field(default_factory=dict)


RANDOM = np.random.default_rng(5)
X = RANDOM.integers(0, 256, (2, 3, 6, 5)) * 1.0
W, B = RANDOM.normal(size=(2, 3, 3, 2)), np.array([0.5, -1])
CONV_SETTINGS: list[dict[str, Any]] = [
    {},
    {"stride": 2, "padding": 1},
    {"stride": (1, 3), "padding": ((2, 0), (1, 3)), "dilation": (1, 2)},
    {"padding": 2, "padding_mode": "reflect"},
    {"padding": ((1, 2), (2, 1)), "padding_mode": "replicate", "stride": 2},
    {"padding": 1, "padding_mode": "circular", "dilation": 2},
]
POOL_SETTINGS: list[dict[str, Any]] = [
    {"kernel": 2},
    {"kernel": (3, 2), "stride": (1, 3), "padding": (1, 0)},
    {"kernel": 3, "stride": 2, "padding": 1, "ceil_mode": True},
    {"kernel": (2, 4), "stride": (3, 3), "padding": (1, 2), "ceil_mode": True},
    {"kernel": 3, "stride": 2, "padding": ((1, 0), (0, 1))},
    {"kernel": 3, "stride": 2, "padding": ((0, 1), (1, 0)), "ceil_mode": True},
]
TIED = RANDOM.integers(0, 3, (2, 3, 6, 5)) * 1.0


def run(script: str, code: Code, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run a script as it lies beside its arrays; the names it leaves behind."""
    (folder / ARRAYS).write_bytes(arrays_file(code.arrays))
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(script, names)
    return names


def conv(settings: dict[str, Any]) -> Case:
    spec = Conv2dSpec.make((3, 2), **settings)
    return Case(ConvCode(X, W, B, spec), {"out": conv2d(X, W, B, **settings)})


def conv_backward(settings: dict[str, Any]) -> Case:
    spec = Conv2dSpec.make((3, 2), **settings)
    dout = RANDOM.normal(size=(2, 2, *spec.window.output_size((6, 5))))
    dx, dw, db = conv2d_backward(dout, X, W, **settings)
    return Case(ConvBackwardCode(dout, X, W, spec), {"dx": dx, "dw": dw, "db": db})


def grouped(groups: int) -> dict[str, Case]:
    """Six filters over three channels, or one for each pair: in groups, forward and backward."""
    x, w, b = X.repeat(2, axis=1), RANDOM.normal(size=(6, 6 // groups, 3, 2)), RANDOM.normal(size=6)
    settings: dict[str, Any] = {"stride": (2, 1), "padding": 1, "groups": groups}
    spec = Conv2dSpec.make((3, 2), **settings)
    dout = RANDOM.normal(size=(2, 6, *spec.window.output_size((6, 5))))
    dx, dw, db = conv2d_backward(dout, x, w, **settings)
    return {
        f"conv in {groups} groups": Case(
            ConvCode(x, w, b, spec), {"out": conv2d(x, w, b, **settings)}
        ),
        f"conv backward in {groups} groups": Case(
            ConvBackwardCode(dout, x, w, spec), {"dx": dx, "dw": dw, "db": db}
        ),
    }


def group_costs() -> Case:
    made, size = ways(6, 12, (3, 5), 2, 4), (20, 30)
    left = {
        "weights": {name: weights_of(convs) for name, convs in made.items()},
        "multiply_adds": {name: multiply_adds(convs, size) for name, convs in made.items()},
    }
    return Case(GroupCosts(made, size), left)


def pointwise() -> Case:
    w = RANDOM.normal(size=(4, 3, 1, 1))
    out = conv2d(X, w)
    return Case(PointwiseCode(X, w, (2, 3)), {"out": out, "column": out[0, :, 2, 3]})


def correlation(settings: dict[str, Any]) -> Case:
    window = Conv2dSpec.make((3, 2), **settings).window
    dout = RANDOM.normal(size=(2, 2, *window.output_size((6, 5))))
    code = FullCorrelation(dout, W, window, (6, 5))
    return Case(code, {"dx_pad": full_correlation(dout, W, window, (6, 5))})


def columns(settings: dict[str, Any]) -> Case:
    spec, out = Conv2dSpec.make((3, 2), **settings), conv2d(X, W, B, **settings)
    x_pad = pad(X, spec.window.padding, spec.padding_mode)
    x_cols = im2col(x_pad, (3, 2), spec.window.stride, dilation=spec.window.dilation)
    left = {"x_cols": x_cols, "w_rows": W.reshape(2, -1), "out": out}
    return Case(ColumnsCode(X, W, B, spec), left)


def columns_backward(settings: dict[str, Any]) -> Case:
    spec = Conv2dSpec.make((3, 2), **settings)
    dout = RANDOM.normal(size=(2, 2, *spec.window.output_size((6, 5))))
    x_pad, how = pad(X, spec.window.padding, spec.padding_mode), spec.window.unpadded
    dx_pad, dw, _db = conv2d_backward(dout, x_pad, W, how.stride, 0, how.dilation)
    dx_cols = W.reshape(2, -1).T @ dout.reshape(2, 2, -1)
    left = {"dw": dw, "dx_cols": dx_cols, "dx_pad": dx_pad}
    return Case(ColumnsBackwardCode(dout, X, W, spec), left)


def transposed(stride: int, padding: int, more: int, dilation: int) -> Case:
    """Three channels of two images stamp two filters."""
    x, w = X[:, :, :3, :4], W.swapaxes(0, 1).copy()
    window = Window2d.make((3, 2), stride, padding, dilation)
    how = (stride, padding, more, dilation)
    ones = np.ones((1, 3, 4)), np.ones((1, 1, 3, 2))
    left = {
        "out": conv_transpose2d(x, w, None, *how),
        "overlaps": conv_transpose2d(*ones, None, *how)[0],
    }
    return Case(TransposedCode(x, w, window, (more, more)), left)


def transposed_backward(stride: int, padding: int, more: int, dilation: int) -> Case:
    x, w = X[:, :, :3, :4], W.swapaxes(0, 1).copy()
    how = (stride, padding, more, dilation)
    dout = RANDOM.normal(size=conv_transpose2d(x, w, None, *how).shape)
    window = Window2d.make((3, 2), stride, padding, dilation)
    dx, dw, db = conv_transpose2d_backward(dout, x, w, *how)
    code = TransposedBackwardCode(dout, x, w, window, (more, more))
    return Case(code, {"dx": dx, "dw": dw, "db": db})


def pooling(settings: dict[str, Any]) -> dict[str, Case]:
    """Forward and backward, with each rule."""
    spec = PoolSpec.make(**settings)
    dout = RANDOM.normal(size=(2, 3, *spec.output_size((6, 5))))
    largest = PoolCode(TIED, "max", spec)
    made: dict[str, Case] = {"max": Case(largest, {"out": max_pool2d(TIED, **settings)})}
    for ties in ("split", "first"):
        dx = max_pool2d_backward(dout, TIED, ties=ties, **settings)
        made[f"max backward {ties}"] = Case(PoolBackwardCode(dout, largest, ties), {"dx": dx})
    for counted in (True, False):
        mean, keyword = PoolCode(TIED, "average", spec, counted), {"count_include_pad": counted}
        out = avg_pool2d(TIED, **settings, **keyword)
        dx = avg_pool2d_backward(dout, TIED, **settings, **keyword)
        made[f"average {counted}"] = Case(mean, {"out": out})
        made[f"average backward {counted}"] = Case(PoolBackwardCode(dout, mean), {"dx": dx})
    return made


def field_of_unit(
    layers: list[Any], size: tuple[int, int], index: int, unit: tuple[int, int]
) -> Case:
    stack = [replace(layer, name=f"layer {k}") for k, layer in enumerate(as_layers(layers))]
    records = receptive_field(stack, size)
    seen = field_of(stack, *unit, layer=index, input_size=size)
    rows = seen.box[0] + np.flatnonzero(seen.live.any(axis=1))
    columns = seen.box[1] + np.flatnonzero(seen.live.any(axis=0))
    return Case(
        ReceptiveField(stack, size, index, unit),
        {"rows": rows, "columns": columns},
        {
            name: [getattr(record, name) for record in records]
            for name in ("receptive_field", "jump", "start")
        },
    )


def feature_maps() -> Case:
    """Two images of different sizes; one filter bank is small enough to be written out, one is not."""
    images = tuple(RANDOM.integers(0, 256, (3, *size)) * 1.0 for size in ((21, 30), (24, 19)))
    stages = (
        Conv(Gabor(8, size=9), stride=2, padding=4, bias=(3.0,)),
        Relu(),
        PoolStage("average", 3, 2),
        Conv(Chosen(("Sobel x",), typed=(((1.0, 2.0),),)), dilation=2, padding=2, bias=(0.0, -9.5)),
        PoolStage("max", 2, 1),
        Conv(Random(4, size=2), groups=2),
    )
    pipeline = Pipeline(stages)
    maps = [pipeline.outputs(image)[-1] for image in images]
    return Case(FeatureMaps(images, pipeline, ((1, 1),)), {"maps": maps, "shown": maps[1][1]})


def map_difference() -> Case:
    images = tuple(RANDOM.integers(0, 256, (1, 9, 8)) * 1.0 for _ in range(2))
    pipeline = Pipeline((Conv(Chosen(("Sobel x", "Emboss"))),))
    first, second = (
        pipeline.outputs(image)[-1][f] for image, f in zip(images, (1, 0), strict=True)
    )
    code = FeatureMaps(images, pipeline, ((0, 1), (1, 0)))
    return Case(code, {"first": first, "second": second, "difference": first - second})


def network(stack: str, standardised: bool = True, labelled: bool = True) -> Case:
    """With running statistics as after training, and a mean and a deviation that matter."""
    split = Split(RANDOM.integers(0, 256, (6, 3, 11, 9), dtype=np.uint8), RANDOM.integers(0, 4, 6))
    data = Dataset("random", ("a", "b's", "c", "d"), split, split, split, standardised)
    net = Sequential(parse_stack(f"{stack} affine4"), data.shape, dtype=np.float64, seed=3)
    for numbers in (net.params, net.state):
        for name, value in numbers.items():
            numbers[name] = value + RANDOM.uniform(0, 0.1, value.shape)
    run = net.run(data.inputs(split.images, np.float64))
    left = {
        "outputs": [out[0] for out in run.outputs[1:]],
        "scores": run.scores,
        "probabilities": softmax(run.scores),
    }
    if labelled:
        right = run.scores.argmax(axis=1) == split.labels
        left |= {"loss": softmax_loss(run.scores, split.labels)[0], "accuracy": right.mean()}
    return Case(Network(net, data, split.images, split.labels if labelled else None), left)


def experiments() -> Case:
    """As the page computes them, of fewer and smaller pictures."""
    splits = [
        Split(RANDOM.integers(0, 256, (n, 3, 10, 8), dtype=np.uint8), RANDOM.integers(0, 4, n))
        for n in (60, 30)
    ]
    data = Dataset("random", ("a", "b", "c", "d"), *splits, splits[1])
    code = Experiments(data, 5, filters=4, size=3, hidden=9, batch=20, epochs=4, most=3)
    sizes = (code.filters, code.size, code.hidden, len(data.classes))
    net = ThreeLayerConvNet(data.shape, *sizes, seed=code.seed)
    x, y = data.inputs(data.train.images[:50]), data.train.labels[:50]
    losses = {}
    for reg in (0, 0.5):
        net.reg = reg
        losses[reg] = net.loss(x, y)[0]
    accuracies, gradients = {}, {}
    for name, norm, dropped in (("plain", False, 0.0), ("batch norm, dropout", True, 0.5)):
        settings = Settings(batch_size=code.batch, epochs=code.epochs, seed=code.seed)
        begun = ThreeLayerConvNet(
            data.shape, *sizes, 1e-2, batchnorm=norm, dropout=dropped, seed=code.seed
        )
        (*_, last) = Trainer(begun, data, settings)
        accuracies[name] = list(last.accuracies or ())
        checked = ThreeLayerConvNet((3, 16, 16), 3, 3, 7, 4, 0.1, dtype=np.float64, batchnorm=norm)
        rng = np.random.default_rng(231)
        batch = rng.standard_normal((8, 3, 16, 16)), rng.integers(0, 4, 8)
        gradients["batch norm" if norm else "plain"] = checked.loss(*batch)[1]
    return Case(code, {"first_losses": losses, "gradients": gradients, "accuracies": accuracies})


def visit_counts(window: Window2d, size: tuple[int, int]) -> Case:
    counts = visits(window, window.output_size(size), window.padded_size(size))
    return Case(Visits(window, size), {"counts": counts})


def effective(
    depth: int, kernel: int, halving: int, samples: int, relu: bool, dilation: int = 1
) -> Case:
    stack: list[Any] = [(kernel, 1, dilation * (kernel // 2), dilation)] * depth
    if halving:
        stack.insert(halving, Layer.make(2, 2, kind="pool"))
    layers = as_layers(stack)
    x = RANDOM.normal(size=(1, 20, 24))
    drawn = [random_weights(layers, seed, 3) for seed in range(samples)] or [
        uniform_weights(layers)
    ]
    unit = (5, 6) if halving else (10, 12)
    gradients = [effective_field(x, Stack.make(layers, w, relu, "average"), *unit) for w in drawn]
    mean = influence(gradients)
    fit = fit_gaussian(mean)
    assert fit is not None
    weights = tuple(tuple(each for each in w if each is not None) for w in drawn)
    return Case(
        EffectiveField(x, weights, dilation, halving, relu),
        {
            "influence": mean,
            "columns": mean.sum(axis=0) / mean.sum(),
            "centre": fit.centre[1],
            "sigma": fit.sigma[1],
            "size": effective_size(mean),
        },
    )


def trained_field(stack: str, size: tuple[int, int] = (12, 11)) -> Case:
    """With running statistics as after training, and filters of even sides too."""
    net = Sequential(parse_stack(f"{stack} affine3"), (3, *size), dtype=np.float64, seed=6)
    net.run(RANDOM.normal(size=(5, 3, *size)), training=True)
    x = RANDOM.normal(size=(3, *size))
    mean = influence([middle_gradient(net, x)])
    fit = fit_gaussian(mean)
    assert fit is not None
    left = {"influence": mean, "columns": mean.sum(axis=0) / mean.sum(), "centre": fit.centre[1]}
    left |= {"sigma": fit.sigma[1], "size": effective_size(mean)}
    return Case(TrainedField(net, x), left)


def equivariance(chain: Chain, by: tuple[int, int], fill: str) -> Case:
    x, w = RANDOM.integers(0, 256, (25, 30)) * 1.0, RANDOM.integers(-2, 3, (3, 3)) * 1.0
    result = commutation(
        lambda image: run_chain(image, w[None, None], chain), x[None], by, chain.total_stride, fill
    )
    before = run_chain(x[None], w[None, None], chain)
    left = {
        "shifted_first": result.shifted_first[0],
        "shifted_after": result.shifted_after[0],
        "difference": result.difference[0],
        "largest": result.largest,
        "means": [np.maximum(each, 0).mean() for each in (before, result.shifted_first)],
    }
    return Case(Equivariance(x, w, chain, by, fill), left)


def costs(shape: LayerShape) -> Case:
    each = {kind: count(shape, kind) for kind in CONNECTINGS}
    names = ("weights", "biases", "connections", "multiply_adds")
    left = {name: {kind: getattr(each[kind], name) for kind in each} for name in names}
    return Case(LayerCosts(shape), left)


def edges() -> Case:
    photo = RANDOM.integers(0, 256, (280, 320), dtype=np.uint8)
    book = {"operations": 267_960, "matrix_entries": 8_003_072_000, "nonzero": 178_640}
    book |= {"matrix_operations": 16_006_144_000}
    return Case(Edges(photo), {"edges": np.diff(photo.astype(float), axis=1), **book})


def gradient_check(case: Checkable) -> Case:
    """A bug is in NumPy's backward pass; PyTorch's gradient is the right one."""
    shown, right = check(case), check(replace(case, code="Right"))
    return Case(
        GradientCheck(case),
        {"numeric": {one.name: one.numeric for one in shown}},
        {"analytic": {one.name: one.analytic for one in shown}},
        {"analytic": {one.name: one.analytic for one in right}},
    )


CHECKS = [Checkable(name, seed=4) for name in LAYERS]
CHECKS += [
    Checkable("Convolution", rows=6, columns=4, kernel=2, stride=2, padding=2),
    Checkable("Convolution", rows=6, columns=7, dilation=2, padding=0),
    Checkable("Max pooling", rows=6, columns=5, kernel=2, stride=1, whole=True),
    *(Checkable("Convolution", padding=padding, code="pad:-pad") for padding in (0, 1)),
    Checkable("Max pooling", code="= for +="),
    Checkable("Max pooling", kernel=2, stride=2, padding=0, whole=True, code="All maxima in full"),
    Checkable("Average pooling", rows=4, columns=7, kernel=2, stride=3, padding=1),
]
CASES: dict[str, Case] = {}
for each in CONV_SETTINGS:
    CASES[f"conv {each}"] = conv(each)
    CASES[f"conv backward {each}"] = conv_backward(each)
    CASES[f"correlation {each}"] = correlation(each)
for each in POOL_SETTINGS:
    CASES |= {f"{name} {each}": case for name, case in pooling(each).items()}
CASES |= {
    "field, AlexNet": field_of_unit([(11, 4), (3, 2), (5, 1, 2), (3, 2)], (227, 227), 2, (13, 26)),
    "field, corner": field_of_unit([(3, 2, 1), (5, 1, 2), (3, 2, 1)], (30, 41), 2, (0, 10)),
    "field, dilated": field_of_unit([((3, 2), 2, 1), (3, 1, 2, 2), (2, 3)], (25, 30), 1, (11, 0)),
    "field, SAME": field_of_unit([(7, 2, "SAME"), (3, 2, "SAME"), (3, 1)], (64, 51), 1, (0, 12)),
    "field, ceil": field_of_unit(
        [(3, 2), PoolSpec.make(3, 2, ceil_mode=True)], (40, 37), 1, (8, 8)
    ),
    "network": network("conv3-4 norm relu pool2 conv2-3 relu affine6 norm relu dropout0.5"),
    "network, centred": network("conv4-2 relu pool3 affine5 relu", standardised=False),
    "network, separable": network("conv1-4 relu conv3-4-g4 conv1-6-g2 relu pool2 affine6 relu"),
    "network, unlabelled": network("affine5 relu", labelled=False),
    "experiments": experiments(),
    "effective": effective(4, 3, 2, 3, relu=True),
    "effective, one layer": effective(1, 5, 0, 2, relu=True),
    "effective, dilated means": effective(3, 3, 0, 0, relu=False, dilation=2),
    "trained": trained_field("conv3-4 norm relu pool2"),
    "trained, deep": trained_field("conv4-3 relu conv5-2 norm relu pool3 dropout0.5 conv2-3"),
    "trained, pool first": trained_field("pool2 conv3-2 relu"),
    "trained, groups": trained_field("conv1-4 relu conv3-4-g4 conv1-6-g2 relu"),
    "shift": equivariance(Chain(2, 1), (3, -4), "zeros"),
    "shift, circular": equivariance(
        Chain(1, 2, "none", "circular", blur=True), (-2, 5), "circular"
    ),
    "shift, max": equivariance(Chain(2, 2, "max", "reflect"), (0, 3), "zeros"),
    "shift, blurred max": equivariance(Chain(1, 1, "max", "replicate", blur=True), (2, 1), "zeros"),
    "shift, mean": equivariance(Chain(3, 1, "average"), (-1, 0), "zeros"),
    "shift, blurred mean": equivariance(Chain(1, 2, "average", blur=True), (4, 4), "zeros"),
    "costs": costs(LayerShape(3, (13, 9), 4, Window2d.make((3, 2), (2, 1), 1))),
    "costs, AlexNet": costs(LayerShape(3, (227, 227), 96, Window2d.make(11, 4))),
    "edges": edges(),
    "visits": visit_counts(Window2d.make((3, 2), (2, 1), ((1, 0), (0, 2)), (1, 2)), (8, 7)),
    "maps": feature_maps(),
    "difference": map_difference(),
    "field, none": field_of_unit([(1, 1, 3), (1, 1, 1)], (5, 5), 1, (0, 0)),
}
for how in ((1, 0, 0, 1), (2, 1, 1, 1), (3, 1, 2, 2)):
    CASES[f"transposed {how}"] = transposed(*how)
    CASES[f"transposed backward {how}"] = transposed_backward(*how)
for each in CONV_SETTINGS:
    CASES[f"columns {each}"] = columns(each)
    CASES[f"columns backward {each}"] = columns_backward(each)
CASES |= {"group costs": group_costs(), "pointwise": pointwise()}
for groups in (2, 3, 6):
    CASES |= grouped(groups)
CASES |= {f"check {k} {case.layer}": gradient_check(case) for k, case in enumerate(CHECKS)}
for lesson in LESSONS:
    (right, buggy), result = lesson.results(), lesson.result
    CASES[f"bug {lesson.name}"] = Case(
        ClassicBug(lesson), {f"{result}_right": right}, {f"{result}_buggy": buggy}
    )
