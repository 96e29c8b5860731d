"""The Feature maps page, as a person uses it."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from convviz.samples import sample
from tests.e2e.helpers import open_app

SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def at(row: int, column: int) -> float:
    """What Sobel x answers at a cell of the cat, worked out from nine pixels of three channels."""
    x = np.pad(sample("cat").pixels.astype(float), ((1, 1), (1, 1), (0, 0)))
    return float((x[row : row + 3, column : column + 3] * SOBEL[..., None]).sum())


def text(value: float) -> str:
    return f"{value + 0.0:.6g}".replace("-", "−")


def test_the_probe_says_numpys_number_and_leads_to_its_loop(page: Page) -> None:
    open_app(page, "/feature-maps?show=One+map&map_row=181&map_col=237")
    probe = f"out[0, 0, 181, 237] = {text(at(181, 237))}"
    expect(page.get_by_text(probe)).to_be_visible()
    expect(page.get_by_text("from rows 180 to 182 and columns 236 to 238")).to_be_visible()
    page.get_by_role("button", name="Step through this cell").click()
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status")
    expect(sentence).to_contain_text(f"= {text(at(181, 237))}")
    values = page.get_by_role("region", name="Stepper").get_by_label("map_i")
    expect(values).to_have_text("181")


def test_the_courses_picture_has_the_range_its_comment_denies(page: Page) -> None:
    open_app(page, "/feature-maps")
    page.get_by_role("combobox", name="Example").click()
    page.get_by_role("option", name="The course's two filters").click()
    expect(page.get_by_text("this filter and bias reach −892 … 1148")).to_be_visible()
    expect(page.get_by_text("2×200×200 · 56 parameters")).to_be_visible()


def test_a_stage_can_be_added_and_taken_out_and_is_in_the_link(page: Page) -> None:
    open_app(page, "/feature-maps")
    expect(page.get_by_text("4×256×256")).to_be_visible()
    page.get_by_text("3 Max pooling").click()
    page.get_by_role("button", name="Remove", exact=True).locator("visible=true").click()
    expect(page.get_by_text("4×256×256")).to_have_count(0)
    expect(page).to_have_url(re.compile("pipeline="))
    page.reload()
    expect(page.get_by_text("2 ReLU").first).to_be_visible()
    expect(page.get_by_text("3 Max pooling")).to_have_count(0)


def test_the_histogram_counts_what_relu_takes(page: Page) -> None:
    """Shares of the cat's Sobel x map, counted here with a loop of shifts."""
    open_app(page, "/feature-maps?show=Histogram")
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


def test_two_maps_differ_by_what_numpy_says(page: Page) -> None:
    open_app(page, "/feature-maps?show=Difference")
    x = np.pad(sample("cat").pixels.astype(float).sum(axis=2), 1)

    def answer(kernel: np.ndarray) -> np.ndarray:
        return sum(kernel[u, v] * x[u : u + 512, v : v + 512] for u in range(3) for v in range(3))

    difference = answer(SOBEL) - answer(SOBEL.T)
    expect(page.get_by_text(f"Mean of |A − B|: {text(abs(difference).mean())}")).to_be_visible()
