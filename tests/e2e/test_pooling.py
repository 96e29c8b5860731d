"""The Pooling and Backward pages beside the stepper: the photo, the counts and the gradient to begin with."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.photos.samples import sample
from tests.e2e.helpers import App, finished

CAT = sample("cat").pixels.astype(float)


def text(value: float) -> str:
    return f"{value + 0.0:.6g}".replace("-", "−")


def cells(page: Page) -> Locator:
    return page.locator(".js-plotly-plot .heatmap-label")


def picture(page: Page, title: str) -> Locator:
    return page.get_by_role("application", name=title)


def pointed(page: Page, title: str) -> tuple[int, int, list[float]]:
    """(row, column, values) that a picture says of the pixel in its middle."""
    picture(page, title).hover()
    said = page.get_by_role("figure").filter(has_text=title).get_by_role("status")
    expect(said).to_contain_text("column")
    row, column, *values = (float(n) for n in re.findall(r"\d+\.?\d*", finished(said)))
    return int(row), int(column), values


@pytest.mark.main
@pytest.mark.parametrize(
    ("pool", "title", "fold"),
    [("Max", "Largest of each window", np.max), ("Average", "Mean of each window", np.mean)],
)
def test_the_pooled_photo_holds_numpys_numbers(app: App, pool: str, title: str, fold) -> None:
    """Fractions too: nothing is rounded to a pixel's whole numbers."""
    page = app(f"/pooling?pool={pool}&kernel=3&stride=2")
    expect(page.get_by_text("= 255")).to_be_visible()
    row, column, values = pointed(page, title)
    window = CAT[2 * row : 2 * row + 3, 2 * column : 2 * column + 3]
    assert values == pytest.approx(fold(window, axis=(0, 1)), abs=0.01)
    row, column, values = pointed(page, "cat 512×512")
    assert values == list(CAT[row, column])


@pytest.mark.main
def test_a_click_on_the_pooled_photo_is_where_stepping_begins(app: App) -> None:
    """The region moves to the cell's window, and the first step is the cell's, forward and backward."""
    page = app("/pooling?kernel=4&rows=12&columns=12")
    row, column, values = pointed(page, "Largest of each window")
    picture(page, "Largest of each window").click()
    for name, cell in (("Top row", row), ("Left column", column)):
        # Six pixels before the window's middle, and back to where a window of the photo begins.
        expect(page.get_by_label(name)).to_have_value(str(4 * cell - 8))
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status").first
    page.get_by_role("radio", name="Forward").click()
    expect(sentence).to_contain_text(f"out[0, 0, 2, 2] = {values[0]:.0f}, ")
    page.get_by_role("radio", name="Backward").click()
    expect(sentence).to_contain_text("dout[0, 0, 2, 2] = 1 ")


@pytest.mark.parametrize(
    ("path", "size", "windows", "kernel", "stride"),
    [
        ("pooling?view=Visit+counts&kernel=3&stride=2&rows=6&columns=7", (6, 7), (2, 3), (3, 3), 2),
        (
            "pooling?view=Visit+counts&kernel=2&rows=5&columns=5&ceil=true",
            (6, 6),
            (3, 3),
            (2, 2),
            2,
        ),
        ("backward?view=Visit+counts&rows=4&columns=5&dilation=1", (6, 7), (4, 5), (3, 3), 1),
    ],
)
def test_the_counts_are_those_of_the_windows(
    app: App, path: str, size, windows, kernel, stride: int
) -> None:
    counts = np.zeros(size, int)
    for i, j in np.ndindex(windows):
        counts[i * stride : i * stride + kernel[0], j * stride : j * stride + kernel[1]] += 1
    page = app(f"/{path}")
    expect(cells(page)).to_have_text([str(count) for count in counts.flat])


@pytest.mark.parametrize(
    "choice", ["Ones", "One+cell&dout_row=0&dout_col=1", "Random&seed=7", "Of+a+loss", "Typed"]
)
def test_the_backward_pass_begins_with_the_gradient_chosen(app: App, choice: str) -> None:
    """A 2×2 mean over 4×4 gray pixels: what the first step of each cell says of dout."""
    red, green, blue = CAT[150:154, 200:204].astype(int).transpose(2, 0, 1)
    gray = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16  # as Pillow rounds it
    out = gray.reshape(2, 2, 2, 2).mean(axis=(1, 3))
    dout = {
        "Ones": np.ones((2, 2)),
        "One": np.array([[0, 1], [0, 0]]),
        "Random": np.random.default_rng(7).normal(size=(2, 2)).round(1),
        "Of": out / 4,
        "Typed": np.array([[2.5, 0], [0, -1]]),
    }[choice.partition("+")[0].partition("&")[0]]
    typed = "&gradient=2.5+0;0+-1" if choice == "Typed" else ""
    where = "rows=4&columns=4&row=150&col=200&channels=Gray&pool=Average"
    page = app(f"/pooling?view=Backward&{where}&dout={choice}{typed}")
    stepper = page.get_by_role("region", name="Stepper")
    stepper.get_by_text("tap", exact=True).click()
    page.keyboard.press("Home")
    for i, j in np.ndindex(2, 2):
        said = f"dout[0, 0, {i}, {j}] = {text(dout[i, j])} is shared by the 4 cells"
        expect(stepper.get_by_role("status")).to_contain_text(said)
        for _step in range(5):  # the share, and four cells of dx
            page.keyboard.press("ArrowRight")


def test_the_loss_is_named(app: App) -> None:
    page = app("/backward?dout=Of+a+loss")
    expect(page.get_by_text("Of the loss mean(out²) / 2")).to_be_visible()
