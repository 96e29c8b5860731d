"""Pipelines: shapes, parameters, work, editing, and what a link may ask for."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.nets.data import shapes
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.trainer import Trainer
from convviz.ops import SpecError, avg_pool2d, conv2d, max_pool2d
from convviz.ops.filters import PRESETS
from convviz.pipeline import (
    Chosen,
    Conv,
    Gabor,
    Own,
    Pipeline,
    Pool,
    Random,
    Relu,
    Trained,
    first_filters,
    from_text,
    to_text,
)
from convviz.pipeline.course import CONV, PIPELINE, reach
from scripts.serving import ROOT
from tests import oracles

DEEP = Pipeline(
    (
        Conv(Gabor(6, size=5), stride=2, padding=2, bias=(1.0,)),
        Relu(),
        Pool("average", 3, 2),
        Conv(Random(4, size=3, seed=3), dilation=2, padding=1),
        Pool("max", 2, 1),
    )
)


def photo(channels: int = 3, height: int = 40, width: int = 33) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (channels, height, width)).astype(float)


def test_each_stage_makes_what_the_operations_make():
    x = photo()
    made = DEEP.outputs(x)
    first, second = DEEP.stages[0], DEEP.stages[3]
    expected = conv2d(x, first.bank.weights(3), np.ones(6), stride=2, padding=2)
    np.testing.assert_array_equal(made[0], expected)
    np.testing.assert_array_equal(made[1], np.where(expected > 0, expected, 0))
    np.testing.assert_array_equal(made[2], avg_pool2d(made[1], 3, 2))
    np.testing.assert_array_equal(
        made[3], conv2d(made[2], second.bank.weights(6), np.zeros(4), dilation=2, padding=1)
    )
    np.testing.assert_array_equal(made[4], max_pool2d(made[3], 2, 1))


def test_shapes_parameters_and_work_of_a_pipeline_worked_out_by_hand():
    costs = DEEP.costs((3, 40, 33))
    assert [cost.output_shape for cost in costs] == [
        (6, 20, 17), (6, 20, 17), (6, 9, 8), (4, 7, 6), (4, 6, 5),
    ]  # fmt: skip
    assert [cost.parameters for cost in costs] == [6 * 75 + 6, 0, 0, 4 * 54 + 4, 0]
    assert [cost.multiply_adds for cost in costs] == [450 * 340, 0, 0, 216 * 42, 0]


def test_alexnets_first_layer_has_the_courses_counts():
    """34,944 parameters and 105,415,200 multiply-adds for a 227×227 image with 96 filters of 11×11, stride 4."""
    costs = [Conv(Random(16, size=11), stride=4).cost((3, 227, 227)) for _ in range(6)]
    assert costs[0].output_shape == (16, 55, 55)
    assert sum(cost.parameters for cost in costs) == 34_944
    assert sum(cost.multiply_adds for cost in costs) == 105_415_200


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_input_keeps_its_dtype_and_its_numbers(dtype):
    x = photo().astype(dtype)
    before = x.copy()
    assert {out.dtype for out in DEEP.outputs(x)} == {np.dtype(dtype)}
    np.testing.assert_array_equal(x, before)


def test_maps_keep_the_names_of_the_last_filters():
    assert [str(name) for name in DEEP.map_names(2)] == [
        "Gabor 0°", "Gabor 30°", "Gabor 60°", "Gabor 90°", "Gabor 120°", "Gabor 150°",
    ]  # fmt: skip
    assert [str(name) for name in DEEP.map_names(4)] == [f"Random {k}" for k in range(4)]


def test_stages_are_added_replaced_removed_and_moved():
    conv, relu, pool = Conv(Gabor(2)), Relu(), Pool("max")
    pipeline = Pipeline((conv,)).added(relu).added(pool)
    assert pipeline.stages == (conv, relu, pool)
    assert pipeline.moved_up(2).stages == (conv, pool, relu)
    assert pipeline.moved_up(1).stages == (relu, conv, pool)
    assert pipeline.removed(1).stages == (conv, pool)
    assert pipeline.replaced(0, Pool("average")).stages == (Pool("average"), relu, pool)


def test_a_pipeline_works_up_to_the_first_stage_that_cannot():
    pipeline = Pipeline((Pool("max", 4, 4), Conv(Gabor(2, size=9)), Relu()))
    works, error = pipeline.working((3, 32, 32))
    assert works.stages == pipeline.stages[:1]
    assert "kernel 9 exceeds padded input height 8" in str(error)
    assert pipeline.working((3, 64, 64)) == (pipeline, None)
    assert pipeline.working((3, 2, 2))[0] == Pipeline()
    assert Pipeline().working((3, 2, 2)) == (Pipeline(), None)


def test_a_filter_for_three_channels_is_refused_elsewhere():
    with pytest.raises(SpecError, match="needs 3 channels, but its input has 1"):
        CONV.cost((1, 9, 9))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_chosen(name):
    x = photo(height=9, width=12)
    out = Pipeline((Conv(Chosen((name,), size=5), padding=1),)).outputs(x)[-1]
    assert out.shape[0] == 1
    assert np.isfinite(out).all()


def test_typed_filters_of_other_sizes_lie_centred():
    bank = Chosen(("Sobel x",), typed=(((1.0,),), ((1.0, 2.0, 3.0),)))
    weights = bank.weights(1)
    np.testing.assert_array_equal(weights[1, 0], [[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    np.testing.assert_array_equal(weights[2, 0], [[0, 0, 0], [1, 2, 3], [0, 0, 0]])


def test_random_filters_differ_in_every_channel_and_by_their_seed():
    weights = Random(8, size=5).weights(4)
    assert not np.array_equal(weights[:, 0], weights[:, 1])
    assert not np.array_equal(weights, Random(8, size=5, seed=1).weights(4))
    np.testing.assert_array_equal(weights, Random(8, size=5).weights(4))
    assert weights.std() == pytest.approx(np.sqrt(2 / 100), rel=0.1)


def test_the_courses_preset_equals_plain_loops():
    x = photo(height=7, width=7)
    w = np.zeros((2, 3, 3, 3))
    w[0, :, 1, 1] = 0.3, 0.6, 0.1
    w[1, 2] = [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]
    expected = oracles.conv(x[None], w, [0, 128], (1, 1), ((1, 1), (1, 1)), (1, 1), 1, "zeros")
    np.testing.assert_allclose(PIPELINE.outputs(x)[0], expected[0], atol=1e-10)


def test_128_does_not_keep_the_courses_edge_filter_from_going_negative():
    """A step to blue 255 reaches −892, and the padding below the last row 1148: both ends of its range."""
    x = np.zeros((3, 5, 5))
    x[2, 2:] = 255
    edge = PIPELINE.outputs(x)[0][1]
    np.testing.assert_array_equal(edge[:, 2], [128, -892, -892, 128, 1148])
    np.testing.assert_array_equal(edge[:, 0], [128, -637, -637, 128, 893])
    assert reach(CONV, 3) == [(0, 255), (edge.min(), edge.max())]


def test_the_learned_filters_are_those_of_the_network_that_comes_with_it():
    with np.load(ROOT / "assets" / "pretrained.npz") as stored:
        w = stored["param:W1"]
    np.testing.assert_array_equal(Trained().weights(3), w)
    x = photo()
    out = Pipeline((Conv(Trained(), padding=3),)).outputs(x)[0]
    window = np.pad(x, ((0, 0), (3, 3), (3, 3)))[:, 5:12, 8:15]
    np.testing.assert_allclose(out[:, 5, 8], [(window * each).sum() for each in w])
    with pytest.raises(SpecError, match="need 3 channels, but the input has 1"):
        Trained().weights(1)


def trainer(stack: str) -> Trainer:
    data = shapes(train=60, validation=20, test=10)
    net = Sequential(parse_stack(f"{stack} affine{len(data.classes)}"), data.shape)
    return Trainer(net, data, Settings(batch_size=20))


def test_filters_in_training_are_kept_as_they_were_when_taken():
    training = trainer("conv5-20 relu pool2")
    training.step()
    training.step()
    own, w = first_filters(training), training.net.params["W1"]
    training.step()
    assert (own.iteration, own.iterations, own.total) == (2, 3, 20)
    np.testing.assert_array_equal(own.weights(3), w[:16])
    assert first_filters(training).digest != own.digest
    with pytest.raises(SpecError, match="need 3 channels, but the input has 1"):
        own.weights(1)


def test_a_network_that_begins_otherwise_or_with_too_large_a_kernel_is_refused():
    with pytest.raises(SpecError, match="begins with relu, not with a convolution"):
        first_filters(trainer("relu conv3-2"))
    with pytest.raises(SpecError, match="kernel 17 is too large"):
        first_filters(trainer("conv17-2"))


def test_a_link_names_filters_by_their_digest_and_without_them_others_stand_in():
    own = Own.made(np.ones((2, 3, 4, 5)), 5, 20)
    text = to_text(Pipeline((Conv(own, padding=2), Relu())))
    assert from_text(text, {own.digest: own}.get) == Pipeline((Conv(own, padding=2), Relu()))
    assert from_text(text) == Pipeline((Conv(Trained(), padding=2), Relu()))


def test_reach_is_attained_and_never_exceeded():
    conv = Conv(Random(3, size=3, seed=5), bias=(1.0, -2.0, 0.5))
    w = conv.bank.weights(2)
    for f, (least, greatest) in enumerate(reach(conv, 2, -1, 3)):
        lowest = np.where(w[f] > 0, -1.0, 3.0)
        assert conv.apply(lowest)[f].item() == pytest.approx(least)
        assert conv.apply(2 - lowest)[f].item() == pytest.approx(greatest)


@pytest.mark.parametrize(
    "pipeline", [DEEP, PIPELINE, Pipeline(), Pipeline((Relu(),) * 8), Pipeline((Conv(Trained()),))]
)
def test_text_gives_the_same_pipeline_again(pipeline):
    assert from_text(to_text(pipeline)) == pipeline


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "7",
        "null",
        "{}x",
        '{"a":1}',
        '["relu"]',
        '[["relu",{"x":1}]]',
        '[["gabor",{}]]',
        '[["conv",{}]]',
        '[["conv",{"bank":["relu",{}]}]]',
        '[["conv",{"bank":["conv",{"bank":["gabor",{}]}]}]]',
        '[["conv",{"bank":["gabor",{"count":17}]}]]',
        '[["conv",{"bank":["gabor",{"count":true}]}]]',
        '[["conv",{"bank":["gabor",{"size":[3]}]}]]',
        '[["conv",{"bank":["gabor",{"wavelength":NaN}]}]]',
        '[["conv",{"bank":["gabor",{"wavelength":"4"}]}]]',
        '[["conv",{"bank":["random",{"seed":-1}]}]]',
        '[["conv",{"bank":["chosen",{}]}]]',
        '[["conv",{"bank":["chosen",{"presets":"Sobel x"}]}]]',
        '[["conv",{"bank":["chosen",{"presets":[["Sobel x"]]}]}]]',
        '[["conv",{"bank":["chosen",{"typed":[[[1,2],[3]]]}]}]]',
        '[["conv",{"bank":["chosen",{"typed":[[[1,"2"]]]}]}]]',
        '[["conv",{"bank":["chosen",{"typed":[[[1e300]]]}]}]]',
        '[["conv",{"bank":["chosen",{"typed":[[1]]}]}]]',
        '[["conv",{"bank":["chosen",{"typed":[[]]}]}]]',
        '[["conv",{"bank":["gabor",{}],"bias":[1,2]}]]',
        '[["conv",{"bank":["gabor",{}],"bias":[]}]]',
        '[["conv",{"bank":["gabor",{}],"bias":["1"]}]]',
        '[["conv",{"bank":["gabor",{}],"bias":[NaN]}]]',
        '[["conv",{"bank":["gabor",{}],"bias":1}]]',
        '[["conv",{"bank":["gabor",{}],"stride":0}]]',
        '[["conv",{"bank":["gabor",{}],"padding":1e9}]]',
        '[["pool",{"kind":"least"}]]',
        '[["pool",{"kind":["max"]}]]',
        '[["pool",{"size":10000000}]]',
        "[" + ",".join(['["relu",{}]'] * 9) + "]",
        "[" * 5000,
        " " * 20_000,
    ],
)
def test_a_broken_or_hostile_text_is_refused_with_a_sentence(text):
    with pytest.raises(SpecError, match=": "):
        from_text(text)


def test_a_depthwise_stage_and_a_1x1_behind_it_count_and_compute_as_the_library() -> None:
    """The link keeps the groups."""
    pipeline = Pipeline(
        (Conv(Random(16, size=1)), Conv(Random(16), padding=1, groups=16), Conv(Random(12, size=1)))
    )
    x = photo()
    first, depthwise, last = pipeline.outputs(x)
    w = Random(16).weights(1)
    expected = conv2d(first, w, np.zeros(16), padding=1, groups=16)
    np.testing.assert_allclose(depthwise, expected, atol=1e-9)
    assert last.shape == (12, 40, 33)
    weights = [cost.parameters for cost in pipeline.costs((3, 40, 33))]
    assert weights[1:] == [16 * 9 + 16, 12 * 16 + 12]
    assert from_text(to_text(pipeline)) == pipeline


def test_groups_that_do_not_divide_are_refused_with_those_that_do() -> None:
    with pytest.raises(
        SpecError, match="groups 2 does not divide 3 channels and 4 filters: use a divisor of 1"
    ):
        Conv(Random(4), groups=2).cost((3, 9, 9))
