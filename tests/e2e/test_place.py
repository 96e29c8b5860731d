"""Beside the arithmetic of a step stand the photo with its window and the map with its cell."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.photos.samples import sample
from tests.e2e.helpers import App, open_app, until

AT = (150, 200)
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
STEPS = f"/?view=Step+through+the+loop&around=Padding&rows=4&columns=5&row={AT[0]}&col={AT[1]}"
INK = """canvas => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const colours = new Set();
    for (let k = 0; k < data.length; k += 4) colours.add(data[k] << 16 | data[k + 1] << 8 | data[k + 2]);
    return colours.size;
}"""


def pictures(page: Page) -> tuple[Locator, Locator]:
    stepper = page.get_by_role("region", name="Stepper")
    return (
        stepper.get_by_role("img", name=re.compile("The window: rows")),
        stepper.get_by_role("img", name=re.compile(r"of (out|dout)\[")),
    )


def out() -> np.ndarray:
    top, left = AT
    x = sample("cat").pixels[top : top + 4, left : left + 5].astype(float)
    x = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(0, 1))  # (4, 5, C, 3, 3)
    return np.asarray((windows * SOBEL).sum(axis=(2, 3, 4)))


@pytest.mark.main
def test_the_window_and_the_cell_move_with_the_step(app: App) -> None:
    """Where they say they are is where NumPy has them; the photo is in its colours, the map fills in."""
    page = app(STEPS)
    photo, made = pictures(page)
    for row, column in ((0, 0), (0, 1), (0, 2)):
        top, left = AT[0] - 1 + row, AT[1] - 1 + column
        where = f"rows {top} to {top + 2}, columns {left} to {left + 2}"
        expect(photo).to_have_attribute("aria-label", f"Cat. The window: {where}.")
        value = f"{out()[row, column]:g}".replace("-", "−")
        said = f"Sobel x. Row {row}, column {column} of out[n, f]: {value}."
        expect(made).to_have_attribute("aria-label", said)
        page.keyboard.press("ArrowRight")
    assert photo.evaluate(INK) > 1000
    before = made.evaluate(INK)
    page.keyboard.press("End")
    expect(made).to_have_attribute("aria-label", re.compile("Row 3, column 4"))
    assert made.evaluate(INK) > before
    page.keyboard.press("p")  # also for the last row of the hall
    for picture in (photo, made):
        box = picture.bounding_box()
        assert box
        assert box["height"] > 160


def test_on_a_phone_the_patch_and_its_dot_stand_side_by_side_on_the_first_screen(
    new_page: Callable[..., Page], server
) -> None:
    page = new_page(server, viewport={"width": 390, "height": 844})
    open_app(page, STEPS)
    left, right = (picture.bounding_box() for picture in pictures(page))
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 30
    assert left["y"] + left["height"] < 600
    assert min(left["width"], right["width"]) > 110


@pytest.mark.parametrize(
    ("path", "patch", "cell"),
    [
        ("/pooling?view=Forward", r"^Cat\.", r"Row 0, column 0 of out\[n, c\]: \d"),
        ("/backward?", r"^Cat\.", r"^Sobel x\. Row 0, column 0 of dout\[n, f\]: 1"),
        ("/feature-maps?show=Steps", r"^Cat\.", r"^Sobel x\. Row 3, column 3 of out\[n, f\]"),
        ("/network?map=0-3&cell=15-9", r"^Picture\.", r"^conv7-8 3\. Row 4, column 4 of out"),
    ],
)
def test_every_loop_over_a_photo_shows_its_place(
    app: App, path: str, patch: str, cell: str
) -> None:
    page = app(path)
    photo, made = pictures(page)
    expect(photo).to_have_attribute("aria-label", re.compile(patch))
    expect(made).to_have_attribute("aria-label", re.compile(cell))
    expect(photo).to_be_visible()
    expect(made).to_be_visible()


DRAWN = """() => {
    window.drawn = new Set();
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        window.drawn.add(text);
        return fillText.call(this, text, ...where);
    };
}"""


def test_in_a_narrow_window_all_grids_have_their_numbers(
    app: App,
) -> None:
    """At 1024×768, beside the sidebar: the input's, the window's, the kernel's, the products and the output's."""
    path = f"/?view=Step+through+the+loop&around=Padding&row={AT[0]}&col={AT[1]}"
    page = app(path, viewport={"width": 1024, "height": 760})
    stepper = page.get_by_role("region", name="Stepper")
    expect(stepper.get_by_role("status")).to_contain_text("out[0, 0, 0, 0] =")
    page.keyboard.press("End")
    expect(stepper.get_by_role("status")).to_contain_text("out[0, 0, 7, 7] =")
    page.evaluate(DRAWN)
    page.set_viewport_size({"width": 1024, "height": 768})  # all is drawn anew
    until(page, "drawn.size > 50")
    drawn = set(page.evaluate("[...drawn]"))
    region = sample("cat").pixels[AT[0] : AT[0] + 8, AT[1] : AT[1] + 8, 0]
    assert {str(value) for value in region.ravel()} <= drawn
    assert {"window", "w[f]", "products", "×", "="} <= drawn
    assert {"−2", "2", "−1", "1"} <= drawn
