"""Numbers of one's own, as a person brings them: pasted, typed, drawn, uploaded, and sent to others."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz import conv2d, conv2d_backward, max_pool2d
from convviz.ops import filters
from scripts.serving import Server
from tests.e2e.helpers import (
    choose,
    open_app,
    sentence,
    step_on,
    stepper,
    turn_to,
    unfold,
    wait_until_idle,
)
from tests.e2e.test_convolve import text
from tests.e2e.test_share import download, open_bar, open_scene
from tests.e2e.test_tray import thumbnail, upload

W = np.array([[1.0, 0, -1], [0, 0, 0], [-2, 0, 1]])
X = np.array(
    [[1.0, 2, 3, 4, 5], [6, 7, 8, 9, 1], [2, 3, 4, 5, 6], [7, 8, 9, 1, 2], [3, 4, 5, 6, 7]]
)
LOOP = "view=Step+through+the+loop&filter=Custom&weights=1+0+-1;0+0+0;-2+0+1&padding=Valid"


def bring(page: Page, text: str) -> None:
    """Paste a text into the box for numbers, and press its button."""
    box = page.get_by_role("textbox", name="Paste an array or rows")
    if not box.is_visible():
        page.get_by_text("Use numbers of your own").click()
    box.fill(text)
    page.get_by_role("button", name="Use these numbers").click()


def cell(page: Page, row: int, column: int, name: str = "Numbers") -> Locator:
    grid = page.get_by_role("region", name=name, exact=True)
    return grid.get_by_role("textbox", name=f"row {row}, column {column}", exact=True)


def results(page: Page, cells: int) -> list[float]:
    """The result of every cell of the loop, by the arrow key, from the first."""
    page.keyboard.press("Home")
    said = step_on(page, cells)
    expect(stepper(page).get_by_role("button", name="Next")).to_be_disabled()
    found = [re.search(r"= (−?[\d.]+)(?:,.*)?$", each) for each in said]
    assert all(found), said
    return [float(match[1].replace("−", "-")) for match in found if match]


def expect_loop(page: Page, x: np.ndarray) -> None:
    """Every cell of the convolution's loop says NumPy's number, once the stepper has these numbers."""
    out = conv2d(x[None, None], W[None, None])
    stepper(page).get_by_text("cell", exact=True).click()
    for key, value in (("End", out[0, 0, -1, -1]), ("Home", out[0, 0, 0, 0])):
        page.keyboard.press(key)
        expect(sentence(page)).to_have_text(re.compile(f"= {re.escape(text(value))}$"))
    np.testing.assert_allclose(results(page, out.size), out.ravel(), rtol=1e-5)


def test_numbers_pasted_typed_and_drawn_are_convolved_and_sent_to_others(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    open_app(page, f"/convolve?image=Digit&{LOOP}")
    bring(page, "1 2 3\n4 5 6\n7 8")
    expect(page.get_by_text("Row 3 has 2 numbers, row 2 has 3.")).to_be_visible()
    expect(page).to_have_url(re.compile("image=Digit"))
    bring(page, f"np.{X!r}")
    expect(cell(page, 0, 4)).to_have_value("5")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] = sum of 9 products −2")
    expect_loop(page, X)
    x = X.copy()
    x[0, 2] = -3.25
    cell(page, 0, 2).fill("-3.25")
    cell(page, 0, 2).press("Enter")
    expect(page).to_have_url(re.compile(r"numbers=1\+2\+-3\.25\+4\+5"))
    wait_until_idle(page)
    expect_loop(page, x)
    page.get_by_text("Draw", exact=True).click()
    expect(page.get_by_text("Click a cell, or press Space")).to_be_visible()
    cell(page, 4, 4).click()
    x[4, 4] = 0
    expect(cell(page, 4, 4)).to_have_value("0")
    cell(page, 4, 4).press("Space")
    expect(cell(page, 4, 4)).to_have_value("1")
    x[4, 4] = 1
    expect(page).to_have_url(re.compile(r"4\+5\+6\+1(&|$)"))
    wait_until_idle(page)
    expect_loop(page, x)
    other = new_page(server)
    open_app(other, page.url.removeprefix(server.url))
    expect(cell(other, 0, 2)).to_have_value("−3.25")
    expect_loop(other, x)
    open_bar(page)
    path = download(page, "Save (.json)", tmp_path)
    third = new_page(server)
    open_app(third, "/pooling")
    open_bar(third)
    open_scene(third, path.name, path.read_bytes())
    expect(third).to_have_url(re.compile("weights="))
    expect(cell(third, 0, 2)).to_have_value("−3.25")
    third.get_by_role("button", name="中文").click()
    grid = third.get_by_role("region", name="数字", exact=True)
    expect(grid.get_by_role("textbox", name="第 0 行第 2 列")).to_have_value("−3.25")


def test_numbers_uploaded_go_from_page_to_page_and_survive_a_reload(
    page: Page, tmp_path: Path
) -> None:
    x = np.round(np.random.default_rng(4).normal(size=(2, 4, 5)), 3)
    buffer = io.BytesIO()
    np.save(buffer, x)
    open_app(page, "/pooling?view=Forward&image=Digit&pooling_kernel=2&pooling_stride=1")
    upload(page, ("mine.npy", "application/octet-stream", buffer.getvalue()))
    expect(thumbnail(page, "mine")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("region", name="mine", exact=True)).to_be_visible()
    expect(sentence(page)).to_contain_text(text(x[0, :2, :2].max()))
    stepper(page).get_by_text("cell", exact=True).click()
    np.testing.assert_allclose(results(page, 24), max_pool2d(x[None], 2, 1).ravel(), rtol=1e-5)
    page.reload()
    expect(thumbnail(page, "mine")).to_have_attribute("aria-selected", "true")
    wait_until_idle(page)
    turn_to(page, "Backward")
    expect(page).to_have_url(re.compile("numbers=mine"))
    expect(stepper(page).get_by_text("x_pad").first).to_be_visible()
    wait_until_idle(page)
    open_bar(page)
    with np.load(download(page, "Arrays (.npz)", tmp_path)) as given:
        np.testing.assert_array_equal(given["x"][0], x)
        dx, dw, _db = conv2d_backward(given["dout"], x[None], given["w"], padding=1)
        np.testing.assert_allclose(given["dx"], dx, atol=1e-9)
        np.testing.assert_allclose(given["dw"], dw, atol=1e-9)
    page.keyboard.press("Escape")
    for name in ("Equivariance", "Feature maps"):
        turn_to(page, name)
        expect(thumbnail(page, "mine")).to_be_visible()
    expect(thumbnail(page, "mine")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("numbers=mine"))
    wait_until_idle(page)
    page.get_by_role("radiogroup", name="View").get_by_text("One map", exact=True).click()
    expect(page.get_by_role("region", name="mine", exact=True)).to_be_visible()


def bring_to(page: Page, x: np.ndarray, cell_at: tuple[int, int], value: float) -> None:
    """Type a number into the grid of the input, and wait until the link has it."""
    x[cell_at] = value
    cell(page, *cell_at).fill(f"{value:g}")
    cell(page, *cell_at).press("Enter")
    rows = ";".join(" ".join(f"{each:g}" for each in row) for row in x)
    expect(page).to_have_url(re.compile(f"numbers={re.escape(quote_plus(rows))}(&|$)"))
    wait_until_idle(page)


def last_sums(said: list[str]) -> dict[str, float]:
    """What each cell named by the sentences of a backward pass holds at the end."""
    found = [re.match(r"(\w+\[[\d, ]+\]) gains .* → (\S+)$", each) for each in said]
    assert all(found), said
    return {match[1]: float(match[2].replace("−", "-")) for match in found if match}


def expect_range(page: Page, out: np.ndarray) -> None:
    """A picture of the page says the smallest and the largest of these numbers."""
    said = f"Minimum {text(out.min())}, maximum {text(out.max())}"
    expect(page.get_by_text(said, exact=True).first).to_be_visible()


def expect_maps(page: Page, x: np.ndarray, w: np.ndarray, names: dict[int, str]) -> None:
    """Feature maps of the numbers have NumPy's ranges."""
    out = conv2d(x[None, None], w, padding=1)[0]
    for f, name in names.items():
        low, high = (f"{end + 0.0:.4g}".replace("-", "−") for end in (out[f].min(), out[f].max()))
        said = f"Numbers, f = {f} {name}: minimum {low}, maximum {high}"
        expect(page.get_by_role("button", name=said, exact=True)).to_be_visible()


