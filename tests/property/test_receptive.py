"""Fields and live pixels of random stacks equal the gradient of one unit through weights of one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import Branches, Layer, field_of, receptive_field, units_seeing
from convviz.ops.receptive import fields_through, units_through
from convviz.ops.receptive.layers import as_layers
from convviz.ops.receptive.nested import nested_units
from convviz.ops.receptive.notation import read_stack, write_stack
from tests import receptive_oracle as oracle

small = st.integers(1, 3)
pair = st.tuples(small, small)
side = st.tuples(st.integers(0, 2), st.integers(0, 2))
layer = st.tuples(pair, pair, st.tuples(side, side), pair)
stacks = st.lists(layer, min_size=1, max_size=4)
size = st.tuples(st.integers(3, 14), st.integers(3, 14))
NONE = ((0, 0), (0, 0))


@st.composite
def units(draw):
    """A stack, an input size it fits, and a unit of its last map."""
    stack, hw = draw(stacks), draw(size)
    chain = oracle.sizes(stack, hw)
    assume(chain is not None)
    return stack, hw, tuple(draw(st.integers(0, n - 1)) for n in chain[-1])


@settings(max_examples=120)
@given(units())
def test_live_pixels_are_those_the_gradient_reaches(drawn):
    stack, hw, unit = drawn
    field = field_of(stack, *unit, input_size=hw)
    top, left, bottom, right = field.box
    live = np.zeros(hw, dtype=bool)
    live[top:bottom, left:right] = field.live
    np.testing.assert_array_equal(live, oracle.gradient(stack, unit, hw) > 0)


@settings(max_examples=80)
@given(units())
def test_the_unclipped_box_is_the_gradients_span_without_padding(drawn):
    """On an input so large that nothing is cut off, the field begins at unit times jump."""
    stack, _, unit = drawn
    bare = [(kernel, stride, NONE, dilation) for kernel, stride, _, dilation in stack]
    last = receptive_field(bare)[-1]
    hw = tuple(u * j + r for u, j, r in zip(unit, last.jump, last.receptive_field, strict=True))
    top, left, bottom, right = oracle.span(oracle.gradient(bare, unit, hw))
    padding, jump = [0, 0], [1, 1]
    for _, stride, sides, _ in stack:
        for axis in (0, 1):
            padding[axis] += sides[axis][0] * jump[axis]
            jump[axis] *= stride[axis]
    expected = (top - padding[0], left - padding[1], bottom - padding[0], right - padding[1])
    assert field_of(stack, *unit).unclipped == expected
    record = receptive_field(stack)[-1]
    assert record.receptive_field == (bottom - top, right - left)
    assert record.jump == tuple(jump)
    assert record.effective_padding == tuple(padding)


@settings(max_examples=80)
@given(units())
def test_a_pixel_is_seen_by_the_units_whose_gradient_reaches_it(drawn):
    stack, hw, unit = drawn
    chain = oracle.sizes(stack, hw)
    pixel = (unit[0] % hw[0], unit[1] % hw[1])
    seen = units_seeing(stack, *pixel, input_size=hw)
    expected = [
        [i, j] for i, j in np.ndindex(chain[-1]) if oracle.gradient(stack, (i, j), hw)[pixel]
    ]
    assert seen.positions.tolist() == expected


@settings(max_examples=60)
@given(units())
def test_every_map_between_shows_what_reaches_it(drawn):
    stack, hw, unit = drawn
    chain = oracle.sizes(stack, hw)
    for level, field in enumerate(fields_through(stack, *unit, input_size=hw)):
        expected = oracle.gradient(stack[level:], unit, chain[level]) > 0
        np.testing.assert_array_equal(field.within((0, 0, *chain[level])), expected)


@settings(max_examples=60)
@given(units())
def test_each_nested_unit_is_read_by_the_next_where_that_reads_any(drawn):
    stack, hw, unit = drawn
    chain = oracle.sizes(stack, hw)
    nested = nested_units(as_layers(stack), unit, len(stack) - 1, hw)
    assert nested[-1] == unit
    for level, (inner, outer) in enumerate(pairwise(nested)):
        read = oracle.gradient(stack[level : level + 1], outer, chain[level]) > 0
        assert read[inner] or not read.any()


@settings(max_examples=60)
@given(units())
def test_seeing_and_being_seen_are_one_relation(drawn):
    """A unit is among those that see each live pixel of its field, whether sizes are given or not."""
    stack, hw, unit = drawn
    for pixel in field_of(stack, *unit, input_size=hw).positions[:5]:
        for given_size in (hw, None):
            levels = units_through(stack, *pixel, input_size=given_size)
            assert list(unit) in levels[-1].positions.tolist()


@settings(max_examples=60)
@given(units(), st.integers(1, 2))
def test_a_branch_of_equal_paths_changes_nothing(drawn, copies):
    stack, hw, unit = drawn
    branch = [Branches.make([stack] * (copies + 1))]
    whole, alone = receptive_field(branch, hw)[-1], receptive_field(stack, hw)[-1]
    assert whole.receptive_field == alone.receptive_field
    assert whole.start == alone.start
    forked, field = field_of(branch, *unit, input_size=hw), field_of(stack, *unit, input_size=hw)
    assert (forked.box, forked.unclipped) == (field.box, field.unclipped)
    np.testing.assert_array_equal(forked.live, field.live)


@settings(max_examples=100)
@given(
    stacks,
    st.booleans(),
    st.sampled_from(["conv", "pool"]),
    st.sampled_from(["", "conv 1", "3×3 a"]),
)
def test_a_stack_written_as_text_is_read_as_itself(stack, same, kind, name):
    layers = tuple(
        Layer.make(kernel, stride, "SAME" if same else padding, dilation, name, kind)
        for kernel, stride, padding, dilation in stack
    )
    assert read_stack(write_stack(layers)) == layers
