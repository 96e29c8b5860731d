"""The Feature maps page, as a person uses it."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from convviz.photos.samples import sample
from tests.e2e.helpers import App, open_app, paste, press_option, show, take_picture

SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def at(row: int, column: int) -> float:
    """What Sobel x answers at a cell of the cat, worked out from nine pixels of three channels."""
    x = np.pad(sample("cat").pixels.astype(float), ((1, 1), (1, 1), (0, 0)))
    return float((x[row : row + 3, column : column + 3] * SOBEL[..., None]).sum())


def text(value: float) -> str:
    return f"{value + 0.0:.6g}".replace("-", "−")


@pytest.mark.main
def test_the_probe_says_numpys_number_and_leads_to_its_loop(app: App) -> None:
    page = app("/feature-maps?show=One+map&map_row=181&map_col=237")
    probe = f"out[0, 0, 181, 237] = {text(at(181, 237))}"
    expect(page.get_by_text(probe)).to_be_visible()
    expect(page.get_by_text("from rows 180 to 182 and columns 236 to 238")).to_be_visible()
    page.get_by_role("button", name="Step through this cell").click()
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status")
    expect(sentence).to_contain_text(f"= {text(at(181, 237))}")
    values = page.get_by_role("region", name="Stepper").get_by_label("map_i")
    expect(values).to_have_text("181")


def test_the_courses_picture_has_the_range_its_comment_denies(app: App) -> None:
    page = app("/feature-maps")
    press_option(page, "Example", "The course's two filters")
    expect(page.get_by_text("this filter and bias give −892 … 1148")).to_be_visible()
    expect(page.get_by_text("2×200×200 · 56 parameters")).to_be_visible()


@pytest.mark.main
def test_a_stage_can_be_added_and_taken_out_and_is_in_the_link(app: App) -> None:
    page = app("/feature-maps")
    expect(page.get_by_text("4×256×256")).to_be_visible()
    page.get_by_text("3 Max pooling").click()
    page.get_by_role("button", name="Remove", exact=True).locator("visible=true").press("Enter")
    expect(page.get_by_text("4×256×256")).to_have_count(0)
    expect(page).to_have_url(re.compile("pipeline="))
    page.reload()
    expect(page.get_by_text("2 ReLU").first).to_be_visible()
    expect(page.get_by_text("3 Max pooling")).to_have_count(0)


def test_the_histogram_counts_what_relu_takes(app: App) -> None:
    """Shares of the cat's Sobel x map, counted here with a loop of shifts."""
    page = app("/feature-maps?show=Histogram")
    x = np.pad(sample("cat").pixels.astype(float).sum(axis=2), 1)
    out = sum(SOBEL[u, v] * x[u : u + 512, v : v + 512] for u in range(3) for v in range(3))
    negative, zero = (out < 0).mean(), (out <= 0).mean()
    said = (
        f"{negative:.1%} of the 262,144 cells are negative before ReLU; {zero:.1%} are 0 after it."
    )
    expect(page.get_by_text(said)).to_be_visible()
    figure = page.get_by_test_id("stPlotlyChart")
    for title in ("Before ReLU", "After ReLU"):
        expect(figure.get_by_text(title)).to_be_visible()


def test_two_maps_differ_by_what_numpy_says(app: App) -> None:
    page = app("/feature-maps?show=Difference")
    x = np.pad(sample("cat").pixels.astype(float).sum(axis=2), 1)

    def answer(kernel: np.ndarray) -> np.ndarray:
        return sum(kernel[u, v] * x[u : u + 512, v : v + 512] for u in range(3) for v in range(3))

    difference = answer(SOBEL) - answer(SOBEL.T)
    expect(page.get_by_text(f"Mean of |A − B|: {text(abs(difference).mean())}")).to_be_visible()


def grid(page: Page) -> Locator:
    return page.get_by_role("region", name="Feature maps: rows are images")


@pytest.mark.main
def test_the_grid_says_the_maps_own_numbers_and_a_click_goes_to_that_cell(app: App) -> None:
    page = app("/feature-maps")
    cat = grid(page).get_by_role("button", name="Cat, f = 0 Sobel x")
    cat.hover(position={"x": 60, "y": 40})
    said = page.get_by_role("status", name="Value under the pointer")
    expect(said).to_contain_text("Cat, f = 0 Sobel x: out[0, 0, ")
    found = re.search(r"out\[0, 0, (\d+), (\d+)\] = (\S+),", said.inner_text())
    assert found
    row, column = int(found[1]), int(found[2])
    assert found[3] == f"{at(row, column) + 0.0:.5g}".replace("-", "−")
    cat.click(position={"x": 60, "y": 40})
    expect(page.get_by_role("radio", name="One map")).to_be_checked()
    probe = f"out[0, 0, {row}, {column}] = {text(at(row, column))}, from rows"
    expect(page.get_by_role("paragraph").filter(has_text=probe)).to_be_visible()
    expect(page).to_have_url(re.compile(f"map_row={row}&map_col={column}&show=One"))
    page.reload()
    expect(
        page.get_by_text(f"out[0, 0, {row}, {column}] = {text(at(row, column))}")
    ).to_be_visible()


