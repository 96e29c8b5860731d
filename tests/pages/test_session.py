"""One session that goes from page to page, run without a browser."""

from __future__ import annotations

import ast
import json
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from convviz.pages.table import MAIN_SCRIPT, PAGES
from convviz.ui.state.register import SETTINGS

PACKAGE = MAIN_SCRIPT.parents[1]
# What is set on each page, by its key in the session; small images and networks, which are computed at once.
TOUR: dict[str, dict[str, object]] = {
    "": {
        "image": "Digit",
        "channels": "Gray",
        "filter": "Custom",
        "more": ["Sobel y"],
        "operation": "Convolution",
        "pad_mode": "replicate",
        "rows": 4,
        "columns": 5,
        "stride": 2,
        "pad": 2,
        "bias": 1.5,
        "shown_filter": "f = 1: Sobel y",
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
    },
    "sparse-shared": {"sharing example": "8×8 in gray, 3×3", "sharing_channels": 2, "filters": 5},
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


def use(at: AppTest, key: str, event: str, value: object) -> AppTest:
    """Do what lets a component of the page tell of an event, such as a click on a picture."""
    (component,) = (each.proto for each in at.get("bidi_component") if each.proto.id.endswith(key))
    states = at._tree.get_widget_states()
    told = json.dumps([{"event": event, "value": value}])
    states.widgets.add(id=_make_trigger_id(component.id, "events"), json_trigger_value=told)
    at._run(states)
    return checked(at)


def checked(at: AppTest) -> AppTest:
    """Nothing was raised."""
    assert not at.exception, at.exception[0].stack_trace
    return at


def test_a_place_picked_on_the_photo_of_convolve_is_not_a_cell_of_a_feature_map() -> None:
    at = opened(image="Digit", rows="3", columns="3")
    use(at, "photo picture", "picked", {"row": 4, "column": 6})
    assert at.number_input(key="row").value == 3
    turn_to(at, "feature-maps")
    at.session_state["images"], at.session_state["show"] = ["Digit"], "One map"
    checked(at.run())


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


@pytest.mark.long
def test_nothing_set_on_any_page_changes_while_a_person_walks_through_all_pages_in_two_orders() -> (
    None
):
    at = opened(image="Digit")
    for address, settings in TOUR.items():
        turn_to(at, address)
        for key, value in settings.items():  # one after the other: some bound what others may be
            at.session_state[key] = value
        checked(at.run())
    for order in (list(TOUR), list(TOUR)[::-1]):
        for address in order:
            turn_to(at, address)
            for key, value in TOUR[address].items():
                assert (key, at.session_state[key]) == (key, value)


def test_no_two_settings_have_the_same_key_or_on_one_page_the_same_name() -> None:
    assert len({each.key for each in SETTINGS}) == len(SETTINGS)
    for page in {page for each in SETTINGS for page in each.pages}:
        names = [each.name for each in SETTINGS if page in each.pages]
        links = [each.link for each in SETTINGS if page in each.pages]
        assert len(set(names)) == len(names) == len(set(links))


def test_a_page_is_known_by_its_folder() -> None:
    assert {page for each in SETTINGS for page in each.pages} == {page.folder for page in PAGES}


def session_keys(path: Path) -> set[str]:
    """The names in the session that a module reads or writes as a constant, or as a text in place."""
    tree = ast.parse(path.read_text("utf-8"))
    module = import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    used: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "st.session_state":
            used.append(node.slice)
        elif (
            isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "st.session_state"
        ):
            used.append(node.left)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("st.session_state."):
            used += node.args[:1]
    known = [
        ast.unparse(each)
        for each in used
        if isinstance(each, ast.Name | ast.Constant | ast.Attribute)
    ]
    return {
        value
        for text in known
        if text[0] in "'\"" or hasattr(module, text.split(".")[0])
        if isinstance(value := eval(text, vars(module)), str)
    }


def test_a_name_in_the_session_is_one_pages_or_one_modules_or_a_declared_setting() -> None:
    users: dict[str, set[str]] = {}
    for path in sorted([*(PACKAGE / "pages").glob("*/*.py"), *(PACKAGE / "ui").rglob("*.py")]):
        page = path.parent.name if path.is_relative_to(PACKAGE / "pages") else f"ui: {path.stem}"
        for key in session_keys(path):
            users.setdefault(key, set()).add(page)
    shared = {each.key: set(each.pages) for each in SETTINGS}
    assert len(users) > 40
    for key, using in users.items():
        pages = {each for each in using if not each.startswith("ui: ")}
        assert pages <= shared[key] if key in shared else len(using) == 1, (key, using)
