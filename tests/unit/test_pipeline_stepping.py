"""The loop behind one cell of a map computes that cell."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.ops.window import Window2d
from convviz.pipeline import Chosen, Conv, Gabor, Pipeline, Pool, Random, Relu
from convviz.pipeline.stepping import block_around, block_scene, stepped_stage
from convviz.trace import Trace
from convviz.trace.steps import cell_step

STAGES = [
    pytest.param(Conv(Gabor(3, size=5), padding=2), id="padded"),
    pytest.param(Conv(Random(2, size=3), stride=3, padding=1, bias=(5.0, -5.0)), id="strided"),
    pytest.param(Conv(Chosen(("Sobel x",)), dilation=4, padding=7), id="dilated"),
    pytest.param(Conv(Random(2, size=15), stride=8), id="large"),
    pytest.param(Conv(Random(6, size=3), padding=1, groups=3), id="depthwise"),
    pytest.param(Pool("max", 3, 2), id="max"),
    pytest.param(Pool("average", 2, 2), id="average"),
]


def x() -> np.ndarray:
    return np.random.default_rng(4).integers(0, 256, (2, 3, 47, 61)).astype(float)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("place", [(0, 0), (0.5, 0.4), (1, 1), (0, 1)])
def test_every_cell_of_the_block_has_its_value_of_the_whole_map(stage, place):
    maps = stage.apply(x())
    size = maps.shape[2:]
    row, column = (round(place[axis] * (size[axis] - 1)) for axis in (0, 1))
    block = block_around(row, column, maps.shape[2:], stage.window)
    assert block.top <= row < block.top + block.rows
    assert block.left <= column < block.left + block.columns
    scene = block_scene(stage, x(), block, photo=True)
    np.testing.assert_allclose(scene.panels["out"].values, block.cut(maps), atol=1e-9)


@pytest.mark.parametrize("stage", STAGES)
def test_the_step_of_a_cell_has_written_that_cell_and_says_where_it_lies(stage):
    maps = stage.apply(x())
    block = block_around(3, 2, maps.shape[2:], stage.window)
    scene = block_scene(stage, x(), block, photo=True)
    i, j = 3 - block.top, 2 - block.left
    step = Trace(scene)[cell_step(scene, 1, maps.shape[1] - 1, i, j)]
    (written,) = step.writes["out"]
    assert scene.panels["out"].values.ravel()[written] == pytest.approx(maps[1, -1, 3, 2])
    *_, row, column = scene.variables
    places = [variable.at(tuple(step.loops.values())) for variable in (row, column)]
    assert places == [3, 2]


def test_padding_is_shown_as_padding_and_only_there():
    stage = Conv(Chosen(("Sobel x",)), padding=2)
    whole = stage.apply(x()).shape[2:]
    for row, column, frame in [
        (0, 0, ((2, 0), (2, 0))),
        (20, 30, ((0, 0), (0, 0))),
        (whole[0] - 1, whole[1] - 1, ((0, 2), (0, 2))),
    ]:
        block = block_around(row, column, whole, stage.window)
        panel = block_scene(stage, x(), block, photo=True).panels["x"]
        assert panel.frame == frame


def test_feature_maps_as_input_have_the_signed_scale():
    stage = Pool("max")
    block = block_around(0, 0, (23, 30), stage.window)
    assert block_scene(stage, x(), block, photo=False).panels["x"].colours == "signed"
    assert block_scene(stage, x(), block, photo=True).panels["x"].colours == "image"


def test_a_block_is_small_enough_to_read_and_lies_inside():
    for window in (Window2d.make(1), Window2d.make(15, stride=8), Window2d.make(3, stride=2)):
        for row in (0, 5, 19):
            block = block_around(row, 19 - row, (20, 20), window)
            assert 1 <= block.rows <= 6
            assert (block.rows - 1) * window.stride[0] + window.extent[0] <= 24
            assert 0 <= block.top <= row < block.top + block.rows <= 20


def test_relu_is_stepped_at_the_stage_before_it():
    pipeline = Pipeline((Relu(), Conv(Gabor(2)), Relu(), Relu()))
    assert [stepped_stage(pipeline, k) for k in range(4)] == [None, 1, 1, 1]
