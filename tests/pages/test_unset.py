"""What a person does while a run is going on is not undone by that run."""

from __future__ import annotations

import pytest

from convviz.pages.table import PAGES
from tests.pages.test_session import checked, opened

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
