"""A setting of the Convolve page and the map that changes with it: what travels, and what is read off it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import numpy as np
import pytest
from playwright.sync_api import Page, Response, expect

from convviz.ops.filters import PRESETS
from convviz.ops.padding import PADDING_MODES
from convviz.photos.images import to_chw
from convviz.photos.samples import sample
from convviz.text.prose import number
from scripts.serving import Server
from tests.e2e.helpers import choose, finished, open_app, unfold, wait_until_idle

NUMPY = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
MOST_MESSAGES, MOST_BYTES = 8, 300_000
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
# What the map says of itself at each frame, as long as it says something new.
# The server says to this page that many others change something, too.
CROWDED = """(() => {
    const { parse } = JSON;
    JSON.parse = (...given) => {
        const read = parse(...given);
        if (read?.follow) read.follow.isCrowded = true;
        return read;
    };
})()"""
FOLLOW = """() => {
    window.said = [];
    const all = [...document.querySelectorAll('*')];
    const root = (name) => all.find((e) => e.shadowRoot?.querySelector(name)).shadowRoot;
    const [map, size] = [root('.range'), root('section.said')];
    const look = () => {
        const made = /\\d+$/.exec(size.querySelector('p').textContent)[0]; // by the arithmetic of the height
        const now = ['.detail', '.range'].map((name) => map.querySelector(name).textContent);
        const all = [...now, made].join(' | ');
        if (all !== window.said.at(-1)) window.said.push(all);
        requestAnimationFrame(look);
    };
    look();
}"""


def said_of(page: Page) -> str:
    """The range below the map."""
    return page.get_by_text(re.compile("^Minimum")).first.inner_text()


def slider(page: Page, name: str) -> Any:
    return page.get_by_role("group", name=name, exact=True).get_by_role("slider")


def out_of(kernel: np.ndarray, mode: str = "zeros", pad: int = 1, stride: int = 1) -> np.ndarray:
    """The cat's map by NumPy. The kernel has shape (KH, KW), or (3, KH, KW)."""
    x = to_chw(sample("cat").pixels, "rgb").astype(float)
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)), mode=NUMPY[mode])
    planes = np.broadcast_to(kernel, (3, *kernel.shape[-2:]))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[-2:], axis=(1, 2))
    return np.einsum("cijuv,cuv->ij", windows[:, ::stride, ::stride], planes, optimize=True)


def range_text(out: np.ndarray) -> str:
    return f"Minimum {number(float(out.min()))}, maximum {number(float(out.max()))}"


def all_said(stride: int) -> str:
    """What `FOLLOW` notes of the map at a stride."""
    out = out_of(SOBEL, stride=stride)
    return f"{out.shape[0]}×{out.shape[1]} | {range_text(out)} | {out.shape[0]}"


@dataclass
class Sent:
    """What the server sent to a page."""

    messages: int = 0
    size: int = 0  # bytes, with what the page fetched

    def watch(self, page: Page) -> Sent:
        """Count from now on."""
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", self._answer)
        return self

    def clear(self) -> None:
        """Begin again."""
        self.messages = self.size = 0

    def _frame(self, payload: str | bytes) -> None:
        self.messages, self.size = self.messages + 1, self.size + len(payload)

    def _answer(self, response: Response) -> None:
        self.size += int(response.headers.get("content-length", 0))


def watched(server: Server, new_page: Callable[..., Page], path: str) -> tuple[Page, Sent]:
    """A page of its own that shows a map, and what the server sends to it."""
    page = new_page(server)
    sent = Sent().watch(page)
    open_app(page, path)
    expect(page.get_by_text("Minimum").first).to_be_visible()
    return page, sent