@pytest.mark.long
def test_one_session_pastes_types_and_draws_from_page_to_page_and_gets_numpys_numbers(
    page: Page,
) -> None:
    """Backward, Gradient check, Feature maps, Sharing and Equivariance; Pooling and Convolve have tests above."""
    x = np.array([[1.0, -3, 1], [-3, -2, -2], [-3, 2, -2]])
    w, dout = np.array([[-2.0, -2], [-2, -1]]), np.array([[1.0, -3], [0, 1]])
    link = "filter=Custom&weights=-2+-2;-2+-1&kernel=2&padding=Valid&dout=Typed&gradient=1+-3;0+1"
    open_app(page, f"/backward?image=Digit&{link}")
    bring(page, repr(x.tolist()))
    expect(page).to_have_url(re.compile("numbers=1"))
    expect(cell(page, 0, 1)).to_have_value("−3")
    wait_until_idle(page)
    stepper(page).get_by_text("tap", exact=True).click()
    page.keyboard.press("Home")
    expect(sentence(page)).to_have_text("db[0] gains dout[0, 0, 0, 0] = 1: 0 → 1")
    sums = last_sums(step_on(page, dout.size * 9))
    for name, values in zip(
        ("dx_pad", "dw", "db"),
        conv2d_backward(dout[None, None], x[None, None], w[None, None]),
        strict=True,
    ):
        for place, value in np.ndenumerate(values):
            assert sums[f"{name}[{', '.join(map(str, place))}]"] == value
    assert len(sums) == x.size + w.size + 1

    turn_to(page, "Gradient check")
    choose(page, "Layer", "ReLU")
    choose(page, "Step h", "1e-1")
    unfold(page, "Input")
    page.get_by_role("radiogroup", name="Inputs").get_by_text("Your numbers").click()
    bring_to(page, x, (0, 0), 0.05)  # within h of the kink: a + n is 1 + 3/4 of dout
    expect(page.get_by_test_id("stMetricValue")).to_have_text(f"{0.25 / 1.75:.2e}")

    turn_to(page, "Feature maps")
    sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    bring_to(page, x, (2, 2), 7)
    expect_maps(page, x, np.stack([sobel, sobel.T])[:, None], {0: "Sobel x", 1: "Sobel y"})
    page.get_by_text("1 Convolution", exact=True).last.click()
    choose(page, "Filters", "Your own array")
    expect(cell(page, 2, 1, "Kernel")).to_have_value("0")
    cell(page, 2, 1, "Kernel").fill("2.5")
    cell(page, 2, 1, "Kernel").press("Enter")
    sobel[2, 1] = 2.5
    expect_maps(page, x, sobel[None, None], {0: "Given 0"})
    page.get_by_role("radiogroup", name="View").get_by_text("Steps", exact=True).click()
    stepper(page).get_by_text("cell", exact=True).click()
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("out[0, 0, 0, 0] = ")
    out = conv2d(x[None, None], sobel[None, None], padding=1)
    for said, value in zip(step_on(page, out.size), out.ravel(), strict=True):
        assert said.endswith(f"= {text(value)}")

    turn_to(page, "Sharing")
    page.get_by_role("radiogroup", name="View").get_by_text("The book's edges").click()
    page.get_by_text("Draw", exact=True).click()
    expect(page.get_by_text("Click a cell, or press Space")).to_be_visible()
    cell(page, 2, 2).click()
    x[2, 2] = 0
    expect_range(page, np.diff(x))

    turn_to(page, "Equivariance")
    bring(page, "1 2.5 3\n4 5 6\n-7 8 9")
    moved = np.array([[0, 1, 2.5], [0, 4, 5], [0, -7, 8]])
    expect_range(page, moved)
    out = conv2d(moved[None, None], filters.sobel_x().kernel[None, None], padding=1)
    shown = f"{text(out.min())} … {text(out.max())}"
    expect(page.get_by_text(shown, exact=True).first).to_be_visible()
