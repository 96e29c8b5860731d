"""Below the photo and its map stands the sum that the cell pointed at is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from convviz.ops import filters
from convviz.photos.images import to_chw
from convviz.photos.samples import sample
from convviz.text.prose import cell_number, number
from scripts.serving import Server
from tests.e2e.helpers import (
    STANDS_STILL,
    TOPS,
    App,
    finished,
    open_app,
    paste,
    turn_to,
    unfold,
    until,
    wait_until_idle,
)

MINIMUM = re.compile("^Minimum .*, maximum")
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
BLUR = filters.gaussian(5).kernel
CASES = {
    "zeros": ("", SOBEL, {}),
    "reflected, with a stride": ("pad_mode=reflect&pad=2&stride=3", SOBEL, {"pad": 2, "stride": 3}),
    "replicated, dilated": (
        "pad_mode=replicate&pad=4&dilation=3",
        SOBEL,
        {"pad": 4, "dilation": 3},
    ),
    "circular, turned": ("pad_mode=circular&operation=Convolution", SOBEL[::-1, ::-1], {}),
    "5×5 and a bias": ("filter=Gaussian+blur&kernel=5&bias=-7", BLUR, {"bias": -7.0}),
    "gray": ("channels=Gray&pad_mode=reflect", SOBEL, {}),
}
NUMPY = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def windows(query: str, cell: tuple[int, int], pad: int, stride: int, dilation: int) -> np.ndarray:
    """The window of a cell, shape (C, KH, KW), cut out of the photo padded by NumPy."""
    asked = re.search(r"pad_mode=(\w+)", query)
    mode = NUMPY[asked[1] if asked else "zeros"]
    x = to_chw(sample("cat").pixels, "gray" if "Gray" in query else "rgb").astype(float)
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)), mode=mode)
    size = 5 if "kernel=5" in query else 3
    rows, columns = (index * stride + dilation * np.arange(size) for index in cell)
    return x[:, rows[:, None], columns]


def shown(page: Page, name: str) -> list[str]:
    return page.get_by_role("table", name=name, exact=True).get_by_role("cell").all_inner_texts()


@pytest.mark.parametrize("name", [pytest.param("zeros", marks=pytest.mark.main), *list(CASES)[1:]])
def test_the_sum_below_the_map_is_numpys(name: str, app: App) -> None:
    query, kernel, settings = CASES[name]
    bias = settings.get("bias", 0.0)
    page = app(f"/?{query}")
    channels = [""] if "Gray" in query else ["R", "G", "B"]
    chosen = page.get_by_role("application").last
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    expect(said).to_contain_text("out[")
    for position in ({"x": 0.2, "y": 0.2}, {"x": 231, "y": 96}, {"x": 0.2, "y": 270}):
        before = said.inner_text()
        chosen.hover(position=position)
        expect(said).not_to_have_text(before)
        row, column = map(int, re.findall(r"out\[(\d+), (\d+)\]", finished(said))[0])
        assert (row, column) == (0, 0) or position["y"] > 1
        taps = windows(
            query,
            (row, column),
            int(settings.get("pad", 1)),
            int(settings.get("stride", 1)),
            int(settings.get("dilation", 1)),
        )
        for channel, window in zip(channels, taps, strict=True):
            assert shown(page, f"window {channel}".strip()) == [cell_number(v) for v in window.flat]
        assert shown(page, "w") == [cell_number(v) for v in kernel.flat]
        sums = (taps * kernel).sum(axis=(1, 2))
        parts = " + ".join(
            f"{channel} {in_brackets(part) if k else number(part, 5)}".strip()
            for k, (channel, part) in enumerate(zip(channels, sums, strict=True))
        )
        total = float(np.float32(sums.sum() + bias))
        sentence = f"out[{row}, {column}] = {parts} + bias {in_brackets(bias)} = {number(total, 5)}"
        assert finished(said).replace("≈", "=") == sentence


def in_brackets(value: float) -> str:
    return f"({number(value, 5)})" if value < 0 else number(value, 5)


def test_pointing_at_the_photo_shows_the_cell_above_that_pixel(app: App) -> None:
    """And a larger kernel, for whose numbers there is no room, has its sums all the same."""
    page = app("/?filter=Box+blur&kernel=11&pad=5")
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    page.get_by_role("application").first.hover(position={"x": 100, "y": 200})
    pixel = page.get_by_role("status", name="Value under the pointer").first.inner_text()
    row, column = re.findall(r"Row (\d+), column (\d+)", pixel)[0]
    expect(said).to_contain_text(f"out[{row}, {column}] ")
    expect(said).to_contain_text("R ")
    expect(page.get_by_role("table", name="window R", exact=True)).to_have_count(0)
    expect(page.get_by_text("A 11×11 window has more numbers")).to_be_visible()


def test_after_a_drag_it_is_still_the_cell_under_the_pointer(app: App) -> None:
    page = app("/?stride=2")
    unfold(page, "Region to step through")
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    chosen = page.get_by_role("application").last
    chosen.hover(position={"x": 101, "y": 151})
    page.mouse.down()
    chosen.hover(position={"x": 201, "y": 151})
    expect(said).not_to_contain_text("out[118, 152]")  # the middle of the region
    pointed = finished(said)
    page.mouse.up()
    expect(page.get_by_label("Top row")).not_to_have_value("234")
    wait_until_idle(page)
    expect(said).to_have_text(pointed)


def test_a_weight_has_one_text_wherever_it_stands(app: App) -> None:
    """In the sidebar's kernel, in the lens, and in the grids of the loop."""
    page = app("/?filter=Gaussian+blur&kernel=5&channels=Gray")
    weights = shown(page, "w")
    texts = [cell_number(weight) for weight in BLUR.flat]
    assert weights == texts
    typed = [
        page.get_by_role("textbox", name=f"row {row}, column {column}", exact=True).input_value()
        for row in range(5)
        for column in range(5)
    ]
    assert typed == texts


