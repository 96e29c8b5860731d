"""The maps of all layers are on the screen, however deep the network and narrow the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.helpers import open_app


@pytest.mark.parametrize("size", [(390, 844), (1280, 720)])
def test_no_map_of_a_deep_network_is_cut(
    new_page: Callable[..., Page], server: Any, size: tuple[int, int]
) -> None:
    page = new_page(server, viewport={"width": size[0], "height": size[1]})
    open_app(page, "/receptive-field?preset=VGG-16")
    maps = page.get_by_role("listitem").filter(has=page.get_by_role("application"))
    expect(maps.nth(18)).to_be_attached()
    ends = maps.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().right)")
    assert max(ends) <= size[0]
    lefts = maps.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().left)")
    assert min(lefts) >= 0
