"""What a person changes counts, also where the browser asks for more while the page takes it in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest


def number() -> None:
    """A control; the browser asks for another run in the middle of what its change sets off."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def keep() -> None:
        context = get_script_run_ctx()
        assert context
        assert context.script_requests
        context.script_requests.request_rerun(RerunData(page_script_hash=context.page_script_hash))
        st.session_state["kept"] = st.session_state["number"]

    st.number_input("Number", 0, 9, key="number", on_change=keep)


def part() -> None:
    """The same, in a part of the page that runs by itself."""
    import streamlit as st

    from tests.pages.test_callbacks import number

    st.fragment(number)()


@pytest.mark.parametrize("script", [number, part])
def test_a_change_is_taken_in_whole_before_the_next_request(script: Callable[[], None]) -> None:
    at = AppTest.from_function(script).run()
    at.number_input(key="number").set_value(3).run()
    assert at.session_state["kept"] == 3
    assert at.number_input(key="number").value == 3
    assert not at.exception
