"""Boxes for a number, as a person uses them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.helpers import App, wait_until_idle


def clear(page: Page, label: str, *, shows: str) -> None:
    """Empty a box and leave it."""
    box = page.get_by_role("spinbutton", name=label, exact=True)
    box.fill("")
    box.press("Tab")
    expect(box).to_have_value(shows)


def test_a_box_that_is_emptied_goes_back_to_what_it_began_with(app: App) -> None:
    """Streamlit would take the least number there is: a bias of −1000000000, and one filter of three."""
    page = app("/?image=Digit&more=Box+blur&more=Sharpen&bias=2+0+0")
    expect(page.get_by_role("spinbutton", name="Bias b[0]")).to_have_value("2")
    clear(page, "Bias b[0]", shows="0")
    expect(page).not_to_have_url(re.compile("bias="))
    wait_until_idle(page)
    clear(page, "Number of filters F", shows="3")
    expect(page.get_by_role("spinbutton", name="Bias b[0]")).to_have_value("0")
    expect(page.get_by_text("f = 2: Sharpen")).to_be_visible()
