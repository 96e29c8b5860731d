"""What a phone shows of a page: nothing lies over anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.helpers import TOPS, App, finished, open_app, until

PHONE = {"width": 390, "height": 844}
# What stands on a page: pictures with their captions, numbers, switches, and what is said of them.
SHOWN = "figure, table, [role=status], [role=radiogroup], [role=application]"
# Pairs of elements of which one lies over the other, though neither holds the other.
OVERLAPS = """(all) => {
    const name = (each) => (each.getAttribute("aria-label") || each.textContent).trim().slice(0, 40);
    const holds = (one, other) => one.contains(other) || other.contains(one);
    const boxes = all.map((each) => each.getBoundingClientRect());
    const seen = all.map((_, k) => k).filter((k) => boxes[k].width > 1 && boxes[k].height > 1);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
    return seen.flatMap((k) => seen
        .filter((m) => m > k && meet(boxes[k], boxes[m]) && !holds(all[k], all[m]))
        .map((m) => `${name(all[k])} | ${name(all[m])}`));
}"""

# Names of which a part is cut.
CUT = """(all) => all.filter((each) => [each, ...each.querySelectorAll("*")].some((part) =>
    part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"))
    .map((each) => each.textContent)"""

# Whether an element is kept for screen readers only.
CLIPPED = """(name) => {
    const hides = (each) => each && (getComputedStyle(each).clipPath !== "none" || hides(each.parentElement));
    return Boolean(hides(name));
}"""


def overlaps(page: Page) -> list[str]:
    """Pairs of things in the page's middle that lie over each other, by their names."""
    within: Locator = page.get_by_role("main").locator(SHOWN)
    pairs: list[str] = within.evaluate_all(OVERLAPS)
    return pairs


@pytest.mark.parametrize("path", ["/?stride=1", "/pooling", "/receptive-field", "/equivariance"])
def test_nothing_lies_over_a_picture(server: Any, new_page: Callable[..., Page], path: str) -> None:
    """Nor over the numbers of the cell pointed at, which stand below."""
    page = new_page(server, viewport=PHONE)
    open_app(page, path)
    for said in page.get_by_role("status", name="Arithmetic of the cell pointed at").all():
        finished(said)
    assert page.get_by_role("application").count() >= 2
    assert overlaps(page) == []


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize("path", ["/?stride=1", "/pooling", "/network"])
def test_no_view_stands_alone_in_a_row(app: App, path: str, width: int) -> None:
    """All are on the screen, with their whole names: each can be pressed without scrolling."""
    page = app(path, viewport={"width": width, "height": 844})
    views = page.get_by_role("radiogroup", name="View").get_by_role("radio")
    expect(views.nth(2)).to_be_visible()
    tops = Counter(views.evaluate_all(TOPS))
    assert len(tops) == 1 or min(tops.values()) > 1, tops
    assert views.evaluate_all(CUT) == []
    for view in views.all():
        expect(view).to_be_in_viewport(ratio=1)


LOW = {"width": 853, "height": 480}  # a laptop at 150 %, or a phone on its side
BEYOND = "(main) => main.scrollWidth - main.clientWidth"
BELOW = "(main) => main.scrollHeight - main.clientHeight"


@pytest.mark.parametrize("path", ["/backward", "/groups"])
@pytest.mark.parametrize("viewport", [LOW, PHONE], ids=["low", "phone"])
def test_no_page_scrolls_sideways(app: App, path: str, viewport: dict[str, int]) -> None:
    page = app(path, viewport=viewport)
    expect(page.get_by_role("table").or_(page.get_by_label("Stepper")).first).to_be_visible()
    assert page.get_by_role("main").evaluate(BEYOND) <= 0


def test_in_a_low_window_the_pooled_photo_stands_above_its_numbers(app: App) -> None:
    """All of it on the screen, without scrolling."""
    page = app("/pooling", viewport=LOW)
    said = page.get_by_role("status", name="Arithmetic of the cell pointed at")
    finished(said)
    expect(said).to_be_in_viewport(ratio=1)
    for picture in page.get_by_role("application").all():
        expect(picture).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("table", name="window R", exact=True)).to_be_in_viewport(ratio=1)
    assert page.get_by_test_id("stMain").evaluate(BELOW) <= 0


def test_a_phone_says_which_page_it_shows(app: App) -> None:
    """The bar that names it is in the drawer there. Its name stands at the top, scrolled or not."""
    page = app("/gradient-check", viewport=PHONE)
    name = page.get_by_role("heading", level=1)
    opens = page.get_by_role("button", name="Expand sidebar").bounding_box()
    assert opens
    for wheel in (0, 300):
        page.mouse.move(200, 400)
        page.mouse.wheel(0, wheel)
        until(page, f"document.querySelector('.stMain').scrollTop >= {wheel // 2}")
        box, row = name.bounding_box(), page.get_by_test_id("stHeader").bounding_box()
        assert box
        assert row
        assert box["x"] >= opens["x"] + opens["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= row["height"]
        assert box["width"] > 90  # of two words in one line
        assert name.evaluate(CLIPPED) is False
