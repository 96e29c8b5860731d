"""The grid of a kernel's numbers, without a browser."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz.ops import filters
from convviz.text.rows import read_rows, write_rows
from tests.pages.test_session import checked, opened, turn_to
from tests.parts import plain_of


def grid(at: AppTest, key: str = "weights grid") -> dict[str, object]:
    """What the browser gets for the grid."""
    (component,) = (each.proto for each in at.get("bidi_component") if each.proto.id.endswith(key))
    return plain_of(component)


def edit(at: AppTest, number: int, text: str, key: str = "weights grid") -> AppTest:
    """Let the grid tell that it holds these numbers since an edit."""
    (component,) = (each.proto for each in at.get("bidi_component") if each.proto.id.endswith(key))
    states = at._tree.get_widget_states()
    told = json.dumps({"typed": {"edit": number, "text": text}})
    states.widgets.add(id=component.id, json_value=told)
    at._run(states)
    return checked(at)


def test_a_changed_preset_becomes_custom_and_its_answer_names_the_edit() -> None:
    at = opened(image="Digit", channels="Gray", filter="Gaussian blur", kernel="5")
    sent = grid(at)
    kernel = filters.gaussian(5).kernel
    np.testing.assert_array_equal(read_rows(str(sent["text"])), kernel)
    assert sent["answer"] is None
    changed = kernel.copy()
    changed[0, 0] = -3.5
    edit(at, 7, write_rows(changed))
    assert (grid(at)["answer"], grid(at)["text"]) == (7, write_rows(changed))
    assert at.session_state["filter"] == "Custom"
    assert at.query_params["begun"] == "Gaussian blur"
    np.testing.assert_array_equal(read_rows(at.query_params["weights"]), changed)
    at.selectbox(key="filter 0 custom").set_value("Sobel x")
    checked(at.run())
    assert grid(at)["answer"] is None


def test_a_changed_preset_that_is_changed_back_is_the_preset_again() -> None:
    """As after Escape in a cell of the grid, which takes back what was typed."""
    at = opened(image="Digit", channels="Gray", filter="Gaussian blur", kernel="5")
    kernel = filters.gaussian(5).kernel
    changed = kernel.copy()
    changed[0, 0] = -3.5
    edit(at, 7, write_rows(changed))
    edit(at, 8, write_rows(kernel))
    assert at.session_state["filter"] == "Gaussian blur"
    assert not {"weights", "begun"} & {*at.query_params}
    assert grid(at)["text"] == write_rows(kernel)


def test_a_kernel_with_a_plane_for_each_channel_is_kept_and_summed_on_a_gray_image() -> None:
    at = opened(filter="Course: blue edge")
    planes = np.arange(27.0).reshape(3, 3, 3)
    edit(at, 1, write_rows(planes))
    np.testing.assert_array_equal(read_rows(str(grid(at)["text"])), planes)
    at.session_state["channels"] = "Gray"
    checked(at.run())
    np.testing.assert_array_equal(read_rows(str(grid(at)["text"])), planes.sum(axis=0))


def test_a_kernel_that_is_not_square_sets_both_sizes() -> None:
    at = opened(image="Digit", filter="Custom", axes="true", kernel="2", kernel_w="3")
    edit(at, 1, "1 2;3 4;5 6")
    assert (at.session_state["kernel"], at.session_state["kernel_w"]) == (3, 2)
    assert grid(at)["text"] == "1 2;3 4;5 6"


def test_a_typed_gradient_is_kept_from_page_to_page() -> None:
    at = opened("backward", image="Digit", dout="Typed", rows="3", columns="3", pad="0")
    edit(at, 1, "2.5", "gradient grid")
    turn_to(at, "")
    turn_to(at, "backward", dout="Typed")
    assert "2.5" in str(grid(at, "gradient grid")["text"])


@pytest.mark.parametrize("text", ["", "1 2;3", "1 nan", "1;x", "1 2|3 4;5 6"])
def test_a_text_that_is_no_grid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"grid|could not convert|inhomogeneous"):
        read_rows(text)
