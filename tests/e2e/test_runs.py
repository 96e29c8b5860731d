"""What runs for a change: the view alone, once; the whole page where that looks different."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load.person import Person, file_of, photo
from benchmarks.load.visitor import Refused, Visitor
from convviz.photos.samples import sample
from convviz.ui.state.live import RESTS
from scripts.serving import Server
from tests.apart import run_apart

MESSAGES, SIZE = 7, 100_000  # of a change that sends a small map
RESTING = 3  # more messages, where the page follows when the hand rests


def test_a_change_runs_the_view_once_and_says_numpys_numbers(server: Server) -> None:
    async def change() -> None:
        person = Person(Visitor(server.url), 1)
        visitor = person.visitor
        await visitor.open("/")
        for label, value in (("Stride", 4.0), ("Padding on each side", 3.0), ("Bias b[0]", 2.0)):
            run = await visitor.set(label, value)
            assert (run.scripts, run.messages <= MESSAGES) == (1, True), label
            assert run.received <= SIZE, label
        person.stride, person.padding = 4, 3
        await person.look()
        assert person.wrong == []
        assert "bias=2" in visitor.link
        await visitor.close()

    run_apart(change())


def test_the_map_of_a_new_photo_comes_before_what_the_browser_keeps_of_it(server: Server) -> None:
    async def bring() -> list[str]:
        visitor, cells = Visitor(server.url), photo(3)
        await visitor.open("/?image=Cat")
        await visitor.upload("mine.png", file_of(cells))
        parts = [each.bidi_component for each in visitor.shown.values()]  # as they came
        await visitor.close()
        return [part.component_name for part in parts]

    came = run_apart(bring())
    assert came.index("convviz.picture") < came.index("convviz.tray")


def test_a_filter_runs_the_view_and_its_controls_come_when_the_hand_rests(server: Server) -> None:
    """The map as a picture comes and goes at once, the slider of the kernel's size a moment later."""

    def shown(visitor: Visitor) -> dict[str, Any]:
        """The map, and what stands beside it."""
        return {part["key"]: part for part in visitor.parts("picture")}

    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/")
        await visitor.look()
        for name, is_picture, is_sized in (
            ("Emboss", True, False),
            ("Sobel y", False, False),
            ("Box blur", True, True),
            ("Gaussian blur", True, True),
            ("Laplacian (4)", False, False),
        ):
            run = await visitor.set("Filter f = 0", name)
            assert (run.scripts, run.is_whole) == (1, False), name
            now = shown(visitor)
            assert now["map picture"]["title"] == name
            assert ("hidden" in now["map as picture"]) is not is_picture, name
            if stands(visitor, "Kernel size") != is_sized:
                await rest(visitor)
            assert stands(visitor, "Kernel size") == is_sized
            after = shown(visitor)
            assert after["map picture"]["exact"] == now["map picture"]["exact"], name
            assert after["map as picture"].get("title") == now["map as picture"].get("title")
        await visitor.close()

    run_apart(change())


@pytest.mark.parametrize("axes", ["", "&axes=true&kernel_w=2"])
def test_a_sized_filter_begins_with_the_size_that_the_link_says(server: Server, axes: str) -> None:
    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open(f"/?kernel=5{axes}")
        await visitor.set("Filter f = 0", "Box blur")
        for follows in (True, False):
            (picture,) = (p for p in visitor.parts("picture") if p["key"] == "map picture")
            assert picture["lattice"]["extent"] == [5, 2 if axes else 5]
            if follows:
                await rest(visitor)
        await visitor.close()

    run_apart(change())


@dataclass
class Late(Visitor):
    """A browser that says of its link what it said when the page opened: what came since is still on its way."""

    heard: list[str] = field(default_factory=list)  # links, as they come

    def _take(self, message: ForwardMsg, kind: str) -> None:
        begun = self.link
        super()._take(message, kind)
        if kind == "page_info_changed":
            self.heard.append(self.link)
            self.link = begun


