"""The browser's Back and Forward: the page shows what the link they bring back says."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from convviz.browser.bundle import bundle
from tests.e2e.helpers import choose, open_app, turn_to, wait_until_idle


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_back_closes_what_was_opened_in_the_network_and_forward_opens_it(page: Page) -> None:
    open_app(page, "/network")
    detail = page.locator(".network .detail")
    stepper = page.get_by_role("region", name="Stepper")
    page.get_by_role("button", name="pool2 2", exact=True).click()
    expect(detail).to_be_visible()
    page.get_by_role("button", name="Step through it").click()
    expect(stepper).to_be_visible()
    wait_until_idle(page)
    page.go_back()
    expect(detail).to_be_visible()
    page.go_back()
    expect(detail).to_be_hidden()
    wait_until_idle(page)
    assert page.url.endswith("/network")
    page.go_forward()
    expect(detail).to_contain_text("pool2 2")
    page.go_forward()
    expect(stepper).to_be_visible()
    page.get_by_role("button", name="Back to all layers").click()
    expect(detail).to_be_visible()
    wait_until_idle(page)
    page.go_back()
    expect(stepper).to_be_visible()


def test_back_returns_to_the_stages_and_the_view_there_were(page: Page) -> None:
    open_app(page, "/feature-maps?images=Digit")
    pooled = page.get_by_text("3 Max pooling").locator("visible=true").first
    jump = page.get_by_role("button", name="Step through this cell")
    page.get_by_text("One map", exact=True).click()
    expect(jump).to_be_visible()
    pooled.click()
    page.get_by_role("button", name="Remove", exact=True).locator("visible=true").press("Enter")
    expect(page).to_have_url(re.compile("pipeline="))
    expect(pooled).to_be_hidden()
    wait_until_idle(page)
    page.go_back()
    expect(pooled).to_be_visible()
    expect(jump).to_be_visible()
    page.go_back()
    expect(jump).to_be_hidden()
    wait_until_idle(page)
    assert page.url.endswith("/feature-maps?images=Digit")
    page.go_forward()
    expect(jump).to_be_visible()
    page.go_forward()
    expect(pooled).to_be_hidden()


def test_back_returns_to_the_unit_the_photo_and_the_language_there_were(page: Page) -> None:
    open_app(page, "/receptive-field?layer=5")
    maps = page.get_by_role("listitem")
    field = page.get_by_text(re.compile(r"Unit \[\d+, \d+\] of \w+ sees"))
    middle = field.text_content() or ""
    maps.nth(4).get_by_role("application").click(position={"x": 5, "y": 5})
    expect(field).not_to_have_text(middle)
    wait_until_idle(page)
    first = (field.text_content() or "").split(":")[0]
    maps.nth(3).get_by_role("application").click(position={"x": 5, "y": 5})
    expect(field).to_contain_text("of pool2 sees")
    wait_until_idle(page)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=zh"))
    wait_until_idle(page)
    page.go_back()
    expect(field).to_contain_text("of pool2 sees")
    page.go_back()
    expect(field).to_contain_text(first)
    page.go_back()
    expect(field).to_have_text(middle)


def test_resting_on_steps_is_not_gone_through_by_back_which_brings_the_last_one_back(
    page: Page,
) -> None:
    open_app(page, "/?view=Step+through+the+loop&around=Padding&image=Digit")
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status")
    page.get_by_role("region", name="Stepper").get_by_text("tap", exact=True).click()
    before = entries(page)
    for key in ("Home", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("step=2$"))
    wait_until_idle(page)
    rested = sentence.text_content() or ""
    assert entries(page) == before
    page.get_by_text("Photo and feature map", exact=True).click()
    expect(sentence).to_be_hidden()
    wait_until_idle(page)
    page.go_back()
    expect(sentence).to_have_text(rested)
    wait_until_idle(page)
    assert page.url.endswith("step=2")


def test_one_press_of_back_undoes_one_turn_of_a_page(page: Page) -> None:
    """Also where the page writes settings into its link, which Streamlit counts as an entry of its own."""
    open_app(page, "/pooling?pooling_kernel=3&view=Forward&pool=Average&image=Digit&lang=en")
    heading = page.get_by_role("heading", level=1)
    before = entries(page)
    for name in ("Convolve", "Pooling", "Backward"):
        turn_to(page, name)
        expect(page).to_have_url(re.compile("image=Digit"))
        wait_until_idle(page)
    assert entries(page) == before + 3
    for name in ("Pooling", "Convolve", "Pooling"):
        page.go_back()
        expect(heading).to_have_text(name)
        expect(page).to_have_url(re.compile("image=Digit"))
        wait_until_idle(page)
    expect(page.get_by_role("radio", name="Forward")).to_be_checked()
    for name in ("Convolve", "Pooling", "Backward"):
        page.go_forward()
        expect(heading).to_have_text(name)
        wait_until_idle(page)
    assert entries(page) == before + 3


@pytest.mark.main
def test_each_setting_changed_is_one_press_of_back(page: Page) -> None:
    """Also by the keyboard, and where the page writes more than one setting into its link."""
    open_app(page, "/?image=Digit")
    image = page.get_by_role("combobox", name="Image", exact=True)
    before = entries(page)
    for name in ("Gradient", "Checkerboard"):
        page.get_by_role("option", name=name, exact=True).press("Enter")
        expect(page).to_have_url(re.compile(f"image={name}"))
        wait_until_idle(page)
    assert entries(page) == before + 2
    page.go_back()
    expect(image).to_have_value("Gradient")
    page.go_back()
    expect(image).to_have_value("Digit")


def test_the_link_says_a_setting_whose_control_stood_elsewhere_in_the_view_before(
    page: Page,
) -> None:
    open_app(page)
    stride = page.get_by_role("group", name="Stride", exact=True).get_by_role("slider")
    seen = {
        "Libraries": page.get_by_role("columnheader", name="Compared with convviz"),
        "Photo and feature map": page.get_by_role("button", name="Slide the kernel over the photo"),
    }
    for now, view in enumerate([*seen, *seen], start=2):
        page.get_by_role("radio", name=view, exact=True).press("Space")
        expect(seen[view]).to_be_visible()
        wait_until_idle(page)
        expect(stride).to_have_count(1)
        stride.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"stride={now}\b"))
    wait_until_idle(page)
    page.reload()
    expect(stride).to_have_value("5")


BACK_THEN_PRESS = """(button) => {
    window.addEventListener("popstate", () => setTimeout(() => button.click()), { once: true });
    history.back();
}"""


def test_a_button_of_the_kernel_pressed_right_after_back_counts(page: Page) -> None:
    """It waits until the page shows the link brought back: else it or Back was lost."""
    open_app(page, "/?image=Digit")
    choose(page, "Image", "Gradient")
    expect(page).to_have_url(re.compile("image=Gradient"))
    wait_until_idle(page)
    page.get_by_role("button", name="Negate").evaluate(BACK_THEN_PRESS)
    expect(page).to_have_url(re.compile("image=Digit.*weights=1"))
    expect(page.get_by_role("combobox", name="Image", exact=True)).to_have_value("Digit")
    corner = page.get_by_role("textbox", name="row 0, column 0", exact=True)
    expect(corner).to_have_value("1")  # Sobel x begins with −1


def test_what_is_told_right_after_back_arrives_in_the_order_in_which_it_was_told(
    browser: Browser,
) -> None:
    """It waits until the page has turned; what came first would undo what came last."""
    page = browser.new_page()  # of its own: the clock stays a made one
    page.clock.install()
    page.evaluate(f"() => {{ {bundle('browser/shared/turning.js')}; window.tell = whenStill; }}")
    page.evaluate(
        "() => { window.told = []; window.dispatchEvent(new PopStateEvent('popstate')); }"
    )
    for number in range(5):
        page.clock.run_for(17)
        page.evaluate("(number) => tell(() => told.push(number))", number)
    assert page.evaluate("told") == []
    page.clock.run_for(1100)
    assert page.evaluate("told") == [0, 1, 2, 3, 4]
    page.evaluate("() => tell(() => told.push(5))")
    assert page.evaluate("told") == [0, 1, 2, 3, 4, 5]
    page.close()
