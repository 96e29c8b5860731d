"""Measure the running app in headless Chromium and print a table: ``python -m benchmarks``.

Every figure is measured from the person's action to the frame that shows its result. The machine's
speed drifts, so quote medians, and compare only figures of one run.
"""

from __future__ import annotations

import io
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.machine import blas
from scripts.browser import launch
from scripts.serving import Server, serving

STEPS = "/?view=Step+through+the+loop"
# From a key to the frame after the step's text has changed.
KEY_TO_PAINT = """(key) => new Promise((done) => {
    const root = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.sentence'));
    const said = root.shadowRoot.querySelector('.sentence');
    const start = performance.now();
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => {
            const painted = new MessageChannel(); // its message comes after the frame is painted
            painted.port1.onmessage = () => done(performance.now() - start);
            painted.port2.postMessage(0);
        });
    }).observe(said, { childList: true, characterData: true, subtree: true });
    document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
})"""
# Steps shown in two seconds of play.
STEPS_SHOWN = """(button) => new Promise((done) => {
    const root = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('.sentence'));
    const said = root.shadowRoot.querySelector('.sentence');
    let steps = 0;
    const observer = new MutationObserver(() => steps++);
    observer.observe(said, { childList: true, characterData: true, subtree: true });
    root.shadowRoot.querySelector('[name=play]').click();
    setTimeout(() => {
        root.shadowRoot.querySelector('[name=play]').click();
        observer.disconnect();
        done(steps / 2);
    }, 2000);
})"""
# From now to the frame after the map's range has changed.
WATCH_RANGE = """() => {
    const hosts = [...document.querySelectorAll('*')];
    window.painted = null;
    const start = performance.now();
    for (const host of hosts.filter((e) => e.shadowRoot?.querySelector('.range'))) {
        new MutationObserver((_, observer) => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => {
                window.painted = performance.now() - start;
            }));
        }).observe(host.shadowRoot.querySelector('.range'), {
            childList: true, characterData: true, subtree: true,
        });
    }
}"""


def main() -> None:
    """Measure everything and print the table."""
    print(
        f"{platform.machine()}, Python {platform.python_version()}, BLAS {blas()}, one server process"
    )
    print(f"{'':44} {'median':>8} {'p95':>8}   aim")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        log = Path(folder) / "server.log"
        start = time.perf_counter()
        with serving(log) as server:
            with opened(browser, server, "/") as page:
                _until_painted(page)
                row(
                    "start of the server to first painted page",
                    [time.perf_counter() - start],
                    "3 s",
                    1,
                )
            measure_load(browser, server)
            measure_stepping(browser, server)
            measure_settings(browser, server)
            measure_upload(browser, server)


def row(name: str, seconds: list[float], aim: str, digits: int = 0) -> None:
    """One line: median and 95th percentile."""
    unit, factor = ("s", 1) if digits else ("ms", 1000)
    high = float(np.percentile(seconds, 95)) * factor
    middle = statistics.median(seconds) * factor
    print(
        f"{name:44} {middle:6.{digits}f} {unit:2}{high:6.{digits}f} {unit:2}  ≤ {aim}", flush=True
    )


@contextmanager
def opened(browser: Browser, server: Server, path: str) -> Iterator[Page]:
    """A page in a context of its own, so with a cold cache."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(path)
    yield page
    context.close()


def measure_load(browser: Browser, server: Server) -> None:
    """Page load to interactive: the map painted and the controls there."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with opened(browser, server, "/") as page:
            _until_painted(page)
            times.append(time.perf_counter() - start)
    row("page load to interactive, cold cache", times, "2 s", 1)


def measure_stepping(browser: Browser, server: Server) -> None:
    """A key to the paint of its step; steps a second held."""
    with opened(browser, server, STEPS) as page:
        stepper = page.get_by_role("region", name="Stepper")
        expect(stepper.get_by_role("status")).to_contain_text("out[0, 0, 0, 0] =")
        times = [page.evaluate(KEY_TO_PAINT, "ArrowRight") / 1000 for _ in range(50)]
        row("key to paint, 50 steps", times, "20 ms, p95 33 ms")
        stepper.get_by_text("tap", exact=True).click()
        speed = stepper.get_by_role("slider", name="Steps per second")
        for asked in (10, 50):
            page.keyboard.press("Home")
            _set_speed(stepper, speed, asked)
            held = page.evaluate(STEPS_SHOWN)
            print(f"{f'steps a second, {asked} asked':44} {held:6.1f}", flush=True)


def _set_speed(stepper: object, speed: object, asked: int) -> None:
    for value in range(int(speed.get_attribute("max")) + 1):  # type: ignore[attr-defined]
        speed.fill(str(value))  # type: ignore[attr-defined]
        if stepper.get_by_text(f"{asked}/s", exact=True).count():  # type: ignore[attr-defined]
            return


def measure_settings(browser: Browser, server: Server) -> None:
    """A slider to the repainted map of a 512×512 RGB photo. Every setting is new, nothing is cached."""
    times = []
    with opened(browser, server, "/?filter=Box+blur&kernel=3") as page:
        _until_painted(page)
        slider = page.get_by_role("group", name="Kernel size", exact=True).get_by_role("slider")
        slider.focus()
        for _ in range(9):
            times.append(_action_to_paint(page, lambda: page.keyboard.press("ArrowRight")))
    row("kernel slider to repainted 512×512 map", times, "150 ms")


def measure_upload(browser: Browser, server: Server) -> None:
    """A 512×512 PNG to its map."""
    times = []
    with opened(browser, server, "/") as page:
        _until_painted(page)
        page.get_by_text("Use your own photo").click()
        chooser = page.locator("input[type=file]")
        chooser.wait_for(state="attached")
        for seed in range(5):
            file = {"name": f"{seed}.png", "mimeType": "image/png", "buffer": _photo(seed)}
            times.append(_action_to_paint(page, lambda file=file: chooser.set_input_files(file)))
    row("upload of a 512×512 PNG to painted map", times, "500 ms")


def _photo(seed: int) -> bytes:
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (64, 64, 3), dtype=np.uint8))
    buffer = io.BytesIO()
    coarse.resize((512, 512), Image.Resampling.BICUBIC).save(buffer, "PNG")
    return buffer.getvalue()


def _action_to_paint(page: Page, action: Callable[[], None]) -> float:
    page.evaluate(WATCH_RANGE)
    action()
    page.wait_for_function("window.painted !== null")
    return float(page.evaluate("window.painted")) / 1000


def _until_painted(page: Page) -> None:
    page.get_by_text("Minimum").first.wait_for()


if __name__ == "__main__":
    main()
