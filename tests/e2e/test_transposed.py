"""The Transposed page: the stamps stepped to the end say NumPy's numbers, and the way back is not an inverse."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from convviz.ops import conv_transpose2d, conv_transpose2d_backward
from tests.e2e.helpers import App, open_app, until
from tests.e2e.test_loops import AT, SOBEL, open_steps, read_to_the_end, region, term, text


@pytest.mark.main
def test_each_input_cell_says_where_its_stamp_adds(app: App) -> None:
    """A 3×3 filter stamped at stride 2 by four cells, with a row and a column of padding cut off."""
    path = "transposed?transposed_pad=1&transposed_rows=2&transposed_columns=2"
    page = open_steps(app, path, 2)
    x, out, expected = region(2), np.zeros((5, 5)), []
    for i, j in np.ndindex(2, 2):
        window = f"out_pad[0, :, {2 * i}:{2 * i + 3}, {2 * j}:{2 * j + 3}]"
        expected.append(
            f"Input cell x[0, 0, {i}, {j}] = {text(x[i, j])} stamps the filter onto {window}."
        )
        for u, v in np.ndindex(3, 3):
            row, column, gain = 2 * i + u, 2 * j + v, x[i, j] * SOBEL[u, v]
            before = out[row, column]
            out[row, column] += gain
            expected.append(
                f"out_pad[0, 0, {row}, {column}] gains x × w = {text(x[i, j])} × {term(SOBEL[u, v])} = "
                f"{text(gain)}: {text(before)} → {text(out[row, column])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    op = conv_transpose2d(x[None], SOBEL[None, None], None, 2, 1)
    np.testing.assert_allclose(out[1:-1, 1:-1], op[0], atol=1e-12)


def test_backward_each_input_cell_gathers_the_gradient_under_its_stamp(app: App) -> None:
    path = "transposed?view=Backward&dout=Random&transposed_seed=4&transposed_pad=1"
    page = open_steps(app, f"{path}&transposed_rows=2&transposed_columns=2", 2)
    x, dx, dw, expected = region(2), np.zeros((2, 2)), np.zeros((3, 3)), []
    dout = np.random.default_rng(4).normal(size=(3, 3)).round(1) + 0.0
    padded = np.pad(dout, 1)
    for i, j in np.ndindex(2, 2):
        top, left, total = 2 * i, 2 * j, 0.0
        expected.append(
            f"x[0, 0, {i}, {j}] stamped dout_pad[0, :, {top}:{top + 3}, {left}:{left + 3}]: "
            "cut out the gradient there."
        )
        under = padded[top : top + 3, left : left + 3]
        for tap, (a, b) in enumerate(zip(under.flat, SOBEL.flat, strict=True), start=1):
            total += a * b
            said = f"{text(a)} × {term(b)} = {text(a * b)}. Sum so far {text(total)}."
            expected.append(f"Tap {tap} of 9: {said}")
        dx[i, j] = total
        expected.append(f"dx[0, 0, {i}, {j}] = sum of 9 products = {text(total)}")
        for u, v in np.ndindex(3, 3):
            gain, before = x[i, j] * under[u, v], dw[u, v]
            dw[u, v] += gain
            expected.append(
                f"dw[0, 0, {u}, {v}] gains x × dout = {text(x[i, j])} × {term(under[u, v])} = "
                f"{text(gain)}: {text(before)} → {text(dw[u, v])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    gradients = conv_transpose2d_backward(dout[None], x[None], SOBEL[None, None], 2, 1)
    np.testing.assert_allclose(dx, gradients[0][0], atol=1e-9)
    np.testing.assert_allclose(dw, gradients[1][0, 0], atol=1e-9)
    expect(page.get_by_text("dx is a convolution of dout.")).to_be_visible()


@pytest.mark.main
def test_the_overlaps_are_counted_and_make_a_checkerboard(app: App) -> None:
    """A 3×3 filter at stride 2: one stamp, two or four. At stride 3, one everywhere."""
    page = app("/transposed?view=Checkerboard")
    counts = np.outer([1, 1, 2, 1, 2, 1, 1], [1, 1, 2, 1, 2, 1, 1])
    cells = page.locator(".js-plotly-plot").first.locator(".heatmap-label")
    expect(cells).to_have_text([str(count) for count in counts.ravel()])
    expect(page.get_by_text("cells lie below 1 to 4 stamps in turn")).to_be_visible()
    expect(page.get_by_text("Resize, then convolve").first).to_be_visible()
    expect(page.locator(".scalebar")).to_have_count(0)  # photos in gray, not maps
    page = app("/transposed?view=Checkerboard&transposed_stride=3")
    expect(page.get_by_text("every cell lies below 1 stamp: no checkerboard.")).to_be_visible()


def test_the_size_comes_back_and_the_numbers_do_not(app: App) -> None:
    where = f"row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/transposed?view=Not+the+inverse&{where}")
    expect(page.get_by_text("conv2d(out, w) 3×3")).to_be_visible()
    shown = page.get_by_text("is the dx that a convolution by w computes")
    expect(shown).to_be_visible()
    from_x = page.get_by_text("It is not the inverse")
    numbers = [each.inner_text().rsplit(": ", 1)[1] for each in (shown, from_x)]
    assert float(numbers[0]) < 1e-9
    assert float(numbers[1]) > 1
    _x, out, dx, *_back = page.locator(".js-plotly-plot").all()
    expect(out.locator(".heatmap-label")).to_have_count(49)
    expect(dx.locator(".heatmap-label")).to_have_text(
        out.locator(".heatmap-label").all_text_contents()
    )


HEADS = """() => {
    window.heads = {};
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, room) {
        const left = this.canvas.getBoundingClientRect().left + x;
        window.heads[text] = [left, left + Math.min(room ?? Infinity, this.measureText(text).width)];
        return fillText.call(this, text, x, y, room);
    };
}"""


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("transposed?view=Backward&more=Sobel+y&more=Sobel+x&more=Sharpen", "dout_pad[n]"),
        ("?view=Step+through+the+loop", "x_pad"),
    ],
)
def test_the_buttons_for_a_plane_leave_its_name_alone(page: Page, path: str, head: str) -> None:
    open_app(page, f"/{path}")
    page.evaluate(HEADS)
    for height in (700, 720):  # drawn again
        page.evaluate("heads = {}")
        page.set_viewport_size({"width": 1280, "height": height})
        until(page, f"{head!r} in heads")
    begin, end = page.evaluate("heads")[head]
    buttons = page.get_by_role("region", name="Stepper").locator(".planes").bounding_box()
    assert buttons
    assert end - begin > 40
    assert end <= buttons["x"]


def test_the_names_of_planes_side_by_side_do_not_overlap(page: Page) -> None:
    """Narrow planes of a 2×2 kernel at the right edge."""
    open_app(page, "/transposed?view=Backward&filter=Custom&more=Custom&kernel=2")
    page.evaluate(HEADS)
    page.set_viewport_size({"width": 1280, "height": 740})  # drawn again
    names = [f"dw[c] c=0 f={f}" for f in (0, 1)]
    until(page, f"{names[1]!r} in heads")
    heads = page.evaluate("heads")
    assert heads[names[0]][1] <= heads[names[1]][0]
