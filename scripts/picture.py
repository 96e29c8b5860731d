"""Take the README's picture: the running app in a browser, stopped in the middle of the loop."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.browser import launch
from scripts.serving import ROOT, serving
from tests.e2e.helpers import open_app

PICTURE = ROOT / "docs" / "convviz.png"
VIEW = "/?view=Step+through+the+loop&step=309"


def main() -> int:
    """Write docs/convviz.png."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        page = browser.new_page(
            base_url=server.url, viewport={"width": 1280, "height": 720}, device_scale_factor=1.5
        )
        open_app(page, VIEW)
        page.locator("canvas").first.wait_for()
        page.get_by_text("Sum so far").first.wait_for()
        page.screenshot(path=PICTURE, animations="disabled")
    print(PICTURE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
