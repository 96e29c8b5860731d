"""The pooling loops and both backward loops, stepped to the end: every sentence says NumPy's numbers."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.ops.conv import conv2d_backward
from convviz.ops.pool import Ties, avg_pool2d_backward, max_pool2d_backward
from convviz.photos.samples import sample
from tests.e2e.helpers import App, step_on, until

SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
AT = (150, 200)  # top left corner of the region on the cat


def text(value: float) -> str:
    """A number as the page writes it."""
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.6g}".replace("-", "−")  # + 0.0 turns -0 into 0


def term(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)


def region(side: int) -> np.ndarray:
    """The part of the gray cat stepped through, (side, side)."""
    red, green, blue = sample("cat").pixels.astype(int).transpose(2, 0, 1)
    luma = (
        red * 19595 + green * 38470 + blue * 7471 + 0x8000
    ) >> 16  # ITU-R BT.601, as Pillow rounds it
    return luma[AT[0] : AT[0] + side, AT[1] : AT[1] + side].astype(float)


def open_steps(app: App, path: str, side: int, unit: str = "tap") -> Page:
    where = f"rows={side}&columns={side}&row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/{path}&{where}")
    stepper = page.get_by_role("region", name="Stepper")
    stepper.get_by_text(unit, exact=True).click()
    page.keyboard.press("Home")
    return page


def read_to_the_end(page: Page, count: int) -> list[str]:
    """The sentence of every step, by the arrow key, from the first."""
    said = step_on(page, count)
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    return said


@pytest.mark.main
def test_max_pooling_says_each_comparison_and_where_the_winner_lies(app: App) -> None:
    """3×3 windows at stride 2 with padding 1 on 5×5: overlapping, with −∞ around."""
    page = open_steps(app, "pooling?view=Forward&around=Padding&kernel=3&stride=2&pad=1", 5)
    x_pad = np.pad(region(5), 1, constant_values=-np.inf)
    expected = []
    for i, j in np.ndindex(3, 3):
        top, left = 2 * i, 2 * j
        window = x_pad[top : top + 3, left : left + 3]
        expected.append(
            f"Cell out[0, 0, {i}, {j}]: its window is x_pad[0, 0, {top}:{top + 3}, {left}:{left + 3}]."
        )
        for k, value in enumerate(window.ravel()):
            largest = window.ravel()[: k + 1].max()
            expected.append(f"Tap {k + 1} of 9: {text(value)}. Largest so far {text(largest)}.")
        held = np.argwhere(window == window.max())
        where = f"x_pad[0, 0, {top + held[0, 0]}, {left + held[0, 1]}]"
        result = f"out[0, 0, {i}, {j}] = {text(window.max())}"
        expected.append(
            f"{result}, the largest of 9: {where}"
            if len(held) == 1
            else f"{result}, held by {len(held)} of 9 cells; the first is {where}"
        )
    assert read_to_the_end(page, len(expected)) == expected


@pytest.mark.main
@pytest.mark.parametrize(("rule", "link"), [("split", ""), ("first", "&ties=First")])
def test_max_pooling_backward_hands_each_gradient_to_the_maxima(
    app: App, rule: Ties, link: str
) -> None:
    """The after-values said last for each cell are the gradient, and overlapping windows add up."""
    page = open_steps(app, f"pooling?view=Backward&kernel=3&stride=1&dout=Random&seed=3{link}", 4)
    x, dout = region(4), np.random.default_rng(3).normal(size=(2, 2)).round(1)
    dx = np.zeros_like(x)
    expected = []
    for i, j in np.ndindex(2, 2):
        window = x[i : i + 3, j : j + 3]
        is_max = window == window.max()
        held = np.argwhere(is_max)
        where = f"x[0, 0, {i + held[0, 0]}, {j + held[0, 1]}]"
        expected.append(
            f"dout[0, 0, {i}, {j}] = {text(dout[i, j])} came from the window x[0, 0, {i}:{i + 3}, {j}:{j + 3}]."
        )
        largest = f"The largest of 9 is {text(window.max())}"
        expected.append(
            f"{largest}, at {where}."
            if len(held) == 1
            else f"{largest}, held by {len(held)} cells; the first is {where}."
        )
        if rule == "first":
            is_max = np.arange(9).reshape(3, 3) == window.argmax()
        share = dout[i, j] / is_max.sum()
        expected.append(f"share = dout {text(dout[i, j])} / {is_max.sum()} = {text(share)}")
        for u, v in np.ndindex(3, 3):
            before, gain = dx[i + u, j + v], is_max[u, v] * share
            dx[i + u, j + v] += gain
            expected.append(
                f"dx[0, 0, {i + u}, {j + v}] gains np.where(is_max, share, 0) = "
                f"np.where({int(is_max[u, v])}, {text(share)}, 0) = "
                f"{text(gain)}: {text(before)} → {text(dx[i + u, j + v])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    op = max_pool2d_backward(dout[None], x[None], 3, stride=1, ties=rule)
    np.testing.assert_allclose(dx, op[0], atol=1e-12)


@pytest.mark.main
def test_average_pooling_says_its_sum_and_divisor(app: App) -> None:
    page = open_steps(app, "pooling?view=Forward&pool=Average&kernel=2&stride=2", 4)
    x = region(4)
    expected = []
    for i, j in np.ndindex(2, 2):
        top, left = 2 * i, 2 * j
        window = x[top : top + 2, left : left + 2]
        expected.append(
            f"Cell out[0, 0, {i}, {j}]: its window is x[0, 0, {top}:{top + 2}, {left}:{left + 2}]."
        )
        for k, value in enumerate(window.ravel()):
            expected.append(
                f"Tap {k + 1} of 4: {text(value)}. Sum so far {text(window.ravel()[: k + 1].sum())}."
            )
        expected.append(
            f"out[0, 0, {i}, {j}] = sum {text(window.sum())} / 4 cells counted = {text(window.mean())}"
        )
    assert read_to_the_end(page, len(expected)) == expected


# Notes the texts that reach the canvas. A panel is drawn beside it with all its numbers;
# of these the part counts that is copied.
DRAWN = """() => {
    window.drawn = new Set();
    const beside = new WeakMap();
    const { fillText, drawImage } = CanvasRenderingContext2D.prototype;
    Object.assign(CanvasRenderingContext2D.prototype, {
        fillText(text, x, y, ...most) {
            if (this.canvas.isConnected) window.drawn.add(text);
            else {
                const place = this.getTransform().transformPoint({ x, y });
                beside.set(this.canvas, [...(beside.get(this.canvas) ?? []), { text, place }]);
            }
            return fillText.call(this, text, x, y, ...most);
        },
        drawImage(source, ...where) {
            const [left, top, wide, high] = where.length === 8 ? where : [0, 0, source.width, source.height];
            for (const { text, place: { x, y } } of beside.get(source) ?? []) {
                if (x >= left && x <= left + wide && y >= top && y <= top + high) window.drawn.add(text);
            }
            return drawImage.call(this, source, ...where);
        },
    });
}"""


def test_average_pooling_backward_gives_each_cell_the_same_share(app: App) -> None:
    """Overlapping windows with padding that does not count; every number drawn is one that was computed."""
    setting = "around=Padding&pool=Average&kernel=3&stride=2&pad=1&counted=false&dout=Random&seed=4"
    page = open_steps(app, f"pooling?view=Backward&{setting}", 3)
    page.evaluate(DRAWN)
    page.set_viewport_size(
        {"width": 1240, "height": 720}
    )  # all is drawn anew, the region's pixels too
    until(page, "drawn.size")
    dout, dx = np.random.default_rng(4).normal(size=(2, 2)).round(1) + 0.0, np.zeros((5, 5))
    expected = []
    for i, j in np.ndindex(2, 2):
        top, left = 2 * i, 2 * j
        share = dout[i, j] / 4  # each window reaches one corner of the padding, and holds 4 pixels
        expected.append(
            f"dout[0, 0, {i}, {j}] = {text(dout[i, j])} is shared by the 4 cells that counted: {text(share)} each."
        )
        for u, v in np.ndindex(3, 3):
            row, column = top + u, left + v
            before = dx[row, column]
            dx[row, column] += share
            expected.append(
                f"dx_pad[0, 0, {row}, {column}] gains share = {text(share)}: "
                f"{text(before)} → {text(dx[row, column])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    how = {"kernel": 3, "stride": 2, "padding": 1, "count_include_pad": False}
    op = avg_pool2d_backward(dout[None], region(3)[None], **how)
    np.testing.assert_allclose(dx[1:-1, 1:-1], op[0], atol=1e-12)
    drawn = page.evaluate("[...window.drawn]")
    assert {"gains", text(region(3)[0, 0])} <= set(drawn)
    assert not [number for number in drawn if "∞" in number or "NaN" in number]


@pytest.mark.main
def test_conv_backward_says_what_db_dx_and_dw_gain(app: App) -> None:
    """A 3×3 filter over 4×4 with padding 1 and stride 2; what is said last of each cell is the gradient."""
    page = open_steps(app, "backward?dout=Random&seed=5&stride=2", 4)
    x_pad, dout = np.pad(region(4), 1), np.random.default_rng(5).normal(size=(2, 2)).round(1)
    db, dx, dw = 0.0, np.zeros((6, 6)), np.zeros((3, 3))
    expected = []
    for i, j in np.ndindex(2, 2):
        gradient, top, left = dout[i, j], 2 * i, 2 * j
        expected.append(
            f"db[0] gains dout[0, 0, {i}, {j}] = {text(gradient)}: {text(db)} → {text(db + gradient)}"
        )
        db += gradient
        for u, v in np.ndindex(3, 3):
            row, column, gain = top + u, left + v, gradient * SOBEL[u, v]
            before = dx[row, column]
            dx[row, column] += gain
            expected.append(
                f"dx_pad[0, 0, {row}, {column}] gains dout × w = {text(gradient)} × {term(SOBEL[u, v])} = "
                f"{text(gain)}: {text(before)} → {text(dx[row, column])}"
            )
        for u, v in np.ndindex(3, 3):
            value = x_pad[top + u, left + v]
            before = dw[u, v]
            dw[u, v] += gradient * value
            expected.append(
                f"dw[0, 0, {u}, {v}] gains dout × x = {text(gradient)} × {term(value)} = "
                f"{text(gradient * value)}: {text(before)} → {text(dw[u, v])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    gradients = conv2d_backward(dout[None], region(4)[None], SOBEL[None, None], 2, 1)
    for built, op in zip((dx[1:-1, 1:-1], dw, db), gradients, strict=True):
        np.testing.assert_allclose(built, op.squeeze(), atol=1e-9)


def test_a_product_pointed_at_shows_its_channel_and_the_cells_it_meets(app: App) -> None:
    """The large input follows the row of products under the pointer, and comes back to the step's own channel."""
    page = app(
        f"/?view=Step+through+the+loop&around=Padding&rows=4&columns=4&row={AT[0]}&col={AT[1]}"
    )
    stepper = page.get_by_role("region", name="Stepper")
    green = stepper.get_by_role("radio", name="G", exact=True)
    expect(stepper.get_by_role("radio", name="R", exact=True)).to_be_checked()
    canvas = stepper.get_by_role("img", name="grids of numbers")
    box = canvas.bounding_box()
    assert box
    said = stepper.get_by_text("Tap G row")
    for y in range(10, int(box["height"]), 12):  # down through the three rows of windows
        page.mouse.move(box["x"] + 0.45 * box["width"], box["y"] + y)
        if said.count():
            break
    expect(said).to_be_visible()
    expect(green).to_be_checked()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2)
    expect(green).not_to_be_checked()