@pytest.mark.main
def test_a_change_sends_few_messages_and_few_bytes(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page, sent = watched(server, new_page, "/?filter=Laplacian+of+Gaussian")
    sliders = ("Kernel size", "Stride", "Padding on each side")
    controls = {name: slider(page, name) for name in sliders}
    controls["Bias b[0]"] = page.get_by_role("spinbutton", name="Bias b[0]")
    for name, control in controls.items():
        before = page.url
        sent.clear()
        control.press("ArrowUp")
        expect(page).not_to_have_url(before)
        wait_until_idle(page)
        page.wait_for_timeout(1000)  # nothing comes later either, when the hand rests
        assert 0 < sent.messages <= MOST_MESSAGES, name
        assert sent.size <= MOST_BYTES, name


def test_a_number_of_the_kernel_sends_as_little(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page, sent = watched(
        server,
        new_page,
        "/?filter=Custom&weights=0+-1+0%3B-1+5+-1%3B0+-1+0&picture=Signed+map+only",
    )
    before = said_of(page)
    sent.clear()
    page.get_by_role("textbox", name="row 0, column 0").fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text(before)).to_have_count(0)
    wait_until_idle(page)
    assert sent.messages <= MOST_MESSAGES
    assert sent.size <= MOST_BYTES


def test_a_group_of_settings_comes_when_it_is_unfolded_and_folding_it_draws_nothing(
    server: Server, new_page: Callable[..., Page]
) -> None:
    page, sent = watched(server, new_page, "/")
    wait_until_idle(page)
    mode = page.get_by_role("combobox", name="Padding mode")
    expect(mode).to_have_count(0)
    unfold(page, "Padding and dilation")
    expect(mode).to_be_visible()
    wait_until_idle(page)
    sent.clear()
    page.locator(".stSidebar summary").filter(has_text="Padding and dilation").click()
    expect(mode).not_to_be_visible()
    unfold(page, "Padding and dilation")
    expect(mode).to_be_visible()
    slider(page, "Stride").press("ArrowRight")
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=2)))).to_be_visible()
    wait_until_idle(page)
    assert 0 < sent.messages <= 3 * MOST_MESSAGES, "the page is drawn again"


def asks_of(page: Page) -> list[str]:
    """The addresses at which the page asks what the view shows, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: "/follow/" in request.url and asked.append(request.url))
    return asked


@pytest.mark.main
def test_the_map_follows_while_a_slider_is_dragged(page: Page) -> None:
    """Before it is let go, without a backlog; at each frame map, range and arithmetic are of one setting."""
    asked = asks_of(page)
    open_app(page, "/")
    expect(page.get_by_text("Minimum").first).to_be_visible()
    wait_until_idle(page)
    expected = {stride: all_said(stride) for stride in range(1, 9)}
    page.evaluate(FOLLOW)
    group = page.get_by_role("group", name="Stride", exact=True)
    track, thumb = group.bounding_box(), group.get_by_role("slider").bounding_box()
    assert track
    assert thumb
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 25):
        page.mouse.move(x + step * track["width"] / 24, y)
        now = int(group.get_by_role("slider").input_value())
        expect(page.get_by_text(range_text(out_of(SOBEL, stride=now)))).to_be_visible()
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=8)))).to_be_visible()
    assert "stride" not in page.url
    assert len(asked) == len(set(asked)) >= 6, "a setting is asked for twice"
    page.mouse.up()
    expect(page).to_have_url(re.compile("stride=8"))
    wait_until_idle(page)
    strides = [
        next(s for s, text in expected.items() if text == each) for each in page.evaluate("said")
    ]
    assert strides == sorted(strides), "the map goes back to a setting that was left"
    assert (strides[0], strides[-1]) == (1, 8)
    assert len(strides) >= 6


def test_what_a_moved_slider_shows_is_asked_for_once_and_by_its_key_only(page: Page) -> None:
    asked = asks_of(page)
    open_app(page, "/")
    expect(page.get_by_text("Minimum").first).to_be_visible()
    wait_until_idle(page)
    slider(page, "Stride").press("ArrowRight")
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=2)))).to_be_visible()
    expect(page).to_have_url(re.compile("stride=2"))  # the live run has begun
    wait_until_idle(page)
    (address,) = asked
    key = address.split("/")[-1].partition("?")[0]
    assert len(key) >= 20
    assert page.request.get(address).status == 204, "the live run has brought it"
    other = address.replace("stride=2", "stride=3")
    assert page.request.get(other).status == 200
    assert page.request.get(other.replace(key, key[::-1])).status == 204
    assert page.request.get(f"{other}&stride=x").status == 400


def test_in_a_crowd_only_a_slider_that_is_held_asks(page: Page) -> None:
    """The server has no time to answer twice, so the first change is left to Streamlit's own message."""
    asked = asks_of(page)
    page.add_init_script(CROWDED)
    open_app(page, "/")
    expect(page.get_by_text("Minimum").first).to_be_visible()
    wait_until_idle(page)
    slider(page, "Stride").press("ArrowRight")
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=2)))).to_be_visible()
    wait_until_idle(page)
    assert asked == []
    page.keyboard.down("ArrowRight")
    page.keyboard.down("ArrowRight")  # held
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=4)))).to_be_visible()
    page.keyboard.up("ArrowRight")
    assert asked


