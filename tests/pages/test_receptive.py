"""The receptive-field, effective-field, sharing and equivariance pages' scripts, run without a browser."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz.ops.receptive import field_of, receptive_field
from convviz.ops.receptive.presets import PRESETS
from convviz.pages.equivariance.cached import before_shift
from convviz.photos.samples import sample
from tests.pages.test_outside_text import shown
from tests.pages.unfolding import unfold
from tests.parts import plain_of


def page(name: str, **link: str) -> AppTest:
    def script(name: str):
        from importlib import import_module

        from convviz.ui.parts import say_notes

        import_module(f"convviz.pages.{name}.page").render()
        say_notes()

    at = AppTest.from_function(script, default_timeout=60, args=(name,))
    for key, value in link.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    lines = [line for element in sent(at, "convviz.live") for line in element["said"]]
    return " ".join([*(markdown.value for markdown in at.markdown), *lines])


def changes(at: AppTest) -> list[str]:
    """The last column of the table of the equivariance page, without its head."""
    (live,) = sent(at, "convviz.live")
    rows = [line for line in live["said"] if line.startswith("|")]
    return [row[2:-2].split(" | ")[-1] for row in rows[1:]]


def sent(at: AppTest, component: str) -> list[dict[str, Any]]:
    """The plain values each element of a component was sent."""
    found = []
    for element in at.get("bidi_component"):
        if element.proto.component_name == component:
            found.append(plain_of(element.proto))
    return found


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("view", ["Field on the photo", "Table and growth", "Layer by layer"])
def test_every_preset_opens_in_both_views(preset, view):
    at = page("receptive_field", preset=preset, view=view)
    assert not at.warning
    assert not at.error
    if view == "Field on the photo":
        (layers,) = sent(at, "convviz.layer_maps")
        assert [each["title"] for each in layers["maps"]] == [
            layer.name for layer in PRESETS[preset].layers
        ]
        assert any("averages the photo with equal weights" in each.value for each in at.caption)


def test_the_table_says_what_its_heads_call_e():
    at = page("receptive_field", view="Table and growth", stack="a:c3d2")
    table = at.dataframe[0].value
    assert table["Field: r + (e − 1)·j"].tolist() == ["5 = 1 + (5 − 1)·1"]
    assert any(each.value.startswith("e = d(k − 1) + 1: ") for each in at.caption)


def test_a_unit_of_alexnet_has_its_published_field():
    at = page("receptive_field", layer="7", unit="6,6")
    assert "Unit [6, 6] of conv5 sees rows 32 to 194, columns 32 to 194: 163×163 pixels." in said(
        at
    )
    photo, units = sent(at, "convviz.picture")
    assert photo["marks"] == [{"box": [32, 32, 195, 195], "colour": "first"}]
    assert units["marks"] == [{"box": [6, 6, 7, 7], "colour": "first"}]
    (layers,) = sent(at, "convviz.layer_maps")
    boxes = [each["marks"][0]["box"] for each in layers["maps"][:7]]
    assert boxes[-3:] == [[4, 4, 9, 9], [5, 5, 8, 8], [6, 6, 7, 7]]


def test_the_part_in_the_padding_is_outside_the_photo_and_said():
    at = page("receptive_field", layer="7", unit="0,12")
    assert "rows −64 to 98, columns 128 to 290" in said(at)
    assert "63% of them lie in the padding." in said(at)
    photo, _ = sent(at, "convviz.picture")
    assert photo["padding"] == [[64, 64], [64, 64]]


def test_a_neighbour_shares_all_but_a_jump():
    at = page("receptive_field", layer="7", unit="6,6", neighbour="To the right")
    assert "begins 16 columns later: the two share 147 of 163 columns." in said(at)
    photo, _ = sent(at, "convviz.picture")
    assert [(mark["colour"], mark["box"]) for mark in photo["marks"]] == [
        ("second", [32, 48, 195, 211]),
        ("first", [32, 32, 195, 195]),
        ("shared", [32, 48, 195, 195]),
    ]


def test_a_pixel_is_seen_by_units_of_every_layer():
    at = page("receptive_field", preset="LeNet-5", layer="3", pixel="16,16")
    assert (
        "Pixel [16, 16] is seen by 49 of 100 units of C3, in rows 2 to 8, columns 2 to 8."
        in said(at)
    )
    (layers,) = sent(at, "convviz.layer_maps")
    assert layers["maps"][2]["light"] == [2, 2, 9, 9]


def test_layers_are_added_moved_edited_and_deleted():
    at = unfold(page("receptive_field", preset="LeNet-5", layer="2"), "layers")
    at.button("edit add").click().run()
    assert at.query_params["stack"] == "C1:c5;S2:p2s2;new1:c3p1;C3:c5;S4:p2s2;C5:c5"
    at.slider("edit stride").set_value(2).run()
    at.slider("edit padding").set_value(3).run()
    at.slider("edit dilation").set_value(2).run()
    assert "Layer C5 gets a map of 2×2" in shown(at.error[0].value)
    at.segmented_control("edit kind").set_value("pool").run()
    at.button("edit up").click().run()
    assert at.query_params["stack"] == "C1:c5;new1:p3s2p3d2;S2:p2s2;C3:c5;S4:p2s2;C5:c5"
    at.button("edit down").click().run()
    at.button("edit down").click().run()
    at.button("edit delete").click().run()
    assert "stack" not in at.query_params, "the published layers again"
    assert not at.error
    assert not at.exception


def test_height_and_width_may_differ():
    at = page("receptive_field", stack="a:c3p1", axes="true")
    at.slider("edit kernel height").set_value(5).run()
    at.slider("edit Padding left").set_value(2).run()
    assert at.query_params["stack"] == "a:c5x3p1_1_2_1"
    assert not at.exception


def test_the_axes_are_stepped_one_at_a_time_where_they_differ():
    at = page("receptive_field", stack="a:c5x3", view="Layer by layer")
    at.segmented_control("axis").set_value("Width").run()
    (stepper,) = sent(at, "convviz.stepper")
    assert stepper["scene"]["title"] == "receptive_loop"
    assert not at.exception


@pytest.mark.parametrize("preset", PRESETS)
def test_the_photo_beside_the_steps_has_the_field_of_each_layer_inside_the_next(preset):
    """Above the unit picked, where a stride skips units, nothing may read it: He's ResNet-50 does so."""
    at = page("receptive_field", preset=preset, view="Layer by layer", layer="2", unit="4,5")
    (scene,) = (stepper["scene"] for stepper in sent(at, "convviz.stepper"))
    layers, size = PRESETS[preset].layers, PRESETS[preset].input_size
    boxes, captions = scene["photo"]["boxes"], scene["photo"]["captions"]
    records = receptive_field(layers, size)
    assert boxes[2] == list(field_of(layers, 4, 5, layer=1, input_size=size).unclipped)
    assert boxes[0][2] - boxes[0][0] == 1
    for level, record in enumerate(records):
        inner, outer = boxes[level : level + 2]
        assert (outer[2] - outer[0], outer[3] - outer[1]) == record.receptive_field
        r, j, start = (pair[0] for pair in (record.receptive_field, record.jump, record.start))
        assert captions[level + 1].endswith(f": r = {r}, j = {j}, first centre {start:g}")
        if level < 2 or record.step.stride <= record.step.extent:
            assert outer[0] <= inner[0] < inner[2] <= outer[2]
            assert outer[1] <= inner[1] < inner[3] <= outer[3]


