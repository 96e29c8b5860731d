"""What the browser asks for while a run goes on counts, and so does the change which that run takes in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

PLACE = "turned to", "stride=3", True  # page, link, and whether Back or Forward brought it


def browser_asks(page: str = "", link: str = "", back: bool = False) -> None:
    """Let the browser ask for a run now, as it does from outside of the run that goes on."""
    context = get_script_run_ctx()
    assert context
    assert context.script_requests
    page = page or context.page_script_hash
    asked = RerunData(query_string=link, page_script_hash=page, is_history_navigation=back)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(context.script_requests.request_rerun, asked).result()


def note_place() -> None:
    """Note what a run was asked for."""
    import streamlit as st

    context = get_script_run_ctx()
    assert context
    here = context.page_script_hash, context.query_string, context.is_history_navigation
    st.session_state.setdefault("places", []).append(here)


def number() -> None:
    """A control; the browser asks for another run in the middle of what its change sets off."""
    import streamlit as st

    from tests.pages.test_callbacks import browser_asks

    def keep() -> None:
        browser_asks()
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


def run_again() -> None:
    """The page runs itself again, but the browser has turned to another one."""
    import streamlit as st

    from tests.pages.test_callbacks import PLACE, browser_asks, note_place

    note_place()
    if len(st.session_state["places"]) == 1:
        browser_asks(*PLACE)
        st.rerun()


def run_again_for_a_change() -> None:
    """The same, where a control asks for that run."""
    import streamlit as st

    from tests.pages.test_callbacks import PLACE, browser_asks, note_place

    def again() -> None:
        browser_asks(*PLACE)
        st.rerun()

    note_place()
    st.number_input("Number", 0, 9, key="number", on_change=again)


def test_a_page_that_runs_itself_again_does_not_come_back_where_the_browser_has_left_it() -> None:
    at = AppTest.from_function(run_again).run()
    assert at.session_state["places"][1:] == [PLACE]
    at = AppTest.from_function(run_again_for_a_change).run()
    at.number_input(key="number").set_value(3).run()
    assert at.session_state["places"][-1] == PLACE
