"""The script of the Feature maps page, run without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from convviz.pipeline.examples import EXAMPLES
from tests.pages.test_outside_text import shown
from tests.pages.test_own_numbers import scene
from tests.pages.unfolding import unfold

VIEWS = ("All maps", "One map", "Histogram", "Difference", "Steps")


def page(**query: str) -> AppTest:
    def script() -> None:
        from convviz.pages.feature_maps import page as feature_maps
        from convviz.ui.parts import say_notes

        feature_maps.render()
        say_notes()

    at = AppTest.from_function(script, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("after", ["1", "2", "3"])
def test_every_view_opens_after_every_stage(view: str, after: str) -> None:
    at = page(show=view, after=after)
    assert not at.exception
    assert not at.warning


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_loads_and_shows_its_costs(example: str) -> None:
    at = page()
    at.selectbox(key="pipeline example").set_value(example).run()
    assert not at.exception
    cost = EXAMPLES[example].costs((3, 512, 512))[0]
    if example != "The course's two filters":
        said = f"{cost.multiply_adds:,} multiply–adds"
        assert any(said in text.value for text in at.markdown)


def test_a_broken_pipeline_in_the_link_is_said_and_replaced() -> None:
    at = page(pipeline="conv;nonsense")
    assert not at.exception
    assert at.warning


TIGHT = '[["pool",{"size":4,"stride":4}],["conv",{"bank":["gabor",{"size":9}]}],["relu",{}]]'
GIVEN = '[["conv",{"bank":["given",%s]}]]'
GRAY_COURSE = '[["conv",{"bank":["chosen",{"presets":["Course: blue edge"]}]}]]'


@pytest.mark.parametrize("view", ["All maps", "Steps"])
@pytest.mark.parametrize(
    "query",
    [
        {"pipeline": "[]"},
        {"pipeline": '[["relu",{}]]'},
        {"pipeline": '[["pool",{"kind":"average"}]]', "channels": "Gray"},
        {"pipeline": TIGHT, "images": "Digit", "after": "3"},
        {"pipeline": GRAY_COURSE, "channels": "Gray"},
        {"pipeline": GIVEN % '{"weights":"%s"}' % "~".join(["1"] * 65)},
        {"pipeline": GIVEN % '{"weights":"1 2~3"}'},
        {"pipeline": GIVEN % '{"weights":"~~"}'},
        {"pipeline": GIVEN % '{"weights":5}'},
        {"pipeline": GIVEN % '{"weights":"1|2"}'},
        {"pipeline": GIVEN % '{"digest":[]}'},
        {"images": "holiday.jpg"},
        {"images": "Digit", "square": "true", "side": "9999"},
        {"after": "9", "map_image": "Horse", "map_filter": "77", "map_row": "-4", "map_col": "x"},
        {"colours": "Rainbow", "extremes": "maybe", "show": "Steps", "step": "99999999"},
    ],
)
def test_no_link_brings_the_page_down(query: dict[str, str], view: str) -> None:
    at = page(**({"show": view} | query))
    assert not at.exception


def test_a_stage_that_cannot_take_its_input_says_why_and_the_ones_before_it_are_shown() -> None:
    at = page(pipeline=TIGHT, images="Digit")
    assert any("Kernel 9 exceeds padded input height 2" in shown(error.value) for error in at.error)
    assert at.selectbox(key="after").options == ["1 Max pooling"]
    unfold(at, "stage 2").number_input(key="stage 2 size").set_value(2).run()
    assert not at.error
    assert at.selectbox(key="after").options == ["1 Max pooling", "2 Convolution", "3 ReLU"]


def test_a_stage_splits_into_as_many_groups_as_divide_its_channels_and_its_loop_steps_them() -> (
    None
):
    bank = '["random",{"count":4}]'
    depthwise = f'[["conv",{{"bank":{bank}}}],["conv",{{"bank":{bank},"padding":1,"groups":4}}]]'
    at = page(pipeline=depthwise, images="Digit", show="Steps", after="2", channels="Gray")
    unfold(at, "stage 2")
    (groups,) = [box for box in at.selectbox if box.label == "Groups"]
    assert groups.options == ["1 group: standard", "2 groups", "4 groups: depthwise"]
    assert groups.value == 4
    lines = [line.strip() for line in scene(at)["source"]]
    assert "g = f // M  # its group" in lines
    groups.set_value(1).run()
    assert not at.exception
    assert "groups" not in at.query_params["pipeline"][0]
    assert not any("its group" in line for line in scene(at)["source"])
