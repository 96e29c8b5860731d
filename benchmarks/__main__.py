"""Measure the running app in headless Chromium: ``python -m benchmarks`` prints and keeps a table.

Every figure is measured from the person's action to the frame that shows its result. The machine's
speed drifts, so quote medians, and compare only figures of one run.
"""

from __future__ import annotations

import datetime
import io
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks import results
from benchmarks.changes import Cost, Watched, watched
from benchmarks.machine import blas, processor
from scripts.browser import launch
from scripts.serving import COMMAND, Server, running

LIVE = ("Kernel size", "Stride", "Padding on each side")
BARE = [sys.executable, "-m", "benchmarks.bare"]
FIRST = {"Hello.": "/", "Minimum": "/convolve"}  # the first page of each server, by a text on it
DRAGGED, SWEEP = 4.0, 0.6  # seconds, of a drag, and from one end of the slider to the other
# How often the size of the map has changed, which its title says.
COUNT_SIZES = """() => {
    let last = "";
    window.sizes = -1;
    const [map] = [...document.querySelectorAll('*')].filter((e) => e.shadowRoot?.querySelector('.range'));
    const size = map.shadowRoot.querySelector('.detail');
    const look = () => {
        if (size.textContent !== last) window.sizes++;
        last = size.textContent;
    };
    look();
    new MutationObserver(look).observe(size, { childList: true, characterData: true, subtree: true });
}"""
STEPS = "/?view=Step+through+the+loop"
said: list[str] = []  # the lines of the table
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


def main() -> None:
    """Measure everything, print the table and keep it."""
    expect.set_options(timeout=60_000)  # on a busy machine, too
    say(f"{'':44} {'median':>8} {'p95':>8} {'× floor':>8}   aim")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        begun = measure_start(browser, BARE, Path(folder) / "start.log", "Hello.")
        row("floor: start of a bare page's server", begun, digits=1)
        took = measure_start(browser, COMMAND, Path(folder) / "start.log", "Minimum")
        row("start of the server to first painted page", took, "that + 0.7 s", digits=1)
        with (
            running(COMMAND, Path(folder) / "app.log") as server,
            running(BARE, Path(folder) / "bare.log") as bare,
        ):
            measure_load(browser, server, bare)
            measure_stepping(browser, server)
            measure_settings(browser, server, bare)
            measure_upload(browser, server, bare)
    machine = f"{datetime.date.today()}, {processor()}, Python {platform.python_version()}, BLAS {blas()}."
    results.write("What a person waits for", "\n".join([machine, "", "```", *said, "```"]))


def say(line: str) -> None:
    """Print a line of the table, and keep it."""
    said.append(line.rstrip())
    print(line, flush=True)


def row(
    name: str,
    seconds: list[float],
    aim: str = "",
    floor: list[float] | None = None,
    digits: int = 0,
) -> None:
    """One line: median, 95th percentile, and the median over that of the floor."""
    unit, factor = ("s", 1) if digits else ("ms", 1000)
    high = float(np.percentile(seconds, 95)) * factor
    middle = statistics.median(seconds) * factor
    ratio = f"{statistics.median(seconds) / statistics.median(floor):8.2f}" if floor else " " * 8
    line = f"{name:44} {middle:6.{digits}f} {unit:2}{high:6.{digits}f} {unit:2} {ratio}"
    say(f"{line}   ≤ {aim}" if aim else line)


def measure_start(browser: Browser, command: list[str], log: Path, text: str) -> list[float]:
    """From nothing to the first page painted."""
    start = time.perf_counter()
    with running(command, log) as server, opened(browser, server, FIRST[text]) as page:
        page.get_by_text(text).first.wait_for()
        return [time.perf_counter() - start]


