"""The As a matrix page: its three loops stepped to the end say NumPy's numbers, and its matrices are NumPy's."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.ops import conv2d_backward, im2col
from tests.e2e.helpers import App
from tests.e2e.test_loops import AT, SOBEL, open_steps, read_to_the_end, region, term, text


def test_im2col_says_where_each_number_of_a_window_goes(app: App) -> None:
    """A 3×3 window over 4×4 with padding 1 and stride 2: four columns of nine."""
    page = open_steps(app, "as-matrix?view=im2col&stride=2", 4)
    x_pad, expected = np.pad(region(4), 1), []
    for k, (i, j) in enumerate(np.ndindex(2, 2)):
        top, left = 2 * i, 2 * j
        window = f"x_pad[0, :, {top}:{top + 3}, {left}:{left + 3}]"
        expected.append(f"Window {k}: cut out {window}.")
        for row, value in enumerate(x_pad[top : top + 3, left : left + 3].flat):
            said = f"Number {row + 1} of 9 of the window, {text(value)}, is copied to row {row} of column {k}."
            expected.append(said)
    assert read_to_the_end(page, len(expected)) == expected
    stepper = page.get_by_role("region", name="Stepper")
    stepper.get_by_text("column", exact=True).click()
    said = "x_pad[0, :, 2:5, 2:5] becomes column 3 of x_cols"
    expect(stepper.get_by_role("status").first).to_have_text(said)


@pytest.mark.main
def test_the_product_says_each_sum_over_a_column(app: App) -> None:
    page = open_steps(app, "as-matrix?view=Product&stride=2", 4)
    columns, expected = im2col(region(4)[None], 3, 2, 1), []
    for k, (i, j) in enumerate(np.ndindex(2, 2)):
        expected.append(f"Cell out[0, 0, {i}, {j}]: its window is column {k} of x_cols.")
        total = 0.0
        for tap, (a, b) in enumerate(zip(columns[:, k], SOBEL.flat, strict=True), start=1):
            total += a * b
            said = (
                f"Tap {tap} of 9: {text(a)} × {term(b)} = {text(a * b)}. Sum so far {text(total)}."
            )
            expected.append(said)
        expected.append(
            f"out[0, 0, {i}, {j}] = sum of 9 products {text(total)} + bias 0 = {text(total)}"
        )
    assert read_to_the_end(page, len(expected)) == expected


def test_dw_says_each_sum_over_what_a_weight_met(app: App) -> None:
    """Each weight is a sum over all windows: a row of dout times a row of x_cols."""
    page = open_steps(app, "as-matrix?view=dw&dout=Random&seed=5&stride=2", 4, "window")
    dout = np.random.default_rng(5).normal(size=(2, 2)).round(1) + 0.0
    columns, expected = im2col(region(4)[None], 3, 2, 1), []
    for k, (u, v) in enumerate(np.ndindex(3, 3)):
        expected.append(
            f"Weight w[0, 0, {u}, {v}] met row {k} of x_cols, one number in each of 4 windows."
        )
        total = 0.0
        for tap, (a, b) in enumerate(zip(dout.flat, columns[k], strict=True), start=1):
            total += a * b
            said = f"{text(a)} × {term(b)} = {text(a * b)}. Sum so far {text(total)}."
            expected.append(f"Window {tap} of 4: {said}")
        expected.append(f"dw[0, 0, {u}, {v}] = sum of 4 products = {text(total)}")
    assert read_to_the_end(page, len(expected)) == expected
    _dx, dw, _db = conv2d_backward(dout[None], region(4)[None], SOBEL[None, None], 2, 1)
    sums = [float(said.rsplit(" ", 1)[1].replace("−", "-")) for said in expected[5::6]]
    np.testing.assert_allclose(sums, dw.ravel(), rtol=1e-5)
    shown = page.get_by_text("Largest difference from conv2d_backward's dw:")
    assert float((shown.text_content() or "").rsplit(":", 1)[1]) < 1e-9


def test_col2im_adds_each_column_to_its_window(app: App) -> None:
    """What is said last of each cell is the gradient of the input."""
    page = open_steps(app, "as-matrix?view=col2im&dout=Random&seed=5&stride=2", 4)
    dout, dx = np.random.default_rng(5).normal(size=(2, 2)).round(1), np.zeros((6, 6))
    expected = []
    for k, (i, j) in enumerate(np.ndindex(2, 2)):
        window = f"dx_pad[0, :, {2 * i}:{2 * i + 3}, {2 * j}:{2 * j + 3}]"
        expected.append(f"Column {k} of dx_cols goes back to its window, {window}.")
        for tap, (u, v) in enumerate(np.ndindex(3, 3), start=1):
            row, column, gain = 2 * i + u, 2 * j + v, dout[i, j] * SOBEL[u, v]
            before = dx[row, column]
            dx[row, column] += gain
            expected.append(
                f"dx_pad[0, 0, {row}, {column}] gains number {tap} of the column, {text(gain)}: "
                f"{text(before)} → {text(dx[row, column])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    gradient, *_ = conv2d_backward(dout[None], region(4)[None], SOBEL[None, None], 2, 1)
    np.testing.assert_allclose(dx[1:-1, 1:-1], gradient[0], atol=1e-12)
    shown = page.get_by_text("Largest difference from conv2d_backward's dx:")
    assert float((shown.text_content() or "").rsplit(":", 1)[1]) < 1e-9
    page = app("/as-matrix?view=col2im")  # its buttons stand clear of the arrow above the grids
    stepper = page.get_by_role("region", name="Stepper")
    chosen = stepper.get_by_role("radiogroup", name="Channel shown")
    expect(chosen).to_be_visible()
    buttons, board = chosen.bounding_box(), stepper.locator(".board").bounding_box()
    assert buttons
    assert board
    assert buttons["y"] > board["y"] + 100


def sheet(page: Page, name: str) -> Locator:
    return page.get_by_role("application", name=re.compile(f"^{re.escape(name)},"))


def lit(page: Page, name: str, size: tuple[int, int]) -> np.ndarray:
    """Which cells of a grid do not step back, (rows, columns)."""
    alphas = """(cells, [rows, columns]) => {
        const canvas = cells.querySelector("canvas"), context = canvas.getContext("2d");
        const at = (k, count, length) => Math.floor((k + 0.3) * length / count);
        return Array.from({ length: rows * columns }, (_, k) => context.getImageData(
            at(k % columns, columns, canvas.width), at(Math.floor(k / columns), rows, canvas.height),
            1, 1).data[3]);
    }"""
    return np.array(sheet(page, name).evaluate(alphas, list(size))).reshape(size) > 128


@pytest.mark.main
def test_the_matrices_stand_side_by_side_with_what_they_cost(app: App) -> None:
    """Their numbers are NumPy's, what belongs to one lights up, and the times are this machine's."""
    where = f"rows=4&columns=4&row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/as-matrix?{where}&stride=2")
    x_pad, columns = np.pad(region(4), 1), im2col(region(4)[None], 3, 2, 1)
    expect(page.get_by_text("(1×9) · (9×4) = 1×4, a row for each map.")).to_be_visible()
    table = page.locator(".product").get_by_role("table")
    expect(table).to_contain_text(re.compile(r"x_cols and one product\s*36\s*288\s*[\d.]+ ms"))
    said = page.locator(".product [role=status]")
    expect(said).to_contain_text("Point at a number")
    sheet(page, "w_rows").press("ArrowLeft")
    for k, value in enumerate(SOBEL.ravel()):
        expect(said).to_contain_text(
            f"w_rows[0, {k}] = w[0, 0, {k // 3}, {k % 3}] = {text(value)}."
        )
        sheet(page, "w_rows").press("ArrowRight")
    assert lit(page, "x_cols", (9, 4)).nonzero()[0].tolist() == [8] * 4  # a weight meets a row
    for _ in range(3):
        sheet(page, "x_cols").press("ArrowRight")
    for k, (u, v) in enumerate(np.ndindex(3, 3)):  # down its last column
        expect(said).to_contain_text(
            f"x_cols[{k}, 3] = x_pad[0, 0, {2 + u}, {2 + v}] = {text(columns[k, 3])}, copied for window [1, 1]."
        )
        sheet(page, "x_cols").press("ArrowDown")
    box = sheet(page, "out[0]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"])
    total = text(float(SOBEL.ravel() @ columns[:, 3]))
    expect(said).to_have_text(f"out[0, 0, 1, 1] = row 0 of w_rows · column 3 of x_cols = {total}")
    windows = np.zeros((6, 6), bool)
    windows[2:5, 2:5] = True
    assert (lit(page, "x_pad[0]", (6, 6)) == windows).all()
    assert lit(page, "x_cols", (9, 4)).nonzero()[1].tolist() == [3] * 9
    assert lit(page, "w_rows", (1, 9)).all()
    assert lit(page, "out_rows", (1, 4)).ravel().tolist() == [False, False, False, True]
    box = sheet(page, "x_pad[0]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 2.5 / 6, box["y"] + box["height"] * 2.5 / 6)
    expect(said).to_have_text(
        f"x_pad[0, 0, 2, 2] = {text(x_pad[2, 2])} lies in 4 windows: x_cols holds it 4 times."
    )
    assert lit(page, "x_cols", (9, 4)).sum() == 4
    copies = sheet(page, "x_pad copies of each number")
    box = copies.bounding_box()
    assert box
    counts = np.zeros((6, 6), int)
    for i, j in np.ndindex(2, 2):
        counts[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] += 1
    for row, column in [(0, 0), (2, 2), (4, 2), (5, 5)]:
        page.mouse.move(
            box["x"] + box["width"] * (column + 0.5) / 6, box["y"] + box["height"] * (row + 0.5) / 6
        )
        count = counts[row, column]
        expect(said).to_have_text(
            f"Copies of each number x_pad[0, :, {row}, {column}]: {count}, one for each window that holds it."
        )
        assert lit(page, "x_cols", (9, 4)).sum() == count


@pytest.mark.main
def test_the_matrices_follow_a_slider_at_once(app: App) -> None:
    """Sizes, table, matrices and what lights up, without another page."""
    where = f"rows=4&columns=4&row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/as-matrix?{where}&stride=2")
    table = page.locator(".product").get_by_role("table")
    expect(table).to_contain_text(re.compile(r"x_cols and one product\s*36\s*288"))
    group = page.get_by_role("group", name="Padding on each side", exact=True)
    group.get_by_role("slider").press("ArrowLeft")
    expect(page.get_by_text("(1×9) · (9×1) = 1×1, a row for each map.")).to_be_visible()
    expect(table).to_contain_text(re.compile(r"x_cols and one product\s*9\s*72"))
    total = text(float((SOBEL * region(4)[:3, :3]).sum()))
    sheet(page, "out[0]").press("ArrowLeft")
    expect(page.locator(".product [role=status]")).to_have_text(
        f"out[0, 0, 0, 0] = row 0 of w_rows · column 0 of x_cols = {total}"
    )


def test_matrices_of_hundreds_of_rows_and_columns_stay_on_the_page(app: App) -> None:
    page = app("/as-matrix?filter=Random&kernel=15")
    expect(sheet(page, "w_rows")).to_be_visible()
    for name in ("x_cols", "w_rows", "out_rows", "out[0]"):
        expect(sheet(page, name)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("kernel", "width"), [(5, 1280), (9, 1920)])
def test_the_buttons_of_the_channels_stand_beside_the_name_of_the_products(
    app: App, kernel: int, width: int
) -> None:
    """Where all of x_pad is seen, and neither over the sum nor over the map below."""
    viewport = {"width": width, "height": 720 if width == 1280 else 1080}
    page = app(f"/as-matrix?filter=Random&kernel={kernel}&view=Product", viewport=viewport)
    stepper = page.get_by_role("region", name="Stepper")
    buttons = stepper.get_by_role("radiogroup", name="Channel shown").bounding_box()
    board = stepper.locator(".board").bounding_box()
    assert buttons
    assert board
    assert buttons["y"] + buttons["height"] <= board["y"] + 40


PARTS = """(bar) => [...bar.querySelectorAll('button, label, .count, input[name=scrub]')]
    .map((each) => each.getBoundingClientRect())
    .filter(({ width }) => width)
    .map(({ left, right, top, bottom }) => [left, right, top, bottom])"""


@pytest.mark.parametrize("width", [1280, 1190, 1170, 1024, 853])
@pytest.mark.parametrize("steps", ["as-matrix?view=dw", "?view=Step+through+the+loop&together=Dog"])
def test_the_buttons_of_five_units_stand_beside_each_other(
    app: App, width: int, steps: str
) -> None:
    page = app(f"/{steps}&more=Sobel+y", viewport={"width": width, "height": 720})
    bar = page.get_by_role("region", name="Stepper").get_by_role("toolbar")
    expect(bar.locator(".units").get_by_role("radio")).to_have_count(5)
    parts = bar.evaluate(PARTS)
    for one, other in itertools.combinations(parts, 2):
        across = min(one[1], other[1]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[2], other[2])
        assert min(across, down) <= 0.5, (one, other)
    box = bar.bounding_box()
    assert max(right for _, right, *_ in parts) <= box["x"] + box["width"] + 0.5


@pytest.mark.parametrize("path", ["/as-matrix?view=dw", "/backward?view=As+a+full+correlation"])
def test_a_sum_of_one_part_is_not_said_to_be_itself(app: App, path: str) -> None:
    """The row of its terms ends with it already."""
    said = app(path).get_by_role("region", name="Stepper").locator(".arithmetic")
    expect(said).to_contain_text(re.compile(r"= −?\d"))
    assert not re.search(r"(?m)^(\S+) [=≈] \1$", said.inner_text()), said.inner_text()
