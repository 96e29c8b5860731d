"""One session that goes from page to page, run without a browser."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from unittest.mock import patch

import pytest
from PIL import Image
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, StopException
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.util import calc_hash

from convviz.pages.pooling import page as pooling
from convviz.pages.table import MAIN_SCRIPT, PAGES
from convviz.ui.state.register import declared
from convviz.ui.state.settings import SETTINGS

# What is set on each page, by its key in the session; small images and networks, which are computed at once.
TOUR: dict[str, dict[str, object]] = {
    "lessons": {"lessons view": "Exercises", "lessons_seed": 7},
    "": {
        "image": "Digit",
        "channels": "Gray",
        "filter": "Custom",
        "weights": "1 2 1;0 0 0;-1 -2 -1",
        "more": ["Sobel y"],
        "operation": "Convolution",
        "pad_mode": "replicate",
        "rows": 4,
        "columns": 5,
        "stride": 2,
        "pad": 2,
        "dilation": 2,
        "bias": "1.5 -2",
        "shown_filter": "1",
    },
    "pooling": {
        "pooling view": "Visit counts",
        "pool": "Average",
        "pooling_kernel": 3,
        "pooling_pad": 1,
        "ceil": True,
        "pooling_rows": 5,
        "counted": False,
    },
    "backward": {
        "backward view": "As a full correlation",
        "backward_rows": 6,
        "dout": "Random",
        "seed": 4,
    },
    "as-matrix": {
        "as_matrix view": "col2im",
        "as_matrix_rows": 5,
        "as_matrix dout": "Random",
        "as_matrix_seed": 5,
    },
    "transposed": {
        "transposed view": "Checkerboard",
        "transposed_stride": 3,
        "transposed_dilation": 2,
        "transposed_pad": 1,
        "output_padding": 1,
        "transposed_rows": 4,
    },
    "groups": {
        "groups view": "Backward",
        "groups": "4",
        "groups_filters": 12,
        "groups_rows": 3,
    },
    "gradient-check": {
        "layer": "Max pooling",
        "gradient_check view": "Error against h",
        "gradient_check_kernel": 2,
        "h": "1e-3",
        "gradient_check_seed": 3,
    },
    "classic-bugs": {"bug": "= for +="},
    "feature-maps": {
        "images": ["Digit"],
        "show": "One map",
        "after": "1",
        "map_row": 2,
        "extremes": True,
    },
    "receptive-field": {
        "receptive_field view": "Table and growth",
        "preset": "LeNet-5",
        "neighbour": "Below",
    },
    "effective-field": {
        "effective_field weights": "Equal",
        "depth": 3,
        "effective_field_dilation": 2,
        "samples": 1,
    },
    "sparse-shared": {"example": "8×8 in gray, 3×3", "sharing_channels": 2, "filters": 5},
    "equivariance": {
        "what": "Blob",
        "equivariance filter": "Emboss",
        "equivariance stride": "2",
        "down": 4,
    },
    "network": {
        "network view": "PyTorch",
        "network": "Own stack",
        "network images": "100",
        "network_seed": 6,
    },
}
STACK = "conv3-4 relu pool2 affine8 relu"


def opened(address: str = "", **query: str | list[str]) -> AppTest:
    """A new session that opens a link."""
    at = AppTest.from_file(MAIN_SCRIPT, default_timeout=300)
    return turn_to(at, address, **query)


def turn_to(at: AppTest, address: str, **query: str | list[str]) -> AppTest:
    """Choose another page in the bar at the top: the browser sends no widget of the page it leaves."""
    at.query_params.clear()
    at.query_params.update(query)
    at._page_hash = calc_hash(address)
    at._run()
    return checked(at)


def use(at: AppTest, key: str, event: str, value: object, turning_to: str = "") -> AppTest:
    """Do what lets a component of the page tell of an event, such as a click on a picture.

    `turning_to` is the address of a page chosen before the server has come to it.
    """
    states = states_of(at, key, event, value)
    if turning_to:
        at._page_hash = calc_hash(turning_to)
    at._run(states)
    return checked(at)


def states_of(at: AppTest, key: str, event: str, value: object) -> WidgetStates:
    """What a browser tells then."""
    (component,) = (each.proto for each in at.get("bidi_component") if each.proto.id.endswith(key))
    states = at._tree.get_widget_states()
    told = json.dumps([{"event": event, "value": value}])
    states.widgets.add(id=_make_trigger_id(component.id, "events"), json_trigger_value=told)
    return states


def checked(at: AppTest) -> AppTest:
    """Nothing was raised."""
    assert not at.exception, at.exception[0].stack_trace
    return at


def test_a_place_picked_on_the_photo_of_convolve_is_not_a_cell_of_a_feature_map() -> None:
    at = opened(image="Digit", rows="3", columns="3")
    use(at, "photo picture", "picked", {"row": 4, "column": 6, "clicked": False})
    assert at.number_input(key="row").value == 3
    turn_to(at, "feature-maps")
    at.session_state["images"], at.session_state["show"] = ["Digit"], "One map"
    checked(at.run())


def test_initial_weights_chosen_stay_after_a_view_without_them() -> None:
    """Only the choice of another network begins with others."""
    at = opened("network", view="Train", images="100", filters="2", hidden="4")
    chosen = next(box for box in at.selectbox if box.key == "init").options[-1]
    at.selectbox(key="init").set_value(chosen).run()
    for view in ("Experiments", "Train"):
        next(group for group in at.button_group if view in group.options).set_value(view).run()
    at.number_input(key="epochs").set_value(3).run()
    assert at.selectbox(key="init").value == chosen


def test_the_stack_typed_on_network_is_not_the_stack_of_receptive_field() -> None:
    at = opened("receptive-field", stack="a:c5", image="Digit", input="Whole photo")
    assert at.query_params["stack"] == "a:c5"
    turn_to(at, "network")
    at.session_state["network view"], at.session_state["network"] = "PyTorch", "Own stack"
    checked(at.run())
    at.text_input(key="stack").set_value(STACK)
    checked(at.run())
    turn_to(at, "receptive-field")
    assert at.query_params["stack"] == "a:c5"
    turn_to(at, "network")
    assert at.text_input(key="stack").value == STACK


def bring_back(at: AppTest, address: str, **query: str) -> AppTest:
    """Use the browser's Back, to a link of a page."""
    with patch.object(
        local_script_runner, "RerunData", partial(RerunData, is_history_navigation=True)
    ):
        at._page_hash = calc_hash(address)
        at.query_params.clear()
        at.query_params.update(query)
        return at.run()