def test_another_network_starts_from_its_own_layers():
    at = page("receptive_field", preset="LeNet-5", stack="a:c3")
    at.selectbox("preset").set_value("VGG-16").run()
    assert "stack" not in at.query_params
    (layers,) = sent(at, "convviz.layer_maps")
    assert len(layers["maps"]) == 19


def test_a_stack_that_does_not_fit_is_told_and_still_edited():
    at = page("receptive_field", stack="a:c3s8;b:c3s8;c:c16")
    assert "Layer c gets a map of 4×4, smaller than its window of 16×16: pad it" in shown(
        at.error[0].value
    )
    at.button("edit delete").click().run()
    assert not at.exception


@pytest.mark.parametrize(
    "link",
    [
        {"stack": "nonsense"},
        {"stack": "a:c0"},
        {"stack": "a:c9999"},
        {"layer": "99", "unit": "999,999"},
        {"layer": "x", "unit": "1,b"},
        {"pixel": "9999,0"},
        {"unit": "1," + 5000 * "9"},
        {"unit": "1,1", "pixel": "2,2"},
        {"preset": "GoogLeNet"},
        {"image": "Digit", "input": "Whole photo", "preset": "VGG-19"},
        {"image": "Digit", "input": "Whole photo", "stack": "a:c1s3;b:c2"},
        {"stack": "a:c3d8p16;b:p2s2pS", "neighbour": "Below", "unit": "0,0"},
    ],
)
def test_no_link_brings_the_receptive_field_down(link):
    page("receptive_field", **link)


