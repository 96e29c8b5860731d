"""Arrows in the backward loop lead from what is multiplied to what gains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.helpers import open_app, sentence, until

RECORD = """() => {
    window.tips = []; window.heads = {};
    const { moveTo, fill, fillText } = CanvasRenderingContext2D.prototype;
    let last = null;
    CanvasRenderingContext2D.prototype.moveTo = function (x, y) { last = [x, y]; return moveTo.call(this, x, y); };
    CanvasRenderingContext2D.prototype.fill = function (...how) {
        window.tips.push({ at: last, strong: this.globalAlpha === 1 });
        return fill.call(this, ...how);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, room) {
        window.heads[text] = [x, y];
        return fillText.call(this, text, x, y, room);
    };
}"""


def tips(page: Page, height: int) -> tuple[list[dict[str, Any]], dict[str, list[float]]]:
    """Where arrows end and headings stand, once all is drawn at another height of the window."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.evaluate("window.tips = []")
    page.set_viewport_size({"width": width, "height": height})
    until(page, "tips.length > 0")
    return page.evaluate("tips"), page.evaluate("heads")


def ends(found: list[dict[str, Any]], heads: dict[str, list[float]], name: str) -> int:
    """How many arrows end just left of what stands below a heading."""
    x, y = heads[name]
    return sum(x - 12 < tip["at"][0] < x and y < tip["at"][1] for tip in found)


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_arrows_lead_to_each_gradient(
    new_page: Callable[..., Page], server: Any, size: tuple[int, int]
) -> None:
    """dout and x to dw, dout to db, dout and w to dx; while one of them is added to, its arrows stand out."""
    page = new_page(server, viewport={"width": size[0], "height": size[1]})
    open_app(page, "/backward?channels=Gray")
    expect(sentence(page)).to_contain_text("dout[0, 0, 0, 0] = 1")
    page.evaluate(RECORD)
    found, heads = tips(page, size[1] - 8)
    assert ends(found, heads, "dx_pad[n]") == 2
    assert ends(found, heads, "db") == 1
    assert ends(found, heads, "dw[f]") == 3  # and db's, which stands below it
    assert all(tip["strong"] for tip in found)
    page.get_by_role("toolbar").get_by_role("radio", name="tap").check(force=True)
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("db[0] gains")
    found, heads = tips(page, size[1])
    strong = [tip for tip in found if tip["strong"]]
    assert len(strong) * 5 == len(found)
    assert ends(strong, heads, "db") == len(strong)
