"""A lecturer and three phones in one room, each in a browser of its own."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from convviz.lectures import Question, say
from convviz.ops.conv import conv2d
from convviz.pages.leading import lessons
from scripts.serving import Server
from tests.e2e.helpers import open_app
from tests.e2e.test_languages import CONTRAST, axe
from tests.e2e.test_loops import AT, SOBEL, region, text

PHONE = {"viewport": {"width": 390, "height": 844}}
WITHOUT_LOOP = {"exclude": [["iframe"]]}  # a frame of another origin, which has tests of its own
LOOP = "/?lesson=window&lesson_step=2&view=Step+through+the+loop&around=Padding"


def opened_room(page: Page) -> tuple[Locator, str]:
    """The lecturer opens a room: its panel, and its address."""
    page.get_by_role("button", name="Share and export").click()
    page.get_by_role("button", name="Open a room").click()
    panel = page.get_by_role("region", name="Room")
    expect(panel).to_contain_text("0 here")
    panel.get_by_role("button", name="Show the code large").click()
    address = page.get_by_role("dialog").locator(".address").text_content()
    page.get_by_role("button", name="Close", exact=True).click()
    assert address
    return panel, address


def loop_on(phone: Page) -> FrameLocator:
    return phone.frame_locator("iframe")


def step_of(holder: Page | FrameLocator) -> Locator:
    return holder.locator(".stepper")


@pytest.mark.main
def test_phones_follow_wander_answer_and_come_back(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    """The whole way: follow, wander off, return, answer, see the answer, another step, the end."""
    open_app(page, LOOP)
    panel, address = opened_room(page)
    phones = [new_page(server, **PHONE) for _ in range(3)]
    for phone in phones:
        phone.goto(address)
        expect(phone.get_by_role("heading", name="All channels meet in one sum")).to_be_visible()
        expect(step_of(loop_on(phone))).to_have_attribute("data-step", "28")
    expect(panel).to_contain_text("3 here")

    step_of(page).focus()
    page.keyboard.press("ArrowRight")
    expect(step_of(page)).to_have_attribute("data-step", "57")
    for phone in phones:
        expect(step_of(loop_on(phone))).to_have_attribute("data-step", "57")

    wanderer = phones[0]
    loop_on(wanderer).get_by_role("button", name="Next").click()
    back = wanderer.get_by_role("button", name="Back to the lecture")
    expect(back).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(step_of(loop_on(phones[1]))).to_have_attribute("data-step", "86")
    page.keyboard.press("ArrowRight")
    expect(step_of(loop_on(phones[1]))).to_have_attribute("data-step", "115")
    expect(step_of(loop_on(wanderer))).to_have_attribute("data-step", "86")
    back.click()
    expect(step_of(loop_on(wanderer))).to_have_attribute("data-step", "115")
    expect(back).to_be_hidden()

    for phone, given in zip(phones, ("27", "9", "27"), strict=True):
        answer(phone, given, "Sent.")
    expect(panel).to_contain_text("answers: 3")
    assert "27" not in panel.inner_text()
    panel.get_by_role("button", name="Show the answer to everyone").click()
    expect(panel.get_by_role("row")).to_have_text(["91", "27 ✓2"])
    for phone in phones:
        expect(phone.get_by_role("status").last).to_have_text("The answer is 27.")
    assert axe(page, "the lecturer's panel", "[data-testid=stSidebar]") == []
    assert axe(wanderer, "phone", WITHOUT_LOOP) == []
    wanderer.emulate_media(color_scheme="dark")
    assert axe(wanderer, "phone, dark", WITHOUT_LOOP, rules=CONTRAST) == []

    page.keyboard.press("PageDown")
    for phone in phones:
        expect(phone.get_by_role("heading", name="One filter makes one map")).to_be_visible()
    phones[2].reload()
    expect(phones[2].get_by_role("heading", name="One filter makes one map")).to_be_visible()

    panel.get_by_role("button", name="Close the room").click()
    for phone in phones:
        expect(phone.get_by_role("status").first).to_have_text("The lecturer has closed the room.")
        expect(phone.get_by_text("The lecturer has not shown a loop yet.")).to_have_count(0)
    expect(panel).to_have_count(0)


def test_without_a_loop_the_phones_say_so_and_the_room_stays_from_page_to_page(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    open_app(page, "/?channels=Gray")
    panel, address = opened_room(page)
    phone = new_page(server, **PHONE)
    phone.goto(address)
    expect(phone.get_by_text("The lecturer has not shown a loop yet.")).to_be_visible()
    expect(phone.get_by_role("link", name="Open this view in convviz")).to_have_attribute(
        "href", f"{server.url}/?channels=Gray"
    )
    page.get_by_role("link", name="Backward", exact=True).click()
    expect(step_of(loop_on(phone))).to_have_attribute("data-step", "18")
    expect(panel).to_contain_text("1 here")
    phone.context.set_offline(True)
    page.get_by_role("link", name="Convolve", exact=True).click()
    phone.context.set_offline(False)
    expect(phone.get_by_text("The lecturer has not shown a loop yet.")).to_be_visible()


def answer(phone: Page, given: str, said: str) -> None:
    """Answer the question that is asked on a phone, and wait for what it says then."""
    phone.get_by_role("textbox", name="Your answer").fill(given)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status").last).to_contain_text(said)


def test_the_room_guesses_along(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """In guess mode the phones are asked, and see the arithmetic with the answer; the results are a table."""
    where = f"rows=4&columns=4&row={AT[0]}&col={AT[1]}&channels=Gray&filter=Sobel+x"
    open_app(page, f"/?view=Step+through+the+loop&around=Padding&{where}")
    results = [int(each) for each in conv2d(region(4)[None], SOBEL[None, None], padding=1).flat]
    panel, address = opened_room(page)
    phones = [new_page(server, **PHONE) for _ in range(3)]
    for phone in phones:
        phone.goto(address)
        expect(step_of(loop_on(phone))).to_have_attribute("data-step", "10")
        expect(phone.get_by_role("textbox", name="Your answer")).to_have_count(0)
    step_of(page).focus()
    page.keyboard.press("g")
    for phone in phones:
        expect(phone.get_by_text("What will out[0, 0, 0, 0] be?")).to_be_visible()
        expect(step_of(loop_on(phone))).to_have_attribute("data-step", "0")
        expect(loop_on(phone).get_by_role("textbox")).to_have_count(0)
        assert text(results[0]) not in loop_on(phone).locator("body").inner_text()
    expect(panel).to_contain_text("guesses: 0")
    answer(phones[0], "<b>5</b>", "<b>5</b> is not a number.")
    for phone, off in zip(phones, (0, -1000, 0), strict=True):
        answer(phone, text(results[0] + off), "Sent.")
    expect(panel).to_contain_text("guesses: 3")
    assert text(results[0]) not in panel.inner_text()

    panel.get_by_role("button", name="Show the answer to everyone").click()
    rows = panel.get_by_role("row")
    expect(rows).to_have_text([f"{text(results[0] - 1000)}1", f"{text(results[0])} ✓2"])
    for phone in phones:
        expect(phone.get_by_role("status").last).to_have_text(f"The answer is {text(results[0])}.")
        total = loop_on(phone).get_by_role("group", name="Arithmetic")
        expect(total).to_contain_text(f"= {text(results[0])}")

    page.keyboard.press("ArrowRight")
    expect(phones[1].get_by_text("What will out[0, 0, 0, 1] be?")).to_be_visible()
    answer(phones[1], text(results[1] + 7), "Sent.")
    expect(panel).to_contain_text("guesses: 1")
    page.get_by_role("textbox", name="Your guess for out[0, 0, 0, 1]").fill(text(results[1]))
    page.keyboard.press("Enter")
    expect(rows).to_have_text([f"{text(results[1])} ✓0", f"{text(results[1] + 7)}1"])
    with page.expect_download() as download:
        panel.get_by_role("button", name="Answers (.csv)").click()
    download.value.save_as(tmp_path / "answers.csv")
    said = list(csv.reader((tmp_path / "answers.csv").open()))
    asked = "What will out[0, 0, 0, {}] be?".format
    assert said[1:] == [
        ["1", asked(0), str(results[0] - 1000), text(results[0]), "1"],
        ["1", asked(0), str(results[0]), text(results[0]), "2"],
        ["2", asked(1), str(results[1]), text(results[1]), "0"],
        ["2", asked(1), str(results[1] + 7), text(results[1]), "1"],
    ]
    page.keyboard.press("g")
    for phone in phones:
        expect(phone.get_by_role("textbox", name="Your answer")).to_have_count(0)


def test_three_phones_follow_a_whole_lesson(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    """Title, question and answer of each step come; one phone is cut off for two steps, and one reloads."""
    lesson = lessons()["pooling"]
    open_app(page, f"/{lesson.steps[0].view}?lesson=pooling")
    panel, address = opened_room(page)
    everyone = [new_page(server, **PHONE) for _ in range(3)]
    wanderer, cut_off, reloaded = everyone
    for phone in everyone:
        phone.goto(address)
    for number, step in enumerate(lesson.steps, 1):
        if number == 3:
            cut_off.context.set_offline(True)
        if number == 5:
            cut_off.context.set_offline(False)
            reloaded.reload()
        there = [phone for phone in everyone if phone is not cut_off or number not in (3, 4)]
        for phone in there:
            expect(phone.get_by_role("heading", level=2)).to_have_text(say(step.title))
            expect(phone.get_by_text("The lecturer has not shown a loop yet.")).to_be_hidden()
        if "view=Forward" in step.view:
            loop_on(wanderer).get_by_role("button", name="Next").click()
            wanderer.get_by_role("button", name="Back to the lecture").click()
            expect(step_of(loop_on(wanderer))).to_have_attribute(
                "data-step", step_of(page).get_attribute("data-step") or ""
            )
        if step.question:
            _ask(panel, there, step.question)
        if number < len(lesson.steps):
            page.keyboard.press("PageDown")
    expect(page.get_by_text("The lesson ends here.")).to_be_visible()


def _ask(panel: Locator, phones: list[Page], question: Question) -> None:
    """Each phone answers, and sees the right answer when the lecturer shows it."""
    for phone in phones:
        expect(phone.get_by_text(plain_text(say(question.ask)))).to_be_visible()
        if question.choices:
            phone.get_by_role("radio").nth(int(question.answer) - 1).check()
        else:
            phone.get_by_role("textbox", name="Your answer").fill(f"{question.answer:g}")
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_role("status").last).to_contain_text("Sent.")
    expect(panel).to_contain_text(f"answers: {len(phones)}")
    panel.get_by_role("button", name="Show the answer to everyone").click()
    expect(panel.get_by_role("row").filter(has_text="✓")).to_contain_text(str(len(phones)))
    for phone in phones:
        expect(phone.get_by_role("status").last).to_contain_text("The answer is")


def plain_text(words: str) -> str:
    """A lesson's sentence without its marks: a phone has no parts of a page to light."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).replace("**", "").replace("`", "")