@pytest.mark.parametrize("begun", ["", "filter=Emboss&stride=2"])
def test_the_last_of_quick_changes_is_what_the_link_says(server: Server, begun: str) -> None:
    """Also where it is one that the browser's link has said all along: that hears of the others later."""

    async def change() -> None:
        visitor = Late(server.url)
        await visitor.open(f"/?{begun}")
        first = "Emboss" if begun else "Sobel x"
        for name in ("Sobel y", "Identity", first):
            await visitor.set("Filter f = 0", name)
            said = parse_qs(visitor.heard[-1]).get("filter", ["Sobel x"])
            assert said == [name]
        for name in ("Convolution", "Correlation"):
            await visitor.set("Operation", name)
            said = parse_qs(visitor.heard[-1]).get("operation", ["Correlation"])
            assert said == [name]
        await visitor.close()

    run_apart(change())


def stands(visitor: Visitor, label: str) -> bool:
    """Whether the page has a control."""
    try:
        visitor.element(label)
    except Refused:
        return False
    return True


def test_what_is_offered_of_the_view_is_drawn_with_it(server: Server) -> None:
    """While the page is told to phones or files are offered, a change draws all of it."""

    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/?only=stride")
        await visitor.look()
        await visitor.set("Stride", 3.0)
        await visitor.look()
        (picture,) = (p for p in visitor.parts("picture") if p["key"] == "map picture")
        assert picture["lattice"]["step"] == [3, 3]
        assert visitor.element("Stride")
        await visitor.close()

    run_apart(change())


async def rest(visitor: Visitor) -> None:
    """Let the view ask, as a browser does, until the page has followed it."""
    for _asked in range(50):
        if (await visitor.tick()).is_whole:
            return
        await asyncio.sleep(RESTS / 5)
    raise AssertionError("the page does not follow")


async def pooled(visitor: Visitor) -> np.ndarray:
    """The exact numbers of the first tile of the pooled photo that is shown, shape (32, 32, 3)."""
    (shown,) = (each for each in visitor.parts("picture") if each["key"] == "pool map")
    _status, body = await visitor.fetch("GET", f"/cells/{shown['exact']['key']}/0/0")
    return np.frombuffer(body, "<f8").reshape(32, 32, 3)


