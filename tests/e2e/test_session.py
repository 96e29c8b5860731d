"""One person goes from page to page in the browser and finds what was set."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.helpers import open_app, sentence, stepper, turn_to

# The stepper tells its step 400 ms after the last one: while the page turns.
STEP_THEN_TURN = """(stepper) => {
    stepper.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, composed: true }));
    setTimeout(() => document.querySelector("a[href$='/as-matrix']").click(), 385);
}"""


def test_a_page_turns_although_the_stepper_tells_its_step_meanwhile(page: Page) -> None:
    open_app(page, "/backward?backward_rows=4&backward_columns=4")
    expect(sentence(page)).not_to_be_empty()
    stepper(page).focus()
    stepper(page).evaluate(STEP_THEN_TURN)
    expect(page.get_by_role("heading", level=1)).to_have_text("As a matrix")


# The browser names the page before in what the choice tells: it has not heard of the turn.
TURN_THEN_CHOOSE = """(choice) => {
    document.querySelector("a[href$='/pooling']").click();
    choice.click();
}"""


def test_a_page_turns_although_a_choice_of_the_page_before_changes_right_after(page: Page) -> None:
    open_app(page, "/backward?image=Digit")
    page.get_by_role("radio", name="Visit counts").evaluate(TURN_THEN_CHOOSE)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Pooling")
    turn_to(page, "Convolve")
    turn_to(page, "Backward")
    turn_to(page, "Convolve")


@pytest.mark.main
def test_settings_outlive_visits_to_other_pages_and_an_old_link_leads_to_the_new_names(
    page: Page,
) -> None:
    open_app(page, "/pooling?kernel=3&view=Forward&image=Digit")
    expect(page).to_have_url(re.compile("pooling_kernel=3"))
    turn_to(page, "Convolve")
    page.get_by_text("Convolution", exact=True).click()
    expect(page).to_have_url(re.compile("operation=Convolution"))
    for name in ("Feature maps", "Network", "Pooling"):
        turn_to(page, name)
    expect(page.get_by_role("radio", name="Forward")).to_be_checked()
    expect(page).to_have_url(re.compile("pooling_kernel=3"))
    turn_to(page, "Convolve")
    expect(page.get_by_role("radio", name="Convolution")).to_be_checked()
    expect(page).to_have_url(re.compile("image=Digit"))
