"""A run that turns the page is broken off by what a person does next: nothing is lost, wherever it stopped."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.runtime.scriptrunner import StopException

from convviz.ui import parts
from tests.pages.test_folds import INSIDE, controls
from tests.pages.test_session import checked, opened, turn_to


@pytest.mark.parametrize("address", INSIDE)
def test_a_group_unfolded_while_its_page_is_drawn_is_drawn_and_stays_open(address: str) -> None:
    group, key, _value = INSIDE[address]
    at = opened("lessons")
    with patch.object(parts, "say_notes", side_effect=StopException()) as stop:
        turn_to(at, address)
    assert stop.called
    (box,) = (each for each in at.sidebar.expander if each.proto.id.endswith(f"{group} unfolded"))
    told = at._tree.get_widget_states()
    told.widgets.add(id=box.proto.id, bool_value=True)
    checked(at._run(told))
    assert key in controls(at)
    assert [each.label for each in at.sidebar.expander if each.proto.expanded] == [box.label]
