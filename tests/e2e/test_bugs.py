"""The Bugs and Gradient check pages, as a person uses them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.lessons import bugs
from convviz.ops.naive import max_pool_backward_naive
from tests.e2e.helpers import App, choose, sentence, wait_until_idle

PEAK = np.zeros((1, 1, 5, 5))
PEAK[0, 0, 2, 2] = 1
TIES = np.array([[1.0, 1, 0, 2], [0, 0, 0, 0], [5, 0, 3, 3], [0, 0, 3, 3]])[None, None]
CASES = {
    "= for +=": (PEAK, bugs.max_pool_backward_assigned, 3),
    "All maxima in full": (TIES, bugs.max_pool_backward_to_all, 2),
}


def cells(page: Page, chart: int) -> Locator:
    """What stands in the cells of a grid, row by row."""
    return page.locator(".js-plotly-plot").nth(chart).locator(".heatmap-label")


def written(values: np.ndarray) -> list[str]:
    return [f"{value:.4g}".replace("-", "−") for value in values.ravel()]


@pytest.mark.main
@pytest.mark.parametrize("name", CASES)
def test_the_wrong_gradient_stands_beside_the_right_one(app: App, name: str) -> None:
    """Both as NumPy computes them, the difference too, and a frame around every cell that differs."""
    x, bug, size = CASES[name]
    param = {"pool_height": size, "pool_width": size, "stride": 2}
    cache, dout = (x, param), np.ones((1, 1, 2, 2))
    right, buggy = max_pool_backward_naive(dout, cache), bug(dout, cache)
    page = app("/classic-bugs")
    choose(page, "Bug", name)
    total = f"{buggy.sum():g}"
    expect(page.get_by_text(f"dx, buggy {x.shape[2]}×{x.shape[3]}, sum {total}")).to_be_visible()
    for chart, values in enumerate((x, buggy, right, buggy - right)):
        expect(cells(page, chart)).to_have_text(written(values))
    wrong = int((right != buggy).sum())
    assert wrong > 0
    expect(page.get_by_text(re.compile(f"The buggy dx has {wrong} wrong cells?"))).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0
    for chart, framed in ((1, wrong), (2, 0), (3, wrong)):
        frames = page.locator(".js-plotly-plot").nth(chart).locator(".shapelayer path")
        expect(frames).to_have_count(framed)
    expect(page.get_by_text("passes the course's check: dx 3.28e-12")).to_have_count(2)


def test_minus_pad_leaves_no_gradient_at_all(app: App) -> None:
    """The bug is in the link; both functions are shown whole, and print the same in the course's check."""
    page = app("/classic-bugs?bug=pad:-pad")
    expect(page.get_by_text("The buggy dx is empty.")).to_be_visible()
    passed = page.get_by_text("passes the course's check: dx 1.16e-08, dw 2.25e-10, db 3.37e-11")
    expect(passed).to_have_count(2)
    expect(page.get_by_text("dx, buggy 0×0, sum 0")).to_be_visible()
    expect(page.get_by_text("Empty: no gradient reaches x.")).to_be_visible()
    windows = [[1, 2, 2, 1], [2, 4, 4, 2], [2, 4, 4, 2], [1, 2, 2, 1]]
    expect(cells(page, 1)).to_have_text(written(np.array(windows)))
    page.get_by_text("Both functions as a whole").click()
    expect(page.get_by_text("def conv_backward_to_minus_pad")).to_be_visible()


DIFFERING = {
    "pad:-pad": (
        "dx = dx_pad[:, :, pad:-pad, pad:-pad]",
        "dx = dx_pad[:, :, pad : pad + H, pad : pad + W]",
    ),
    "= for +=": (
        "dx[n, c, top:bottom, left:right] = np.where(is_max, share, 0)",
        "dx[n, c, top:bottom, left:right] += np.where(is_max, share, 0)",
    ),
    "All maxima in full": ("share = dout[n, c, i, j]", "share = dout[n, c, i, j] / is_max.sum()"),
    "Flat argmax split by the wrong side": (
        "row, col = divmod(k, pool_height)",
        "row, col = divmod(k, pool_width)",
    ),
}


@pytest.mark.parametrize("bug", DIFFERING)
def test_the_line_that_differs_is_marked_in_both_functions(app: App, bug: str) -> None:
    """It alone has a ground of its own."""
    page = app(f"/classic-bugs?{urlencode({'bug': bug})}")
    for key, line in zip(("buggy", "right"), DIFFERING[bug], strict=True):
        lines = page.locator(f".st-key-{key} code > span")
        expect(lines.first).to_have_text(line)
        grounds = lines.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
        clear = "rgba(0, 0, 0, 0)"
        assert grounds[0] != clear
        assert set(grounds[1:]) <= {clear}