def test_many_filters_of_one_photo_stand_in_two_bands(app: App) -> None:
    """Side by side eight maps are 95 pixels wide here, and half the screen is empty."""
    page = app("/feature-maps?images=Cat")
    press_option(page, "Example", "Eight Gabor orientations")
    maps = grid(page).get_by_role("button", name="Cat, f = ")
    expect(maps).to_have_count(8)
    boxes = [maps.nth(f).bounding_box() for f in range(8)]
    assert all(box and box["width"] > 140 for box in boxes)
    assert len({box["y"] for box in boxes if box}) == 2
    expect(grid(page).get_by_role("rowheader", name="Cat")).to_have_count(2)
    maps.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(maps.nth(5)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("out[0, 5, ")).to_be_visible()


def test_a_scale_of_its_own_or_the_filters_is_printed_with_raw_ranges(app: App) -> None:
    page = app("/feature-maps?extremes=true")
    ends = [sobel_map("cat"), sobel_map("dog")]
    limit = max(abs(each).max() for each in ends)
    expect(grid(page).get_by_text(f"±{limit:.4g}", exact=True)).to_be_visible()
    for each in ends:
        shown = f"{each.min():.4g} … {each.max():.4g}".replace("-", "−")
        expect(grid(page).get_by_text(shown, exact=True)).to_be_visible()
    show(page, "/feature-maps?extremes=true&colours=One+scale+per+map")
    expect(grid(page).get_by_role("button", name="Cat, f = 0 Sobel x")).to_be_visible()
    expect(grid(page).get_by_text("±")).to_have_count(0)


def test_a_typed_filter_is_computed_and_a_broken_one_is_said(app: App) -> None:
    page = app("/feature-maps")
    page.get_by_text("1 Convolution").first.click()
    typed = page.get_by_role("textbox", name="Typed filters, one on each line")
    typed.fill("0 0; 0 two")
    typed.press("Control+Enter")
    expect(page.get_by_text("two is not a number")).to_be_visible()
    typed.fill("1 0 -1")
    typed.press("Control+Enter")
    x = np.pad(sample("cat").pixels.astype(float).sum(axis=2), 1)[1:-1]
    out = x[:, :-2] - x[:, 2:]
    name = f"Cat, f = 4 Typed 1: minimum {text4(out.min())}, maximum {text4(out.max())}"
    expect(grid(page).get_by_role("button", name=name)).to_be_visible()
    expect(page.get_by_text("two is not a number")).to_have_count(0)


@pytest.mark.main
def test_several_uploads_become_rows_and_a_refused_one_is_named(page: Page) -> None:
    open_app(page, "/feature-maps")
    page.get_by_text("Use your own photos").click()
    files = [png("red.png", (60, 40), "red"), png("blue.png", (30, 50), "blue")]
    files.append({"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_text("notes.pdf is a PDF document")).to_be_visible()
    for caption in ("red.png 40×60", "blue.png 50×30", "Cat 512×512"):
        expect(grid(page).get_by_text(caption)).to_be_visible()


def test_a_picture_of_the_camera_and_a_pasted_one_become_rows(page: Page) -> None:
    """Each is one more image, beside those that were there."""
    page.context.grant_permissions(["camera"])
    open_app(page, "/feature-maps")
    page.get_by_text("Use your own photos").click()
    take_picture(page)
    expect(grid(page).get_by_text(re.compile(r"^Camera \d+×\d+$"))).to_be_visible()
    paste(page, png("blue.png", (30, 50), "blue")["buffer"])
    expect(grid(page).get_by_text("image.png 50×30")).to_be_visible()
    expect(grid(page).get_by_text("Cat 512×512")).to_be_visible()


def png(name: str, size: tuple[int, int], colour: str) -> dict[str, Any]:
    """A file as the browser uploads it; ``size`` is (width, height)."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


def sobel_map(name: str) -> np.ndarray:
    x = np.pad(sample(name).pixels.astype(float).sum(axis=2), 1)
    return sum(SOBEL[u, v] * x[u : u + 512, v : v + 512] for u in range(3) for v in range(3))


def text4(value: float) -> str:
    return f"{value + 0.0:.4g}".replace("-", "−")