LIT = """(frame) => {
    const canvas = frame.querySelector("canvas.marks");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let k = 0; k < data.length; k += 4) if (String(data.slice(k, k + 3)) === "0,133,122") return true;
    return false;
}"""


def test_pointing_at_the_pooled_photo_lights_the_window_on_the_photo(app: App) -> None:
    page = app("/pooling?kernel=4")
    photo, pooled = (page.get_by_role("application").nth(k) for k in (0, 1))
    assert not photo.evaluate(LIT)
    pooled.hover(position={"x": 100, "y": 80})
    assert photo.evaluate(LIT)
    photo.hover(position={"x": 100, "y": 80})
    assert pooled.evaluate(LIT)


@pytest.mark.parametrize(
    ("query", "outside", "fold", "words"),
    [
        ("pool=Max&kernel=3&stride=2&pad=1", -np.inf, np.max, "the largest of each window"),
        ("pool=Average&kernel=2", 0.0, np.mean, "the mean of each window"),
    ],
)
def test_of_a_pooled_photo_it_shows_the_windows_and_what_is_left_of_them(
    query: str, outside: float, fold: Any, words: str, app: App
) -> None:
    page = app(f"/pooling?{query}")
    pad, size = ("pad=1" in query), 3 if "kernel=3" in query else 2
    x = np.pad(
        sample("cat").pixels.astype(float),
        ((pad, pad), (pad, pad), (0, 0)),
        constant_values=outside,
    )
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    expect(said).to_contain_text("out[")
    for position in ({"x": 0.2, "y": 0.2}, {"x": 200, "y": 91}):
        before = said.inner_text()
        page.get_by_role("application").last.hover(position=position)
        expect(said).not_to_have_text(before)
        row, column = map(int, re.findall(r"out\[:, (\d+), (\d+)\]", finished(said))[0])
        window = x[2 * row : 2 * row + size, 2 * column : 2 * column + size]
        for k, channel in enumerate("RGB"):
            assert shown(page, f"window {channel}") == [cell_number(v) for v in window[..., k].flat]
        left = ", ".join(
            f"{channel} {number(float(value), 5)}"
            for channel, value in zip("RGB", fold(window, axis=(0, 1)), strict=True)
        )
        assert finished(said) == f"out[:, {row}, {column}], {words}: {left}"


HEAR = """() => {
    window.led = 0;
    document.addEventListener('convviz-point', ({ detail }) => (led += Boolean(detail.moves)));
}"""
SOON = "(milliseconds) => new Promise((heard) => setTimeout(() => heard(led), milliseconds))"