def test_the_right_loop_is_stepped_from_the_first_cell_that_is_wrong(app: App) -> None:
    """At padding 2 a loop over the unpadded image stops before the fourth column of dout."""
    page = app("/classic-bugs?bug=Loop+over+the+unpadded+image")
    expect(page.get_by_text("The buggy dx has 8 wrong cells.")).to_be_visible()
    page.get_by_text("Step through the right loop").click()
    expect(sentence(page)).to_contain_text("dx_pad[0, 0, 2, 3] gains dout × w")
    expect(page).to_have_url(re.compile("view=Step"))
    wait_until_idle(page)
    choose(page, "Bug", "eps outside the root")
    expect(page.get_by_text("The buggy out has 4 wrong cells.")).to_be_visible()
    expect(sentence(page)).to_have_text("out[0, 1] ≈ 0.953463 + beta 0 ≈ 0.953463")


def test_code_within_a_sentence_is_at_least_14_pixels_high(app: App) -> None:
    page = app("/classic-bugs?bug=pad:-pad")
    size = page.locator("p > code").first.evaluate("code => getComputedStyle(code).fontSize")
    assert float(size.removesuffix("px")) >= 14


def relu_errors(seed: int, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """ReLU's gradient, its centred differences and their relative errors, in plain NumPy."""
    x = np.random.default_rng(seed).normal(size=(2, 2, 5, 5))
    dout = np.random.default_rng(seed + 1).normal(size=x.shape)
    numeric = dout * (np.maximum(x + step, 0) - np.maximum(x - step, 0)) / (2 * step)
    analytic = dout * (x > 0)
    errors = abs(analytic - numeric) / np.maximum(1e-8, abs(analytic) + abs(numeric))
    return analytic, numeric, errors


@pytest.mark.main
def test_the_gradient_check_says_numpys_error(app: App) -> None:
    """The largest error at the top; the power of ten in each cell; both numbers under the pointer."""
    analytic, numeric, errors = relu_errors(2, 0.1)
    assert (errors > 0.01).any()  # some lie within 0.1 of the kink
    page = app("/gradient-check?layer=ReLU&seed=2&h=1e-1")
    shown = float(page.get_by_test_id("stMetricValue").text_content() or "")
    np.testing.assert_allclose(shown, errors.max(), rtol=0.005)
    near = (abs(np.random.default_rng(2).normal(size=errors.shape)) < 0.1).sum()
    expect(page.get_by_text(f"{near} places lie within h of a kink")).to_be_visible()
    worst = np.unravel_index(errors.argmax(), errors.shape)
    cell = worst[0] * 50 + worst[2] * 10 + worst[1] * 5 + worst[3]  # channels lie side by side
    expect(cells(page, 1)).to_have_count(errors.size)
    at_worst = cells(page, 1).nth(int(cell))
    expect(at_worst).to_have_text(f"{np.floor(np.log10(errors.max())):.0f}".replace("-", "−"))
    box = at_worst.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = page.locator(".hovertext")
    for text in (
        str(list(map(int, worst))),
        f"analytic {analytic[worst] + 0.0:.6g}",
        f"numeric {numeric[worst]:.6g}",
        f"relative error {errors.max():.6g}",
    ):
        expect(hover).to_contain_text(text.replace("-", "−"))


def test_a_wrong_gradient_is_blamed_where_rounding_does_not_explain_it(app: App) -> None:
    """In float32 too: pad:-pad leaves 0 where the difference is not."""
    page = app("/gradient-check?code=pad:-pad&pad=0&dtype=float32&h=1e-3")
    expect(page.get_by_text("Above 1e-2: the gradient is probably wrong.")).to_be_visible()
    expect(page.get_by_text("The error at dx[0, 0, 0, 0] is 1. Rounding")).to_be_visible()


def test_the_steps_stand_in_order_and_the_courses_is_marked(app: App) -> None:
    page = app("/gradient-check?rows=8&columns=8&kernel=4")
    main = page.get_by_test_id("stMain")
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0
    step = page.get_by_role("combobox", name="Step h")
    step.click()
    options = [f"1e-{power}" for power in range(1, 11)]
    options[4] += " (as the course)"
    expect(page.get_by_role("option")).to_have_text(options)
    page.keyboard.press("Escape")
    choose(page, "Step h", "1e-2")
    expect(page).to_have_url(re.compile("h=1e-2"))
    page.reload()
    expect(step).to_have_value("1e-2")


def test_float32_and_a_tiny_step_spoil_the_check(app: App) -> None:
    page = app("/gradient-check?layer=Batch+norm")
    metric = page.get_by_test_id("stMetricValue")
    assert float(metric.text_content() or "") < 1e-7
    expect(page.get_by_text("Happy: at most 1e-7.")).to_be_visible()
    page.get_by_text("float32", exact=True).click()
    expect(page.get_by_text("Rounding makes the check unreliable")).to_be_visible()
    expect(page.get_by_text("float32 stores f with a relative precision of 1e-7")).to_be_visible()
    expect(page.get_by_text("the gradient is probably wrong")).to_have_count(0)
    assert float(metric.text_content() or "") > 1e-4
    page.get_by_text("Error against h", exact=True).click()
    expect(page.locator(".js-plotly-plot .scatterlayer .trace")).to_have_count(3)
    expect(page.get_by_text("Then rounding dominates")).to_be_visible()
