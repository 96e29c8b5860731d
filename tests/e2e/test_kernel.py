"""The grid of a kernel's numbers, typed into, pasted into and pulled."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.ops import filters
from convviz.photos.samples import sample
from convviz.text.rows import read_rows
from tests import oracles
from tests.e2e.helpers import App, show, until
from tests.e2e.test_convolve import text

GRAY = "/?image=Digit&channels=Gray"
CUSTOM = f"{GRAY}&filter=Custom"
TYPED = np.array([[12.0, -3, 0.5], [4, 15, -26], [7.25, 8, -9]])
PASTE = """(cell, text) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', text);
    const manners = { bubbles: true, composed: true, cancelable: true };
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, ...manners }));
}"""
SOBEL = filters.sobel_x().kernel


def cell(page: Page, row: int, column: int) -> Locator:
    return page.get_by_role("textbox", name=f"row {row}, column {column}", exact=True)


def expect_kernel(page: Page, kernel: np.ndarray, multiplied: np.ndarray | None = None) -> None:
    """The grid holds it, the link holds it to the last digit, and it is what slides over the photo."""
    for (row, column), value in np.ndenumerate(kernel):
        expect(cell(page, row, column)).to_have_value(shown(value))
    expect_map(page, kernel if multiplied is None else multiplied)
    expect(page).to_have_url(re.compile("weights="))
    until(page, "!document.querySelector('[data-test-script-state=running]')")
    (weights,) = parse_qs(urlsplit(page.url).query)["weights"]
    np.testing.assert_array_equal(read_rows(weights), kernel)


def expect_map(page: Page, kernel: np.ndarray) -> None:
    """The map is that of this kernel, multiplied as it stands."""
    x = sample("digit").pixels[None, None, :, :, 0].astype(float)
    out = oracles.conv(x, kernel[None, None], [0.0], (1, 1), around(kernel), (1, 1), 1, "zeros")
    said = f"Minimum {text(np.float32(out.min()))}, maximum {text(np.float32(out.max()))}"
    expect(page.get_by_text(said)).to_be_visible()


def around(kernel: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    """The page's padding of 1."""
    assert kernel.ndim == 2
    return (1, 1), (1, 1)


def shown(value: float) -> re.Pattern[str]:
    """In the cell that has the focus with the minus that one types, elsewhere with the one that one reads."""
    return re.compile(f"^{value:.3g}$".replace("-", "[-−]").replace(".", "[.]"))


@pytest.mark.parametrize("delay", [30, 70])
def test_no_number_typed_briskly_is_lost(app: App, delay: int) -> None:
    """With Tab from cell to cell, from the end of a row to the next."""
    page = app(CUSTOM)
    cell(page, 0, 0).click()
    for value in TYPED.ravel():
        page.keyboard.type(f"{value:g}", delay=delay)
        page.keyboard.press("Tab", delay=delay)
    expect_kernel(page, TYPED)


@pytest.mark.parametrize(
    "block",
    [
        "12\t-3\t0.5\r\n4\t15\t-26\r\n7.25\t8\t-9\r\n",
        "[[ 12.    -3.     0.5 ]\n [  4.    15.   -26.  ]\n [  7.25   8.    -9.  ]]",
        "array([[ 12.  ,  -3.  ,   0.5 ],\n       [  4.  ,  15.  , -26.  ],\n       [  7.25,   8.  ,  -9.  ]])",
        "12 -3 0.5\n4 15 -26\n7.25 8 -9",
        "12\t-3\t0,5\r\n4\t15\t-26\r\n7,25\t8\t-9\r\n",
    ],
    ids=["spreadsheet", "printed", "repr", "plain", "decimal commas"],
)
def test_a_pasted_block_fills_the_grid(app: App, block: str) -> None:
    page = app(CUSTOM)
    cell(page, 0, 0).click()
    cell(page, 0, 0).evaluate(PASTE, block)
    page.keyboard.press("Tab")
    expect_kernel(page, TYPED)


@pytest.mark.main
def test_changing_a_preset_makes_a_custom_filter_that_begins_with_its_numbers(app: App) -> None:
    """Pulled by key, by wheel and by dragging; turned where Convolution multiplies it."""
    page = app(f"{GRAY}&filter=Sobel+x&operation=Convolution")
    expect(page.get_by_text("multiplies this kernel turned by 180°")).to_be_visible()
    expect_map(page, SOBEL[::-1, ::-1])
    kernel = SOBEL.copy()
    cell(page, 1, 0).click()
    page.keyboard.press("Alt+ArrowUp")
    page.mouse.wheel(0, -100)
    kernel[1, 0] += 2
    expect(cell(page, 1, 0)).to_have_value(shown(kernel[1, 0]))
    box = cell(page, 2, 2).bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0], middle[1] - 34, steps=4)  # four steps of eight pixels
    kernel[2, 2] += 4
    expect_map(page, kernel[::-1, ::-1])  # before the button is let go
    page.mouse.up()
    expect(page.get_by_role("combobox", name="Filter f = 0")).to_have_value("Custom, from Sobel x")
    expect_kernel(page, kernel, kernel[::-1, ::-1])
    page.get_by_role("button", name="Turn by 180°").click()
    expect_kernel(page, kernel[::-1, ::-1], kernel)


