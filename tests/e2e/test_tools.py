"""Two buttons for the whole page: light or dark, and the list of the keys."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.helpers import open_app, wait_until_idle

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 23, 28)"


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
    open_app(page, "/?view=Step+through+the+loop&image=Digit")
    keys = page.get_by_role("dialog", name="Keys")
    said = page.get_by_role("region", name="Stepper").get_by_role("status").first
    before = said.text_content()
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
    rows = page.get_by_role("spinbutton", name="Rows")
    rows.press("?")
    expect(keys).to_be_hidden()
    wait_until_idle(page)