def test_back_to_a_page_that_this_session_has_not_shown_shows_its_link() -> None:
    """As after a reload, which begins a new session and keeps the browser's history."""
    at = opened("pooling", image="Digit", channels="Gray")
    checked(bring_back(at, "", image="Digit"))
    assert at.button_group(key="channels").value == "RGB"


def test_back_to_a_page_brings_what_it_shares_with_the_page_that_is_left() -> None:
    """Its link has the stride, and the page that is left has a slider of the same name."""
    at = opened(image="Digit", stride="2")
    turn_to(at, "backward")
    turn_to(at, "")
    at.slider(key="stride").set_value(3)
    checked(at.run())
    checked(bring_back(at, "backward", image="Digit", stride="2"))
    assert at.slider(key="stride").value == 2
    assert at.query_params["stride"] == "2"
    checked(bring_back(at, "", image="Digit", stride="3"))
    assert at.slider(key="stride").value == 3


def broken_off(before: dict[str, str], link: dict[str, str]) -> AppTest:
    """Pooling's session, where something that the browser sent broke off the run that brought a link back."""
    at = opened("pooling", image="Digit", **before)
    widgets = at._tree.get_widget_states()
    with patch.object(pooling, "show_notes", side_effect=StopException()):
        bring_back(at, "pooling", image="Digit", **link)
    at.query_params.clear()
    at.query_params.update({"image": "Digit", **link})
    return checked(at._run(widgets))


@pytest.mark.parametrize(
    ("before", "link"),
    [
        ({"channels": "RGB"}, {"channels": "Gray"}),
        ({"pooling_stride": "3"}, {"pooling_stride": "4"}),
        ({"pooling_stride": "3", "ceil": "true"}, {}),
        ({}, {"ceil": "true"}),
    ],
)
def test_a_run_that_is_broken_off_while_it_brings_a_link_back_is_made_up_for(
    before: dict[str, str], link: dict[str, str]
) -> None:
    """The browser sends something else just then, such as the stepper's step, and the old settings with it."""
    at = broken_off(before, link)
    wanted = {"channels": "RGB", "pooling_stride": 2, "ceil": False}
    wanted |= {key: type(wanted[key])(value) for key, value in link.items()}
    assert {key: at.session_state[key] for key in wanted} == wanted