@pytest.mark.parametrize(
    ("link", "note", "kept"),
    [
        ({"unit": "99,99"}, "unit 99,99, but the units of pool1 go from 0,0 to 26,26.", "26,26"),
        ({"unit": "abc"}, "unit abc, but the units of pool1 go from 0,0 to 26,26.", "13,13"),
        (
            {"unit": "9,9", "layer": "10"},
            "units of fc7 go from 0,0 to 0,0. Showing unit 0,0",
            "0,0",
        ),
        ({"pixel": "9999,1"}, "pixel 9999,1, but pixels go from 0,0 to 226,226.", None),
        ({"pixel": "x"}, "pixel x, but pixels go from 0,0 to 226,226. Showing unit 13,13.", None),
        ({"unit": "1,1", "pixel": "2,3"}, "a unit and for a pixel. Showing pixel 2,3.", "1,1"),
        ({"layer": "99"}, "layer 99, but layer goes from 1 to 10 here. Showing 10.", None),
        ({"layer": "x"}, "layer x, but layer goes from 1 to 10 here. Showing 2.", None),
        ({"axes": "both"}, "separately both, but height and width separately is one of", None),
    ],
)
@pytest.mark.parametrize("view", ["Field on the photo", "Layer by layer"])
def test_what_a_link_asks_for_in_vain_is_said_once(link, note, kept, view):
    at = page("receptive_field", view=view, **link)
    assert note in at.warning[0].value.replace("\\", "")
    assert len(at.warning[0].value.splitlines()) == 1
    assert at.query_params.get("unit") == kept
    at.run()
    assert not at.warning


def test_a_unit_moved_inside_a_smaller_map_is_what_the_link_reopens():
    at = page("receptive_field", layer="1", unit="40,50")
    assert not at.warning
    at.slider("edit layer").set_value(5).run()
    assert at.query_params["unit"] == "12,12"
    assert not page("receptive_field", layer="5", unit="12,12").warning
    at.slider("edit layer").set_value(1).run()
    assert at.query_params["unit"] == "40,50"


@pytest.mark.parametrize(("name", "key"), [("effective_field", "relu"), ("equivariance", "blur")])
def test_a_switch_asked_for_in_vain_is_said(name, key):
    assert "one of true, false. Showing false." in page(name, **{key: "perhaps"}).warning[0].value
    assert not page(name, **{key: "true"}).warning


def test_the_effective_field_of_twenty_means_has_its_exact_widths():
    at = page("effective_field", depth="20", weights="Equal")
    words = said(at)
    assert "Theoretical field **41** px." in words
    assert "σ = **3.65** px, ±2σ = **14.6** px" in words
    assert "a square with sides of **16.2** px, 39% of the theoretical field" in words
    assert "do not count at all" not in words


