"""Receptive fields: published tables, the cases of other libraries' tests, and what must be refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from convviz import (
    Branches,
    Conv2dSpec,
    Layer,
    PoolSpec,
    SpecError,
    Window2d,
    field_of,
    receptive_field,
    units_seeing,
)
from convviz.ops.receptive.notation import read_stack
from convviz.ops.receptive.presets import PRESETS

PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "receptive_fields.json").read_text())
COLUMNS = PUBLISHED.pop("columns")
PRESET_OF = {
    "alexnet_caffe_227": "AlexNet (Caffe, 227)",
    "alexnet_torchvision_224": "AlexNet (torchvision, 224)",
    "vgg16_224": "VGG-16",
    "vgg19_224": "VGG-19",
    "lenet5_32": "LeNet-5",
    "resnet50_slim_224": "ResNet-50 (TF-slim, r = 483)",
    "resnet50_torchvision_224": "ResNet-50 (torchvision, r = 427)",
    "resnet18_torchvision_224": "ResNet-18",
    "cs231n_three_layer_32": "Course: ThreeLayerConvNet",
}


def rows(net: str) -> list[dict]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in PUBLISHED[net]["layers"]]


def found(records) -> list[dict]:
    """Records in the published columns; height and width must agree."""
    table = []
    for record in records:
        pairs = {
            "n": record.output_size,
            "j": record.jump,
            "r": record.receptive_field,
            "P": record.effective_padding,
            "start": record.start,
            "fits": record.fits,
        }
        assert all(down == across for down, across in pairs.values())
        table.append({name: pair[0] for name, pair in pairs.items()})
    return table


def finals(layers, size=None) -> tuple:
    """r, S and P of the last layer, of its height."""
    last = receptive_field(layers, size)[-1]
    before = last.effective_padding
    return last.receptive_field[0], last.jump[0], before and before[0]


@pytest.mark.parametrize("net", PUBLISHED)
def test_every_row_of_the_published_tables(net):
    layers = [(row["k"], row["s"], ((row["pl"], row["pr"]),) * 2) for row in rows(net)]
    expected = [
        {key: row[key] for key in ("n", "j", "r", "P", "start", "fits")} for row in rows(net)
    ]
    assert found(receptive_field(layers, PUBLISHED[net]["input"])) == expected


@pytest.mark.parametrize("net", PUBLISHED)
def test_presets_are_the_published_networks(net):
    preset, expected = PRESETS[PRESET_OF[net]], rows(net)
    assert preset.input_size == PUBLISHED[net]["input"]
    records = found(receptive_field(preset.layers, preset.input_size))
    for record, row in zip(
        records, expected, strict=False
    ):  # presets may go on with the classifier
        for key in ("n", "j", "r", "P", "start"):
            assert record[key] == row[key]
    assert 0 <= len(records) - len(expected) <= 1


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("VGG-11", [3, 4, 8, 10, 18, 26, 30, 46, 62, 70, 102, 134, 150]),
        ("VGG-19", [*[None] * 20, 268, 460]),
        ("ResNet-18", [*[None] * 5, 43, *[None] * 3, 99, *[None] * 3, 211, *[None] * 3, 435]),
        ("ResNet-34", [*[None] * 7, 59, *[None] * 7, 179, *[None] * 11, 547, *[None] * 5, 899]),
        ("ZFNet", [7, 11, 27, 43, 75, 107, 139, 171]),
        ("MobileNet v1", [*[None] * 26, 315]),
    ],
)
def test_presets_have_their_published_fields(name, fields):
    records = receptive_field(PRESETS[name].layers, PRESETS[name].input_size)
    for record, field in zip(records, fields, strict=False):
        assert field is None or record.receptive_field == (field, field)


@pytest.mark.parametrize(
    ("name", "fields", "jumps", "padding"),
    [
        ("ResNet-50 (TF-slim, r = 483)", [35, 99, 291, 483], [8, 16, 32, 32], [15, 47, 143, 239]),
        ("ResNet-50 (He et al., r = 483)", [35, 99, 291, 483], [4, 8, 16, 32], [15, 47, 143, 239]),
        (
            "ResNet-50 (torchvision, r = 427)",
            [35, 91, 267, 427],
            [4, 8, 16, 32],
            [17, 45, 133, 213],
        ),
    ],
)
def test_three_conventions_of_resnet_50_after_each_stage(name, fields, jumps, padding):
    records = receptive_field(PRESETS[name].layers, 224)
    ends = [records[1 + 3 * units] for units in (3, 7, 13, 16)]
    assert [end.receptive_field[0] for end in ends] == fields
    assert [end.jump[0] for end in ends] == jumps
    assert [end.effective_padding[0] for end in ends] == padding


def test_zfnet_has_the_map_sizes_of_its_paper():
    records = receptive_field(PRESETS["ZFNet"].layers, 224)
    assert [record.output_size[0] for record in records] == [110, 55, 26, 13, 13, 13, 13, 6]


@pytest.mark.parametrize(("size", "padding"), [(224, 126), (321, 157)])
def test_mobilenets_padding_depends_on_the_size_of_the_input(size, padding):
    assert finals(PRESETS["MobileNet v1"].layers, size) == (315, 32, padding)
    assert finals(PRESETS["MobileNet v1"].layers) == (315, 32, None)


def test_resnet_50_at_321_in_tensorflow():
    assert finals(PRESETS["ResNet-50 (TF-slim, r = 483)"].layers, 321)[2] == 241


def slim_alexnet(size: int):
    same = [(5, 1, "SAME"), (3, 2), *[(3, 1, "SAME")] * 3, (3, 2), (5, 1)]
    return receptive_field([(11, 4), (3, 2), *same], size)


def test_slim_alexnet_v2():
    records = slim_alexnet(224)
    assert [record.output_size[0] for record in records] == [54, 26, 26, 12, 12, 12, 12, 5, 1]
    assert records[7].receptive_field == (195, 195)
    assert records[8].receptive_field == (323, 323)


@pytest.mark.parametrize(
    ("layers", "size", "n", "r", "stride", "offset"),
    [
        ([7, 5, "avg", 5], 64, 23, 20, 2, 10),
        ([3, 3, "avg", 3, 3], 96, 42, 14, 2, 7),
        ([3, 3, "avg", 3, 3, "avg", 3, 3], 96, 17, 32, 4, 16),
        ([5, 3, "avg", 3, 3, "avg", 3, 3], 96, 16, 34, 4, 17),
    ],
)
def test_stacks_measured_by_gradient_elsewhere(layers, size, n, r, stride, offset):
    stack = [(2, 2) if layer == "avg" else (layer, 1) for layer in layers]
    last = receptive_field(stack, size)[-1]
    assert (last.output_size[0], last.receptive_field[0], last.jump[0]) == (n, r, stride)
    assert last.start == (offset, offset)


LEFT = ((1, 0), (1, 0))
NET_1 = Branches.make([[(1, 4)], [(3, 2, LEFT), (1, 2)]])
NET_3 = Branches.make([[(1, 4, "SAME")], [(3, 2, "SAME"), (1, 2, "SAME")]])
SECOND = Branches.make([[(1, 2)], [(3, 2, LEFT)]])
SECOND_SAME = Branches.make([[(1, 2, "SAME")], [(3, 2, "SAME")]])


def test_two_aligned_paths_have_the_field_of_the_larger():
    assert finals([NET_1]) == (3, 4, 1)
    pooled = Branches.make(
        [[(1, 4)], [Layer.make(3, 2, LEFT, kind="pool"), Layer.make(1, 2, kind="pool")]]
    )
    assert finals([pooled]) == (3, 4, 1)


def test_misaligned_paths_are_refused():
    skewed = Branches.make([[(5, 2, ((2, 1), (2, 1)))], [(3, 1), (3, 1)]])
    with pytest.raises(ValueError, match="have different strides: "):
        receptive_field([skewed])
    off_centre = Branches.make([[(3, 1, 1)], [(3, 1, ((2, 0), (2, 0)))]], name="sum")
    with pytest.raises(SpecError, match=r"meet in 'sum' have different centres: .*: choose"):
        receptive_field([off_centre])
    lower = Branches.make([[(3, 1, 1)], [(3, 1, ((2, 0), (1, 1)))]])  # in the rows alone
    further = Branches.make([[(3, 1, 1)], [(3, 1, ((1, 1), (2, 0)))]])  # in the columns alone
    for branches in (lower, further):
        with pytest.raises(SpecError, match="different centres"):
            receptive_field([branches])
    with pytest.raises(SpecError, match="different output sizes"):
        receptive_field([Branches.make([[], [(3, 1, LEFT)]])], 8)


def test_tensorflows_same_aligns_paths_at_some_sizes_only():
    assert finals([NET_3]) == (3, 4, None)
    assert finals([NET_3], 9) == (3, 4, 1)
    with pytest.raises(ValueError, match="different centres"):
        receptive_field([NET_3], 8)


def test_a_second_stage_takes_the_longest_path_through_both():
    assert finals([NET_1, SECOND]) == (11, 8, 5)
    assert finals([NET_3, SECOND_SAME], 17) == (11, 8, 5)


def test_height_and_width_are_independent():
    last = receptive_field([((3, 5), 2), ((3, 1), 2)])[-1]
    assert (last.receptive_field, last.jump, last.effective_padding) == ((7, 5), (4, 4), (0, 0))


def test_the_first_figure_of_the_distill_article():
    assert field_of([(3, 3, 1), (2, 1)], 0, 0).unclipped == (-1, -1, 5, 5)


def test_dilated_taps_double_and_leave_no_hole():
    records = receptive_field([(3, 1, 0, d) for d in (1, 2, 4)])
    assert [record.receptive_field[0] for record in records] == [3, 7, 15]
    assert field_of([(3, 1, 0, d) for d in (1, 2, 4)], 0, 0).live.all()


@pytest.mark.parametrize(
    ("stack", "r", "count"),
    [([(1, 3), (2, 1)], 4, 2), ([(3, 1, 0, 2), (3, 1, 0, 2)], 9, 5)],
)
def test_fields_may_have_holes(stack, r, count):
    field = field_of(stack, 0, 0)
    assert field.box == (0, 0, r, r)
    assert field.count == count**2


def test_hiens_figure():
    records = receptive_field([(3, 2, 1), (3, 2, 1)], 5)
    assert [record.output_size[0] for record in records] == [3, 2]
    assert [record.receptive_field[0] for record in records] == [3, 7]
    assert [record.jump[0] for record in records] == [2, 4]


def test_the_guides_rounded_padding_is_not_copied():
    """Scripts in the guide's style halve the padding back from the sizes and get 1.5 here."""
    assert receptive_field([(7, 2, 3)], 224)[0].start == (0.5, 0.5)