def test_buttons_change_the_whole_kernel_as_numpy_does(app: App) -> None:
    page = app(f"{CUSTOM}&weights=1+2+3%3B4+5+6%3B7+8+10")
    kernel = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
    for name, change in {
        "Turn by 90°, clockwise": lambda w: np.rot90(w, -1),
        "Flip left to right": np.fliplr,
        "Flip top to bottom": np.flipud,
        "Transpose": np.transpose,
        "Negate": np.negative,
    }.items():
        page.get_by_role("button", name=name).click()
        kernel = change(kernel)
        for (row, column), value in np.ndenumerate(kernel):
            expect(cell(page, row, column)).to_have_value(shown(value))
    page.get_by_role("button", name="Normalise: sum 1").click()
    expect_kernel(page, kernel / kernel.sum())
    show(page, f"{GRAY}&filter=Sobel+x")
    page.get_by_role("button", name="Normalise: sum 1").click()
    expect(page.get_by_text("The numbers sum to 0, so no factor")).to_be_visible()
    expect_map(page, SOBEL)


def test_what_is_no_number_is_refused_with_its_place_and_what_was_there_stays(app: App) -> None:
    page = app(f"{CUSTOM}&weights=0+-1+0%3B-1+5+-1%3B0+-1+0")
    cell(page, 1, 1).click()
    page.keyboard.type("1x")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Row 1, column 1: “1x” is not a number, so 5 stays.")).to_be_visible()
    expect(cell(page, 1, 1)).to_have_value("5")
    cell(page, 0, 0).click()
    cell(page, 0, 0).evaluate(PASTE, "1\t2\n3\tfour")
    said = "Row 1, column 1: “four” is not a number, so nothing was pasted."
    expect(page.get_by_text(said)).to_be_visible()
    cell(page, 2, 2).evaluate(PASTE, "1\t2\n3\t4")
    expect(page.get_by_text("2 rows and 2 columns do not fit")).to_be_visible()
    expect_kernel(page, np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]))


def test_a_decimal_comma_is_read_and_thousands_are_not(app: App) -> None:
    """As in the box for a guess. "1,000" would be another number to each of two readers."""
    page = app(CUSTOM)
    for typed, value in (("2,5", 2.5), ("−0,125", -0.125), ("1,000", -0.125)):
        cell(page, 0, 0).fill(typed)
        page.keyboard.press("Tab")
        expect(cell(page, 0, 0)).to_have_value(shown(value))
    expect(page.get_by_text("“1,000” is not a number, so −0.125 stays.")).to_be_visible()


CUT = """(numbers) => {
    const edge = document.querySelector('.stSidebar').getBoundingClientRect();
    const out = numbers.filter((input) => {
        const { left, right } = input.getBoundingClientRect();
        const grid = input.closest('.plane').getBoundingClientRect();
        return left < Math.max(edge.left, grid.left) || right > Math.min(edge.right, grid.right) ||
            input.scrollWidth > input.clientWidth;
    });
    return [numbers.length, out.length, parseFloat(getComputedStyle(numbers[0]).fontSize)];
}"""


@pytest.mark.parametrize(
    ("size", "name", "least"),
    [
        (3, "Gaussian+blur", 14),
        (5, "Gaussian+blur", 12),
        (5, "Laplacian+of+Gaussian", 10),
        (7, "Gaussian+blur", 10),
        (7, "Laplacian+of+Gaussian", 10),
    ],
)
def test_a_kernel_is_seen_whole_in_the_sidebar(app: App, size: int, name: str, least: int) -> None:
    """With the longest numbers; letters below ten pixels could not be read."""
    page = app(
        f"/?image=Digit&filter={name}&kernel={size}", viewport={"width": 1024, "height": 768}
    )
    numbers = page.get_by_role("textbox", name=re.compile(r"^row \d+, column \d+$"))
    expect(numbers).to_have_count(size * size)
    count, cut, letters = numbers.evaluate_all(CUT)
    assert (count, cut) == (size * size, 0)
    assert letters >= least
