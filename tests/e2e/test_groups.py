"""The Groups page: both loops stepped to the end say NumPy's numbers; connections and counts are the layer's."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.filters.layers import gabor
from convviz.photos.images import to_chw
from convviz.photos.samples import sample
from tests.e2e.helpers import App, wait_until_idle
from tests.e2e.test_loops import AT, read_to_the_end, term, text

CHANNELS, FILTERS, GROUPS, SIDE = 4, 4, 2, 2
OWN = CHANNELS // GROUPS  # channels of a group


def operands() -> tuple[np.ndarray, np.ndarray]:
    """Four maps of a 2×2 region of the cat, padded by one, and the filters shown."""
    gray = to_chw(sample("cat").pixels, "gray").astype(np.float64)
    bank = np.stack([gabor(5, 180 * k / CHANNELS, wavelength=4).kernel for k in range(CHANNELS)])
    maps = conv2d(gray, bank[:, None], padding="same").round() + 0.0
    x = maps[:, AT[0] : AT[0] + SIDE, AT[1] : AT[1] + SIDE]
    w = np.random.default_rng(FILTERS).normal(size=(FILTERS, OWN, 3, 3)).round(1) + 0.0
    return np.pad(x, ((0, 0), (1, 1), (1, 1))), w


def open_loop(app: App, view: str, more: str = "") -> Page:
    region = f"groups_rows={SIDE}&groups_columns={SIDE}&row={AT[0]}&col={AT[1]}"
    layer = f"groups={GROUPS}&groups_channels={CHANNELS}&groups_filters={FILTERS}"
    page = app(f"/groups?view={view}&{layer}&{region}{more}")
    page.get_by_role("region", name="Stepper").get_by_text("tap", exact=True).click()
    page.keyboard.press("Home")
    return page


@pytest.mark.main
def test_each_filter_sums_over_the_channels_of_its_own_group(app: App) -> None:
    page = open_loop(app, "Forward")
    x_pad, w = operands()
    out, expected = np.zeros((FILTERS, SIDE, SIDE)), []
    for f, i, j in np.ndindex(out.shape):
        group = f // (FILTERS // GROUPS)
        first, last = group * OWN, (group + 1) * OWN
        expected.append(
            f"Cell out[0, {f}, {i}, {j}]: filter {f} is in group {group}. Cut out its window "
            f"x_pad[0, {first}:{last}, {i}:{i + 3}, {j}:{j + 3}]."
        )
        window, total = x_pad[first:last, i : i + 3, j : j + 3], 0.0
        for tap, (a, b) in enumerate(zip(window.flat, w[f].flat, strict=True), start=1):
            total += a * b
            said = f"{text(a)} × {term(b)} = {text(a * b)}. Sum so far {text(total)}."
            expected.append(f"Tap {tap} of {window.size}: {said}")
        out[f, i, j] = total
        expected.append(
            f"out[0, {f}, {i}, {j}] = sum of {window.size} products {text(total)} + bias 0 = {text(total)}"
        )
    assert read_to_the_end(page, len(expected)) == expected
    np.testing.assert_allclose(out, conv2d(x_pad, w, groups=GROUPS), atol=1e-9)


def test_each_gradient_flows_to_the_channels_of_its_own_group(app: App) -> None:
    """What is said last of each cell is the gradient of the library."""
    page = open_loop(app, "Backward", "&dout=Random&groups_seed=3")
    x_pad, w = operands()
    dout = np.random.default_rng(3).normal(size=(1, FILTERS, SIDE, SIDE)).round(1)[0] + 0.0
    dx, dw, db, expected = np.zeros_like(x_pad), np.zeros_like(w), np.zeros(FILTERS), []
    for f, i, j in np.ndindex(dout.shape):
        first = f // (FILTERS // GROUPS) * OWN
        gradient = dout[f, i, j]
        before, db[f] = db[f], db[f] + gradient
        gains = f"gains dout[0, {f}, {i}, {j}] = {text(gradient)}"
        expected.append(f"db[{f}] {gains}: {text(before)} → {text(db[f])}")
        for c, u, v in np.ndindex(w[f].shape):
            place, gain = (first + c, i + u, j + v), gradient * w[f, c, u, v]
            before, dx[place] = dx[place], dx[place] + gain
            expected.append(
                f"dx_pad[0, {first} + {c}, {i + u}, {j + v}] gains dout × w = {text(gradient)} × "
                f"{term(w[f, c, u, v])} = {text(gain)}: {text(before)} → {text(dx[place])}"
            )
        for c, u, v in np.ndindex(w[f].shape):
            value = x_pad[first + c, i + u, j + v]
            before, dw[f, c, u, v] = dw[f, c, u, v], dw[f, c, u, v] + gradient * value
            expected.append(
                f"dw[{f}, {c}, {u}, {v}] gains dout × x = {text(gradient)} × {term(value)} = "
                f"{text(gradient * value)}: {text(before)} → {text(dw[f, c, u, v])}"
            )
    assert read_to_the_end(page, len(expected)) == expected
    gradients = conv2d_backward(dout, x_pad, w, groups=GROUPS)
    for ours, theirs in zip((dx, dw, db), gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_the_slider_goes_from_standard_to_depthwise_and_on_and_the_counts_are_those_of_books(
    app: App,
) -> None:
    page = app("/groups?example=16+channels%2C+32+filters+of+3%C3%973")
    table, slider = page.get_by_role("table"), page.get_by_role("slider", name="Groups")
    for row in ("32·16·3·3 = 4,608", "32·1·3·3 = 288", "16·1·3·3 + 32·16 = 656"):
        expect(table).to_contain_text(row)
    drawn = page.get_by_role("application", name="Channels and filters as dots")
    said = page.get_by_text("Point at a dot")
    expect(said).to_be_visible()
    wait_until_idle(page)
    drawn.focus()
    expect(drawn).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Filter 0, group 0, sees channels 0 to 15: 16 of 16.")).to_be_visible()
    for own, groups in ((8, 2), (4, 4), (2, 8), (1, 16)):
        slider.press("ArrowRight")
        said = f"Each of 32 filters sees {own} of 16 channels"
        expect(page.get_by_text(said)).to_be_visible()
        expect(table.locator("strong")).to_have_text(
            f"In {groups} groups" if groups < 16 else "Depthwise, 16 groups"
        )
    drawn.press("ArrowRight")
    expect(page.get_by_text("Filter 0, group 0, sees channel 0 alone, 1 of 16.")).to_be_visible()
    slider.press("ArrowRight")
    expect(table.locator("strong")).to_have_text("Depthwise, then 1×1")
    page = app(
        "/groups?example=192+channels%2C+32+filters+of+5%C3%975%2C+28%C3%9728+%28Inception%29"
    )
    for products in ("120,422,400", "12,443,648"):
        expect(page.get_by_role("table")).to_contain_text(products)
    page = app("/groups?view=1%C3%971+at+each+pixel")
    shown = page.get_by_text("Largest difference from conv2d:")
    expect(shown).to_be_visible()
    assert float((shown.text_content() or "").rsplit(":", 1)[1]) < 1e-9
