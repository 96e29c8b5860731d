"""Screenshots of every page: light and dark, in every language, the size of a projector and of a phone.

They are written below ``shots/``. Chinese needs a font that has it, such as Debian's fonts-wqy-microhei.
"""

from __future__ import annotations

import shutil
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from convviz.pages.table import PAGES
from convviz.text.i18n import languages
from scripts.browser import launch
from scripts.serving import ROOT, serving

FOLDER = ROOT / "shots"
SIZES = {"1280x720": (1280, 720), "390x844": (390, 844)}
IDLE = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
SETTLED = 500  # milliseconds for canvases and charts to be drawn
VIEWS = {"convolve-steps": "?view=Step+through+the+loop"}


def views() -> dict[str, str]:
    """What to take, by the name of its picture: every page as it opens, and the stepper."""
    return {page.name: page.name for page in PAGES} | VIEWS


def take(browser: Browser, url: str) -> None:
    """Take every picture, one window for each combination of size, language and theme."""
    for size, language, theme in product(SIZES, languages(), ("light", "dark")):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=languages()[language].tag,
            color_scheme=theme,
            reduced_motion="reduce",  # or the kernel would slide over the photo by itself
        )
        page = context.new_page()
        for name, path in views().items():
            page.goto(f"{url}/{path}")
            page.locator(IDLE).wait_for(state="attached")
            page.locator(".st-key-bar button").first.wait_for(state="attached")
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=FOLDER / f"{name}-{size}-{language}-{theme}.png")
        context.close()


def main() -> None:
    """Start the app and fill the folder anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        take(launch(playwright), server.url)
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