def test_what_is_said_of_the_map_is_never_of_another_setting(page: Page) -> None:
    """At no frame while the stride changes, as fast as a person can press a key."""
    open_app(page, "/")
    expect(page.get_by_text("Minimum").first).to_be_visible()
    expected = {stride: all_said(stride) for stride in range(1, 9)}
    page.evaluate(FOLLOW)
    handle = slider(page, "Stride")
    handle.focus()
    for _press in range(7):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text(range_text(out_of(SOBEL, stride=8)))).to_be_visible()
    said = page.evaluate("said")
    assert said[0] == expected[1]
    assert said[-1] == expected[8]
    strides = [next(s for s, text in expected.items() if text == each) for each in said]
    assert strides == sorted(strides), "the map goes back to a setting that was left"


def test_pointing_reads_numpys_number_for_every_filter_and_padding_mode(page: Page) -> None:
    """Each filter in one mode, each mode with several filters: a choice costs a second."""
    names = [name for name, preset in PRESETS.items() if preset.channels in (None, 3)]
    open_app(page, "/?pad=2")
    unfold(page, "Padding and dilation")
    for k, mode in enumerate(PADDING_MODES):
        choose(page, "Padding mode", mode)
        # The map of another setting can have the same range: the link changes with the map.
        expect_in_link(page, "pad_mode", mode, usual="zeros")
        for name in names[k :: len(PADDING_MODES)]:
            choose(page, "Filter f = 0", name)
            expect_in_link(page, "filter", name, usual="Sobel x")
            preset = PRESETS[name]
            kernel = preset.of_size((3, 3)).kernel
            out = out_of(kernel, mode, pad=2)
            expect(page.get_by_text(range_text(out))).to_be_visible()
            expect_numbers(page, out)


def expect_in_link(page: Page, setting: str, value: str, usual: str) -> None:
    """The link says so, once the page is drawn; what is usual it leaves out."""
    there = f"{setting}={re.escape(quote_plus(value))}(&|$)"
    expect(page).to_have_url(re.compile(f"^(?!.*{setting}=)" if value == usual else there))
    wait_until_idle(page)


def expect_numbers(page: Page, out: np.ndarray) -> None:
    """Three cells of the map say NumPy's numbers: six digits, of sums in another order."""
    chosen = page.get_by_role("application").nth(1)
    pointed = page.locator(".pointed").nth(1)
    for position in ({"x": 0.2, "y": 0.2}, {"x": 231, "y": 96}, {"x": 3, "y": 270}):
        page.mouse.move(0, 0)
        expect(pointed).to_have_text("")
        chosen.hover(position=position)
        expect(pointed).to_have_text(re.compile(r"^out\[\d+, \d+\] = [^…]+$"))
        said = pointed.text_content() or ""
        row, column = map(int, re.findall(r"out\[(\d+), (\d+)\]", said)[0])
        shown = float(said.partition(" = ")[2].replace("−", "-"))
        assert shown == pytest.approx(out[row, column], rel=1e-5, abs=1e-9)


def test_nobody_reads_the_numbers_of_a_map_without_its_key(page: Page) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "/cells/" in request.url else None
    )
    open_app(page, "/")
    page.get_by_role("application").nth(1).hover(position={"x": 50, "y": 50})
    expect(page.locator(".pointed").nth(1)).to_have_text(re.compile(r"= [^…]+$"))
    address = asked[0]
    key = address.split("/")[-3]
    assert len(key) >= 20
    assert page.request.get(address).status == 200
    assert page.request.get(address.replace(key, key[::-1])).status == 204
    assert page.request.get(f"{address}000").body() == b""


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_what_is_changed_and_the_map_are_in_view_together(size, server: Server, new_page) -> None:
    page = new_page(server, viewport={"width": size[0], "height": size[1]})
    open_app(page, "/?filter=Laplacian+of+Gaussian")
    finished(
        page.get_by_role("status", name="Arithmetic of the cell pointed at")
    )  # below: all is there
    for name in ("Kernel size", "Stride", "Padding on each side"):
        control = page.get_by_role("group", name=name, exact=True)
        if size[0] < 640:  # below the pictures there: a thumb that scrolls to it sees both
            control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("application").nth(1)).to_be_in_viewport(ratio=0.9)
