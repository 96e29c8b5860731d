"""Predict, then reveal, where a visit adds to many cells: one is asked for, and nothing tells it before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from convviz.export.page import step_page
from convviz.ops.spec import PoolSpec
from convviz.trace import avg_pool_backward_scene
from tests.e2e.helpers import App, sentence, stepper
from tests.e2e.test_groups import open_loop as open_groups
from tests.e2e.test_groups import operands
from tests.e2e.test_loops import AT, DRAWN, SOBEL, region, text

EVERYTHING_SAID = """async () => {
  const stepper = document.querySelectorAll("*").values().map((host) => host.shadowRoot?.querySelector(".stepper"))
    .find((found) => found) ?? document.querySelector(".stepper");
  const said = [...window.drawn];
  for (const element of stepper.querySelectorAll("*")) {
    if (!element.children.length && element.checkVisibility()) said.push(element.textContent);
    const names = ["aria-label", "aria-valuetext", "title", "placeholder"];
    for (const name of names) said.push(element.getAttribute(name) ?? "");
  }
  const canvas = stepper.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  for (let y = 6; y < box.height; y += 16) for (let x = 6; x < box.width; x += 16) {
    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: box.x + x, clientY: box.y + y }));
    said.push(stepper.querySelector(".readout").textContent);
  }
  canvas.dispatchEvent(new PointerEvent("pointerleave"));
  return [...new Set(said.flatMap((text) => text.match(/[−\\d.]*\\d/g) ?? []))];
}"""


def open_loop(app: App, path: str, side: int) -> Page:
    page = app(f"/{path}&rows={side}&columns={side}&row={AT[0]}&col={AT[1]}&channels=Gray")
    expect(page.locator(".sentence")).not_to_be_empty()
    page.evaluate(DRAWN)
    return page


def asked(page: Page, cell: str, before: float):
    """The box for this cell, once the question says what the cell holds."""
    box = stepper(page).get_by_role("textbox", name=f"Your guess for {cell}", exact=True)
    expect(box).to_be_focused()
    expect(sentence(page)).to_contain_text(f"{cell} holds {text(before)}. What will it hold")
    expect(stepper(page).get_by_role("group", name="Arithmetic")).to_have_text(
        f"{cell} = {text(before)} + ?", use_inner_text=True
    )
    return box


def questions(dout: np.ndarray, x_pad: np.ndarray) -> Iterator[tuple[str, float, float]]:
    """Of a 3×3 filter at stride 1: the cell asked for, and what it holds before and after, visit by visit."""
    dx, dw = np.zeros_like(x_pad), np.zeros((3, 3))
    for visit, (i, j) in enumerate(np.ndindex(dout.shape)):
        x_window, dx_window = x_pad[i : i + 3, j : j + 3], dx[i : i + 3, j : j + 3]
        changes = np.abs(dout[i, j] * (x_window if visit % 2 else SOBEL))
        if visit % 2 == 0:  # a cell of dx, none of the padding
            inside = np.zeros_like(dx)
            inside[1:-1, 1:-1] = 1
            changes = np.where(inside[i : i + 3, j : j + 3], changes, -1)
        u, v = np.unravel_index(changes.argmax(), (3, 3))
        before = (dw if visit % 2 else dx_window)[u, v]
        dx_window += dout[i, j] * SOBEL
        dw += dout[i, j] * x_window
        after = (dw if visit % 2 else dx_window)[u, v]
        yield (
            f"dw[0, 0, {u}, {v}]" if visit % 2 else f"dx_pad[0, 0, {i + u}, {j + v}]",
            before,
            after,
        )


@pytest.mark.main
def test_a_cell_of_dx_and_of_dw_is_asked_for_in_turn(app: App) -> None:
    """Right, within the rounding allowed, a clicker that only goes on, wrong; what is revealed is that cell."""
    dout = np.random.default_rng(5).normal(size=(4, 4)).round(1)
    expected = questions(dout, np.pad(region(4), 1))
    page = open_loop(app, "backward?dout=Random&seed=5", 4)
    page.keyboard.press("g")
    cell, before, after = next(expected)
    asked(page, cell, before).fill(text(after))
    page.keyboard.press("Enter")
    expect(stepper(page).get_by_text(f"{text(after)} is right.")).to_be_visible()
    expect(sentence(page)).to_have_text(
        re.compile(rf"^{re.escape(cell)} gains dout × w = .*: {text(before)} → {text(after)}$")
    )
    page.keyboard.press("PageDown")
    cell, before, after = next(expected)
    near = float(f"{after:.3g}")
    assert near != after, "the pixels have changed: choose another region"
    box = asked(page, cell, before)
    assert not {text(after), text(after - before)} & set(page.evaluate(EVERYTHING_SAID))
    box.fill(text(near))
    page.keyboard.press("Enter")
    said = f"{text(near)} is right, within 1 % of {text(after)}."
    expect(stepper(page).get_by_text(said)).to_be_visible()
    for _ in range(2):
        page.keyboard.press("PageDown")
        cell, before, after = next(expected)
        asked(page, cell, before)
        page.keyboard.press("PageDown")  # nobody guessed
        expect(sentence(page)).to_have_text(
            re.compile(rf"^{re.escape(cell)} gains .*: {text(before)} → {text(after)}$")
        )
    page.keyboard.press("PageUp")
    asked(page, cell, before).fill(text(after + 0.05 * abs(after)))
    page.keyboard.press("Enter")
    expect(stepper(page).get_by_text(f": it is {text(after)}.")).to_be_visible()
    page.keyboard.press("g")  # who guesses no more leaves no half-done cell
    expect(stepper(page).get_by_role("textbox")).to_have_count(0)
    expect(sentence(page)).to_have_text(re.compile(r"^dout\[0, 0, 0, 3\] = \S+: db\[0\] gains"))


def test_max_pooling_asks_for_the_winner_and_says_neither_its_share_nor_the_largest(
    app: App,
) -> None:
    page = open_loop(app, "pooling?view=Backward&kernel=2&stride=1&dout=Random&seed=3", 4)
    x, dout = region(4), np.random.default_rng(3).normal(size=(3, 3)).round(1)
    dx, given = np.zeros_like(x), {text(gradient) for gradient in dout.flat}
    page.keyboard.press("g")
    for i, j in np.ndindex(2, 3):
        window = x[i : i + 2, j : j + 2]
        is_max = window == window.max()
        u, v = np.argwhere(is_max)[0]
        before = dx[i + u, j + v]
        dx[i : i + 2, j : j + 2] += is_max * dout[i, j] / is_max.sum()
        after = dx[i + u, j + v]
        box = asked(page, f"dx[0, 0, {i + u}, {j + v}]", before)
        if before and text(after) not in given:
            assert text(after) not in page.evaluate(EVERYTHING_SAID)
            given.add(text(after))
        box.fill(text(after))
        page.keyboard.press("Enter")
        expect(stepper(page).get_by_text(f"{text(after)} is right.")).to_be_visible()
        expect(sentence(page)).to_contain_text("gains np.where(is_max, share, 0) = np.where(1, ")
        page.keyboard.press("PageDown")
        page.evaluate("window.drawn.clear()")
    assert len(given) > dout.size, "no number was looked for: choose another seed"


def test_average_pooling_asks_in_chinese(app: App) -> None:
    page = open_loop(
        app, "pooling?lang=zh&view=Backward&pool=Average&kernel=2&dout=Random&seed=3", 4
    )
    share = np.random.default_rng(3).normal(size=(2, 2)).round(1)[0, 0] / 4
    page.keyboard.press("g")
    box = page.get_by_role("textbox", name="你猜 dx[0, 0, 0, 0] 是多少")
    expect(box).to_be_focused()
    expect(page.get_by_text("dx[0, 0, 0, 0] 现为 0。dout[")).to_be_visible()
    expect(page.get_by_text("整数须完全相等，其他数的误差须在 1% 以内。")).to_be_visible()
    assert text(share) not in page.evaluate(EVERYTHING_SAID)
    box.fill(text(share))
    box.press("Enter")
    expect(page.get_by_text(f"{text(share)} 正确。")).to_be_visible()


def test_the_offline_page_asks_too(new_page: Callable[..., Page], tmp_path: Path) -> None:
    """Without the app and the network: each share is a quarter of the gradient, added to what was there."""
    dout = np.array([[[[1.0, -2.0], [3.0, 5.0]]]])
    scene = avg_pool_backward_scene(dout, np.zeros((1, 1, 3, 3)), PoolSpec.make(2, stride=1))
    step_page(scene).save(tmp_path / "steps.html")
    page = new_page(offline=True)
    page.goto((tmp_path / "steps.html").as_uri())
    page.keyboard.press("g")
    for cell, before, after in (("0, 0", 0, 0.25), ("0, 1", 0.25, -0.25), ("1, 0", 0.25, 1.0)):
        asked(page, f"dx[0, 0, {cell}]", before).fill(text(after))
        page.keyboard.press("Enter")
        expect(stepper(page).get_by_text(f"{text(after)} is right.")).to_be_visible()
        page.keyboard.press("PageDown")


def guess_rightly(page: Page, cell: str, value: float) -> None:
    """Answer what is asked for, which nothing on the page tells before, and go on."""
    box = stepper(page).get_by_role("textbox", name=f"Your guess for {cell}", exact=True)
    expect(box).to_be_focused()
    assert text(value) not in page.evaluate(EVERYTHING_SAID)
    box.fill(text(value))
    page.keyboard.press("Enter")
    expect(stepper(page).get_by_text(f"{text(value)} is right.")).to_be_visible()
    page.keyboard.press("PageDown")
    page.evaluate("window.drawn.clear()")


def test_as_a_matrix_asks_for_each_product(app: App) -> None:
    page = open_loop(app, "as-matrix?view=Product&pad=0", 4)
    x = region(4)
    page.keyboard.press("g")
    for i, j in np.ndindex(2, 2):
        guess_rightly(page, f"out[0, 0, {i}, {j}]", (x[i : i + 3, j : j + 3] * SOBEL).sum())


def test_as_a_matrix_asks_for_a_number_that_is_copied(app: App) -> None:
    page = open_loop(app, "as-matrix?view=im2col", 4)
    x_pad = np.pad(region(4), 1)
    page.keyboard.press("g")
    box = stepper(page).get_by_role("textbox")
    for column in range(2):
        expect(box).to_have_accessible_name(re.compile(rf"x_cols\[0, \d, {column}\]"))
        cell = (box.get_attribute("aria-label") or "").removeprefix("Your guess for ")
        expect(stepper(page).get_by_role("group", name="Arithmetic")).to_have_text(
            f"{cell} = ?", use_inner_text=True
        )
        row = int(re.findall(r"\d+", cell)[1])
        copied = x_pad[:3, column : column + 3].flat[row]
        box.fill(text(copied))
        page.keyboard.press("Enter")
        expect(stepper(page).get_by_text(f"{text(copied)} is right.")).to_be_visible()
        page.keyboard.press("PageDown")


def test_groups_asks_for_the_sum_over_the_channels_of_a_group(app: App) -> None:
    page = open_groups(app, "Forward")
    stepper(page).get_by_text("cell", exact=True).click()
    page.evaluate(DRAWN)
    x_pad, w = operands()
    page.keyboard.press("g")
    for i, j in np.ndindex(2, 2):
        guess_rightly(page, f"out[0, 0, {i}, {j}]", (x_pad[:2, i : i + 3, j : j + 3] * w[0]).sum())


def test_transposed_asks_for_a_cell_on_which_stamps_lie(app: App) -> None:
    page = open_loop(app, "transposed?transposed_rows=2&transposed_columns=2", 2)
    x, out = region(2), np.zeros((5, 5))
    page.keyboard.press("g")
    box = stepper(page).get_by_role("textbox")
    for i, j in np.ndindex(2, 2):
        expect(sentence(page)).to_contain_text(f"x[0, 0, {i}, {j}] = ")
        cell = (box.get_attribute("aria-label") or "").removeprefix("Your guess for ")
        row, column = map(int, re.findall(r"\d+", cell)[2:])
        before = out[row, column]
        out[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] += x[i, j] * SOBEL
        asked(page, cell, before)
        guess_rightly(page, cell, out[row, column])
