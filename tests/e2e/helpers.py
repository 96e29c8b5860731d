"""What browser tests say to a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, TimeoutError, expect

from convviz.ui.state.register import renamed
from convviz.web.routes import FOLDERS

Result = TypeVar("Result")
App = Callable[..., Page]  # the fixture `app`
IDLE = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
# Where elements begin, in pixels.
TOPS = "(all) => all.map((each) => Math.round(each.getBoundingClientRect().top))"
STANDS_STILL = """document.querySelector("[data-testid=stElementContainer]")
    && !document.querySelector("[data-testid=stSkeleton]") && document.fonts.status === "loaded" """
# Milliseconds: how long a busy machine may take. Nothing waits longer than it must.
PATIENCE = 45_000


def open_app(page: Page, path: str = "/") -> None:
    """Open a path and query of the app and wait until its script has run and what it shows stands still.

    The browser fetches the code of Streamlit's elements one by one, each a skeleton until then, and loads the
    typeface anew with them: before that, what a test points at may still move.
    """
    page.goto(path)
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("padding-right", "24px")
    wait_until_idle(page)
    until(page, STANDS_STILL)


BRING = """(path) => {
    history.pushState(null, "", path);
    window.dispatchEvent(new PopStateEvent("popstate"));
}"""
APART = "/sparse-shared"


def show(page: Page, path: str) -> Page:
    """Let a page show a path of the app; where the app is open already, as Back and Forward do, and all anew.

    That costs a third of opening the app. A page that shares no setting comes between, so that nothing goes on as
    the last test left it.
    """
    if page.url == "about:blank":
        open_app(page, path)
        return page
    address, _, query = path.partition("?")
    shown = urlsplit(page.url).path
    if shown != APART:
        _bring(page, APART)
    if address == APART:
        _bring(page, "/gradient-check")
    _bring(page, f"{address}?{renamed(FOLDERS[address.strip('/')], query)}")
    return page


def _bring(page: Page, path: str) -> None:
    """Bring the link of another page back, and wait until it is drawn."""
    wait_until_idle(page)
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.evaluate(BRING, path)
    expect(heading).not_to_have_text(before)
    wait_until_idle(page)
    until(page, STANDS_STILL)


PASTE = """(bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true });
    document.body.dispatchEvent(event);
}"""


def paste(page: Page, picture: bytes) -> None:
    """Paste a PNG, as from the clipboard."""
    page.evaluate(PASTE, list(picture))


STEP_ON = """(sentence, count) => {
    const focused = (at) => (at.shadowRoot?.activeElement ? focused(at.shadowRoot.activeElement) : at);
    return Array.from({ length: count }, () => {
        const said = sentence.textContent;
        for (const type of ['keydown', 'keyup']) {
            const key = { key: 'ArrowRight', code: 'ArrowRight', bubbles: true, composed: true, cancelable: true };
            focused(document.activeElement).dispatchEvent(new KeyboardEvent(type, key));
        }
        return said;
    });
}"""


def unfold(page: Page, group: str) -> None:
    """Open a folded group of settings, unless it is open."""
    heading = page.locator(".stSidebar summary").filter(has_text=group)
    opened = page.locator(".stSidebar details[open] > summary").filter(has_text=group)
    expect(heading).to_be_visible()
    if not opened.count():
        heading.click()
    expect(opened).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a list, and see that the list says so."""
    press_option(page, label, option)
    expect(page.get_by_role("combobox", name=label, exact=True)).to_have_value(option)


def press_option(page: Page, label: str, option: str, *, opens: str = "keyboard") -> None:
    """Open a list and press an option; a list of examples is empty again at once.

    The list is opened by the "keyboard" or the "pointer". The option gets its click without a pointer: the list
    first shows below its box and then moves to where there is room. On a busy machine it moved away between a
    pointer's down and up, and the click fell on what lay below.
    """
    box = page.get_by_role("combobox", name=label, exact=True)
    wanted = page.get_by_role("option", name=option, exact=True)
    for patience in (3_000, 6_000, PATIENCE):
        box.click() if opens == "pointer" else box.press("ArrowDown")
        try:
            wanted.dispatch_event("click", timeout=patience)
            break
        except TimeoutError:  # the sidebar scrolled to the box, which closes the list
            if patience == PATIENCE:
                raise


def turn_to(page: Page, name: str) -> None:
    """Turn to another page by the bar, and wait until it is drawn."""
    pages = page.get_by_role("navigation", name="App pages")
    pages.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    wait_until_idle(page)


def stepper(page: Page) -> Locator:
    return page.get_by_role("region", name="Stepper")


def sentence(page: Page) -> Locator:
    """The stepper's sentence about its step."""
    return stepper(page).get_by_role("status").first


def step_on(page: Page, count: int) -> list[str]:
    """The stepper's sentence before each of so many presses of the right arrow.

    The browser presses by itself, in one go: asked for one by one, thousands of steps take minutes.
    """
    said: list[str] = sentence(page).evaluate(STEP_ON, count)
    return said


COUNT_ASKED = """() => {
    const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.asked = 0;
    navigator.mediaDevices.getUserMedia = (wanted) => {
        window.asked += 1;
        return give(wanted);
    };
}"""


def take_picture(page: Page, seconds: float = 0.5) -> None:
    """Turn the camera on in the box that is unfolding, and press its button when it has filmed for so long."""
    page.evaluate(COUNT_ASKED)
    camera = page.get_by_role("switch", name="Use the camera")
    expect(camera).to_be_visible()
    camera.press("Space")  # a pointer could miss it while the box unfolds
    expect(camera).to_be_checked()
    until(page, f"document.querySelector('video')?.currentTime > {seconds}")
    page.get_by_role("button", name="Take Photo").click()
    # Where the camera is asked for again, its film breaks off for a moment, and a press then is lost.
    assert page.evaluate("asked") == 1


def until(page: Page, true: str) -> None:
    """Wait until a JavaScript expression is true.

    Playwright's own ``wait_for_function`` compiles it in the page, which the page's security policy forbids.
    """
    begun = time.monotonic()
    while not page.evaluate(f"() => Boolean({true})"):
        assert time.monotonic() - begun < PATIENCE / 1000, f"never true: {true}"
        page.wait_for_timeout(20)


def finished(said: Locator) -> str:
    """The text of a sentence once its last number has come from the server: until then it shows dots."""
    expect(said).not_to_contain_text("…")
    return said.inner_text()


def wait_until_idle(page: Page) -> None:
    """Wait until the script is not running.

    After a click or a key a rerun may not have begun yet: expect what it should show, not this.
    """
    expect(page.locator(IDLE)).to_be_attached(timeout=PATIENCE)
