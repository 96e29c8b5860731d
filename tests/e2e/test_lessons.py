"""A lesson in the browser: forwards and back, tried, answered, wandered off from, and closed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from convviz.pages.leading import lessons
from scripts.serving import Server
from tests.e2e.helpers import App, open_app, wait_until_idle


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name="Lesson")


@pytest.mark.main
def test_a_lesson_is_walked_with_the_clicker_and_with_buttons(app: App) -> None:
    """From the page of lessons into the first one, on, back, on another page's view, and out of it."""
    page = app("/lessons")
    page.get_by_role("button", name="Begin").nth(3).click()
    lesson = strip(page)
    expect(lesson.get_by_role("heading")).to_have_text("A pool has no weights")
    expect(page.get_by_role("heading", name="Pooling", exact=True)).to_be_attached()
    page.keyboard.press("PageDown")
    expect(lesson).to_contain_text("Step 2 of 8")
    expect(page.get_by_role("slider", name="Window size")).to_have_value("8")
    wait_until_idle(page)
    page.get_by_role("radio", name="Average").click()
    expect(lesson.get_by_role("status").first).to_have_text("✓ Done")
    lesson.get_by_text("Contents").click()
    lesson.get_by_role("button", name="7. Positions blur").click()
    expect(page.get_by_role("heading", name="Equivariance", exact=True)).to_be_attached()
    wait_until_idle(page)
    lesson.get_by_role("button", name="Back", exact=True).click()
    expect(lesson.get_by_role("heading")).to_have_text("Overlapping windows need +=")
    counts = page.get_by_role("radio", name="Visit counts")
    expect(counts).to_be_checked()
    wait_until_idle(page)
    lesson.get_by_role("button", name="Close the lesson").click()
    expect(lesson).to_have_count(0)
    expect(counts).to_have_count(1)
    expect(counts).to_be_checked()
    assert "lesson=" not in page.url


