"""The first layer of the network trained in this session, slid over the images of the Feature maps page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from convviz.photos.samples import sample
from scripts.serving import Server
from tests.e2e.helpers import choose, open_app, wait_until_idle
from tests.e2e.test_feature_maps import grid, text4
from tests.e2e.test_network import MANY, iteration, status
from tests.e2e.test_share import download, open_bar, open_scene

STAND_IN = (
    "This link uses filters that a link cannot hold: those of a network trained in another session, "
    "or many weights. Showing the filters of the pretrained network."
)


def map_name(weights: np.ndarray, f: int) -> str:
    """What the grid calls the cat's map under a filter of shape (3, 3, 3), with the ends of its range."""
    x = sample("cat").pixels.transpose(2, 0, 1).astype(float)
    height, width = x.shape[1] - 2, x.shape[2] - 2
    taps = np.ndindex(3, 3)
    out = sum(
        np.tensordot(weights[f, :, u, v].astype(float), x[:, u : u + height, v : v + width], 1)
        for u, v in taps
    )
    return f"Cat, f = {f} Trained {f}: minimum {text4(out.min())}, maximum {text4(out.max())}"


def as_of(page: Page) -> Locator:
    return page.get_by_text(
        re.compile(r"The first layer of the network you trained, after iteration")
    )


def pause_after(page: Page, reached: int) -> None:
    """Let the training go on for a while after this iteration."""
    expect(page.get_by_text(re.compile(r"Training · iteration \d+"))).to_be_visible()
    expect(status(page)).not_to_contain_text(f"iteration {reached} of")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused · ")).to_be_visible()
    wait_until_idle(page)


@pytest.mark.long
def test_the_maps_are_those_of_the_weights_trained_here_and_a_scene_file_carries_them(
    page: Page, server: Server, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Taken in training, and again when paused; a link alone brings the pretrained ones, and says so."""
    open_app(page, MANY)
    page.get_by_role("button", name="Start", exact=True).click()
    pause_after(page, 0)
    page.get_by_role("link", name="Feature maps").click()
    page.get_by_text("1 Convolution", exact=True).last.click()
    choose(page, "Filters", "Learned by your network")
    expect(as_of(page)).to_contain_text("of 5000.")
    early = as_of(page).inner_text()
    page.get_by_role("link", name="Network").click()
    expect(page.get_by_text("Paused · ")).to_be_visible()
    reached = iteration(page)
    page.get_by_role("button", name="Go on").click()
    pause_after(page, reached)
    open_bar(page)
    with np.load(download(page, "Training checkpoint (.npz)", tmp_path)) as stored:
        weights = stored["param:W1"]
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Feature maps").click()
    page.get_by_text("1 Convolution", exact=True).last.click()
    expect(as_of(page)).to_have_text(early)
    page.get_by_role("button", name="Use the current weights").click()
    expect(as_of(page)).not_to_have_text(early)
    wait_until_idle(page)
    page.get_by_role("spinbutton", name="Padding").fill("0")
    page.keyboard.press("Enter")
    for f in (0, 1):
        expect(grid(page).get_by_role("button", name=map_name(weights, f))).to_be_visible()
    open_bar(page)
    expect(page.get_by_text("A link cannot hold filters you trained.")).to_be_visible()
    path = download(page, "Save (.json)", tmp_path)
    other = new_page(server)
    open_app(other, page.url.removeprefix(server.url))
    expect(other.get_by_text(STAND_IN)).to_be_visible()
    expect(
        grid(other).get_by_role("button", name=re.compile("Cat, f = 7 Trained 7"))
    ).to_be_visible()
    expect(other).to_have_url(re.compile("trained"))
    open_bar(other)
    open_scene(other, path.name, path.read_bytes())
    expect(grid(other).get_by_role("button", name=map_name(weights, 0))).to_be_visible()
    expect(other.get_by_text(STAND_IN)).to_have_count(0)
    wait_until_idle(other)


def test_a_network_that_begins_otherwise_is_refused_with_a_sentence(page: Page) -> None:
    open_app(
        page,
        "/network?view=Train&images=100&network=Own+stack&stack=relu+conv3-2&batch=50&epochs=1",
    )
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Trained · iteration")).to_be_visible()
    page.get_by_role("link", name="Feature maps").click()
    page.get_by_text("1 Convolution", exact=True).last.click()
    choose(page, "Filters", "Learned by your network")
    expect(page.get_by_text("begins with relu, not with a convolution")).to_be_visible()
    expect(grid(page)).to_be_visible()