@pytest.mark.parametrize(
    "link",
    [{}, {"weights": "Equal", "dilation": "2"}, {"depth": "12", "halving": "5", "relu": "true"}],
)
def test_the_growth_chart_marks_the_widths_of_the_sentence_above_it(link):
    at = page("effective_field", view="Gradient and growth", **link)
    theory, size = re.search(
        r"field \*\*(\d+)\*\* px.*square with sides of \*\*([\d.]+)\*\* px", said(at)
    ).groups()
    (chart,) = at.get("plotly_chart")
    lines, mark = json.loads(chart.proto.spec)["data"][:2], json.loads(chart.proto.spec)["data"][2]
    assert all(line["name"].startswith("Plain means: ") for line in lines)
    assert mark["x"] == [int(link.get("depth", 20))] * 2
    assert [f"{width:.1f}" for width in mark["y"]] == [f"{theory}.0", size]
    assert ("do not count at all" in said(at)) == (link.get("dilation") == "2")


@pytest.mark.parametrize("view", ["On the photo", "Gradient and growth"])
@pytest.mark.parametrize(
    "link",
    [
        {},
        {"depth": "1", "samples": "1"},
        {"depth": "12", "relu": "true", "halving": "5", "dilation": "2"},
        {"depth": "40", "kernel_size": "7×7", "weights": "Equal", "image": "Digit"},
        {"weights": "Trained", "image": "Digit"},
    ],
)
def test_the_effective_field_opens_with_any_setting(view, link):
    page("effective_field", view=view, **link)


def test_a_trained_networks_unit_and_its_field_are_named():
    at = page("effective_field", weights="Trained")
    assert "Trained" in at.query_params["weights"]
    (caption,) = [each.value for each in at.caption if "trained network" in each.value]
    assert "unit [8, 8], summed over its maps, before the first affine layer" in caption
    assert "the trained network conv7-8 norm relu pool2 affine48 norm relu affine10" in caption
    assert "Input: the photo at 32×32 pixels." in caption
    assert "Theoretical field **8** px." in said(at)
    assert "right on 82.5% of 1000" in said(at)


def test_the_courses_layer_is_counted_three_ways():
    at = page("sharing")
    table = at.table[0].value
    assert table["Weights"].tolist() == ["1,350", "486", "54"]
    assert table["Connections"].tolist() == ["1,350", "294", "294"]
    assert table["Multiply–adds with padding"].tolist() == ["1,350", "486", "486"]
    (drawn,) = sent(at, "convviz.connections")
    assert (drawn["outputs"], drawn["inputs"], drawn["shared"]) == (18, 75, True)


def test_alexnet_is_counted_but_not_drawn():
    at = page("sharing", example="AlexNet conv1")
    assert at.table[0].value["Weights"].tolist() == ["44,892,064,800", "105,415,200", "34,848"]
    assert "more than the 40,000 that are drawn" in at.info[0].value


def test_another_example_brings_its_own_numbers():
    at = page("sharing", channels="2")
    at.selectbox("example").set_value("One row, two taps").run()
    assert "1×12×1 = 12 numbers in, 1×11×1 = 11 out." in said(at)


def test_the_books_example_has_the_books_numbers():
    words = said(page("sharing", view="The book's edges"))
    for number in (
        "267,960",
        "8,003,072,000",
        "178,640",
        "16,006,144,000",
        "4,001,536,000",
        "59,733.3",
    ):
        assert number in words


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ({"pad_mode": "circular", "across": "7", "layers": "3"}, "agree **exactly**"),
        ({"pad_mode": "circular", "across": "4", "stride": "2"}, "multiple of the total stride 2."),
        (
            {"pad_mode": "circular", "across": "3", "stride": "2"},
            "not a multiple of the total stride 2",
        ),
        ({"pad_mode": "zeros", "across": "3"}, "Away from the border the largest difference is 0."),
        ({"what": "Blob", "across": "20", "layers": "3"}, "The border cuts off nothing"),
        (
            {"what": "Blob", "across": "44", "layers": "3"},
            "At the border the filter reads padding (zeros)",
        ),
        (
            {"pad_mode": "circular", "across": "1", "pool": "Max 2×2", "blur": "true"},
            "with blur before subsampling",
        ),
        ({"across": "0"}, "Nothing is shifted yet"),
    ],
)
def test_equivariance_says_whether_and_why(link, expected):
    assert expected in said(page("equivariance", **link))


