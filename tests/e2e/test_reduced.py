"""A link that shows only some controls: made in the dialog, opened, in a frame too."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from scripts.serving import Server
from tests.e2e.helpers import IDLE, open_app, press_option, wait_until_idle

OVER_ALL = "position: fixed; inset: 0; width: 1200px; height: 640px; z-index: 2000000"


def test_a_link_keeps_the_controls_that_are_chosen(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    """Made on Pooling with its stride alone; the reader changes it, and opens the whole page."""
    open_app(page, "/pooling?pooling_kernel=4")
    for press in (
        page.get_by_role("button", name="Share and export"),
        page.get_by_text("Hide controls"),
    ):
        press.click()
        wait_until_idle(page)
    press_option(page, "Controls that stay", "Stride")
    snippet = page.get_by_text("<iframe")
    expect(snippet).to_contain_text("only=pooling_stride")
    address = re.search(r'src="([^"]+)"', snippet.inner_text())
    assert address
    link = address[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {"pooling_kernel": ["4"], "only": ["pooling_stride"]}
    page.goto("about:blank")

    reader = new_page(server)
    open_app(reader, "/lessons")  # any page of the same host may show the app in a frame
    frame = f'<iframe src="{link}" style="{OVER_ALL}"></iframe>'
    reader.evaluate("(frame) => document.body.insertAdjacentHTML('beforeend', frame)", frame)
    inside = reader.frame_locator("iframe")
    stride = inside.get_by_role("slider", name="Stride")
    expect(stride).to_be_visible()
    inside.locator(IDLE).wait_for()
    expect(inside.get_by_role("slider", name="Window size")).to_be_hidden()
    expect(inside.get_by_role("button", name="Share and export")).to_be_hidden()
    expect(inside.get_by_role("link", name="Backward", exact=True)).to_be_hidden()
    expect(inside.get_by_role("combobox", name="Image")).to_be_hidden()
    for folded in ("Use your own photos", "More settings"):
        expect(inside.get_by_text(folded)).to_be_hidden()
    stride.press("ArrowRight")
    whole = inside.get_by_role("link", name="Open this view in convviz")
    expect(whole).to_have_attribute("href", re.compile("pooling_stride="))
    open_app(reader, whole.get_attribute("href") or "")
    expect(reader.get_by_role("slider", name="Window size")).to_have_value("4")
    expect(reader.get_by_role("button", name="Share and export")).to_be_visible()


def test_where_no_control_stays_the_view_stands_alone(page: Page) -> None:
    open_app(page, "/?only=-&view=Step+through+the+loop&around=Padding")
    expect(page.get_by_role("region", name="Stepper")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_role("radio", name="Photo and feature map")).to_be_hidden()
    page.mouse.click(900, 15)
    page.keyboard.press("ArrowRight")
    wait_until_idle(page)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
