"""One session that goes from page to page, run without a browser."""

from __future__ import annotations

import json
from pathlib import Path

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = Path(__file__).parents[2] / "app.py"
STACK = "conv3-4 relu pool2 affine8 relu"


def opened(address: str = "", **query: str | list[str]) -> AppTest:
    """A new session that opens a link."""
    at = AppTest.from_file(str(APP), default_timeout=300)
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
    at.session_state["view"], at.session_state["network"] = "PyTorch", "Own stack"
    checked(at.run())
    at.text_input(key="stack").set_value(STACK)
    checked(at.run())
    turn_to(at, "receptive-field")
    assert at.query_params["stack"] == "a:c5"
    turn_to(at, "network")
    assert at.text_input(key="stack").value == STACK