def averages(kernel: int, stride: int, pad: int) -> np.ndarray:
    """That tile by NumPy."""
    cells = np.pad(sample("cat").pixels.astype(float), ((pad, 0), (pad, 0), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(cells, (kernel, kernel), axis=(0, 1))
    return windows[::stride, ::stride].mean(axis=(3, 4))[:32, :32]


def test_a_window_and_its_padding_run_the_view(server: Server) -> None:
    """What they let a person choose elsewhere is drawn when the hand rests."""

    async def change() -> None:
        visitor = Visitor(server.url)
        begun = "pool=Average&pooling_kernel=3&pooling_stride=2"
        await visitor.open(f"/pooling?{begun}")
        await visitor.unfold("More settings")
        for label, value, settings in (
            ("Padding on each side", 1.0, (3, 2, 1)),
            ("Window size", 4.0, (4, 2, 1)),
            ("Window size", 5.0, (5, 2, 1)),
        ):
            run = await visitor.set(label, value)
            assert (run.scripts, run.messages <= MESSAGES + RESTING) == (1, True), label
            assert run.received <= 3 * SIZE, label
            assert await pooled(visitor) == pytest.approx(averages(*settings)), label
        assert visitor.element("Padding on each side")[1].max == 1
        assert visitor.element("The mean counts padding")[1].disabled
        await rest(visitor)
        assert visitor.element("Padding on each side")[1].max == 2
        assert not visitor.element("The mean counts padding")[1].disabled
        assert visitor.element("Around the region")
        assert await pooled(visitor) == pytest.approx(averages(5, 2, 1))
        assert visitor.link == "pool=Average&pooling_stride=2&pooling_pad=1&pooling_kernel=5"
        await visitor.back(begun)
        assert await pooled(visitor) == pytest.approx(averages(3, 2, 0))
        await visitor.close()

    run_apart(change())


def test_a_stride_that_follows_the_window_is_drawn_with_it(server: Server) -> None:
    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/pooling?pool=Average&pooling_kernel=3")
        await visitor.set("Window size", 4.0)
        assert [*visitor.element("Stride")[1].value] == [4]
        assert await pooled(visitor) == pytest.approx(averages(4, 4, 0))
        await visitor.close()

    run_apart(change())


def test_a_region_that_a_large_kernel_made_larger_is_as_small_as_before_with_a_small_one(
    server: Server,
) -> None:
    """The link says so too: somebody else who opens it sees the same region."""

    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/?filter=Box+blur&kernel=5&pad=0")
        for size in (15.0, 5.0):
            await visitor.set("Kernel size", size)
            assert not {"rows", "columns"} & {*parse_qs(visitor.link)}
            await rest(visitor)
            assert not {"rows", "columns"} & {*parse_qs(visitor.link)}
        await visitor.unfold("Region to step through")
        assert [visitor.element(label)[1].value for label in ("Rows", "Columns")] == [8, 8]
        await visitor.close()

    run_apart(change())


SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
STAGES = '[["conv",{"bank":["chosen",{"presets":["Sobel x"]}]}],["pool",{}]]'


def ranges(visitor: Visitor) -> list[list[float]]:
    """(rows, columns, minimum, maximum) of each map of the only image."""
    (grid,) = visitor.parts("mapgrid")
    (image,) = grid["images"]
    return [[*each["size"], each["minimum"], each["maximum"]] for each in image["maps"]]


def pooled_sobel(stride: int, pad: int, dilation: int, bias: float, window: int) -> list[float]:
    """The same by NumPy: the cat under Sobel x, and the largest of each window."""
    cells = np.pad(sample("cat").pixels.astype(float).sum(axis=2), pad)
    reach = 2 * dilation + 1
    windows = np.lib.stride_tricks.sliding_window_view(cells, (reach, reach))
    taps = windows[::stride, ::stride, ::dilation, ::dilation]
    made = np.einsum("ijuv,uv->ij", taps, SOBEL) + bias
    pools = np.lib.stride_tricks.sliding_window_view(made, (window, window))[::2, ::2]
    out = pools.max(axis=(2, 3))
    return [*out.shape, out.min(), out.max()]


def test_a_number_of_a_stage_runs_the_view(server: Server) -> None:
    """What is said of the stages in the sidebar is drawn when the hand rests."""

    async def change() -> None:
        visitor = Visitor(server.url)
        begun = urlencode({"pipeline": STAGES, "images": "Cat", "after": "2"})
        await visitor.open(f"/feature-maps?{begun}")
        await visitor.unfold("1 Convolution")
        await visitor.unfold("2 Max pooling")
        for label, value, settings in (
            ("Padding", 2.0, (1, 2, 1, 0, 2)),
            ("Dilation", 3.0, (1, 2, 3, 0, 2)),
            ("Bias", "128", (1, 2, 3, 128, 2)),
            ("Window", 4.0, (1, 2, 3, 128, 4)),
        ):
            run = await visitor.set(label, value)
            assert (run.scripts, run.messages <= MESSAGES + RESTING) == (1, True), label
            assert run.received <= 6 * SIZE, label
            assert ranges(visitor) == [pytest.approx(pooled_sobel(*settings))], label
        assert "**1×255×255**" in visitor.said()
        await rest(visitor)
        assert "**1×254×254**" in visitor.said()
        assert ranges(visitor) == [pytest.approx(pooled_sobel(1, 2, 3, 128, 4))]
        stages = json.loads(parse_qs(visitor.link)["pipeline"][0])
        names = ("padding", "dilation", "bias")
        assert [stages[0][1][name] for name in names] == [2, 3, [128]]
        assert stages[1][1]["size"] == 4
        await visitor.back(begun)
        assert ranges(visitor) == [pytest.approx(pooled_sobel(1, 0, 1, 0, 2))]
        await visitor.unfold("1 Convolution")
        assert visitor.element("Padding")[1].default == 0
        await visitor.close()

    run_apart(change())


def test_a_stage_that_no_longer_works_draws_the_page(server: Server) -> None:
    async def change() -> None:
        visitor = Visitor(server.url)
        begun = urlencode({"pipeline": STAGES, "images": "Digit", "after": "2"})
        await visitor.open(f"/feature-maps?{begun}")
        await visitor.unfold("1 Convolution")
        assert (await visitor.set("Stride", 6.0)).is_whole
        assert [*visitor.element("Maps after stage")[1].options] == ["1 Convolution"]
        await visitor.close()

    run_apart(change())