def test_specs_and_tuples_are_the_same():
    specs = [Window2d.make(3, 2, 1), Conv2dSpec.make(5, padding=2), PoolSpec.make(2)]
    tuples = [(3, 2, 1), [5, 1, 2], (2, 2)]
    assert receptive_field(specs, 32) == receptive_field(tuples, 32)


def test_a_pool_that_rounds_up_has_the_larger_map():
    up = receptive_field([PoolSpec.make(3, 2, ceil_mode=True)], 110)[0]
    assert (up.output_size, up.effective_padding) == ((55, 55), (0, 0))


def test_an_identity_beside_a_layer_changes_nothing_and_always_fits():
    """Its extent, its stride and its padding are those of no layer at all."""
    (layer,) = receptive_field([(3, 1, 1)], (8, 9))
    (unit,) = receptive_field([Branches.make([[], [(3, 1, 1)]])], (8, 9))
    assert replace(unit, name="", step=layer.step) == layer
    (nothing,) = receptive_field([Branches.make([[], []])], (8, 9))
    assert (nothing.receptive_field, nothing.jump, nothing.fits) == ((1, 1), (1, 1), (True, True))


def test_residual_units_have_the_field_of_their_main_path():
    main = [(3, 2, 1), (3, 1, 1)]
    unit = Branches.make([[(1, 2)], main])
    assert finals([(7, 2, 3), unit, unit], 64) == finals([(7, 2, 3), *main, *main], 64)
    field = field_of([unit], 2, 2, input_size=16)
    assert field.count == 49


