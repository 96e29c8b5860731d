"""Two buttons for the whole page: light or dark, and the list of the keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scripts.serving import Server
from tests.e2e.helpers import open_app, unfold, wait_until_idle

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 23, 28)"


@pytest.mark.main
def test_the_colours_chosen_hold_on_every_page_and_after_a_reload(page: Page) -> None:
    open_app(page, "/?image=Digit")
    app = page.get_by_test_id("stApp")
    expect(app).to_have_css("background-color", LIGHT)
    page.get_by_role("button", name="Dark colours").click()
    expect(app).to_have_css("background-color", DARK)
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()
    open_app(page, "/gradient-check")
    expect(app).to_have_css("background-color", DARK)
    chart = page.locator(".js-plotly-plot text").first
    expect(chart).to_have_css("fill", "rgb(242, 244, 248)")
    page.get_by_role("button", name="Light colours").click()
    expect(app).to_have_css("background-color", LIGHT)
    expect(chart).to_have_css("fill", "rgb(27, 31, 39)")
    assert page.evaluate("localStorage.getItem('convviz theme')") is None  # the system's again
    page.emulate_media(color_scheme="dark")
    expect(app).to_have_css("background-color", DARK)


def test_a_question_mark_opens_the_list_of_keys_but_not_where_one_types(page: Page) -> None:
    open_app(page, "/?view=Step+through+the+loop&around=Padding&image=Digit")
    keys = page.get_by_role("dialog", name="Keys")
    said = page.get_by_role("region", name="Stepper").get_by_role("status").first
    before = said.text_content()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()  # from then on the key is heard
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Stepper: play, pause")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert said.text_content() == before
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()
    unfold(page, "Region to step through")
    rows = page.get_by_role("spinbutton", name="Rows")
    rows.press("?")
    expect(keys).to_be_hidden()
    wait_until_idle(page)


def test_on_a_phone_the_drawer_closes_when_a_page_is_chosen_and_photo_and_map_are_seen_at_once(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, viewport={"width": 390, "height": 844}, has_touch=True)
    open_app(page, "/pooling?image=Digit")
    if not page.get_by_role("link", name="Convolve", exact=True).is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Convolve", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Convolve")
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    expect(page.get_by_role("combobox", name="Image")).to_be_hidden()
    for name in ("Digit", "Sobel x"):
        box = page.get_by_role("application", name=name).bounding_box()
        assert box is not None
        assert box["y"] > 0
        assert box["y"] + box["height"] < 844
    lens = page.get_by_role("table", name="window R")
    lens.scroll_into_view_if_needed()
    kernel = page.get_by_role("table", name="w", exact=True).bounding_box()
    assert kernel is not None
    assert kernel["x"] + kernel["width"] <= 390
    page.get_by_test_id("stExpandSidebarButton").click()
    share = page.get_by_role("button", name="Share and export")
    box = share.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    topmost = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('button')?.innerText", middle
    )
    assert "Share and export" in (topmost or "")
