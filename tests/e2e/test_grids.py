"""Grids of numbers in small windows: no two numbers touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.helpers import App

TOUCHING = """(plots) => plots.flatMap((plot) => {
    const texts = [...plot.querySelectorAll('.heatmaplayer text')]
        .map((text) => [text.textContent, text.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0);
    const shared = (a, b, low, high) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
    const near = (a, b) => shared(a, b, 'top', 'bottom') > 4 && shared(a, b, 'left', 'right') > 0;
    const after = (a, k) => texts.slice(k + 1).filter(([, box]) => near(a, box)).map(([text]) => text);
    return texts.flatMap(([text, box], k) => after(box, k).map((other) => `${text}|${other}`));
})"""
NUMBERS = "() => document.querySelectorAll('.heatmaplayer text').length"
GRIDS = {
    "/gradient-check": 3,
    "/transposed?view=Checkerboard": 1,
    "/transposed?view=Not+the+inverse&output_padding=1": 5,
    "/bugs?bug=%3D+for+%2B%3D": 3,
    "/?image=Digit&view=Libraries": 6,
}


@pytest.mark.parametrize("size", [(853, 480), (390, 844)], ids=str)
@pytest.mark.parametrize(("path", "least"), GRIDS.items())
def test_no_two_numbers_of_a_grid_touch(
    app: App, path: str, least: int, size: tuple[int, int]
) -> None:
    page = app(path, viewport={"width": size[0], "height": size[1]})
    plots = page.locator(".js-plotly-plot:has(.heatmaplayer)")
    expect(plots.nth(least - 1).locator(".heatmaplayer text").first).to_be_attached()
    assert plots.evaluate_all(TOUCHING) == []
    assert page.evaluate(NUMBERS) > 0