def test_an_inception_block_sees_the_union_of_its_paths():
    block = Branches.make([[(1, 1)], [(3, 1, 1, 1)], [(3, 1, 2, 2)]], name="concat")
    field = field_of([block], 4, 4, input_size=9)
    assert field.unclipped == (2, 2, 7, 7)
    live = np.zeros((5, 5), dtype=bool)
    live[1:4, 1:4] = True
    live[::2, ::2] = True
    np.testing.assert_array_equal(field.live, live)
    seen = units_seeing([block], 4, 4, input_size=9)
    np.testing.assert_array_equal(seen.within((2, 2, 7, 7)), live)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: receptive_field([(3, 0)]), "stride 0 is too small"),
        (lambda: receptive_field(["conv"]), "layer 1 is 'conv': use"),
        (lambda: receptive_field([(3,), (9,)], 8), "layer 2 gets a map of 6×6, smaller"),
        (lambda: receptive_field([(3,)], 0), "input_size 0 is too small"),
        (lambda: field_of([(3,)], 6, 0, input_size=8), "row 6 lies outside the map: use 0 to 5"),
        (lambda: field_of([(3,)], 0, -1), "col -1 is too small: use col of at least 0"),
        (lambda: field_of([(3,)], 0, 0, layer=1), "layer 1 is not among the 1 layers"),
        (lambda: field_of([(3, 2, "SAME")], 0, 0), "padding SAME depends on the size"),
        (lambda: units_seeing([(3,)], 8, 0, input_size=8), "row 8 lies outside"),
        (lambda: read_stack("conv1:c3;nonsense"), "layer 'nonsense' cannot be read: write it as"),
        (lambda: read_stack("conv1:c0"), "kernel 0 is too small"),
        (lambda: read_stack("conv1:c9999"), "9999 is too large for a layer: use at most 512"),
        (lambda: read_stack(";".join(["a:c3"] * 65)), "the stack has 65 layers: use at most 64"),
        (lambda: Branches.make([[(3,)]]), "1 path does not make a branch"),
        (lambda: receptive_field([(3, 2, "same")]), "not supported for strided"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(call, message):
    with pytest.raises(SpecError, match=message):
        call()
