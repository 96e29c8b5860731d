"""Any pipeline: its shapes are its outputs', its text reads back, its windows are what its cells see."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz.pipeline import Chosen, Conv, Gabor, Pipeline, Pool, Random, Relu, from_text, to_text

size = st.integers(1, 4)
banks = st.one_of(
    st.builds(Gabor, count=st.integers(1, 3), size=size),
    st.builds(Random, count=st.integers(1, 3), size=size, seed=st.integers(0, 9)),
    st.builds(
        Chosen,
        presets=st.just(("Sobel x", "Box blur")),
        size=size,
        typed=st.lists(st.just(((1.0, -2.5),)), max_size=2).map(tuple),
    ),
)
convs = st.builds(
    Conv,
    bank=banks,
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    dilation=st.integers(1, 2),
    bias=st.floats(-9, 9).map(lambda value: (value,)),
    groups=st.integers(1, 3),
)
pools = st.builds(
    Pool, kind=st.sampled_from(["max", "average"]), size=st.integers(1, 3), stride=size
)
pipelines = st.lists(st.one_of(convs, st.just(Relu()), pools), max_size=4).map(
    lambda stages: Pipeline(tuple(stages))
)
shapes = st.tuples(st.integers(1, 3), st.integers(6, 20), st.integers(6, 20))


@settings(max_examples=100)
@given(pipelines)
def test_text_gives_any_pipeline_again(pipeline):
    assert from_text(to_text(pipeline)) == pipeline


@settings(max_examples=100)
@given(pipelines, shapes)
def test_costs_tell_the_shapes_of_the_outputs(pipeline, shape):
    pipeline, _ = pipeline.working(shape)
    outputs = pipeline.outputs(np.ones((2, *shape)))
    assert [cost.output_shape for cost in pipeline.costs(shape)] == [
        out.shape[1:] for out in outputs
    ]
    assert [len(pipeline.map_names(k)) or shape[0] for k in range(len(pipeline))] == [
        out.shape[1] for out in outputs
    ]


@settings(max_examples=60)
@given(pipelines, shapes, st.floats(0, 1), st.floats(0, 1), st.integers(0, 99))
def test_pixels_outside_a_cells_window_do_not_matter_to_it(pipeline, shape, down, across, seed):
    pipeline, _ = pipeline.working(shape)
    assume(len(pipeline))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=shape)
    out = pipeline.outputs(x)[-1]
    row, column = round(down * (out.shape[1] - 1)), round(across * (out.shape[2] - 1))
    top, left, bottom, right = pipeline.window_on_photo(
        len(pipeline) - 1, row, column, (shape[1], shape[2])
    )
    other = rng.normal(size=shape)
    other[:, top:bottom, left:right] = x[:, top:bottom, left:right]
    np.testing.assert_allclose(
        pipeline.outputs(other)[-1][:, row, column], out[:, row, column], atol=1e-9
    )


@settings(max_examples=60)
@given(pipelines, st.integers(0, 3), st.integers(0, 3))
def test_the_lattice_and_the_window_of_a_cell_agree(pipeline, row, column):
    shape = (3, 40, 40)
    pipeline, _ = pipeline.working(shape)
    assume(len(pipeline))
    last = len(pipeline) - 1
    out = pipeline.costs(shape)[-1].output_shape
    assume(row < out[1] and column < out[2])
    field = pipeline.lattice(last)
    spans = []
    for axis, place in enumerate((row, column)):
        first = place * field.jump[axis] - field.effective_padding[axis]
        spans.append((max(0, min(first, 40)), max(0, min(first + field.receptive_field[axis], 40))))
    box = pipeline.window_on_photo(last, row, column, (40, 40))
    if box[0] < box[2] and box[1] < box[3]:
        assert box == (spans[0][0], spans[1][0], spans[0][1], spans[1][1])
