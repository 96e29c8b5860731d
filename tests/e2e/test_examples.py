"""An example is opened as a person opens it, and steps to the published answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from convviz.lectures.examples import EXAMPLES
from tests.e2e.helpers import open_app, sentence, step_on, stepper
from tests.e2e.test_convolve import choose, text

DEMO = EXAMPLES[0]


@pytest.mark.main
def test_the_courses_demo_opens_in_one_click_and_steps_to_its_published_answer(page: Page) -> None:
    open_app(page, "/?image=Digit")
    page.get_by_text("Use numbers of your own").click()
    choose(page, "Examples with a published answer", DEMO.name)
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
