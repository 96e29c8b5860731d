"""A link that shows only some controls: made in the dialog, opened, in a frame too."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from scripts.serving import Server
from tests.e2e.helpers import IDLE, open_app, wait_until_idle

WORKSHEET = (
    "<!doctype html><title>Worksheet</title><p>Which stride makes the map 256 rows tall?</p>"
)


def test_a_link_keeps_the_controls_that_are_chosen(
    page: Page, server: Server, new_page: Callable[..., Page]
) -> None:
    """Made on Pooling with its stride alone; the reader changes it, and opens the whole page."""
    open_app(page, "/pooling?pooling_kernel=4")
    page.get_by_role("button", name="Share and export").click()
    page.get_by_text("Hide controls").click()
    page.get_by_role("combobox", name="Controls that stay").click()
    page.get_by_role("option", name="Stride").click()
    frame = page.get_by_text("<iframe")
    expect(frame).to_contain_text("only=pooling_stride")
    address = re.search(r'src="([^"]+)"', frame.inner_text())
    assert address
    link = address[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query) == {"pooling_kernel": ["4"], "only": ["pooling_stride"]}
    page.goto("about:blank")

    reader = new_page(server)
    worksheet = f'{WORKSHEET}<iframe src="{link}" width="1200" height="640"></iframe>'
    reader.route(
        "**/worksheet", lambda route: route.fulfill(body=worksheet, content_type="text/html")
    )
    reader.goto("/worksheet")  # a page of the same host may show the app in a frame
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
