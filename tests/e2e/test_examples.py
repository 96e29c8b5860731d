"""An example is opened as a person opens it, and steps to the published answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from convviz.lectures.examples import EXAMPLES
from tests.e2e.helpers import open_app, press_option, sentence, step_on, stepper
from tests.e2e.test_convolve import text

DEMO = EXAMPLES[0]
ORIGINAL = 25  # pixels: the side of a cell of the course's own page


@pytest.mark.main
def test_the_courses_demo_opens_in_one_click_and_steps_to_its_published_answer(page: Page) -> None:
    open_app(page, "/?image=Digit")
    page.get_by_text("Use numbers of your own").click()
    press_option(page, "Examples with a published answer", DEMO.name)
    expect(page.get_by_text("the same as published")).to_be_visible()
    expect(page.get_by_text("Published: out")).to_contain_text("1 −4 −1")
    expect(sentence(page)).to_contain_text("+ bias 1 = ")
    stepper(page).get_by_role("slider", name="Position").focus()
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] =")
    stepper(page).get_by_role("button", name="Next").focus()
    answer = DEMO.answer["out"].ravel()
    for said, number in zip(step_on(page, len(answer)), answer, strict=True):
        assert said.endswith(f"= {text(number)}")
    expect_all_grids(page)


def pointed_at(page: Page, places: Iterable[tuple[float, float]]) -> Counter[str]:
    """The grids below places of the stepper's picture, and how many of the places each covers."""
    canvas, readout = stepper(page).locator("canvas").first, stepper(page).locator(".readout")
    box = canvas.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 720
    found: Counter[str] = Counter()
    for x, y in places:
        page.mouse.move(box["x"] + x, box["y"] + y)
        if said := re.match(r"(.*?),? row (\d+), column", readout.inner_text()):
            found[said[1]] += 1
    return found


def expect_all_grids(page: Page) -> None:
    """Three inputs, two filters of three kernels, their biases and maps are in view, as large as the course's."""
    across = pointed_at(page, ((x, 60) for x in range(4, 960, 8)))
    inputs = [f"x_pad c={c}" for c in range(3)]
    assert set(across) == {*inputs, "w[f] f=0 c=0", "w[f] f=1 c=0", "out[n, f]"}
    assert all(8 * (across[name] + 1) > 7 * ORIGINAL for name in inputs)
    down = pointed_at(page, ((20, y) for y in range(30, 240, 2)))
    assert 2 * (down["x_pad c=0"] + 1) > 7 * ORIGINAL
    for f, x in enumerate((690, 790)):
        below = pointed_at(page, ((x, y) for y in range(30, 320, 8)))
        assert set(below) == {*(f"w[f] f={f} c={c}" for c in range(3)), "b[f]"}
    maps = pointed_at(page, ((900, y) for y in range(30, 240, 4)))
    assert 4 * (maps["out[n, f]"] + 1) > 2 * 3 * ORIGINAL  # one below the other