AXES = {"pooling_axes": "true", "pooling_kernel_w": "3"}


def brought_back(before: dict[str, str], link: dict[str, str]) -> AppTest:
    """The same in a run that goes on to its end."""
    return checked(bring_back(opened("pooling", image="Digit", **before), "pooling", **link))


@pytest.mark.parametrize("bring", [brought_back, broken_off])
@pytest.mark.parametrize(("before", "link"), [(AXES, {}), ({}, AXES)])
def test_a_link_brings_back_the_switch_that_changes_what_stands_above_it(
    before: dict[str, str], link: dict[str, str], bring: Callable[..., AppTest]
) -> None:
    """Height and width have a slider each, or one for both."""
    at = bring(before, link)
    labels = {each.label for each in at.slider}
    assert ("Window size width" in labels, "Window size" in labels) == (bool(link), not link)
    assert at.session_state["pooling_axes"] == bool(link)


def picture() -> bytes:
    """A person's own, as a PNG."""
    file = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 120, 40)).save(file, "PNG")
    return file.getvalue()


def act(at: AppTest, page: str) -> None:
    """Bring a photo and pick a place where a page lets one."""
    if page in ("convolve", "feature_maps"):
        at.file_uploader[0].set_value(("own.png", picture(), "image/png"))
        checked(at.run())
    if page == "convolve":
        use(at, "photo picture", "picked", {"row": 9, "column": 6, "clicked": False})
    if page == "feature_maps":
        at.session_state["show"] = "One map"
        checked(at.run())
        use(at, "one map", "picked", {"row": 1, "column": 3, "clicked": False})
    if page == "receptive_field":
        use(at, "field units", "picked", {"row": 2, "column": 3, "clicked": False})
    if page == "equivariance":
        use(at, "shifted image", "picked", {"row": 40, "column": 50, "clicked": False})


def views(at: AppTest, page: str) -> tuple[str, list[str]]:
    """The key of the setting that chooses among a page's views, and the views; "" where it has but one."""
    names = ("view", "show", "bug")
    keys = {each.key for each in SETTINGS if page in each.pages and each.name in names}
    found = [(each.key or "", list(each.options)) for each in at.button_group if each.key in keys]
    return found[0] if found else ("", [])


def wrong_entries(at: AppTest) -> set[tuple[str, str]]:
    """What the session holds that is not declared so: key and type."""
    return {
        (key, type(value).__name__)
        for key, value in at.session_state._state.filtered_state.items()
        if not (entry := declared(key)) or not entry.holds(value)
    }


@pytest.mark.long
def test_nothing_set_on_any_page_changes_while_a_person_walks_through_all_views_in_two_orders() -> (
    None
):
    """Each page gets its settings; then come all pages with their views, and all pages the other way round."""
    at = opened(image="Digit")
    for page in PAGES:
        turn_to(at, page.address)
        act(at, page.folder)
        for key, value in TOUR[page.address].items():  # one after the other: some bound others
            at.session_state[key] = value
        checked(at.run())
    links: dict[str, dict[str, list[str]]] = {}
    for page in PAGES:
        turn_to(at, page.address)
        assert_kept(at, page.address)
        links[page.folder] = link_of(at)
        view, offered = views(at, page.folder)
        stood = at.session_state[view] if view else None
        for each in [*offered, stood] if view else []:
            at.session_state[view] = each
            checked(at.run())
            assert (page.folder, each, wrong_entries(at)) == (page.folder, each, set())
    for page in PAGES[-2::-1]:
        turn_to(at, page.address)
        assert_kept(at, page.address)
        assert link_of(at) == links[page.folder]


def assert_kept(at: AppTest, address: str) -> None:
    """A page has what was set on it, and the session nothing that is not declared."""
    for key, value in TOUR[address].items():
        assert (key, at.session_state[key]) == (key, value)
    assert (address, wrong_entries(at)) == (address, set())


def link_of(at: AppTest) -> dict[str, list[str]]:
    """What the link says; without the step, which the browser tells of."""
    return {name: value for name, value in at.query_params.items() if name != "step"}
