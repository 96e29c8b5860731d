"""What a person does while a run is going on is not undone by that run."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from convviz.pages.table import PAGES
from convviz.ui.inputs import filter_controls
from tests.pages.test_session import checked, opened, turn_to

KINDS = (
    "selectbox",
    "slider",
    "select_slider",
    "multiselect",
    "number_input",
    "toggle",
    "button_group",
)


@pytest.mark.parametrize("address", [entry.address for entry in PAGES])
def test_a_run_that_changes_no_control_sets_none(address: str) -> None:
    """Where a run sets a control, the browser puts it back, also if somebody has just changed it."""
    at = opened(address, image="Digit")
    checked(at.run())
    set_anew = [each.key for kind in KINDS for each in getattr(at, kind) if each.proto.set_value]
    assert not set_anew


def test_a_control_of_a_page_that_comes_is_set_to_what_the_session_holds() -> None:
    """The browser shows it as new otherwise, and tells the session so. So it is until the page is whole."""
    at = turn_to(opened("pooling", image="Dog"), "backward")
    (image,) = (each for each in at.selectbox if each.key == "image")
    assert image.proto.set_value
    assert image.value == "Dog"
    at.session_state["page drawn"] = ["pooling", "en"]  # the run was broken off
    (image,) = (each for each in checked(at.run()).selectbox if each.key == "image")
    assert image.proto.set_value


def test_a_control_that_a_run_drew_which_was_broken_off_is_set_to_what_the_session_holds() -> None:
    """The browser would show the first of the list, and tell the session so: the choice would be undone."""
    at = opened(image="Digit")
    at.selectbox(key="filter 0").set_value("Custom")
    told = at._tree.get_widget_states()
    with patch.object(filter_controls, "_bias_control", side_effect=StopException()):
        at._run(told)
    (box,) = (each for each in checked(at._run(told)).selectbox if each.key == "filter 0 custom")
    assert box.proto.set_value
    assert box.value == "Custom"


LATE = {
    "a choice": "live.on_change()()",
    "a photo pressed": "photos._press('Dog')",
    "photos brought": "photos._take_several(['Dog', 'Cat'])",
    "the view left": "region_controls.turn_to('Photo and feature map')",
    "a place picked": "region_controls._note_pick(3, 4, (0, 0))",
}


@pytest.mark.parametrize("change", LATE)
def test_no_change_of_the_view_alone_overtakes_one_of_the_page(change: str) -> None:
    """Both came before a run could start: the whole page runs, and shows both."""
    at = AppTest.from_string(
        f"""
import streamlit as st
from convviz.ui.inputs import photos, region_controls
from convviz.ui.internals.requests import page_of_run
from convviz.ui.state import live

st.session_state["live view can run alone"] = page_of_run()
{LATE[change]}
live.run_view()
st.write("the whole page")
"""
    )
    checked(at.run(timeout=10))
    assert [each.value for each in at.markdown] == ["the whole page"]


@pytest.mark.parametrize(
    "address", [entry.address for entry in PAGES if entry.address != "lessons"]
)
def test_what_the_browser_still_sends_of_a_page_that_was_left_changes_nothing(address: str) -> None:
    at = opened(address, image="Digit")
    late = at._tree.get_widget_states()
    for widget in late.widgets:  # as if each had been changed last
        if widget.WhichOneof("value") == "int_value":
            widget.int_value += 1
        elif widget.WhichOneof("value") == "double_array_value":
            widget.double_array_value.data[0] += 1
        elif widget.WhichOneof("value") == "bool_value":
            widget.bool_value = not widget.bool_value
    for box in at.get("file_uploader"):
        late.widgets.add(id=box.proto.id, file_uploader_state_value=FileUploaderState())
    turn_to(at, "lessons")
    before = dict(at.session_state._state.filtered_state)
    at._run(late)
    checked(at)
    after = dict(at.session_state._state.filtered_state)
    kept = before.keys() & after.keys() - {
        "page turned to"
    }  # that of the run; controls that have gone are not kept
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
