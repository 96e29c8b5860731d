"""What browser tests say to a page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

IDLE = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
SECONDS = 20


def open_app(page: Page, path: str = "/") -> None:
    """Open a path and query of the app and wait until its script has run and its style is there.

    The browser fetches Streamlit's elements one by one, the style among them: until it has come,
    what a test points at may still move.
    """
    page.goto(path)
    expect(page.get_by_test_id("stMainBlockContainer")).to_have_css("padding-right", "24px")
    wait_until_idle(page)


PASTE = """(bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true });
    document.body.dispatchEvent(event);
}"""


def paste(page: Page, picture: bytes) -> None:
    """Paste a PNG, as from the clipboard."""
    page.evaluate(PASTE, list(picture))


def take_picture(page: Page) -> None:
    """Press the camera's button, where the camera is on."""
    # Streamlit takes no picture before the film runs: a press then is lost, as it would be for a person.
    page.wait_for_function("document.querySelector('video')?.currentTime > 0.5")
    page.get_by_role("button", name="Take Photo").click()


def wait_until_idle(page: Page) -> None:
    """Wait until the script is not running.

    After a click or a key a rerun may not have begun yet: expect what it should show, not this.
    """
    expect(page.locator(IDLE)).to_be_attached(timeout=SECONDS * 1000)