def test_a_cell_of_dout_at_a_time_says_where_its_gradient_goes(app: App) -> None:
    """By cell the sentence is about the whole visit, not about its last tap; a channel chosen stays chosen."""
    where = f"rows=4&columns=4&row={AT[0]}&col={AT[1]}"
    page = app(f"/backward?dout=Random&seed=5&stride=2&{where}")
    dout = np.random.default_rng(5).normal(size=(2, 2)).round(1)
    stepper = page.get_by_role("region", name="Stepper")
    sentence = stepper.get_by_role("status")
    for i, j in np.ndindex(2, 2):
        d, rows, columns = text(dout[i, j]), f"{2 * i}:{2 * i + 3}", f"{2 * j}:{2 * j + 3}"
        expect(sentence).to_have_text(
            f"dout[0, 0, {i}, {j}] = {d}: db[0] gains {d}, dx_pad[0, :, {rows}, {columns}] gains {d}·w[0], "
            f"dw[0] gains {d}·window"
        )
        page.keyboard.press("ArrowRight")
    expect(stepper.locator("[aria-current=step]")).to_have_count(3)

    def chosen(channel: str) -> Locator:
        return stepper.get_by_role("radio", name=channel, exact=True)

    for channel in ("G", "B", "R"):
        stepper.get_by_text(channel, exact=True).first.click()
        expect(chosen(channel)).to_be_checked()
        page.keyboard.press("ArrowLeft")
        expect(chosen(channel)).to_be_checked()
    stepper.get_by_text("tap", exact=True).click()
    page.keyboard.press("End")  # a tap of blue
    expect(chosen("B")).to_be_checked()
    stepper.get_by_text("R", exact=True).first.click()
    expect(chosen("R")).to_be_checked()
    page.keyboard.press("ArrowLeft")  # the next step follows its tap again
    expect(chosen("B")).to_be_checked()