def test_blurring_brings_both_orders_closer():
    words = said(page("equivariance", pad_mode="circular", across="1", pool="Max 2×2"))
    found = re.search(r"Without blur ([\d.]+)%, with blur before subsampling ([\d.]+)%", words)
    assert float(found[2]) < float(found[1])
    assert f"**{found[1]}%** of the output's." in words


def test_the_difference_of_both_orders_is_what_plain_loops_give():
    """Sobel x with zero padding on the cat, shifted by 3 columns that come in as zeros."""
    at = page("equivariance", across="3")
    words = said(at)
    x = before_shift(sample("cat"), blob=False)

    def sobel(image: np.ndarray) -> np.ndarray:
        image = np.pad(image, 1)
        left, right = (image[:, k : k + 96] for k in (0, 2))
        rows = right - left
        return rows[:-2] + 2 * rows[1:-1] + rows[2:]

    def moved(image: np.ndarray) -> np.ndarray:
        return np.hstack([np.zeros((96, 3)), image[:, :-3]])

    after = moved(sobel(x))
    difference = sobel(moved(x)) - after
    share = np.sqrt((difference**2).mean() / (after**2).mean())
    assert f"largest difference **{abs(difference).max():.6g}**" in words
    *_, shown = sent(at, "convviz.picture")
    boxes = [[0, column, 96, column + 1] for column in np.flatnonzero(difference.any(axis=0))]
    assert [mark["box"] for mark in shown["marks"]] == boxes
    assert len(boxes) == 2
    assert f"norm of the difference **{share:.1%}** of the output's." in words
    assert not difference[:, 4:-1].any()


def test_a_global_mean_is_invariant_and_a_dense_layer_is_not():
    mean, dense = changes(page("equivariance", pad_mode="circular", across="9"))
    assert mean == "0: invariant"
    assert re.fullmatch(r"[\d.]+%: each cell has a weight of its own", dense)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ({"across": "3"}, "content leaves at the border"),
        ({"across": "2", "stride": "2"}, "content leaves at the border"),
        ({"across": "3", "stride": "2", "pad_mode": "circular"}, "the stride keeps other cells"),
        ({"across": "3", "stride": "2", "what": "Blob"}, "the stride keeps other cells"),
        (
            {"across": "3", "stride": "2"},
            "the stride keeps other cells, and content leaves at the border",
        ),
    ],
)
def test_a_global_mean_that_changes_says_why(link, reason):
    change = changes(page("equivariance", **link))
    assert re.fullmatch(rf"[\d.]+%: {reason}", change[0])
    assert change[1].endswith(": each cell has a weight of its own")


def test_dragging_the_image_shifts_it():
    at = page("equivariance")
    at.session_state["shifted image"] = {
        "picked": {"row": 48 + 5, "column": 48 - 7, "clicked": False}
    }
    at.run()
    assert (at.slider("down").value, at.slider("across").value) == (5, -7)


def test_an_edited_stack_no_longer_has_the_name_of_its_network_alone() -> None:
    at = page("receptive_field")
    network = at.selectbox(key="preset")
    assert network.options[0] == "AlexNet (Caffe, 227)"
    unfold(at, "layers").slider(key="edit kernel").set_value(5).run()
    network = at.selectbox(key="preset")
    assert network.options[0] == "Custom, from AlexNet (Caffe, 227)"
    assert network.options[1:] == page("receptive_field").selectbox(key="preset").options[1:]
    text = at.query_params["stack"]
    at = page("receptive_field", stack=text if isinstance(text, str) else text[0])
    assert at.selectbox(key="preset").options[0] == "Custom, from AlexNet (Caffe, 227)"
    at = page("receptive_field", stack="nonsense")
    assert at.selectbox(key="preset").options[0] == "AlexNet (Caffe, 227)"
