"""A lecturer and three phones in one room, each in a browser of its own."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FrameLocator, Locator, Page, expect

from scripts.serving import Server
from tests.e2e.helpers import open_app

PHONE = {"viewport": {"width": 390, "height": 844}}
LOOP = "/?lesson=window&lesson_step=2&view=Step+through+the+loop"


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

    page.mouse.click(900, 15)
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
        phone.get_by_role("textbox", name="Your answer").fill(given)
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_role("status").last).to_contain_text("Sent.")
    expect(panel).to_contain_text("3 answers")
    assert "27" not in panel.inner_text()
    panel.get_by_role("button", name="Show the answer to everyone").click()
    expect(panel.get_by_role("row").first).to_have_text("27 ✓2")
    for phone in phones:
        expect(phone.get_by_role("status").last).to_have_text("The answer is 27.")

    page.keyboard.press("PageDown")
    for phone in phones:
        expect(phone.get_by_role("heading", name="One filter makes one map")).to_be_visible()
    phones[2].reload()
    expect(phones[2].get_by_role("heading", name="One filter makes one map")).to_be_visible()

    panel.get_by_role("button", name="Close the room").click()
    for phone in phones:
        expect(phone.get_by_role("status").first).to_have_text("The lecturer has closed the room.")
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