@pytest.mark.parametrize("link", ["", "&ties=First"])
def test_a_cell_at_a_time_names_the_maximum_that_gets_the_gradient(app: App, link: str) -> None:
    where = f"rows=6&columns=6&row={AT[0]}&col={AT[1]}&channels=Gray"
    page = app(f"/pooling?view=Backward&dout=Random&seed=3{link}&{where}")
    x, dout = region(6), np.random.default_rng(3).normal(size=(3, 3)).round(1)
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status")
    ties: list[int] = []
    for i, j in np.ndindex(3, 3):
        window = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        held = np.argwhere(window == window.max())
        ties.append(len(held))
        start = f"dout[0, 0, {i}, {j}] = {text(dout[i, j])} "
        many = f"the {len(held)} cells that hold the maximum {text(window.max())}"
        cell = f"x[0, 0, {2 * i + held[0, 0]}, {2 * j + held[0, 1]}]"
        if len(held) == 1:
            said = f"{start}goes to the maximum {text(window.max())}, {cell}"
        elif link:
            said = f"{start}goes to the first of {many}: {cell}"
        else:
            said = f"{start}is shared by {many}: {text(dout[i, j] / len(held))} each"
        expect(sentence).to_have_text(said)
        page.keyboard.press("ArrowRight")
    assert {1, 2} <= set(ties)