@contextmanager
def opened(browser: Browser, server: Server, path: str) -> Iterator[Page]:
    """A page in a context of its own, so with a cold cache."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(path)
    yield page
    context.close()


def measure_load(browser: Browser, server: Server, bare: Server) -> None:
    """Page load to interactive: the map painted and the controls there; and a page of one sentence."""
    times: dict[str, list[float]] = {"Hello.": [], "Minimum": []}
    sizes: dict[str, int] = {}
    for _ in range(5):
        for text, kept in times.items():
            start = time.perf_counter()
            with opened(browser, bare if text == "Hello." else server, FIRST[text]) as page:
                page.get_by_text(text).first.wait_for()
                kept.append(time.perf_counter() - start)
    for text in times:
        with opened(browser, bare if text == "Hello." else server, "about:blank") as page:
            sizes[text] = measure_bytes(page, FIRST[text], text)
    row("floor: a page of one sentence, cold cache", times["Hello."], digits=1)
    row("page load to interactive, cold cache", times["Minimum"], "1.5", times["Hello."], 1)
    for text, about in {"Hello.": "floor: bytes", "Minimum": "bytes"}.items():
        say(f"{f'{about} of the first visit, compressed':44} {sizes[text] / 1000:6.0f} kB")


def measure_bytes(page: Page, path: str, text: str) -> int:
    """What a page load brings over the wire: files as they are compressed, and messages."""
    client, count = page.context.new_cdp_session(page), [0]

    def heard(event: dict[str, Any]) -> None:
        message = event.get("response", {}).get("payloadData", "")  # in base64
        count[0] += int(event.get("encodedDataLength", 3 * len(message) // 4))

    client.send("Network.enable")
    for name in ("Network.loadingFinished", "Network.webSocketFrameReceived"):
        client.on(name, heard)
    page.goto(path)
    page.get_by_text(text).first.wait_for()
    page.wait_for_load_state("networkidle")
    return count[0]


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
            say(f"{f'steps a second, {asked} asked':44} {held:6.1f}")


def _set_speed(stepper: object, speed: object, asked: int) -> None:
    for value in range(int(speed.get_attribute("max")) + 1):  # type: ignore[attr-defined]
        speed.fill(str(value))  # type: ignore[attr-defined]
        if stepper.get_by_text(f"{asked}/s", exact=True).count():  # type: ignore[attr-defined]
            return


def measure_settings(browser: Browser, server: Server, bare: Server) -> None:
    """Each slider of the live loop to the repainted map of a 512×512 RGB photo. Nothing is cached."""
    lowest, costs = Cost(), {name: Cost() for name in LIVE}
    with (
        watched(browser, bare, "/?map") as floor,
        watched(browser, server, "/?filter=Laplacian+of+Gaussian") as page,
    ):
        for name, cost in costs.items():
            group = page.page.get_by_role("group", name=name, exact=True)
            for _ in range(6):
                slider = floor.page.locator("input[type=range]")
                floor.change(lambda slider=slider: slider.press("ArrowRight"), lowest)  # type: ignore[misc]
                handle = group.get_by_role("slider")
                page.change(lambda handle=handle: handle.press("ArrowRight"), cost)  # type: ignore[misc]
        say(
            f"{'repaints a second while the stride is dragged':44} {drag(page):6.1f}            ≥ 8"
        )
    row("floor: bare slider to repainted 512×512 map", lowest.drawn)
    for name, cost in costs.items():
        row(f"{name} to repainted 512×512 map", cost.drawn, "1.4", lowest.drawn)
        messages, size = statistics.median(cost.messages), statistics.median(cost.kilobytes)
        cpu = 1000 * statistics.mean(cost.cpu)
        say(f"{'':44} {messages:.0f} messages, {size:.0f} kB, {cpu:.0f} ms CPU")


def drag(page: Watched) -> float:
    """How often a second the map changes while the stride's thumb moves from end to end and back."""
    group = page.page.get_by_role("group", name="Stride", exact=True)
    thumb, track = group.get_by_role("slider").bounding_box(), group.bounding_box()
    assert thumb
    assert track
    mouse, y = page.page.mouse, thumb["y"] + thumb["height"] / 2
    mouse.move(thumb["x"], y)  # its middle: the rest of its box lies beside it
    mouse.down()
    page.page.evaluate(COUNT_SIZES)
    begun, k = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < DRAGGED:
        share = abs(passed / SWEEP % 2 - 1)
        mouse.move(track["x"] + share * track["width"], y + k % 2)
        k += 1
    shown = int(page.page.evaluate("sizes"))
    mouse.up()
    return shown / passed


def measure_upload(browser: Browser, server: Server, bare: Server) -> None:
    """A photo to its map: a small PNG, and a JPEG as a phone takes it."""
    kinds = {"512×512 PNG": (512, 512, "png"), "12-megapixel JPEG": (4000, 3000, "jpeg")}
    lowest, costs = Cost(), {name: Cost() for name in kinds}
    with watched(browser, bare, "/?map") as floor, watched(browser, server, "/convolve") as page:
        chooser = page.page.locator("input[type=file]")
        for seed in range(5):
            slider = floor.page.locator("input[type=range]")
            floor.change(lambda slider=slider: slider.press("ArrowRight"), lowest)  # type: ignore[misc]
            for name, cost in costs.items():
                page.page.get_by_text("Use your own photo").click()  # it is closed again after each
                chooser.wait_for(state="attached")
                wide, high, kind = kinds[name]
                photo = _photo(seed, wide, high, kind)
                file = {"name": f"{seed}.{kind}", "mimeType": f"image/{kind}", "buffer": photo}
                page.change(lambda file=file: chooser.set_input_files(file), cost)  # type: ignore[misc]
    row("upload of a 512×512 PNG to painted map", costs["512×512 PNG"].drawn, "3", lowest.drawn)
    row("upload of a 12-megapixel JPEG", costs["12-megapixel JPEG"].drawn, "1500 ms")


def _photo(seed: int, wide: int, high: int, kind: str) -> bytes:
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 256, (high // 8, wide // 8, 3), dtype=np.uint8))
    buffer = io.BytesIO()
    coarse.resize((wide, high), Image.Resampling.BICUBIC).save(buffer, kind)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
