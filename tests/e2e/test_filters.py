"""Weights for each channel of each filter, and a bias each, as a person gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page, expect

from convviz.photos.samples import sample
from scripts.serving import Server
from tests.e2e.helpers import open_app, step_on, until, wait_until_idle
from tests.e2e.test_convolve import sentence, stepper, term, text
from tests.e2e.test_share import download, open_bar, open_scene

START = "/?view=Step+through+the+loop&around=Padding&rows=4&columns=4&row=200&col=120&stride=2&filter=Sobel+x"
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def cell(page: Page, place: tuple[int, int], channel: str = "") -> Locator:
    name = f"{channel}, " * bool(channel) + f"row {place[0]}, column {place[1]}"
    return page.get_by_role("textbox", name=name, exact=True)


def type_into(page: Page, place: tuple[int, int], number: str, channel: str = "") -> None:
    cell(page, place, channel).click()
    page.keyboard.type(number)
    page.keyboard.press("Enter")


def bias(page: Page, f: int, number: str) -> None:
    box = page.get_by_role("spinbutton", name=f"Bias b[{f}]")
    box.fill(number)
    box.press("Enter")


def expect_loop(page: Page, w: np.ndarray, b: list[float]) -> None:
    """Every cell of the loop says NumPy's sum, and the bias of its filter."""
    pixels = sample("cat").pixels[200:204, 120:124].transpose(2, 0, 1).astype(float)
    x_pad = np.pad(pixels, ((0, 0), (1, 1), (1, 1)))
    expected = []
    for f, i, j in np.ndindex(len(w), 2, 2):
        window = x_pad[:, 2 * i : 2 * i + 3, 2 * j : 2 * j + 3]
        products = float((window * w[f]).sum())
        total = f"{text(products)} + bias {term(b[f])} = {text(products + b[f])}"
        expected.append(f"out[0, {f}, {i}, {j}] = sum of 27 products {total}")
    stepper(page).get_by_role("slider", name="Position").focus()
    page.keyboard.press("Home")
    expect(sentence(page)).to_have_text(expected[0])
    stepper(page).get_by_role("button", name="Next").focus()
    assert step_on(page, len(expected)) == expected


def test_a_person_gives_two_filters_their_own_weights_and_biases(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Channel by channel; what the loop says is NumPy's, also from the link and the scene file elsewhere."""
    open_app(page, START)
    count = page.get_by_role("spinbutton", name="Number of filters F")
    count.fill("2")
    count.press("Enter")
    expect(page.get_by_role("combobox", name="Filter f = 1")).to_have_value("Sobel y")
    alike = page.get_by_role("switch", name="The same in all channels")
    expect(alike).to_be_checked()
    wait_until_idle(page)  # the numbers of another filter are still on their way
    alike.click()
    expect(alike).not_to_be_checked()
    expect(page.get_by_role("combobox", name="Filter f = 1")).to_have_value("Custom, from Sobel y")
    type_into(page, (0, 0), "-0.5", "G")
    type_into(page, (2, 1), "1/4", "B")
    bias(page, 1, "-3.25")
    w = np.stack([np.stack([SOBEL] * 3), np.stack([SOBEL.T] * 3)])
    w[1, 1, 0, 0], w[1, 2, 2, 1] = -0.5, 0.25
    expect(page).to_have_url(re.compile("bias=0\\+-3.25"))
    page.get_by_role("radiogroup", name="Filter shown").get_by_text("0", exact=True).click()
    expect(alike).to_be_checked()
    type_into(page, (1, 1), "7")
    bias(page, 0, "1")
    w[0, :, 1, 1] = 7
    expect(page.get_by_role("combobox", name="Filter f = 0")).to_have_value("Custom, from Sobel x")
    expect(page).to_have_url(re.compile("bias=1\\+-3.25"))
    expect_loop(page, w, [1, -3.25])
    until(page, "!document.querySelector('[data-test-script-state=running]')")
    other = new_page(server)
    open_app(other, page.url.removeprefix(server.url))
    expect_loop(other, w, [1, -3.25])
    open_bar(page)
    path = download(page, "Save (.json)", tmp_path)
    third = new_page(server)
    open_app(third, "/pooling")
    open_bar(third)
    open_scene(third, path.name, path.read_bytes())
    expect(third).to_have_url(re.compile("bias=1\\+-3.25"))
    expect_loop(third, w, [1, -3.25])
    third.get_by_role("link", name="Backward").click()
    expect(third.get_by_role("spinbutton", name="Bias b[0]")).to_have_value("1")
    expect(third.get_by_role("combobox", name="Filter f = 0")).to_have_value("Custom, from Sobel x")
