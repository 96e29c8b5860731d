"""What a lecturer does in front of a room."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from convviz.samples import sample
from tests.e2e.helpers import open_app

STEPS = "/?view=Step+through+the+loop&image=Digit&channels=Gray&rows=4&columns=5"
COVERED = """() => {
  const at = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y)) found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const points = [[20, 20], [100, 400], [1000, 20], [640, 700]];
  return points.every(([x, y]) => at(x, y).closest(".stepper"));
}"""


def stepper(page: Page):
    return page.get_by_role("region", name="Stepper")


def sentence(page: Page):
    return stepper(page).get_by_role("status").first


def test_one_key_leaves_nothing_but_the_stepper_and_the_clicker_steps(page: Page) -> None:
    open_app(page, STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    small = sentence(page).evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert not page.evaluate(COVERED)
    page.keyboard.press("p")
    expect(stepper(page).get_by_role("button", name="Present")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate(COVERED)
    assert stepper(page).bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    large = sentence(page).evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert large > small
    page.keyboard.press("PageDown")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")
    light = stepper(page).locator(".spotlight")
    expect(light).to_be_hidden()
    page.mouse.move(300, 200)
    expect(light).to_be_visible()
    page.keyboard.press("Escape")
    assert not page.evaluate(COVERED)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 1] =")


def test_a_guess_is_asked_for_checked_and_then_computed(page: Page) -> None:
    open_app(page, STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    top, left = (int(page.get_by_label(name).input_value()) for name in ("Top row", "Left column"))
    x = np.pad(sample("digit").pixels[top : top + 4, left : left + 5, 0].astype(float), 1)
    kernel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    first, second, third = (int((x[:3, j : j + 3] * kernel).sum()) for j in (0, 1, 2))
    page.keyboard.press("g")
    box = stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 0, 0]")
    expect(box).to_be_focused()
    expect(stepper(page)).not_to_contain_text(f"= {first}".replace("-", "−"))
    box.press_sequentially("many")
    box.press("Enter")
    expect(stepper(page).get_by_text("Type a number.")).to_be_visible()
    box.fill(str(first).replace("-", "−"))
    box.press("Enter")
    expect(stepper(page).get_by_text("is right.")).to_be_visible()
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("PageDown")
    box = stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 0, 1]")
    box.fill(str(second + 1))
    box.press("Enter")
    said = f"Not {second + 1}: it is {second}.".replace("-", "−")
    expect(stepper(page).get_by_text(said)).to_be_visible()
    page.keyboard.press("PageDown")  # asks
    expect(sentence(page)).to_contain_text("cut out its window")
    page.keyboard.press("PageDown")  # a clicker that does not guess goes on
    shown = str(third).replace("-", "−")
    expect(sentence(page)).to_have_text(re.compile(rf"out\[0, 0, 0, 2\] = .* = {shown}$"))
    page.keyboard.press("g")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)


def test_a_guess_can_be_wrong_only_where_there_is_one_number_to_guess(page: Page) -> None:
    """Going back asks again, and leaving by the scrub bar asks nothing."""
    open_app(page, STEPS)
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("g")
    expect(sentence(page)).to_contain_text("cut out its window")
    stepper(page).get_by_role("slider", name="Position").fill("7")
    expect(sentence(page)).to_contain_text("out[0, 0, 1, 2] =")
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("PageUp")
    expect(
        stepper(page).get_by_role("textbox", name="Your guess for out[0, 0, 1, 2]")
    ).to_be_visible()
