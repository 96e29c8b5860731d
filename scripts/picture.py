"""Take the README's screenshot: the stepper on the cat's eye, two rows in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from scripts.browser import launch
from scripts.serving import ROOT, serving

VIEW = "/?view=Step+through+the+loop"
CELLS = 19


def main() -> None:
    """Start the app, step, and write docs/convviz.png."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        page = launch(playwright).new_page(viewport={"width": 1280, "height": 720})
        page.goto(server.url + VIEW)
        expect.set_options(timeout=30_000)
        step = page.get_by_role("region", name="Stepper").get_by_role("status")
        expect(step).to_contain_text("out[0, 0, 0, 0] =")
        for _ in range(CELLS):
            page.keyboard.press("ArrowRight")
        expect(step).to_contain_text(f"out[0, 0, {CELLS // 8}, {CELLS % 8}] =")
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        page.screenshot(path=ROOT / "docs" / "convviz.png")


if __name__ == "__main__":
    main()
