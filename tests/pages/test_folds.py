"""The sidebar shows what the first ten minutes need; the rest lies in groups with a name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any
from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from convviz.lectures import Lesson
from convviz.lectures.lesson import LessonStep
from convviz.pages.table import PAGES
from convviz.ui.inputs.fold import fold
from convviz.ui.state import live
from convviz.ui.state.settings import SETTINGS
from convviz.ui.state.shown import key_of
from tests.pages.test_session import bring_back, checked, opened, turn_to, use
from tests.pages.unfolding import unfold


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        ("", {"Padding and dilation", "Region to step through"}),
        ("backward", {"Padding and dilation", "Region to step through"}),
        ("pooling", {"More settings", "Region to step through"}),
        ("as-matrix", {"Padding and dilation", "Region to step through"}),
        ("transposed", {"More settings", "Region to step through"}),
        ("equivariance", {"More settings"}),
        ("effective-field", {"More settings"}),
        ("gradient-check", {"Input", "Sliding window"}),
        ("feature-maps", {"Size and channels"}),
        ("receptive-field", {"Change the layers", "Input and neighbours"}),
    ],
)
def test_what_is_seldom_changed_is_folded(address: str, groups: set[str]) -> None:
    at = opened(address, image="Digit")
    folded = {each.label for each in at.sidebar.expander if not each.proto.expanded}
    assert groups <= folded


@pytest.mark.parametrize(
    ("address", "name", "value", "group"),
    [
        ("", "pad_mode", "reflect", "Padding and dilation"),
        ("pooling", "ceil", "true", "More settings"),
        ("transposed", "axes", "true", "More settings"),
        ("equivariance", "blur", "true", "More settings"),
        ("effective-field", "samples", "1", "More settings"),
        ("receptive-field", "neighbour", "Below", "Input and neighbours"),
        ("gradient-check", "gradient_check_seed", "3", "Input"),
        ("gradient-check", "gradient_check_stride", "2", "Sliding window"),
        ("feature-maps", "square", "true", "Size and channels"),
    ],
)
def test_a_group_is_open_where_the_link_sets_what_lies_in_it(
    address: str, name: str, value: str, group: str
) -> None:
    at = opened(
        address, **({} if address == "feature-maps" else {"image": "Digit"}), **{name: value}
    )
    assert [each.label for each in at.sidebar.expander if each.proto.expanded] == [group]


def test_a_group_stays_as_the_person_left_it_while_its_settings_change() -> None:
    """Streamlit folds it anew where it is told otherwise than in the run before."""
    at = unfold(opened(image="Digit"), "padding")
    at.session_state["padding unfolded"] = False
    checked(at.run())
    for mode in ("reflect", "zeros"):
        at.selectbox(key="pad_mode").set_value(mode)
        checked(at.run())
        checked(
            at._run()
        )  # the change drew the view alone; what comes next may draw the whole page
        (fold,) = (each for each in at.sidebar.expander if each.label == "Padding and dilation")
        assert not fold.proto.expanded
    at = opened(image="Digit", pad_mode="reflect")
    at.selectbox(key="pad_mode").set_value("zeros")
    checked(at.run())
    checked(at._run())
    (fold,) = (each for each in at.sidebar.expander if each.label == "Padding and dilation")
    assert fold.proto.expanded


INSIDE = {
    "": ("padding", "pad_mode", "reflect"),
    "pooling": ("more", "ties", "First"),
    "equivariance": ("more", "pad_mode", "circular"),
    "feature-maps": ("stage 1", "stage 1 stride", 2),
    "receptive-field": ("layers", "receptive_field_axes", True),
}


def controls(at: AppTest) -> dict[str, object]:
    """What the controls that are drawn show, by their keys."""
    kinds = (at.selectbox, at.button_group, at.slider, at.number_input, at.toggle)
    return {str(each.key): each.value for kind in kinds for each in kind}


def linked(at: AppTest) -> dict[str, str]:
    """The link of the page, as a reload has it."""
    return {
        name: said if isinstance(said, str) else said[0] for name, said in at.query_params.items()
    }


@pytest.mark.parametrize("address", INSIDE)
def test_a_group_is_drawn_when_it_is_first_unfolded_and_stays(address: str) -> None:
    group, key, _value = INSIDE[address]
    at = opened(address)
    assert key not in controls(at)
    assert key in controls(unfold(at, group))
    at.session_state[f"{group} unfolded"] = False
    assert key in controls(checked(at.run()))


@pytest.mark.parametrize("address", INSIDE)
def test_what_was_set_in_a_group_is_there_when_the_link_is_opened_again(address: str) -> None:
    group, key, value = INSIDE[address]
    at = unfold(opened(address), group)
    at.session_state[key] = value
    checked(at.run())
    again = opened(address, **linked(at))
    assert controls(unfold(again, group))[key] == value


def test_a_group_stays_open_in_the_other_language() -> None:
    at = unfold(opened(image="Digit"), "padding")
    at.button(key="language zh").click()
    checked(at.run())
    assert [each.label for each in at.sidebar.expander if each.proto.expanded] == ["填充与膨胀率"]
    assert "pad_mode" in controls(at)


def test_a_group_is_folded_on_the_next_page_and_draws_nothing_there() -> None:
    at = unfold(opened(), "padding")
    turn_to(at, "backward")
    assert not any(each.proto.expanded for each in at.sidebar.expander)
    assert "pad_mode" not in controls(at)


def test_back_to_a_link_that_says_nothing_of_a_group_brings_what_its_settings_begin_with() -> None:
    at = opened("transposed", image="Digit", transposed_rows="2", axes="true")
    assert controls(at)["transposed_rows"] == 2
    turn_to(at, "bugs")
    checked(bring_back(at, "transposed", image="Digit"))
    shown = controls(unfold(at, "region", "more"))
    assert (shown["transposed_rows"], shown["axes"]) == (3, False)


def test_samples_stay_where_equal_weights_need_but_one() -> None:
    at = unfold(opened("effective-field", samples="3"), "more")
    for weights, shown in (("Equal", None), ("Random", 3)):
        at.session_state["effective_field weights"] = weights
        checked(at.run())
        assert controls(at).get("samples") == shown


def groups_of(at: AppTest) -> dict[str, set[str]]:
    """The settings whose controls lie in each group that is unfolded on a page, by its heading."""
    found = {}
    for box in at.sidebar.expander:
        kinds = (box.selectbox, box.button_group, box.slider, box.number_input, box.toggle)
        found[box.label] = {str(each.key) for kind in kinds for each in kind}
    return found


@pytest.mark.parametrize(
    ("address", "query", "groups"),
    [
        ("", {"axes": "true"}, ("padding", "region")),
        ("backward", {"axes": "true"}, ("padding", "region")),
        ("as-matrix", {"axes": "true"}, ("padding", "region")),
        ("pooling", {"pooling_axes": "true"}, ("more", "region")),
        ("pooling", {"pool": "Average"}, ("more", "region")),
        ("transposed", {}, ("more", "region")),
        ("equivariance", {}, ("more",)),
        ("effective-field", {}, ("more",)),
        ("gradient-check", {}, ("input", "window")),
        ("feature-maps", {"square": "true"}, ("size",)),
        ("receptive-field", {}, ("layers", "input")),
    ],
)
def test_a_group_knows_every_setting_that_lies_in_it(
    address: str, query: dict[str, str], groups: tuple[str, ...]
) -> None:
    """It is drawn where the link sets one of them, or a lesson points at one."""
    known: dict[str, set[str]] = {}
    usual = fold

    def fold_noted(label: str, group: str, names: Sequence[str] = (), **how: Any) -> Any:
        known[label] = {key_of(name) for name in names}
        return usual(label, group, names, **how)

    for entry in PAGES:
        import_module(entry.module)
    with ExitStack() as stack:
        for module in list(sys.modules.values()):
            if getattr(module, "fold", None) is usual:
                stack.enter_context(patch.object(module, "fold", fold_noted))
        at = unfold(opened(address, image="Digit", **query), *groups)
    settings = {each.key for each in SETTINGS} - {"image", "numbers"}
    found = groups_of(at)
    assert len(known) >= len(groups)
    for label, keys in known.items():
        assert found[label] & settings <= keys, label


def test_a_worksheet_draws_the_controls_that_it_keeps() -> None:
    at = opened(image="Digit", only="stride,pad_mode")
    assert "pad_mode" in controls(at)
    assert "Padding and dilation" in [
        each.label for each in at.sidebar.expander if each.proto.expanded
    ]


def test_a_worksheet_says_which_controls_there_are_not() -> None:
    at = opened("pooling", image="Digit", only="pooling_stride,nonsense")
    (said,) = (each.value for each in at.warning)
    assert said == "The link keeps controls called nonsense, but this page has none of them."
    assert not checked(at.run()).warning
    assert not opened("pooling", image="Digit", only="pooling_stride").warning


def test_a_lesson_draws_what_it_points_at_by_its_key() -> None:
    """A setting of several pages has a name on the page, and a key of its own."""
    step = LessonStep("pooling", {"en": "Step"}, {"en": "[separately](part:pooling_axes)"})
    lesson = Lesson("own", {"en": "Own"}, {"en": ""}, 1, (step, step))
    with patch("convviz.pages.leading.lessons", return_value={"own": lesson}):
        at = opened("pooling", image="Digit", lesson="own", lesson_step="1")
        assert "pooling_axes" in controls(at)
        assert not any(each.proto.expanded for each in at.sidebar.expander)


def test_a_turn_to_a_page_that_was_broken_off_leaves_its_groups_folded() -> None:
    at = unfold(opened(image="Digit"), "padding")
    with patch("convviz.ui.inputs.convolve_controls.fold", side_effect=lambda *_, **__: st.stop()):
        turn_to(at, "backward")
    checked(at.run())
    assert not any(each.proto.expanded for each in at.sidebar.expander)
    assert "pad_mode" not in controls(at)


def test_unfolding_a_stage_changes_nothing_of_what_it_makes() -> None:
    """A preset for color images has no place in it where the input is gray."""
    presets = '[["conv",{"bank":["chosen",{"presets":["Sobel x","Course: grayscale"]}]}]]'
    at = opened("feature-maps", channels="Gray", images="Cat", pipeline=presets)
    before = linked(at)["pipeline"]
    assert not at.error
    assert linked(unfold(at, "stage 1"))["pipeline"] == before
    assert not at.error


def test_a_control_that_comes_into_a_group_that_is_left_out_has_its_first_value() -> None:
    at = opened("pooling", image="Digit")
    at.button_group(key="pool").set_value("Average").run()
    checked(at)
    assert controls(unfold(at, "more"))["counted"] is True


def test_a_control_that_is_not_drawn_asks_for_no_other_page() -> None:
    """The padding of an average decides whether another switch can be used."""
    at = opened("pooling", image="Digit", pool="Average", pooling_rows="8", pooling_columns="8")
    at.session_state["region unfolded"] = False
    checked(at.run())
    with patch.object(live, "_run_at_rest") as asked:
        at.slider(key="pooling_pad").set_value(1).run()
        checked(at)
    asked.assert_not_called()


def test_a_place_picked_on_the_photo_is_in_the_link_though_nobody_unfolded_the_region() -> None:
    at = opened(image="Cat")
    use(at, "photo picture", "picked", {"row": 120, "column": 80, "clicked": False})
    assert "row" not in controls(at)
    again = opened(**linked(at))
    shown = controls(unfold(again, "region"))
    assert (shown["row"], shown["col"]) == (116, 76)
    assert controls(unfold(at, "region"))["row"] == 116
