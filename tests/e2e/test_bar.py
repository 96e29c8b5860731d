"""The bar at the top: every page is one press away, on a projector and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from convviz.pages.table import PAGES
from scripts.serving import Server
from tests.e2e.helpers import open_app

LEAST_TEXT = 14  # screen pixels


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_can_be_pressed_and_its_name_read_in_full(
    server: Server, new_page: Callable[..., Page], width: int, language: str
) -> None:
    page = new_page(server, viewport={"width": width, "height": 720}, locale=language)
    open_app(page, "/gradient-check")
    phone = width < 768
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    links = page.get_by_test_id("stSidebarNavLink" if phone else "stTopNavLink")
    expect(links).to_have_count(len(PAGES))
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=1)
        size, cut = link.locator("p").evaluate(
            "(name) => [parseFloat(getComputedStyle(name).fontSize), name.scrollWidth - name.clientWidth]"
        )
        assert size >= LEAST_TEXT
        assert cut <= 0
    name = links.last.inner_text()  # a phone's drawer closes behind the press
    links.last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