def test_the_kernel_slides_once_at_a_first_visit_and_the_lens_stands_where_it_rests(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page = new_page(server, reduced_motion="no-preference")
    open_app(page, "/?image=Digit&channels=Gray")
    page.get_by_role("button", name="Pause", exact=True).click()
    said = page.get_by_label("Arithmetic of the cell pointed at")
    expect(said).to_contain_text("= ")
    rested = finished(said)
    assert page.evaluate("localStorage.getItem('convviz has slid')") == "yes"
    page.get_by_role("button", name="Slide the kernel over the photo").click()
    expect(said).not_to_have_text(rested)
    page.add_init_script(f"({HEAR})()")
    page.reload()
    expect(page.get_by_role("button", name="Slide the kernel over the photo")).to_be_visible()
    assert page.evaluate(SOON, 1500) == 0


def test_the_kernel_does_not_slide_by_itself_for_people_who_ask_for_less_motion(
    page: Page,
) -> None:
    page.add_init_script(f"({HEAR})()")
    open_app(page, "/?image=Digit&channels=Gray")
    expect(page.get_by_role("button", name="Slide the kernel over the photo")).to_be_visible()
    assert page.evaluate(SOON, 1500) == 0


@pytest.mark.parametrize(
    ("size", "fits"), [((5, 5), True), ((7, 3), True), ((3, 7), False), ((11, 11), False)]
)
def test_the_numbers_of_a_window_are_on_the_screen_or_a_sentence_says_why_not(
    app: App, size: tuple[int, int], fits: bool
) -> None:
    """Whichever way the window is long; without scrolling."""
    rows, columns = size
    page = app(f"/?kernel={rows}&kernel_w={columns}&axes=true&filter=Box+blur")
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    expect(said).to_contain_text("out[")
    grid = page.get_by_role("table", name="window R", exact=True)
    sentence = page.get_by_text(f"A {rows}×{columns} window has more numbers")
    shown, hidden = (grid, sentence) if fits else (sentence, grid)
    expect(shown).to_be_in_viewport(ratio=1)
    expect(hidden).to_be_hidden()
    if fits:
        assert grid.get_by_role("cell").count() == rows * columns
        expect(grid.get_by_role("cell").last).to_be_in_viewport(ratio=1)
    expect(said).to_be_in_viewport(ratio=1)
    pictures = page.get_by_role("application")
    expect(pictures).to_have_count(3)
    assert len(set(pictures.evaluate_all(TOPS))) == 1  # whatever is said of each


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
@pytest.mark.parametrize("name", ["High-pass", "Box blur"])  # the second is shown as a picture too
def test_a_large_windows_numbers_lie_over_no_picture_and_no_range(
    app: App, name: str, size: tuple[int, int]
) -> None:
    """The more rows they have, the more room the pictures leave for them."""
    for kernel in (3, 5, 7):
        page = app(
            f"/?filter={name.replace(' ', '+')}&kernel={kernel}",
            viewport={"width": size[0], "height": size[1]},
        )
        finished(page.get_by_role("status", name="Arithmetic of the cell pointed at"))
        lens = page.locator(".lens")
        expect(lens).to_be_in_viewport(ratio=1)
        top = (lens.bounding_box() or {})["y"]
        shown = [*page.get_by_role("application").all(), page.get_by_text(MINIMUM)]
        for each in shown:
            box = each.bounding_box()
            assert box
            assert box["y"] + box["height"] <= top, f"{kernel}×{kernel}"


def test_in_a_lesson_nothing_lies_over_the_range_of_a_portrait(page: Page) -> None:
    """The strip takes height: what belongs below a narrow picture then stands beside it."""
    portrait = io.BytesIO()
    Image.fromarray(sample("cat").pixels[:, 100:412]).save(portrait, "PNG")
    open_app(page, "/?lesson=filter&lesson_step=2&channels=Gray&filter=Box+blur")
    paste(page, portrait.getvalue())
    said = page.get_by_text(MINIMUM)
    expect(page.get_by_text("512×312").first).to_be_visible()
    finished(page.get_by_role("status", name="Arithmetic of the cell pointed at"))
    lens, minimum = page.locator(".lens").bounding_box(), said.bounding_box()
    assert lens
    assert minimum
    assert minimum["y"] + minimum["height"] <= lens["y"]
    expect(said).to_be_in_viewport(ratio=1)


def test_after_the_kernel_has_slid_the_arithmetic_is_of_the_region_again(app: App) -> None:
    page = app("/")
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    expect(said).to_contain_text("out[238, 306]")
    page.get_by_role("button", name="Slide the kernel over the photo").click()
    expect(said).not_to_contain_text("out[238, 306]")
    page.get_by_role("heading", name="Convolve").dispatch_event("pointerdown")
    expect(said).to_contain_text("out[238, 306]")


OVERFLOW = """() => {
    const main = document.querySelector('.stMain');
    return main.scrollHeight - main.clientHeight;
}"""


def test_an_own_portrait_with_all_that_is_said_of_it_fits_the_window(page: Page) -> None:
    """Its size has a line for each axis, it was scaled down, and Pooling's stride leaves a column over."""
    portrait = io.BytesIO()
    Image.fromarray(sample("cat").pixels).resize((600, 900)).save(portrait, "PNG")
    open_app(page, "/?image=Cat")
    paste(page, portrait.getvalue())
    for name, said in (("Convolve", "width ⌊(341"), ("Pooling", "The stride leaves 1 column over")):
        turn_to(page, name)
        expect(page.get_by_text("Scaled from 900×600.")).to_be_visible()
        expect(page.get_by_text(said)).to_be_visible()
        expect(page.get_by_text("Click either picture")).to_be_visible()
        wait_until_idle(page)
        until(page, STANDS_STILL)
        until(page, f"({OVERFLOW})() === 0")
    expect(page.get_by_text("Scaled from 900×600.")).to_be_in_viewport(ratio=1)