@pytest.mark.main
def test_the_first_visit_begins_with_the_lessons_and_no_link_does(
    server: Server, browser: Browser
) -> None:
    """Bare, the address shows where to begin: once. A link, the name of the first page too, opens what it says."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    open_app(page, "/")
    expect(page.get_by_role("heading", name="Lessons", exact=True)).to_be_attached()
    expect(page.get_by_role("button", name="Begin")).to_have_count(8)
    expect(page.get_by_text("Use your own photo")).to_be_visible()
    page.get_by_role("link", name="Which pixels does this unit see?").click()
    expect(page.get_by_role("heading", name="Receptive field", exact=True)).to_be_attached()
    wait_until_idle(page)
    open_app(page, "/")
    expect(page.get_by_role("heading", name="Convolve", exact=True)).to_be_attached()
    for path in ("/?stride=2", "/convolve"):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")  # as if nobody had been here
        open_app(page, path)
        expect(page.get_by_role("heading", name="Convolve", exact=True)).to_be_attached()
        assert "#" not in page.url
    context.close()


@pytest.mark.main
def test_answers_get_the_sentence_meant_for_them(app: App) -> None:
    page = app("/?lesson=filter&lesson_step=2&channels=Gray&filter=Box+blur")
    lesson = strip(page)
    box = lesson.get_by_role("textbox", name="Your answer")
    feedback = lesson.locator(".feedback")
    for answer, said in (
        ("ninety", "ninety is not a number"),
        ("810", "You added nine times 90"),
        ("91", "Multiply each pixel by 1/9"),
        ("90,0", "Right."),
    ):
        box.fill(answer)
        box.press("Enter")
        expect(feedback).to_contain_text(said)
    expect(lesson).to_contain_text("Step 2 of 8")


def test_space_goes_on_but_not_while_one_types(app: App) -> None:
    page = app("/?lesson=filter&lesson_step=2&channels=Gray&filter=Box+blur")
    lesson = strip(page)
    lesson.get_by_role("textbox", name="Your answer").press("Space")
    page.get_by_text("512×512").first.click()
    expect(lesson).to_contain_text("Step 2 of 8")
    page.keyboard.press("Space")
    expect(lesson).to_contain_text("Step 3 of 8")


def test_who_wandered_off_comes_back_to_the_step(app: App) -> None:
    page = app("/?lesson=size&lesson_step=3&stride=2")
    lesson = strip(page)
    page.get_by_role("link", name="Backward", exact=True).click()
    expect(page.get_by_role("heading", name="Backward", exact=True)).to_be_attached()
    expect(lesson).to_contain_text("Step 3 of 7")
    wait_until_idle(page)
    lesson.get_by_role("button", name="Show this step's view again").click()
    expect(page.get_by_role("heading", name="Convolve", exact=True)).to_be_attached()
    expect(page.get_by_role("slider", name="Stride")).to_have_value("2")


def test_words_and_parts_light_each_other(app: App) -> None:
    page = app("/?lesson=filter&lesson_step=1&channels=Gray&filter=Identity")
    words = strip(page).get_by_text("kernel", exact=True)
    kernel = page.locator(".st-key-weights-grid")
    words.hover()
    expect(kernel).to_have_css("outline-style", "solid")
    page.mouse.move(5, 5)
    expect(kernel).to_have_css("outline-style", "none")
    kernel.hover()
    expect(words).to_have_class("part lit")


def test_words_point_at_every_part_that_they_name(app: App) -> None:
    """A setting by its name in the link, also where it is no single widget, such as the bias of each filter."""
    for name, lesson in lessons().items():
        for number, step in enumerate(lesson.steps, 1):
            if not step.parts:
                continue
            page = app(
                f"/{step.view}{'&' if '?' in step.view else '?'}lesson={name}&lesson_step={number}"
            )
            words = strip(page).locator(".part")
            expect(words).to_have_count(
                len(re.findall(r"\]\(part:", f"{step.text['en']}{step.task.get('en', '')}"))
            )
            for each in words.all():
                each.focus()
                expect(page.locator("[style*=outline-offset]").first).to_be_visible()
                each.blur()


def test_words_point_at_a_setting_of_a_folded_group(app: App) -> None:
    page = app("/?filter=Box+blur&kernel=15&pad=7&lesson=size&lesson_step=5")
    mode = page.get_by_role("combobox", name="Padding mode", exact=True)
    expect(mode).not_to_be_visible()
    strip(page).get_by_text("padding mode", exact=True).first.hover()
    expect(mode).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-pad_mode")).to_have_css("outline-style", "solid")


def test_a_lesson_survives_a_reload_and_the_way_back(page: Page) -> None:
    open_app(page, "/?lesson=filter")
    lesson = strip(page)
    expect(lesson).to_contain_text("Step 1 of 8")
    page.keyboard.press("PageDown")
    expect(lesson).to_contain_text("Step 2 of 8")
    expect(page).to_have_url(re.compile("lesson_step=2"))
    page.reload()
    expect(lesson).to_contain_text("Step 2 of 8")
    expect(page.get_by_role("combobox", name="Filter f = 0")).to_have_value("Box blur")


def test_exercises_say_what_went_wrong(app: App) -> None:
    """Seed 0 asks for the size of a map: 74 rows, and 73 for who forgets the first place."""
    page = app("/lessons?view=Exercises")
    first = page.get_by_role("listitem").filter(has_text="An input of 224×224")
    box, said = first.get_by_role("textbox", name="Your answer"), first.get_by_role("status")
    expect(page.get_by_role("cell", name="−2", exact=True).first).to_be_visible()
    box.fill("73")
    first.get_by_role("button", name="Check").click()
    expect(said).to_have_text("You forgot to add 1 for the first place of the window.")
    box.fill("74")
    box.press("Enter")
    expect(said).to_have_text("Right: ⌊(224 + 2 · 1 − 7) / 3⌋ + 1 = 74")


@pytest.mark.main
def test_each_press_of_a_clicker_counts_however_quick(app: App) -> None:
    """Three presses before the server has drawn the next step lead three steps on, and two back."""
    page = app("/backward?lesson=backward")
    lesson = strip(page)
    expect(lesson).to_contain_text("Step 1 of 9")
    wait_until_idle(page)
    press = """(keys) => keys.forEach((key) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, composed: true })))"""
    page.evaluate(press, ["PageDown"] * 3)
    expect(lesson).to_contain_text("Step 4 of 9")
    wait_until_idle(page)
    page.evaluate(press, ["PageUp"] * 2)
    expect(lesson).to_contain_text("Step 2 of 9")


def test_a_task_that_nobody_did_is_not_done(app: App) -> None:
    """The page writes itself at which step its stepper rests."""
    page = app("/backward?lesson=backward")
    lesson = strip(page)
    expect(lesson.get_by_role("status").first).to_have_text("")
    # The strip hears of it at once.
    page.evaluate("history.replaceState(history.state, '', location.search + '&step=54')")
    expect(lesson.get_by_role("status").first).to_have_text("")
    wait_until_idle(page)
    page.keyboard.press("ArrowRight")
    expect(lesson.get_by_role("status").first).to_have_text("✓ Done")