def test_going_back_takes_what_was_added_off_again(app: App) -> None:
    """A step back shows the number from before, not a second addition."""
    page = open_steps(app, "backward?dout=Random&seed=5&stride=2", 4)
    sentence = page.get_by_role("region", name="Stepper").get_by_role("status")
    page.keyboard.press("End")
    said = sentence.text_content()
    for key in ("ArrowLeft", "ArrowLeft", "Home", "End", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(sentence).to_have_text(said or "")


def test_the_full_correlation_gathers_what_the_loop_scatters(app: App) -> None:
    """Each cell of dx_pad is one sum over the spread-out gradient, and the loop's number."""
    how = "view=As+a+full+correlation&dout=Random&seed=5&stride=2&pad=0"
    page = open_steps(app, f"backward?{how}", 4)
    dout, turned = np.random.default_rng(5).normal(size=(1, 1)).round(1), SOBEL[::-1, ::-1]
    spread = np.pad(dout, ((2, 3), (2, 3)))  # the stride leaves a row and a column over
    dx, expected = np.zeros((4, 4)), []
    for i, j in np.ndindex(4, 4):
        expected.append(
            f"Cell dx_pad[0, 0, {i}, {j}]: cut out its window of the spread-out dout, rows {i}:{i + 3}, "
            f"columns {j}:{j + 3}."
        )
        for k, (a, b) in enumerate(
            zip(spread[i : i + 3, j : j + 3].flat, turned.flat, strict=True)
        ):
            dx[i, j] += a * b
            expected.append(
                f"Tap {k + 1} of 9: {text(a)} × {term(b)} = {text(a * b)}. Sum so far {text(dx[i, j])}."
            )
        expected.append(f"dx_pad[0, 0, {i}, {j}] = sum of 9 products = {text(dx[i, j])}")
    assert read_to_the_end(page, len(expected)) == expected
    gradient, *_ = conv2d_backward(dout[None], region(4)[None], SOBEL[None, None], 2)
    np.testing.assert_allclose(dx, gradient[0], atol=1e-12)
    assert not dx[3].any()  # the row left over


def test_the_full_correlation_is_the_loops_gradient(app: App) -> None:
    """The page prints the largest difference, which is rounding; the gathered number is the scattered one."""
    page = app("/backward?view=As+a+full+correlation&dout=Random&stride=2&dilation=2&pad=2")
    shown = page.get_by_text("Largest difference from the loop's dx_pad:")
    difference = float((shown.text_content() or "").rsplit(":", 1)[1])
    assert difference < 1e-12
